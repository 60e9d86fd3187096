"""How far the numbers can be believed, in one letter and a sentence."""

from __future__ import annotations

from kiosk.i18n import _
from kiosk.power.estimator import State
from kiosk.power.headroom import Grade
from kiosk.power.pack import Stall

DAY_S = 86_400.0
RESYNC_S = 14 * DAY_S
"""After two weeks without a full charge the count has drifted by more than it is worth."""

MOST_UNSEEN = 0.2
"""Part of the usable Ah that may have flowed unmeasured before the count is worth as little as none."""
SHORT_MINUTES = 3
"""Minutes in a row, so that outlets and shunt that are asked one after the other may differ for one."""
LOW_V = 0.5
"""Volts above the cut-off within which silence may be the pack's end."""


def grade(state: State, stall: Stall, age_s: float | None) -> tuple[Grade, str]:
    """Return the grade and its reason. `age_s` is that of the newest sample; None: there was none.

    A: full within a day, counted by a shunt, capacity learned. B: full once, capacity from the label. C: not
    full since counting began, or guessed from volts. D: silent for longer than a gap.
    """
    since = state.count.since_full_s
    if age_s is None or state.last is None:
        return "D", _("nothing measured yet")
    if age_s > stall.gap_s:
        return "D", _silent(state, stall, age_s)
    if state.short >= SHORT_MINUTES:
        return "C", _("the outlets draw more than is counted at the battery: check the shunt")
    if not state.last.shunt:
        return "C", _("guessed from the voltage: no shunt counts the current")
    if since is None:
        return "C", _("not full since counting began: charge it fully once")
    if since > RESYNC_S:
        return "C", _("not full for {days} days: charge it fully").format(days=int(since / DAY_S))
    if state.count.unseen_ah > MOST_UNSEEN * state.belief.usable:
        return "C", _("nobody measured for a while: charge it fully once")
    if state.learned_ah is None:
        return "B", _("counted from full; what the pack gives is from its label")
    if since > DAY_S:
        return "B", _("capacity learned; full {days} days ago").format(days=int(since / DAY_S))
    return "A", _("counted from full, capacity learned")


def _silent(state: State, stall: Stall, age_s: float) -> str:
    """Say for how long nothing was heard; a shunt that lives on a flat pack dies with it."""
    last = state.last
    if last is not None and last.volts is not None and last.volts <= stall.pack.cutoff_v + LOW_V:
        return _("silent for {seconds} s after {volts} V: the pack may be flat").format(
            seconds=int(age_s), volts=f"{last.volts:.1f}"
        )
    return _("silent for {seconds} s").format(seconds=int(age_s))
