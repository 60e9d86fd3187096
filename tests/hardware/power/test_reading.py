"""A reading is what a source knows: SI units, one sign, and nothing invented."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from hardware.device import State, StateChanged
from hardware.power.lines import LineMeter
from hardware.power.reading import PowerRead, Quality, Reading, checked, flipped, read
from hardware.registry import make
from hardware.simulated.battery import GIVES_AH
from hardware.simulated.stall import SimulatedStall
from hardware.simulated.stalltime import StallTime
from hardware.supervisor import Supervisor

if TYPE_CHECKING:
    from tests.hardware.conftest import Heard


def test_a_meter_that_talks_nonsense_is_unknown_and_never_zero() -> None:
    meter = LineMeter("shunt", "x")
    assert meter.heard("{]", 0) is None
    assert meter.heard("[" * 100_000, 0) is None
    assert meter.heard("[1]", 0) is None
    nothing = Reading(quality=Quality.SHUNT, source="meter")
    told = meter.heard('{"volts": "13", "amps": 1e999, "soc": 1.4, "load_w": true}', 7)
    assert told == PowerRead("shunt", nothing, 7)
    assert meter.heard('{"volts": 1' + "0" * 400 + "}", 7) == told
    known = read({"volts": 13, "soc": 0.5, "capacity_wh": 600, "other": 1})
    assert known == Reading(volts=13.0, soc=0.5, capacity_wh=600.0)
    assert known.left_wh == 300
    assert Reading(soc=0.5).left_wh is None


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e12])
def test_figures_that_cannot_be_are_unknown(value: float) -> None:
    worst = Reading(volts=value, amps=value, watts=value, soc=value, celsius=value, min_cell_volts=value)
    assert checked(worst) == Reading()


def test_watts_follow_from_volts_and_amps_unless_the_source_says_them() -> None:
    assert checked(Reading(volts=12.5, amps=2.0)).watts == 25.0
    assert checked(Reading(volts=12.5, amps=2.0, watts=24.0)).watts == 24.0
    assert checked(Reading(volts=12.5)).watts is None
    assert flipped(checked(Reading(volts=12.5, amps=2.0))).watts == -25.0
    assert flipped(Reading(volts=12.5)) == Reading(volts=12.5)


@pytest.mark.parametrize("kind", ["meter-lines", "battery-vedirect"])
def test_the_simulated_battery_drains_and_out_of_it_is_positive(kind: str, heard: Heard) -> None:
    now = [0.0]
    with SimulatedStall(time=StallTime(lambda: now[0])) as stall:
        table = stall.meter() if kind == "meter-lines" else stall.devices()["battery"]
        supervisor = Supervisor(make(kind, "battery", table), heard)
        supervisor.start()
        heard.wait(StateChanged, lambda change: change.state is State.READY)
        stall.do("inverter", act="off")
        first = heard.wait(PowerRead, lambda event: (event.reading.watts or 99) < 32).reading
        assert first.soc == 0.92
        assert first.watts is not None
        assert first.watts == pytest.approx(31, abs=0.6)
        assert first.amps == pytest.approx(31 / 13.3, abs=0.05)
        now[0] = 3600.0
        stall.do("battery", load_w=61.4)
        second = heard.wait(PowerRead, lambda event: event.reading.soc != first.soc).reading
        assert second.soc == pytest.approx(0.92 - first.amps / GIVES_AH, abs=1e-3)
        stall.do("battery", solar_w=120)
        charged = heard.wait(PowerRead, lambda event: (event.reading.watts or 0) < 0).reading
        assert charged.watts == pytest.approx(61.4 - 120, abs=1)
        now[0] += 3600.0 * 100
        stall.do("battery", solar_w=0)
        now[0] += 3600.0 * 100
        stall.do("battery", load_w=1)
        flat = heard.wait(PowerRead, lambda event: event.reading.watts == 0).reading  # its protection is off
        assert flat.soc is not None
        assert flat.soc < 0.05
        stall.do("battery", soc=0.5)
        assert heard.wait(PowerRead, lambda event: (event.reading.watts or 0) > 0).reading.soc == 0.5
        assert supervisor.stop()
