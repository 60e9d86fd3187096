"""A demo in a hurry, over its real sockets: till and stall count the same hours, the promise stands still."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.simulated.battery import GIVES_AH
from hardware.simulated.control import tell
from hardware.simulated.stalltime import FASTEST, StallTime
from kiosk.demo.stall import clock_of, running_stall
from kiosk.ledger.connection import Ledger
from kiosk.settings import Settings
from kiosk.station.events import HeadroomChanged
from kiosk.station.station import Station
from tests.station.stand import Heard

MINUTES = 3
"""Of the stall's time: three seconds."""
AMPS = 8.0
"""What till, lamp and fridge draw while its compressor runs, as it does at first."""


def used_ah(settings: Settings) -> float:
    """What the simulated battery really gave."""
    battery = tell(settings.folder, "status")["battery"]
    assert isinstance(battery, dict)
    return (1 - float(battery["soc"])) * GIVES_AH


def test_a_day_in_a_hurry_drains_the_battery_and_keeps_the_promise(shop: Settings) -> None:
    time, heard = StallTime(), Heard()
    clock = clock_of(time)
    with running_stall(shop, time, clock) as connected:
        kit = replace(connected, devices=tuple(one for one in connected.devices if one.role != "printer"))
        with Station.on(kit, Ledger.open(shop.ledger, clock=clock), time) as station:
            station.subscribe(heard)
            views = lambda: [event.view for event in heard.of(HeadroomChanged)]  # noqa: E731
            tell(shop.folder, "clock", speed=FASTEST)
            heard.until(lambda: any(view.headroom.until.even_s is not None for view in views()))
            began_s, before_ah = time.passed_s, used_ah(shop)
            first = views()[-1]
            promised_s = began_s + (first.headroom.until.even_s or 0.0)
            heard.until(lambda: time.passed_s - began_s >= MINUTES * 60)
            told = tell(shop.folder, "clock", speed=1)
            assert told["speed"] == 1
            seen = len(views())
            heard.until(lambda: len(views()) > seen)
            drawn_ah = used_ah(shop) - before_ah
            assert drawn_ah == pytest.approx(AMPS * MINUTES / 60, rel=0.35)
            gauge = station._equipment.gauge  # type: ignore[union-attr]
            assert gauge is not None
            assert gauge._state is not None
            assert gauge._state.count.used_ah == pytest.approx(used_ah(shop), abs=0.15)
            last = views()[-1]
            assert last.headroom.until.even_s is not None
            assert time.passed_s + last.headroom.until.even_s == pytest.approx(promised_s, abs=30 * 60)
            assert {outlet.name: outlet.on for outlet in last.outlets} == {
                "lamp": True,
                "fridge": True,
                "blender": False,
            }
