"""Keyboard scanner and touch panel of the simulated stall, through the real readers: pulled, flooded."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hardware.device import CodeScanned, ScanLost, State, StateChanged
from hardware.panel.touch import Touched
from hardware.registry import make
from hardware.simulated.stall import SimulatedStall
from hardware.supervisor import Supervisor

if TYPE_CHECKING:
    from tests.hardware.conftest import Heard


def supervise(stall: SimulatedStall, name: str, heard: Heard) -> Supervisor:
    table = stall.devices()[name]
    device = make(str(table["kind"]), name, table)
    supervisor = Supervisor(device, heard, wait=lambda event, _seconds: event.wait(0.01))
    supervisor.start()
    ready(heard)
    while stall.do("status")[name]["readers"] == 0:  # type: ignore[index]
        pass  # connected here is not yet accepted there
    return supervisor


def ready(heard: Heard) -> None:
    heard.wait(StateChanged, lambda change: change.state is State.READY)


def open_descriptors() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_what_is_typed_is_scanned(stall: SimulatedStall, heard: Heard) -> None:
    supervisor = supervise(stall, "keys", heard)
    for code in (
        "4006381333931",
        "]C10109521234543213\x1d10AB",
        "Käse €",
        "https://shop.example/L/ABCD2345?x=~1",
    ):
        assert stall.do("type", code=code) == {"readers": 1}
        scanned = heard.wait(CodeScanned)
        assert (scanned.device, scanned.raw) == ("keys", code)
    stall.do("type", code="12345", step_ms=10)
    assert heard.wait(CodeScanned).raw == "12345"
    assert supervisor.stop()


@pytest.mark.parametrize(
    ("fault", "codes", "lost"),
    [
        ("half", [], True),
        ("dropped", [], True),
        ("repeat", ["96385074"], False),
        ("stuck", ["96385074"], False),
    ],
)
def test_what_goes_wrong_with_a_scan_harms_neither_the_one_before_nor_the_next(
    stall: SimulatedStall, heard: Heard, fault: str, codes: list[str], lost: bool
) -> None:
    supervisor = supervise(stall, "keys", heard)
    stall.do("type", code="before", also="96385074", fault=fault)
    if lost:
        heard.wait(ScanLost)
    stall.do("type", code="next", step_ms=1)
    heard.wait(CodeScanned, lambda event: event.raw == "next")
    scanned = [event.raw for event in heard.all if isinstance(event, CodeScanned)]
    assert scanned == ["before", *codes, "next"]
    assert supervisor.stop()


def test_a_hundred_pulled_plugs_while_scanning_lose_no_whole_code(
    stall: SimulatedStall, heard: Heard
) -> None:
    supervisor = supervise(stall, "keys", heard)
    threads, descriptors, scanned = threading.active_count(), open_descriptors(), []
    for cycle in range(100):
        while stall.do("type", code=f"no {cycle}")["readers"] == 0:
            pass
        scanned.append(heard.wait(CodeScanned).raw)
        stall.do("type", code="broken off", fault="half")
        stall.do("keys", act="unplug")
        heard.wait(StateChanged, lambda change: change.state is State.ABSENT)
        stall.do("keys", act="replug")
        ready(heard)
    assert scanned == [f"no {cycle}" for cycle in range(100)]
    assert len([event for event in heard.rest() if isinstance(event, CodeScanned)]) == 100
    assert threading.active_count() <= threads
    assert open_descriptors() <= descriptors + 1
    assert supervisor.stop()


def test_ten_thousand_scans_arrive_whole_and_in_order(stall: SimulatedStall, heard: Heard) -> None:
    supervisor = supervise(stall, "keys", heard)
    threads, descriptors = threading.active_count(), open_descriptors()
    expected = [f"{number:08}" for number in range(10_000)]
    for number in range(0, 10_000, 2):
        stall.do("type", code=expected[number], also=expected[number + 1])
    scanned = [heard.wait(CodeScanned).raw for _ in expected]
    assert scanned == expected
    assert not [event for event in heard.rest() if isinstance(event, ScanLost)]
    assert threading.active_count() <= threads
    assert open_descriptors() <= descriptors
    assert supervisor.stop()


def test_a_finger_is_felt_and_a_panel_comes_back(stall: SimulatedStall, heard: Heard) -> None:
    supervisor = supervise(stall, "touch", heard)
    for fault, phases in ((None, ["down", "up"]), ("bounce", ["down", "up"]), ("dropped", ["down", "away"])):
        stall.do("tap", x=25, y=75, **({"fault": fault} if fault else {}))
        touches = [heard.wait(Touched) for _ in phases]
        assert [touch.phase for touch in touches] == phases
        assert (touches[0].x, touches[0].y) == pytest.approx((0.25, 0.75), abs=0.001)
    stall.do("tap", x=25, y=75, to=[50, 75])
    assert [heard.wait(Touched).phase for _ in "12"] == ["down", "away"]
    stall.do("tap", x=10, y=10, fault="no-lift")
    assert heard.wait(Touched).phase == "down"
    stall.do("touch", act="unplug")
    heard.wait(StateChanged, lambda change: change.state is State.ABSENT)
    stall.do("touch", act="replug")
    ready(heard)
    while stall.do("tap", x=60, y=60)["readers"] == 0:
        pass
    assert [heard.wait(Touched).phase for _ in "12"] == ["down", "up"]
    assert supervisor.stop()


@pytest.mark.parametrize(
    ("command", "fields", "words"),
    [
        ("type", {}, "code must be a text"),
        ("type", {"code": "ł"}, "no key types"),
        ("type", {"code": "1", "layout": "dvorak"}, "one of us, gb"),
        ("type", {"code": "1", "fault": "fire"}, "one of half"),
        ("type", {"code": "1", "step_ms": 5000}, "from 0 to 1000"),
        ("type", {"code": "12345", "step_ms": 1000}, "longer than 4 s"),
        ("tap", {"x": 50}, "y: must be percent"),
        ("tap", {"x": 50, "y": 101}, "y: must be percent"),
        ("tap", {"x": 50, "y": 50, "fault": "fire"}, "one of bounce"),
        ("keys", {"act": "explode"}, "unplug or replug"),
    ],
)
def test_the_stall_says_what_was_wrong_with_a_wish(
    stall: SimulatedStall, command: str, fields: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        stall.do(command, **fields)


@pytest.mark.skipif(sys.platform == "win32", reason="no mode bits on Windows")
def test_scans_and_touches_need_no_place_to_write(stall: SimulatedStall, tmp_path: Path) -> None:
    tables = {name: stall.devices()[name] for name in ("keys", "touch")}
    program = f"""
        import queue, sys
        from hardware.registry import make
        from hardware.supervisor import Supervisor
        heard = queue.Queue()
        for name, table in {tables!r}.items():
            Supervisor(make(table["kind"], name, table), heard.put).start()
        awaited = {{"CodeScanned", "Touched"}}
        while awaited:
            awaited.discard(type(heard.get(timeout=20)).__name__)
        print(sorted({{"evdev", "serial", "gpiozero"}} & set(sys.modules)))
    """
    tmp_path.chmod(0o555)
    root = str(Path(__file__).parents[2])
    rights = ("setpriv", "--bounding-set", "-all", "--inh-caps", "-all") if os.geteuid() == 0 else ()
    with subprocess.Popen(
        (*rights, sys.executable, "-c", textwrap.dedent(program)),
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE, text=True,
    ) as done:  # fmt: skip
        assert done.stdout is not None
        while done.poll() is None and 0 in (stall.do("status")[name]["readers"] for name in tables):  # type: ignore[index]
            pass
        stall.do("type", code="123")
        stall.do("tap", x=50, y=50)
        said = done.stdout.read()
    tmp_path.chmod(0o755)
    assert done.returncode == 0
    assert said == "[]\n"
    assert list(tmp_path.iterdir()) == []
