"""What says that a battery is at its end, and what the stall makes of it: dim, collecting only, ending."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.power.reading import PowerRead, Quality, Reading
from kiosk.pickup.points import PickupPoint
from kiosk.power.belief import Belief
from kiosk.power.thrift import Level, Thrift
from kiosk.power.view import PowerView
from kiosk.settings.pickup import PickupSettings
from kiosk.station.saving import kept_wh
from tests.station.test_gauge import KIT, Market

PLENTY_V, KNEE_V = 13.1, 11.2
LOCKER = PickupSettings(7, (PickupPoint("locker", "Hub", "locker"),), ((1, "S", False),), reserve_wh=6)


def left(market: Market, ah: float) -> None:
    """The count says that so much is left, and is sure of it."""
    state = market.gauge._state
    assert state is not None
    market.gauge._state = replace(state, belief=Belief(43.0, ah, 0.01, 0.01, 0.0))


def ran(folder: Path, *, kept: float = 0.0) -> Market:
    """Forty minutes of a known load."""
    market = Market(folder, kept_wh=kept)
    market.fill()
    market.passes(40)
    return market


def looks(
    market: Market, ah: float, times: int = 1, volts: float = PLENTY_V, soc: float | None = None
) -> Thrift:
    """Some looks at a battery with so much left; the shunt says volts and perhaps a charge."""
    view: PowerView | None = None
    for _ in range(times):
        left(market, ah)
        market.clock.advance(10_000)
        reading = Reading(volts=volts, amps=60 / volts, soc=soc, quality=Quality.SHUNT)
        market.gauge.heard(PowerRead("shunt", reading, market.clock.boot_ms))
        market.gauge.take()
        view = market.gauge.view()
    assert view is not None
    return view.thrift


@pytest.fixture
def market(tmp_path: Path) -> Market:
    return ran(tmp_path)


def test_it_is_sparing_from_three_quarters_of_an_hour_on(market: Market) -> None:
    assert looks(market, 20.0).level is Level.PLENTY
    assert looks(market, 5.0).level is Level.SPARING


def test_a_wrong_count_alone_never_switches_off(market: Market) -> None:
    assert looks(market, 0.0, 20).level is Level.SPARING, "its volts are those of a good battery"


def test_wrong_volts_alone_never_switch_off(market: Market) -> None:
    assert looks(market, 20.0, 20, KNEE_V).level is Level.PLENTY


def test_count_and_volts_together_do_after_three_looks(market: Market) -> None:
    assert looks(market, 0.0, 2, KNEE_V).level is Level.SPARING
    assert looks(market, 0.0, 1, KNEE_V).level is Level.ENDING


def test_a_monitor_that_says_empty_is_a_second_witness(market: Market) -> None:
    assert looks(market, 0.0, 3, PLENTY_V, 0.04).level is Level.ENDING


def test_silence_switches_nothing_off(market: Market) -> None:
    looks(market, 5.0)
    for _ in range(20):
        market.clock.advance(10_000)
        market.gauge.take()
        assert market.gauge.view().thrift.level is Level.SPARING


def board(market: Market, soc: float, *, plugged: bool) -> Level:
    """Three looks at a battery board of the computer, while the stall's own meter is silent."""
    for _ in range(6):
        market.clock.advance(10_000)
        reading = Reading(volts=3.4, amps=0.9, soc=soc, plugged=plugged, quality=Quality.GAUGE)
        market.gauge.heard(PowerRead("hat", reading, market.clock.boot_ms))
        market.gauge.take()
    level = Level.PLENTY
    for _ in range(3):
        level = market.gauge.view().thrift.level
    return level


def test_the_computers_own_cell_ends_it_only_when_it_is_low_and_nothing_feeds_it(market: Market) -> None:
    assert board(market, 0.9, plugged=False) is not Level.ENDING, "a stall lives on batteries"
    assert board(market, 0.05, plugged=True) is not Level.ENDING
    assert board(market, 0.05, plugged=False) is Level.ENDING


def test_a_locker_hands_out_only_before_the_end_comes(tmp_path: Path) -> None:
    market = ran(tmp_path, kept=12.0)
    assert looks(market, 5.0).level is Level.SPARING
    assert looks(market, 2.6).level is Level.COLLECTING
    assert looks(market, 2.6, 20, KNEE_V).level is Level.COLLECTING, "what is kept is still there"
    assert looks(market, 0.2, 3, KNEE_V).level is Level.ENDING


def test_what_is_kept_follows_the_lockers_draw_or_its_settings(shop: object) -> None:
    settings = replace(shop, power=KIT, pickup=None)  # type: ignore[type-var]
    assert kept_wh(settings) == 0  # type: ignore[arg-type]
    assert kept_wh(replace(settings, pickup=LOCKER)) == 6  # type: ignore[type-var, arg-type]
    told = replace(KIT, locker_w=8.0)
    assert kept_wh(replace(settings, pickup=LOCKER, power=told)) == 4.25  # type: ignore[type-var, arg-type]
