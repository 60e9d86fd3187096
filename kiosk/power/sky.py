"""How clear the sky is, and what the panel will bring: the clear sky's watts times that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from kiosk.power.minutes import Block
from kiosk.power.sun import Site, clear_w

HOUR_BLOCKS = 12
NEWEST = 1 / 6
"""What the last hour weighs against the day so far; alone it makes the shown time restless."""
LEAST_W = 5.0
"""A clear sky must promise this much before its share tells anything."""
BRIGHTEST = 1.1
"""Bright clouds beside the sun can add a tenth."""
SUPPOSED, SUPPOSED_HOURS = 0.6, 1.0
"""Clearness before the sun was seen, about the mean of a temperate year, and the hours of sun that it counts
for: or the morning's first cloud would decide over the evening."""
CHANGE = 0.16
"""How far the coming hours' clearness lies from what was seen, 1 sd."""
DULLER = 0.2
"""How much duller than expected a sky is taken to be to be sure of it."""
STEP_S = 1200.0
DAY_STEPS = 72
"""A day's clear sky in steps of 20 minutes: finer would cost more than it tells."""


@dataclass(frozen=True, slots=True)
class Clearness:
    """Which part of a clear sky arrives."""

    share: float
    doubt: float  # 1 sd


@dataclass(frozen=True, slots=True)
class SunWindow:
    """What the present or the coming daylight brings; seconds from now."""

    from_s: float | None = None  # the panel carries the load from here; None: at no time
    until_s: float | None = None
    sure_from_s: float | None = None  # the same with a sky that much duller as skies become
    sure_until_s: float | None = None
    wh: float = 0.0
    wh_sure: float = 0.0


@lru_cache(maxsize=4)  # a moment's numbers ask for it several times
def clear_day(site: Site, wall_s: float) -> tuple[float, ...]:
    """Return a clear sky's watts for a day from now, in steps of STEP_S."""
    return tuple(clear_w(site, wall_s + (step + 0.5) * STEP_S) for step in range(DAY_STEPS))


def clearness(blocks: Sequence[Block]) -> Clearness:
    """Return the clearness to expect: the last sunny hour's, leaning on the day's."""
    lit = [block for block in blocks if block.clear_w >= LEAST_W]
    if not lit:
        return Clearness(SUPPOSED, 2 * CHANGE)
    hour, day, hours = _share(lit[-HOUR_BLOCKS:]), _share(lit), len(lit) / HOUR_BLOCKS
    day = (day * hours + SUPPOSED * SUPPOSED_HOURS) / (hours + SUPPOSED_HOURS)
    return Clearness(NEWEST * hour + (1 - NEWEST) * day, CHANGE)


def window(clear: Sequence[float], sky: Clearness, load_w: float) -> SunWindow:
    """Return what the next daylight brings. `clear` is a clear sky's watts in steps of STEP_S from now."""
    first = next((step for step, watts in enumerate(clear) if watts > 0), len(clear))
    light = list(takewhile(lambda watts: watts > 0, clear[first:]))
    sure = max(0.0, sky.share - max(DULLER, sky.doubt))
    start, end = _carried(light, sky.share, load_w, first)
    sure_start, sure_end = _carried(light, sure, load_w, first)
    wh = sum(light) * STEP_S / 3600
    return SunWindow(start, end, sure_start, sure_end, wh * sky.share, wh * sure)


def _carried(
    light: Sequence[float], share: float, load_w: float, first: int
) -> tuple[float | None, float | None]:
    """Return from when to when the panel carries the load, in seconds from now."""
    steps = [first + step for step, watts in enumerate(light) if share * watts >= load_w]
    return (steps[0] * STEP_S, (steps[-1] + 1) * STEP_S) if steps else (None, None)


def _share(blocks: Sequence[Block]) -> float:
    """Return what arrived of what a clear sky would have brought."""
    return min(BRIGHTEST, sum(b.solar_w for b in blocks) / sum(b.clear_w for b in blocks))
