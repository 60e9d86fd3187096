"""A recorded day, gone through as it came: what the stall would have been told every five minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import Literal

from kiosk.power import start
from kiosk.power.belief import full
from kiosk.power.capacity import supposed
from kiosk.power.counter import Count
from kiosk.power.estimate import estimate
from kiosk.power.estimator import State, step
from kiosk.power.headroom import Grade, Headroom, Now
from kiosk.power.minutes import MINUTE_S
from kiosk.power.pack import GAP_S, Stall
from kiosk.power.sample import Sample
from kiosk.power.trace import Trace

Mode = Literal["learned", "nameplate", "cold"]
EVERY_S = 300.0
JUDGED_S = 1800.0
"""How much of a record is used to judge how full the pack was when it began; no time is told before that."""
PAUSE = 3.0
"""A pause of so many usual ones is a gap, where rows come more seldom than every ten seconds."""


@dataclass(frozen=True, slots=True)
class Row:
    """What would have been told."""

    t_s: float
    headroom: Headroom
    closings: Mapping[str, float | None]  # probability of reaching each

    @property
    def grade(self) -> Grade:
        """How far it can be believed."""
        return self.headroom.grade


def replay(
    trace: Trace,
    mode: Mode,
    usable_ah: float | None = None,
    closings: Mapping[str, float] | None = None,
    reserve_wh: float = 0.0,
    used_ah: float | None = None,
) -> Iterator[Row]:
    """Give a row for every five minutes of a record. `closings` are seconds of the record, by name."""
    head = trace.head
    stall = Stall(head.pack, head.site, gap_s=max(GAP_S, PAUSE * trace.pace_s))
    state = begin(trace, stall, mode, usable_ah, used_ah)
    due = max(EVERY_S, ceil(trace.samples[0].t_s / EVERY_S) * EVERY_S)
    for sample in trace.samples:
        while sample.t_s > due:
            yield _row(state, stall, due, trace, closings or {}, reserve_wh)
            due += EVERY_S
        wall_s = None if head.wall_s is None else head.wall_s + sample.t_s
        state = step(state, replace(sample, wall_s=wall_s), stall)
    if trace.samples[-1].t_s == due:
        yield _row(state, stall, due, trace, closings or {}, reserve_wh)


def begin(
    trace: Trace, stall: Stall, mode: Mode, usable_ah: float | None, used_ah: float | None = None
) -> State:
    """Return what is known at the first row.

    Learned: the usable Ah are known. Nameplate: only the label, and at most roughly what the pack gives. Both
    begin in sync: with so many Ah used since full, or, untold, with as much left as the first half hour's
    voltage says. Cold begins out of sync.
    """
    pack = stall.pack
    learned = usable_ah if mode == "learned" else None
    nominal, sd = supposed(pack, learned)
    if used_ah is not None and mode != "cold":
        belief = full(usable_ah or nominal, sd).drawn(used_ah)
        return State(belief, learned, Count(used_ah, 0.0, 0.0), unlooked=False)
    belief = start.judged(pack, _looks(trace.samples), None if mode == "cold" else usable_ah, sd)
    return State(belief, learned, Count(since_full_s=None if mode == "cold" else 0.0), unlooked=False)


def _looks(samples: Sequence[Sample]) -> list[start.Look]:
    """Return the first half hour's minutes: mean volts, mean amps, Ah drawn before their middle."""
    looks: list[start.Look] = []
    ah = volts = amps = seconds = 0.0
    for sooner, later in pairwise(samples):
        if later.t_s - samples[0].t_s > JUDGED_S:
            break
        if sooner.volts is None or sooner.amps is None:
            continue
        pause = later.t_s - sooner.t_s
        volts, amps, seconds = volts + sooner.volts * pause, amps + sooner.amps * pause, seconds + pause
        if seconds >= MINUTE_S:
            looks.append((volts / seconds, amps / seconds, ah + amps / 7200))
            ah, volts, amps, seconds = ah + amps / 3600, 0.0, 0.0, 0.0
    return looks


def _row(
    state: State, stall: Stall, t_s: float, trace: Trace, closings: Mapping[str, float], reserve_wh: float
) -> Row:
    """Return what would have been told at a moment of the record."""
    wall_s = None if trace.head.wall_s is None else trace.head.wall_s + t_s
    found = estimate(state, stall, Now(t_s, wall_s, reserve_wh=reserve_wh))
    ways = found.ways
    reached = {name: None if ways is None else ways.reaches(at_s - t_s) for name, at_s in closings.items()}
    return Row(t_s, found, reached)


def as_json(row: Row) -> dict[str, object]:
    """Return a row as it is printed: whole-number seconds, minutes with a decimal, null for unknown."""
    until, left = row.headroom.until, row.headroom.wh_left.value
    minutes = [None if s is None else round(s / 60, 1) for s in (until.safe_s, until.even_s, until.best_s)]
    return {
        "t_s": int(row.t_s),
        "p10_min": minutes[0],
        "p50_min": minutes[1],
        "p90_min": minutes[2],
        "grade": row.grade,
        "wh_left": None if left is None else round(left, 1),
        "p_close": {name: None if p is None else round(p, 3) for name, p in row.closings.items()},
    }
