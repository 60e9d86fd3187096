"""The count: full by three signs, empty for a minute, learned once, and never silently wrong over a gap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.power.belief import full
from kiosk.power.counter import Count
from kiosk.power.estimate import estimate
from kiosk.power.estimator import State, filled, fresh, step
from kiosk.power.headroom import Now
from kiosk.power.pack import Stall
from kiosk.power.sample import Sample
from tests.power.stallday import LFP_PACK, bench, invented

STALL = Stall(LFP_PACK)


def held(state: State, seconds: float, volts: float, amps: float, every_s: float = 10) -> State:
    """The same volts and amps for a while."""
    begun = state.last.t_s if state.last is not None else 0.0
    for pace in range(int(seconds / every_s) + 1):
        state = step(state, Sample(begun + pace * every_s, volts, amps), STALL)
    return state


def test_it_counts_what_flows_out_and_what_of_a_charge_comes_back() -> None:
    state = held(filled(fresh(LFP_PACK)), 3600, 13.1, 5.0)
    assert state.count.used_ah == pytest.approx(5.0)
    state = step(state, Sample(3610, 13.4, -5.0), STALL)
    state = held(state, 3600, 13.4, -5.0)
    assert state.count.used_ah == pytest.approx(5 - 4.95, abs=0.02), "1 % of a charge is lost"


def test_full_is_volts_and_a_small_charge_for_three_minutes() -> None:
    state = held(fresh(LFP_PACK), 170, 14.2, -1.0)
    assert state.count.since_full_s is None, "not yet long enough"
    state = held(state, 30, 14.2, -1.0)
    assert state.count.since_full_s == pytest.approx(0, abs=40)
    assert state.belief.left == state.belief.usable


@pytest.mark.parametrize(
    ("volts", "amps"),
    [(13.8, -1.0), (14.2, -8.0), (14.2, 3.0)],
    ids=["volts too low", "still charging fast", "a full pack that delivers has been full, not is"],
)
def test_two_signs_of_three_are_not_full(volts: float, amps: float) -> None:
    assert held(fresh(LFP_PACK), 900, volts, amps).count.since_full_s is None


def test_a_sign_that_is_broken_off_begins_anew() -> None:
    state = fresh(LFP_PACK)
    for _ in range(3):
        state = held(state, 120, 14.2, -1.0)
        state = step(state, Sample((state.last or Sample(0)).t_s + 10, 14.2, -9.0), STALL)
    assert state.count.since_full_s is None


def test_the_cut_off_teaches_what_the_pack_gives() -> None:
    state = replace(filled(fresh(LFP_PACK)), count=Count(41.0, 0.0, 30_000.0))
    state = held(state, 50, 10.7, 6.0)
    assert state.learned_ah is None, "a burst is not the end"
    state = held(state, 30, 10.7, 6.0)
    assert state.learned_ah == pytest.approx(41.1, abs=0.1)
    assert state.belief.left < 0.5
    again = held(state, 600, 10.7, 6.0)
    assert again.learned_ah == state.learned_ah, "one discharge teaches once"


def test_a_later_discharge_moves_what_was_learned_by_a_third() -> None:
    state = replace(filled(fresh(LFP_PACK, 45.0)), count=Count(39.9, 0.0, 30_000.0))
    assert held(state, 80, 10.7, 6.0).learned_ah == pytest.approx(45 - 0.3 * 5, abs=0.1)


@pytest.mark.parametrize(
    "count", [Count(41.0, 0.0, None), Count(41.0, 9.0, 30_000.0)], ids=["never full", "unseen"]
)
def test_a_discharge_that_was_not_seen_whole_teaches_nothing(count: Count) -> None:
    assert held(replace(fresh(LFP_PACK), count=count), 80, 10.7, 6.0).learned_ah is None


def test_a_gap_widens_the_interval_and_moves_the_middle_by_half() -> None:
    day = invented(3, LFP_PACK)
    state = filled(fresh(LFP_PACK, day.drawn_ah))
    for sample in day.record.samples[:900]:
        state = step(state, sample, STALL)
    before = estimate(state, STALL, Now(9000)).until
    sample = day.record.samples[900]
    after_gap = step(state, replace(sample, t_s=sample.t_s + 1800), STALL)
    after_gap = step(after_gap, replace(sample, t_s=sample.t_s + 1810), STALL)
    after = estimate(after_gap, STALL, Now(sample.t_s + 1810)).until
    for one in (before, after):
        assert one.safe_s is not None and one.best_s is not None
    assert after.best_s - after.safe_s > before.best_s - before.safe_s  # type: ignore[operator]
    assert after_gap.belief.left < state.belief.left
    assert after_gap.count.unseen_ah > 1


def test_late_and_repeated_samples_count_nothing() -> None:
    state = held(filled(fresh(LFP_PACK)), 600, 13.1, 5.0)
    for t_s in (600, 300, -5):
        assert step(state, Sample(t_s, 13.1, 500.0), STALL) is state


def test_a_sample_without_amps_is_silence_not_zero() -> None:
    state = held(filled(fresh(LFP_PACK)), 600, 13.1, 5.0)
    assert step(state, Sample(610, 13.1, None), STALL) is state


def test_nothing_ends_below_nothing() -> None:
    pack = bench(LFP_PACK, 40)
    assert pack.draw(70, 10) is not None
    state = State(full(5.0, 0.1), 5.0, Count(since_full_s=0.0))
    state = held(state, 3 * 3600, 13.0, 5.0)
    found = estimate(state, STALL, Now((state.last or Sample(0)).t_s))
    assert found.wh_left.value is not None and found.wh_left.value >= 0, "it still delivers: it gives more"
    assert found.until.even_s is not None and found.until.even_s >= 0
