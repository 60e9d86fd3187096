"""The state as it is kept: a reboot in the middle of a day keeps the count, and garbage is no state."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kiosk.power import keep
from kiosk.power.belief import full
from kiosk.power.counter import Count
from kiosk.power.estimate import estimate
from kiosk.power.estimator import State, step, unseen
from kiosk.power.headroom import Now
from kiosk.power.outlets import Metered
from kiosk.power.pack import Stall
from tests.power.stallday import LFP_PACK, invented

STALL = Stall(LFP_PACK)


def noon() -> State:
    """Three hours into a day of a learned pack."""
    day = invented(5, LFP_PACK)
    state = State(full(day.drawn_ah, 1.0), day.drawn_ah, Count(since_full_s=0.0))
    for sample in day.record.samples[:1080]:
        state = step(state, sample, STALL)
    fridge = Metered("Kühlbox 🧊", True, 48.2, 2400.0, 90)
    return replace(state, load=replace(state.load, outlets=(fridge,)))


def test_what_is_kept_is_what_comes_back() -> None:
    state = noon()
    back = keep.from_text(keep.as_text(state))
    assert back is not None
    assert back.belief == state.belief and back.count.used_ah == state.count.used_ah
    assert back.resistance == state.resistance and back.learned_ah == state.learned_ah
    assert back.load.outlets == state.load.outlets
    assert [b.mean_w for b in back.load.blocks] == pytest.approx(
        [b.mean_w for b in state.load.blocks], abs=0.06
    )
    assert len(keep.as_text(state)) < 6000


def test_a_reboot_of_two_minutes_costs_two_minutes() -> None:
    state = noon()
    last, back = state.last, keep.from_text(keep.as_text(state))
    assert last is not None and back is not None and back.last is None
    back = unseen(back, STALL, 120)
    assert state.belief.left - back.belief.left == pytest.approx(0.1, abs=0.1)
    assert back.count.since_full_s == pytest.approx((state.count.since_full_s or 0) + 120)
    awake = step(step(back, replace(last, t_s=5.0), STALL), replace(last, t_s=15.0), STALL)
    told = estimate(awake, STALL, Now(15.0))
    assert told.grade == "A" and told.until.safe_s is not None, "the morning's load is remembered"


def test_a_reboot_of_unknown_length_loses_the_certainty() -> None:
    state = noon()
    last, back = state.last, keep.from_text(keep.as_text(state))
    assert last is not None and back is not None
    back = unseen(back, STALL, keep.UNKNOWN_GAP_S)
    assert back.belief.left_var > 10 * state.belief.left_var
    awake = step(back, replace(last, t_s=5.0), STALL)
    assert estimate(awake, STALL, Now(6.0)).grade == "C", "anything may have happened meanwhile"


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{}", '{"version": 2}', "[" * 5000, "\x00"],
    ids=["nothing", "null", "list", "empty", "later version", "deep", "no text"],
)
def test_garbage_is_no_state(text: str) -> None:
    assert keep.from_text(text) is None


@pytest.mark.parametrize("key", ["belief", "count", "resistance", "blocks", "outlets", "burst_a"])
@pytest.mark.parametrize("value", [None, "x", [1], [["a"]], [0, 0, 0, 0, 0]])
def test_a_state_with_a_bad_part_is_no_state(key: str, value: object) -> None:
    table = json.loads(keep.as_text(noon_once()))
    table[key] = value
    assert keep.from_text(json.dumps(table)) is None


def noon_once() -> State:
    """A small state, quickly made."""
    return State(full(40.0, 1.0), 40.0, Count(since_full_s=0.0))
