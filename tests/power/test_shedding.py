"""Shedding is slow, in order, and asks: nothing flutters and nothing moves while paper or doors do."""

from __future__ import annotations

from dataclasses import replace

from kiosk.power.shedding import Proposal, Switched, Watch, may_come_on, order, proposed

HOUR = 3600.0
TILL = Switched("till", 0, True, 30)
LIGHTS = Switched("lights", 1, True, 12)
FRIDGE = Switched("fridge", 2, True, 48, kind="compressor")
LAMP, BLENDER = Switched("lamp", 3, True, 12), Switched("blender", 3, True, 250)
ALL = (TILL, LIGHTS, FRIDGE, LAMP, BLENDER)


def watched(probability: float | None, seconds: float) -> Watch:
    watch = Watch()
    for t_s in (0.0, seconds):
        watch = watch.looked(t_s, probability, 3 * HOUR)
    return watch


def test_demonstrations_go_first_the_largest_of_them_before_the_rest_and_the_till_never() -> None:
    assert [one.name for one in order(ALL)] == ["blender", "lamp", "fridge", "lights"]
    assert order([replace(BLENDER, on=None), TILL]) == []


def test_five_minutes_of_bad_prospects_propose_and_four_do_not() -> None:
    assert proposed(watched(0.5, 240), 240, 3 * HOUR, ALL, busy=False) is None
    assert proposed(watched(0.5, 300), 300, 3 * HOUR, ALL, busy=False) == Proposal("shed", "blender")


def test_one_better_look_begins_the_five_minutes_anew() -> None:
    watch = watched(0.5, 200).looked(210, 0.7, 3 * HOUR).looked(220, 0.5, 3 * HOUR)
    assert proposed(watch, 310, 3 * HOUR, ALL, busy=False) is None


def test_the_unknown_sheds_nothing_and_restores_nothing() -> None:
    shed = replace(LAMP, on=False, shed=True)
    assert proposed(watched(None, 9000), 9000, None, (BLENDER, shed), busy=False) is None


def test_a_near_end_proposes_at_once_and_the_last_quarter_of_an_hour_does_not_ask() -> None:
    assert proposed(Watch(), 0, 44 * 60, ALL, busy=False) == Proposal("shed", "blender")
    assert proposed(Watch(), 0, 14 * 60, ALL, busy=False) == Proposal("shed", "blender", alone=True)


def test_nothing_moves_while_a_receipt_prints_or_a_door_opens() -> None:
    assert proposed(Watch(), 0, 60, ALL, busy=True) is None


def test_after_a_switching_the_numbers_get_a_minute() -> None:
    watch = Watch().switched(1000)
    assert proposed(watch, 1059, 60, ALL, busy=False) is None
    assert proposed(watch, 1060, 60, ALL, busy=False) is not None


def test_what_was_shed_comes_back_after_a_good_quarter_of_an_hour_what_a_person_switched_off_does_not() -> (
    None
):
    off = (replace(LAMP, on=False, shed=True), replace(BLENDER, on=False))
    assert proposed(watched(0.95, 899), 899, 3 * HOUR, off, busy=False) is None
    assert proposed(watched(0.95, 900), 900, 3 * HOUR, off, busy=False) == Proposal("restore", "lamp")


def test_a_compressor_stays_off_for_five_minutes() -> None:
    fridge = replace(FRIDGE, on=False, shed=True, off_s=700)
    assert proposed(watched(0.95, 900), 900, 3 * HOUR, [fridge], busy=False) is None
    assert not may_come_on(fridge, 999)
    assert may_come_on(fridge, 1000)
    assert may_come_on(replace(LAMP, off_s=999), 999)
