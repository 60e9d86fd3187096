"""The simulated cabinet as it is drawn for a second terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.simulated.stall import SimulatedStall
from kiosk.cli import main
from kiosk.commands import simcabinet


@pytest.fixture
def stall(tmp_path: Path) -> SimulatedStall:
    with SimulatedStall(tmp_path) as running:
        running.cabinet()
        yield running  # type: ignore[misc]


def test_doors_parcels_and_the_board_are_drawn(
    stall: SimulatedStall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stall.do("door", number=2, act="put")
    stall.do("door", number=3, act="left")
    stall.do("board", act="silent")
    assert main(["--shop", str(tmp_path), "sim", "cabinet"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "│   1            │   2    ▒▒▒▒    │   3            │   4            │"
    assert lines[2] == "│ shut           │ shut           │ ░░░░░OPEN░░░░░ │ shut           │"
    assert lines[-1] == "lock board: plugged in, faults: silent"
    assert {len(line) for line in lines[:-1]} == {len(lines[0])}


def test_what_is_done_to_a_door_is_drawn_at_once(
    stall: SimulatedStall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--shop", str(tmp_path), "sim", "door", "1", "stuck"]) == 0
    assert "stuck · 0 ×" in capsys.readouterr().out


def test_watching_ends_with_ctrl_c(
    stall: SimulatedStall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looks = iter([None, None])

    def sleep(_seconds: float) -> None:
        if next(looks, KeyboardInterrupt) is KeyboardInterrupt:
            raise KeyboardInterrupt

    monkeypatch.setattr(simcabinet.time, "sleep", sleep)
    monkeypatch.setattr(simcabinet.sys.stdout, "isatty", lambda: True)
    assert main(["--shop", str(tmp_path), "sim", "cabinet", "--watch"]) == 0
    assert capsys.readouterr().out.count("lock board:") == 3
