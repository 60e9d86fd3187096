"""How many watts may still be switched on: below the inverter's limit, and below the pack's."""

from __future__ import annotations

from kiosk.power.pack import Stall
from kiosk.power.sample import Sample

WINDOW_S = 600.0
OFTEN = 0.95
"""Of ten minutes' draw: a printer's burst of 3 s a minute is left to the surge."""
MARGIN = 0.9
"""Part of an inverter's rating to plan with: warm, its rating is less."""
NOW_S = 60.0

Recent = tuple[tuple[float, float], ...]
"""(t_s, watts behind the inverter), oldest first."""


def remembered(recent: Recent, sample: Sample) -> Recent:
    """Return the last ten minutes with one more sample; unmetered, all load counts as behind the inverter."""
    watts = sample.ac_w if sample.ac_w is not None else sample.load_w
    if watts is None:
        return recent
    old = 0
    while old < len(recent) and recent[old][0] < sample.t_s - WINDOW_S:
        old += 1
    return (*recent[old:], (sample.t_s, watts))


def often_w(recent: Recent) -> float | None:
    """Return the watts that ten minutes stay below for 95 % of the time; None before anything is measured."""
    if not recent:
        return None
    watts = sorted(watts for _t_s, watts in recent)
    return watts[min(len(watts) - 1, int(OFTEN * len(watts)))]


def free_w(recent: Recent, stall: Stall, net_w: float) -> float | None:
    """Return the watts that may be added for good; negative when too much is on; None without any limit."""
    often, limits = often_w(recent), []
    if stall.limits is not None and often is not None:
        limits.append(MARGIN * stall.limits.continuous_w - often)
    if stall.pack.most_w is not None:
        limits.append(stall.pack.most_w - net_w)
    return min(limits, default=None)


def surge_w(recent: Recent, stall: Stall) -> float | None:
    """Return the watts that a start may take for seconds, on top of the last minute's highest draw."""
    if stall.limits is None or not recent:
        return None
    now_s = recent[-1][0]
    return stall.limits.surge_w - max(watts for t_s, watts in recent if t_s >= now_s - NOW_S)
