"""Outlets: a switch changes the forecast at once, and a vanished one does not."""

from __future__ import annotations

import random
from dataclasses import replace

from kiosk.power import capacity
from kiosk.power.belief import full
from kiosk.power.counter import Count
from kiosk.power.estimate import estimate
from kiosk.power.estimator import State, step
from kiosk.power.headroom import Now
from kiosk.power.pack import Stall
from tests.power.stallday import LFP_PACK, Ran, Switching, bench, run, stall_w

STALL = Stall(LFP_PACK)
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
        if switched_s < sample.t_s <= switched_s + WATCHED_S and sample.t_s % 300 == 0:
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
