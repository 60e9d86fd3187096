"""How sparing the till must be: worse at once, better slowly, and the unknown changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest

from kiosk.power.thrift import BACK_S, LOOKS, SHORT_S, STEADY_S, Level, Look, Thrift

PLENTY, SPARING, COLLECTING, ENDING = Level
LOOK_S = 10.0


def after(thrift: Thrift, looks: Iterable[Look], from_s: float = 0.0) -> Thrift:
    """What a row of looks leads to."""
    for number, look in enumerate(looks):
        thrift = thrift.after(from_s + number * LOOK_S, look)
    return thrift


def lasts(seconds: float) -> Look:
    return Look(safe_s=seconds, charge=0.3, safe_wh=50.0, signs=0)


LONG_ENOUGH = int(STEADY_S / LOOK_S) + 1


def test_three_quarters_of_an_hour_is_short_at_once() -> None:
    assert after(Thrift(), [lasts(SHORT_S)]).level is PLENTY
    assert after(Thrift(), [lasts(SHORT_S - 1)]).level is SPARING


def test_it_is_plenty_again_after_five_minutes_with_half_an_hour_more() -> None:
    short = Thrift(SPARING)
    assert after(short, [lasts(SHORT_S + BACK_S - 1)] * 999).level is SPARING
    assert after(short, [lasts(SHORT_S + BACK_S)] * (LONG_ENOUGH - 1)).level is SPARING
    assert after(short, [lasts(SHORT_S + BACK_S)] * LONG_ENOUGH).level is PLENTY


def test_one_worse_look_begins_the_five_minutes_anew() -> None:
    looks = [lasts(2 * SHORT_S)] * (LONG_ENOUGH - 1)
    assert after(Thrift(SPARING), [*looks, lasts(SHORT_S), *looks]).level is SPARING


def test_a_forecast_that_wavers_around_the_limit_changes_the_till_once() -> None:
    thrift, levels = Thrift(), []
    for number in range(360):
        thrift = thrift.after(number * LOOK_S, lasts(SHORT_S + 300 * (-1) ** (number // 30)))
        levels.append(thrift.level)
    assert sum(a is not b for a, b in pairwise(levels)) == 1


@pytest.mark.parametrize("level", Level)
def test_the_unknown_changes_nothing(level: Level) -> None:
    assert after(Thrift(level), [Look()] * 999).level is level


def test_charging_is_plenty_after_a_while_and_an_empty_battery_without_minutes_is_short() -> None:
    charging = Look(charge=0.05, charging=True, signs=0)
    assert after(Thrift(SPARING), [charging] * LONG_ENOUGH).level is PLENTY
    assert after(Thrift(), [Look(charge=0.0, signs=0)]).level is SPARING
    assert after(Thrift(), [charging]).level is PLENTY


def test_a_locker_hands_out_only_once_its_reserve_is_all_there_is_and_takes_in_again_with_twice_that() -> (
    None
):
    empty = Look(safe_s=0.0, safe_wh=0.0, kept_wh=5.0, signs=0)
    assert after(Thrift(), [empty]).level is COLLECTING
    more = Look(safe_s=600.0, safe_wh=4.9, kept_wh=5.0, signs=0)
    assert after(Thrift(COLLECTING), [more] * 999).level is COLLECTING
    enough = Look(safe_s=600.0, safe_wh=5.0, kept_wh=5.0, signs=0)
    assert after(Thrift(COLLECTING), [enough] * LONG_ENOUGH).level is SPARING
    assert after(Thrift(), [Look(safe_s=0.0, safe_wh=0.0, signs=0)]).level is SPARING, "there is no locker"


def gone(signs: int | None, *, charging: bool = False) -> Look:
    return Look(None if charging else 0.0, 0.02, charging, 0.0, 0.0, signs)


def test_the_end_needs_two_signs_in_three_looks_running() -> None:
    assert after(Thrift(), [gone(1)] * 99).level is SPARING
    assert after(Thrift(), [gone(2)] * (LOOKS - 1)).level is SPARING
    assert after(Thrift(), [gone(2)] * LOOKS).level is ENDING
    assert after(Thrift(), [gone(2), gone(2), gone(1), gone(2), gone(2)]).level is SPARING
    assert after(Thrift(), [gone(2), gone(2), gone(None), gone(3)]).level is ENDING, "silence is no relief"
    assert after(Thrift(), [gone(3, charging=True)] * 99).level is PLENTY, "it is being charged"


def test_power_that_returns_relieves_at_once_and_ends_the_end_after_five_minutes() -> None:
    ending = after(Thrift(), [gone(2)] * LOOKS)
    assert not ending.relieved
    charged = after(ending, [gone(2, charging=True)], 60)
    assert (charged.level, charged.relieved) == (ENDING, True)
    assert not after(charged, [gone(2)], 70).relieved, "a cloud: it goes on"
    assert after(ending, [gone(2, charging=True)] * LONG_ENOUGH).level is PLENTY
    assert after(ending, [gone(1)] * 999).level is ENDING, "volts that wander around the knee are no relief"
