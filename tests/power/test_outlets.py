"""Outlets: a switch changes the forecast at once, and a vanished one does not."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.power import capacity
from kiosk.power.belief import full
from kiosk.power.counter import Count
from kiosk.power.estimate import estimate
from kiosk.power.estimator import State, step
from kiosk.power.headroom import Now
from kiosk.power.pack import Stall
from kiosk.power.sample import Outlet, Sample
from tests.power.scoring import load
from tests.power.stallday import LFP_PACK, Ran, Switching, bench, run, stall_w

STALL = Stall(LFP_PACK)
DAYS = Path(__file__).parent / "days"
HEATER_W = 60.0
WATCHED_S = 5400


def learned(ran: Ran) -> State:
    """What is known of a full pack that was emptied before."""
    return State(
        full(ran.drawn_ah, capacity.LEARNED_SD * ran.drawn_ah), ran.drawn_ah, Count(since_full_s=0.0)
    )


def errors_after(ran: Ran, switched_s: float, *, metered: bool) -> list[float]:
    """How far the even odds lie from the truth in the 90 minutes after a switch, part of the time left."""
    state, errors = learned(ran), []
    for sample in ran.samples:
        state = step(state, sample if metered else replace(sample, outlets=()), STALL)
        if switched_s < sample.t_s <= switched_s + WATCHED_S and sample.t_s % 300 in (0, 5):
            left = ran.end_s - sample.t_s
            told = estimate(state, STALL, Now(sample.t_s)).until.even_s
            if told is not None and left > 1800:
                errors.append(abs(told - left) / left)
    return errors


def day(seed: int) -> tuple[Ran, float]:
    """A day on which a heater is switched on or off for good, after it ran the other way for a while."""
    dice = random.Random(seed)
    at_s, turned_on = dice.uniform(1.5, 3) * 3600, seed % 2 == 0
    heater = Switching("heater", HEATER_W, lambda t: 900 < t < 2400 or t > at_s if turned_on else t < at_s)
    return run(bench(LFP_PACK, 44), stall_w(dice), dice, [heater]), at_s


def test_after_a_switch_the_forecast_is_right_at_once() -> None:
    errors = [error for seed in range(12) for error in errors_after(*day(seed), metered=True)]
    assert len(errors) > 100
    assert sum(errors) / len(errors) <= 0.08


def test_a_vanished_outlet_keeps_its_switch_and_its_watts() -> None:
    ran, at_s = day(0)
    state = learned(ran)
    for sample in ran.samples:
        if sample.t_s > at_s + 1800:
            break
        state = step(state, sample, STALL)
    before = estimate(state, STALL, Now(sample.t_s)).load_w
    for gone in ran.samples[ran.samples.index(sample) :][:60]:
        state = step(state, replace(gone, outlets=()), STALL)
    after = estimate(state, STALL, Now(gone.t_s)).load_w
    assert before is not None and after == pytest.approx(before, rel=0.05)
    assert state.load.outlets[0].on


def test_an_outlet_that_vanishes_while_off_stays_off() -> None:
    state = learned(day(0)[0])
    off = (Outlet("heater", False, 0.0),)
    for pace in range(60):
        state = step(state, Sample(pace * 10.0, 13.1, 5.0, outlets=off if pace < 30 else ()), STALL)
    unknown = (Outlet("heater", None, None),)
    for pace in range(60, 90):
        state = step(state, Sample(pace * 10.0, 13.1, 5.0, outlets=unknown), STALL)
    assert [(one.on, one.watts) for one in state.load.outlets] == [(False, 0.0)]


def test_a_recorded_heater_is_foreseen_after_it_is_switched() -> None:
    recorded = load(DAYS / "heater.csv.gz", 0)
    samples = recorded.record.samples
    on = [sample for sample in samples if sample.outlets[0].on]
    at_s = next(later.t_s for sooner, later in pairwise(on) if later.t_s - sooner.t_s > 600)
    ran = Ran(samples, recorded.end_s, recorded.drawn_ah)
    errors = errors_after(ran, at_s, metered=True)
    assert len(errors) >= 15
    assert sum(errors) / len(errors) <= 0.08
    assert sum(errors_after(ran, at_s, metered=False)) / len(errors) > 0.1, "the switch is what tells"


def test_unmetered_switching_is_noticed_by_what_never_goes_off() -> None:
    late = [errors_after(*day(seed), metered=False)[4:] for seed in (0, 2, 4, 6)]
    errors = [error for some in late for error in some]
    assert sum(errors) / len(errors) < 0.1, "a switch nobody told of is learned within 20 minutes"
