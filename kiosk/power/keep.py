"""What is known of a pack as a text to keep, so that a reboot in the middle of a day keeps the count.

Kept are the belief, the count, the resistance and the day's load; not the minute that was being filled.
Whatever passed meanwhile is a gap, and a gap makes every number less sure.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

from kiosk.power.belief import Belief
from kiosk.power.counter import Count
from kiosk.power.estimator import State
from kiosk.power.load import MOST_BLOCKS, Load
from kiosk.power.minutes import Block
from kiosk.power.outlets import Metered
from kiosk.power.resistance import Resistance

VERSION = 1
UNKNOWN_GAP_S = 86_400.0
"""How long it was off, where no clock tells: anything may have happened."""


def as_text(state: State, shed: Iterable[str] = ()) -> str:
    """Return what is kept of a state, as JSON; `shed` are outlets switched off to save power."""
    belief, count, load = state.belief, state.count, state.load
    table = {
        "version": VERSION,
        "belief": [belief.usable, belief.left, belief.usable_var, belief.left_var, belief.cov],
        "learned_ah": state.learned_ah,
        "count": [count.used_ah, count.unseen_ah, count.since_full_s],
        "resistance": [state.resistance.volt_amps, state.resistance.amps2],
        "burst_a": state.burst_a,
        "blocks": [
            [round(x, 1) for x in (b.mean_w, b.least_w, b.solar_w, b.clear_w, b.burst_w)] for b in load.blocks
        ],
        "shed": sorted(shed),
        "outlets": [[o.name, o.on, round(o.watts, 2), round(o.square, 1), o.minutes] for o in load.outlets],
    }
    return json.dumps(table, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def from_text(text: str) -> State | None:
    """Return the state that was kept; None where the text is not one of ours, or no longer."""
    try:
        table = json.loads(text)
        if table["version"] != VERSION:
            return None
        usable, left, usable_var, left_var, cov = _numbers(table["belief"], 5)
        (*counted, since), learned = table["count"], table["learned_ah"]
        used_ah, unseen_ah = _numbers(counted, 2)
        blocks = tuple(_block(block) for block in table["blocks"][-MOST_BLOCKS:])
        return State(
            Belief(_above(usable), left, _above(usable_var), _above(left_var), cov),
            None if learned is None else _above(*_numbers([learned], 1)),
            Count(used_ah, unseen_ah, None if since is None else _numbers([since], 1)[0]),
            Resistance(*map(_above, _numbers(table["resistance"], 2))),
            _numbers([table["burst_a"]], 1)[0],
            Load(blocks, tuple(_outlet(outlet) for outlet in table["outlets"])),
        )
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None


def shed_in(text: str) -> frozenset[str]:
    """Return the outlets that were switched off to save power; none where the text does not tell."""
    try:
        names = json.loads(text)["shed"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return frozenset()
    return frozenset(str(name) for name in names) if isinstance(names, list) else frozenset()


def _block(row: Sequence[Any]) -> Block:
    """Return a block that was kept."""
    mean_w, least_w, solar_w, clear_w, burst_w = _numbers(row, 5)
    return Block(mean_w, least_w, solar_w, clear_w, burst_w)


def _outlet(row: Sequence[Any]) -> Metered:
    """Return an outlet that was kept."""
    name, on, *figures = row
    return Metered(str(name), bool(on), *_numbers(figures, 3))


def _numbers(values: Sequence[Any], count: int) -> list[float]:
    """Return so many finite numbers; ValueError or TypeError where they are not."""
    numbers = [float(value) for value in values]
    if len(numbers) != count or not all(map(math.isfinite, numbers)):
        raise ValueError(values)
    return numbers


def _above(number: float) -> float:
    """Return a number above zero; ValueError where it is not."""
    if number <= 0:
        raise ValueError(number)
    return number
