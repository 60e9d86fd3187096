"""What would be: other switches, one more appliance, another closing time, no sun. The same numbers, anew.

Nothing is switched by asking. What is not known now is not known then either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.power.estimate import EVEN, SAFE, estimate, foreseen, word
from kiosk.power.estimator import State
from kiosk.power.headroom import Closing, Figure, Headroom, Now, Until
from kiosk.power.moment import advised, closes_the_gap, moment_of
from kiosk.power.outlook import Outlook
from kiosk.power.pack import Stall
from kiosk.power.shedding import Switched, order
from kiosk.power.view import OutletSeen, PowerView

BEST = 0.9
MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A question; as it is made nothing is different."""

    flipped: frozenset[str] = frozenset()  # outlets whose switch is thought the other way round
    more_w: float = 0.0  # one more appliance behind the inverter, until closing
    later_min: int = 0  # closing so much later; earlier is negative
    sun: bool = True

    def flip(self, outlet: str) -> WhatIf:
        """Return the question with one more switch thought the other way round, or as it is again."""
        return replace(self, flipped=self.flipped ^ {outlet})


def supposed(question: WhatIf, view: PowerView, state: State, stall: Stall, now: Now) -> PowerView:
    """Return the view as it would be. `now` is what `view` was made for."""
    stall = stall if question.sun else replace(stall, site=None)
    closing_s = None if now.closing_s is None else now.closing_s + question.later_min * MINUTE_S
    now = replace(now, closing_s=None if closing_s is None or closing_s <= 0 else closing_s)
    outlets = tuple(_flipped(one) if one.name in question.flipped else one for one in view.outlets)
    ac_w = question.more_w + sum(_change(one) for one in view.outlets if one.name in question.flipped)
    pack_w = stall.curve.running(ac_w) if ac_w >= 0 else -stall.curve.running(-ac_w)
    found = _changed(estimate(state, stall, now), foreseen(state, stall, now, pack_w), now, ac_w, pack_w)
    moment = moment_of(state, stall, now, found)
    moment = replace(moment, ways=lambda more_w, s: foreseen(state, stall, now, pack_w + more_w, s))
    switched = [Switched(one.name, one.load_class, one.on, one.watts, one.kind) for one in outlets]
    return replace(
        view,
        headroom=found,
        outlets=advised(outlets, moment, now.t_s, {}),
        shed=tuple(one.name for one in order(switched)),
        proposal=None,
        rescue=closes_the_gap(found, outlets, moment),
        closing_s=now.closing_s,
    )


def may_flip(one: OutletSeen) -> bool:
    """Tell whether an outlet's switch can be thought the other way round: what it draws must be known."""
    return one.on is not None and one.watts is not None and (one.load_class > 0 or not one.on)


def _flipped(one: OutletSeen) -> OutletSeen:
    return replace(one, on=not one.on, advice=None, resting=False) if may_flip(one) else one


def _change(one: OutletSeen) -> float:
    """Return the watts that flipping a switch adds."""
    if not may_flip(one):
        return 0.0
    return -(one.watts or 0.0) if one.on else one.watts or 0.0


def _changed(found: Headroom, ways: Outlook | None, now: Now, ac_w: float, pack_w: float) -> Headroom:
    """Return the numbers with so many watts more at the outlets, and at the pack."""
    load_w = None if found.load_w is None else max(0.0, found.load_w + pack_w)
    found = replace(
        found,
        load_w=load_w,
        net_w=None if found.net_w is None else found.net_w + pack_w,
        free_w=_less(found.free_w, ac_w),
        surge_w=_less(found.surge_w, ac_w),
    )
    if ways is None or load_w is None:
        return found
    until = Until(ways.lasts(SAFE), ways.lasts(EVEN), ways.lasts(BEST), found.until.why)
    closing = found.closing
    if now.closing_s is not None:
        chance = ways.reaches(now.closing_s)
        missing = max(0.0, now.closing_s - ways.lasts(SAFE)) / 3600 * load_w
        closing = Closing(chance, word(chance), missing, closing.why)
    return replace(found, until=until, closing=closing, ways=ways)


def _less(figure: Figure, watts: float) -> Figure:
    return figure if figure.value is None else replace(figure, value=figure.value - watts)


def names(question: WhatIf, outlets: Sequence[OutletSeen]) -> tuple[tuple[str, bool], ...]:
    """Return the outlets that are thought to be switched, each with how."""
    return tuple((one.name, not one.on) for one in outlets if one.name in question.flipped and may_flip(one))
