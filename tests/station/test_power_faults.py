"""What goes wrong with a stall's power, as the gauge meets it: told, never zero, nothing promised on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.power.reading import PowerRead, Quality, Reading
from kiosk.power.thrift import Level
from kiosk.power.view import PowerView
from tests.station.test_gauge import Market

TILL_W = 31.0
"""What hangs on the battery directly."""


@pytest.fixture
def market(tmp_path: Path) -> Market:
    """Forty minutes with a fridge and a blender behind the inverter."""
    made = Market(tmp_path)
    made.fill()
    made.passes(40, TILL_W + 75, fridge=48, blender=20)
    return made


def test_an_inverter_that_gave_up_is_said_and_costs_no_numbers(market: Market) -> None:
    before = market.passes(1, TILL_W + 75, fridge=48, blender=20)
    assert before.outage == ""
    off = market.passes(10, TILL_W)  # its outlets are dead with it
    assert [one.on for one in off.outlets] == [None, None]
    assert (off.outage, off.headroom.grade) == ("silent", before.headroom.grade)
    assert off.headroom.until.safe_s is not None
    assert off.shed == (), "what does not answer is not switched"
    assert market.passes(1, TILL_W + 75, fridge=48, blender=20).outage == ""


def test_outlets_that_are_on_and_draw_nothing_all_at_once_have_no_inverter(market: Market) -> None:
    for _ in range(6):
        market.outlet("fridge", True, 0.0)
        market.outlet("blender", True, 0.0)
        view = market.passes(0.2, TILL_W)
    assert view.outage == "dead"
    market.outlet("blender", True, 0.0)
    assert market.passes(0.2, TILL_W, fridge=48).outage == "", "one that draws has one"


def test_an_outlet_that_vanishes_while_off_is_neither_on_nor_advised_and_comes_back_as_it_was(
    market: Market,
) -> None:
    market.passes(1, TILL_W + 55, fridge=48, blender=0)
    gone = market.passes(2, TILL_W + 55, fridge=48)
    blender, fridge = gone.outlets
    assert (blender.on, blender.advice, fridge.on, gone.outage) == (None, None, True, "")
    back = market.passes(0.5, TILL_W + 55, fridge=48, blender=0).outlets[0]
    assert back.on is False and back.advice is not None


def test_what_was_shed_and_vanished_is_offered_again_once_it_answers(market: Market) -> None:
    market.gauge.memory.shed("blender")
    assert market.passes(1, TILL_W + 55, fridge=48, blender=0).outlets[0].shed
    assert not market.passes(2, TILL_W + 55, fridge=48).outlets[0].shed
    assert market.passes(0.5, TILL_W + 55, fridge=48, blender=0).outlets[0].shed
    assert not market.passes(0.5, TILL_W + 75, fridge=48, blender=20).outlets[0].shed, "somebody switched it"


def test_what_was_shed_before_a_reboot_is_offered_again_unless_somebody_switched_it_on(
    market: Market, tmp_path: Path
) -> None:
    for name in ("blender", "fridge"):
        market.gauge.memory.shed(name)
    market.passes(1, TILL_W, fridge=0, blender=0)
    market.gauge.keep()
    market.clock.reboot("00000000-0000-4000-8000-000000000002", trusted=True)
    again = Market(tmp_path, market.clock)
    view = again.passes(0.5, TILL_W + 50, fridge=48, blender=0)
    assert [(one.name, one.shed) for one in view.outlets] == [("blender", True), ("fridge", False)]
    again.gauge.keep()
    assert again.gauge.memory.off_for_now == {"blender"}


def silent(market: Market, volts: float) -> PowerView:
    """The shunt says a last word, and dies."""
    market.clock.advance(10_000)
    market.says("shunt", 60, volts=volts)
    market.passes(0.2, None)
    return market.passes(2, None)


def test_a_shunt_that_dies_with_a_flat_pack_is_unknown_with_its_reason_and_no_order_to_end(
    market: Market,
) -> None:
    view = silent(market, 10.7)
    assert "the pack may be flat" in view.headroom.grade_why
    assert (view.headroom.wh_left.value, view.headroom.until.safe_s) == (None, None)
    assert view.thrift.level < Level.ENDING


def test_a_shunt_that_only_fell_silent_is_not_called_flat(market: Market) -> None:
    assert "flat" not in silent(market, 13.1).headroom.grade_why


def test_a_shunt_mounted_the_other_way_round_is_caught_by_the_outlets(market: Market) -> None:
    view = market.passes(10, -(TILL_W + 75), fridge=48, blender=20)
    assert view.headroom.grade == "C"
    assert "check the shunt" in view.headroom.grade_why
    assert view.headroom.until.safe_s is None, "nothing is promised on it"


def monitor(market: Market, used_ah: float, soc: float) -> None:
    """A monitor in sync says what it has counted, and its charge."""
    reading = Reading(volts=13.1, amps=4.6, soc=soc, used_ah=used_ah, quality=Quality.SHUNT)
    market.gauge.heard(PowerRead("shunt", reading, market.clock.boot_ms))
    market.gauge.take()


def test_a_monitors_counter_that_is_reset_in_the_day_changes_nothing(market: Market) -> None:
    monitor(market, 3.1, 0.93)
    before = market.passes(0.2).headroom.wh_left.value
    market.clock.advance(10_000)
    monitor(market, 0.0, 1.0)
    after = market.passes(0.2).headroom.wh_left.value
    assert before is not None and after is not None
    assert before - 2 < after <= before + 0.5


def test_the_next_best_source_takes_over_and_is_named(market: Market) -> None:
    for _ in range(6):
        market.says("bms", 60, Quality.BMS)
        view = market.passes(0.2, None)
    assert [(one.name, one.believed) for one in view.sources if one.believed] == [("bms", True)]
    assert view.headroom.wh_left.value is not None
