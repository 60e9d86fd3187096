"""A station with a simulated cabinet on a real wire: open, shut, silence, and a screen that hangs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.simulated.stall import SimulatedStall
from kiosk.cli import main
from kiosk.demo.stall import devices
from kiosk.pickup import boxes
from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.settings import Settings, parse
from kiosk.station.events import BoxNews
from kiosk.station.lockers import Lockers
from tests.station.stand import Stand, done

PICKUP = """
[pickup]
boxes = { S = "1-8", M = "9-14", L = "15,16" }
"""


@pytest.fixture
def cabinet(shop: Settings, stall: SimulatedStall, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """A till with a cabinet of sixteen boxes whose coils are cool."""
    monkeypatch.setattr("hardware.locks.pulses.COOL_S", 0.2)
    monkeypatch.setattr("hardware.locks.cabinet.IDLE_S", 0.1)
    monkeypatch.setattr("hardware.locks.cabinet.BUSY_S", 0.05)
    monkeypatch.setattr("kiosk.station.attempts.LOOK_S", 0.5)
    with (shop.folder / "shop.toml").open("a") as file:
        file.write(PICKUP)
    told = parse((shop.folder / "shop.toml").read_bytes(), shop.folder / "shop.toml")
    stand = Stand.open(replace(told, folder=shop.folder), stall, devices=tuple(devices(stall.cabinet())))
    yield stand
    stand.station.close()


def lockers(stand: Stand) -> Lockers:
    """The boxes at work, once every contact has spoken and staff have found each empty."""
    found = stand.until(lambda: stand.station.lockers)
    stand.until(lambda: sum(one.door == "locked" for one in found.doors.values()) == 16)
    for number in range(1, 17):
        stand.until(lambda n=number: box(stand, n).state is State.CHECK)
    done(stand.station.submit(_all_empty))
    return found


def _all_empty(ledger: object) -> None:
    with ledger.transaction():  # type: ignore[attr-defined]
        for number in range(1, 17):
            boxes.happen(ledger, number, Event.STAFF_EMPTY)  # type: ignore[arg-type]


def box(stand: Stand, number: int) -> Compartment:
    """A box as the ledger has it."""
    return done(stand.station.submit(boxes.box_of, number))


def heard(stand: Stand, what: str, number: int) -> BoxNews:
    """Wait for a word about a box."""
    return stand.until(
        lambda: next((n for n in stand.heard.of(BoxNews) if (n.what, n.box.number) == (what, number)), None)  # type: ignore[arg-type, return-value]
    )


def test_a_box_is_opened_used_and_shut(cabinet: Stand) -> None:
    work = lockers(cabinet)
    done(work.open(7, Purpose.RETURN, actor="customer"))
    heard(cabinet, "open", 7)
    cabinet.stall.do("door", number=7, act="put")
    cabinet.stall.do("door", number=7, act="close")
    heard(cabinet, "shut", 7)
    assert box(cabinet, 7).state is State.OCCUPIED  # its sensor says so


@pytest.mark.parametrize("fault", ["silent", "damaged"])
def test_a_board_without_an_answer_gets_no_pulse(cabinet: Stand, fault: str) -> None:
    work = lockers(cabinet)
    cabinet.stall.do("board", act=fault)
    cabinet.until(lambda: box(cabinet, 7).state is State.UNKNOWN)
    cabinet.stall.do("board", act="ok")
    cabinet.until(lambda: box(cabinet, 7).state is State.FREE)
    cabinet.stall.do("board", act=fault)
    try:
        done(work.open(7, Purpose.RETURN))
    except RuntimeError:
        pass  # it was known to be silent already
    else:
        cabinet.until(lambda: [n for n in cabinet.heard.of(BoxNews) if n.what in {"refused", "lost"}])
    pulses = cabinet.stall.do("status")["locks"]["box 7"]  # type: ignore[index]
    assert pulses.endswith("0 pulses")


def test_a_stuck_door_has_two_pulses_and_is_a_fault(cabinet: Stand) -> None:
    work = lockers(cabinet)
    cabinet.stall.do("door", number=3, act="stuck")
    done(work.open(3, Purpose.RETURN))
    heard(cabinet, "stuck", 3)
    assert box(cabinet, 3).state is State.FAILED
    assert cabinet.stall.do("status")["locks"]["box 3"] == "shut, stuck, 2 pulses"  # type: ignore[index]


def test_a_subscriber_that_hangs_lengthens_no_pulse(cabinet: Stand) -> None:
    """The board times its coil; what hangs here only hears of it late."""
    work = lockers(cabinet)
    let_go = threading.Event()
    cabinet.station.subscribe(lambda event: let_go.wait(2) if isinstance(event, BoxNews) else None)
    done(work.open(5, Purpose.RETURN))
    heard(cabinet, "opening", 5)
    let_go.set()
    heard(cabinet, "open", 5)
    assert cabinet.stall.do("status")["locks"]["box 5"] == "open, 1 pulses"  # type: ignore[index]


def test_kill_in_the_middle_is_concluded_at_the_next_start(cabinet: Stand, tmp_path: Path) -> None:
    work = lockers(cabinet)
    done(work.open(2, Purpose.STAFF, actor="Sam"))
    heard(cabinet, "open", 2)
    cabinet.station.close()
    again = Stand.open(cabinet.settings, cabinet.stall, devices=cabinet.settings.devices)
    try:
        heard(again, "open", 2)
        again.stall.do("door", number=2, act="close")
        again.until(lambda: box(again, 2).state is State.CLOSING)
        assert again.stall.do("status")["locks"]["box 2"] == "shut, 1 pulses"  # type: ignore[index]
    finally:
        again.station.close()


def test_the_command_opens_a_box_and_follows_it(cabinet: Stand, capsys: pytest.CaptureFixture[str]) -> None:
    lockers(cabinet)
    cabinet.station.close()
    port = cabinet.stall.cabinet()["locks"]["port"]
    with (cabinet.settings.folder / "shop.toml").open("a") as file:
        file.write(f'\n[devices.locks]\nkind = "cu16"\nport = "{port}"\nboxes = 16\n')
    shop = ["--shop", str(cabinet.settings.folder), "locker"]
    assert main([*shop, "status", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["box"], row["state"], row["door"]) for row in rows][:2] == [(1, "free", "locked")] * 1 + [
        (2, "free", "locked")
    ]
    assert main([*shop, "status", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == rows[1]
    assert main([*shop, "status", "99"]) == 2
    assert "there is no box 99" in capsys.readouterr().err
    closing = threading.Timer(1.5, cabinet.stall.do, ("door",), {"number": 4, "act": "close"})
    closing.start()
    assert (
        main([*shop, "open", "4", "--by", "Sam", "--reason", "lost slip", "--holds", "empty", "--json"]) == 0
    )
    assert json.loads(capsys.readouterr().out) == {"box": 4, "seen": "shut", "state": "free", "reason": ""}
    assert main([*shop, "open", "99", "--by", "Sam", "--reason", "x"]) == 2
    assert "there is no box 99" in capsys.readouterr().err
