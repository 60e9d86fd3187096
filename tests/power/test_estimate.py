"""What is shown, by the book: the worked example, grades, words, silence, charging, the inverter's limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.power.belief import full
from kiosk.power.chemistry import LFP, NMC
from kiosk.power.counter import Count
from kiosk.power.estimate import estimate, foreseen
from kiosk.power.estimator import State, fresh, step, unseen
from kiosk.power.headroom import Headroom, Now
from kiosk.power.load import Load
from kiosk.power.minutes import Block
from kiosk.power.pack import Limits, Pack, Stall
from kiosk.power.sample import Sample
from kiosk.power.sun import Site

PACK = Pack(LFP, 4, 47.0, 10.8)
STALL = Stall(PACK, limits=Limits(200, 400))
NOON = 1_776_682_800.0
"""2026-04-20 11:00 UTC."""
HOUR = 3600.0


def known(left: float = 22.5, usable: float = 42.5, load_w: float = 72.0, hours: float = 4) -> State:
    """A learned pack with so much left, and hours of a steady load."""
    belief = replace(full(usable, 0.02 * usable), left=left, left_var=0.8, cov=0.0)
    blocks = tuple(Block(load_w + (10 if k % 2 else -10), load_w - 15) for k in range(int(hours * 12)))
    last = Sample(100.0, 13.0, load_w / 13.0, ac_w=load_w - 20)
    return State(belief, usable, Count(usable - left, 0.0, 4 * HOUR), load=Load(blocks), last=last)


def shown(
    state: State, stall: Stall = STALL, closing_s: float | None = 3 * HOUR, reserve: float = 25.0
) -> Headroom:
    """What is shown a moment later."""
    return estimate(state, stall, Now(105.0, None, closing_s, reserve))


def test_the_worked_example() -> None:
    found = shown(known())
    assert found.grade == "A"
    assert found.wh_left.value == pytest.approx(261, abs=8)
    assert found.until.even_s == pytest.approx(3.6 * HOUR, rel=0.04)
    assert found.closing.word in {"likely", "yes"}
    assert found.closing.probability is not None and found.closing.probability > 0.6


def test_safe_is_sooner_than_even_and_even_than_best() -> None:
    until = shown(known()).until
    assert until.safe_s is not None and until.even_s is not None and until.best_s is not None
    assert until.safe_s < until.even_s < until.best_s


@pytest.mark.parametrize(("hours", "word"), [(1.5, "yes"), (3.3, "likely"), (3.8, "unlikely"), (6, "no")])
def test_closing_in_words(hours: float, word: str) -> None:
    closing = shown(known(), closing_s=hours * HOUR).closing
    assert closing.word == word
    assert (closing.missing_wh == 0) is (word == "yes")


def test_every_number_has_its_reason() -> None:
    found = shown(known())
    for figure in (found.free_w, found.surge_w, found.wh_left, found.wh_safe, found.until, found.closing):
        assert figure.why
    assert found.grade_why


def test_watts_free_below_the_inverter_and_below_the_pack() -> None:
    state = known()
    state = replace(state, recent=tuple((float(t), 60.0) for t in range(90)))
    assert shown(state).free_w.value == pytest.approx(0.9 * 200 - 60)
    assert shown(state).surge_w.value == pytest.approx(400 - 60)
    weak = Stall(replace(PACK, most_w=100), limits=Limits(200, 400))
    assert shown(state, weak).free_w.value == pytest.approx(28, abs=0.1)
    assert shown(state, Stall(PACK)).free_w.value is None


@pytest.mark.parametrize(
    ("change", "grade"),
    [
        ({"learned_ah": None}, "B"),
        ({"count": Count(20, 0, 30 * HOUR)}, "B"),
        ({"count": Count(20, 0, 20 * 24 * HOUR)}, "C"),
        ({"count": Count(20, 0, None)}, "C"),
        ({"count": Count(20, 15, 4 * HOUR)}, "C"),
        ({"last": None}, "D"),
        ({"short": 3}, "C"),
    ],
    ids=[
        "label",
        "full yesterday",
        "full long ago",
        "never full",
        "unseen",
        "nothing heard",
        "shunt reads low",
    ],
)
def test_grades(change: dict[str, object], grade: str) -> None:
    found = shown(replace(known(), **change))  # type: ignore[arg-type]
    assert found.grade == grade
    assert found.grade_why
    if grade in "CD":
        assert found.until.safe_s is None and found.wh_left.value is None and found.closing.word == "unknown"


def test_a_guessed_charge_is_a_quarter_and_of_nmc_an_estimate() -> None:
    cold = replace(known(), count=Count())
    assert shown(cold).charge.value == 0.5
    nmc = Stall(Pack(NMC, 3, 47.0, 9.0))
    found = shown(cold, nmc)
    assert found.grade == "C" and found.until.even_s is not None


def test_silence_for_thirty_seconds_is_unknown_with_an_age() -> None:
    found = estimate(known(), STALL, Now(131.0, None, HOUR))
    assert (found.grade, found.age_s) == ("D", 31.0)
    assert found.flow == "unknown" and found.free_w.value is None and found.wh_left.value is None
    flat = replace(known(), last=Sample(100.0, 10.9, 6.0))
    assert "10.9 V" in estimate(flat, STALL, Now(200.0)).grade_why, "a shunt dies with the pack it lives on"


def test_clock_jumps_change_nothing_but_the_sun() -> None:
    state = known()
    site = replace(STALL, site=Site(52, 5, 0))
    told = [estimate(state, site, Now(105.0, wall, HOUR)).until for wall in (None, 0.0, NOON, 4e9)]
    assert len(set(told)) == 1


def test_holding_and_charging_promise_no_time_without_a_sky() -> None:
    holding = replace(known(), last=Sample(100.0, 13.2, 0.2))
    charging = replace(known(), last=Sample(100.0, 13.6, -4.0))
    assert shown(holding).flow == "holding" and shown(holding).until.even_s is None
    found = shown(charging)
    assert found.flow == "charging" and found.until.even_s is None
    assert found.full_s == pytest.approx(20 * 13.07 / 54.4 * HOUR, rel=0.02)
    assert found.wh_left.value == pytest.approx(261, abs=8), "what is left is known all the same"


def test_with_a_sky_a_charging_pack_has_an_evening() -> None:
    sunny = replace(STALL, site=Site(52, 5, 200))
    found = estimate(replace(known(), last=Sample(100.0, 13.6, -4.0)), sunny, Now(105.0, NOON, 5 * HOUR))
    assert found.until.even_s is not None and found.until.even_s > 5 * HOUR
    assert found.sun is not None and found.sun.wh > found.sun.wh_sure > 0


def test_beyond_a_day_it_is_a_day() -> None:
    until = shown(known(load_w=6)).until
    assert until.best_s == 24 * HOUR


def test_half_an_hour_of_load_is_needed() -> None:
    found = shown(known(hours=0.4))
    assert found.until.even_s is None and "half an hour" in found.until.why
    assert found.wh_left.value is not None


def test_a_new_pack_nobody_looked_at() -> None:
    state = fresh(PACK)
    assert shown(state).grade == "D"
    assert shown(step(state, Sample(100, 13.1, 5), STALL)).grade == "C"
    assert unseen(state, STALL, 24 * HOUR).belief.left >= 0


def test_what_if_something_is_switched_on_for_a_while_or_for_good() -> None:
    state, now = known(), Now(105.0, None, None, 25.0)
    as_it_is, for_good = foreseen(state, STALL, now), foreseen(state, STALL, now, 72)
    for_ten_minutes = foreseen(state, STALL, now, 72, 600)
    assert as_it_is is not None and for_good is not None and for_ten_minutes is not None
    assert for_good.lasts(0.5) == pytest.approx(as_it_is.lasts(0.5) / 2, rel=0.03)
    assert as_it_is.lasts(0.5) - for_ten_minutes.lasts(0.5) == pytest.approx(600, rel=0.05)
