"""From what is known to what may be done: the advisor's questions put to the estimator's state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.power.advisor import Appliance, Moment, Rescue, may_switch_on, rescue, reserve_wh
from kiosk.power.estimate import foreseen
from kiosk.power.estimator import State, expected
from kiosk.power.headroom import Headroom, Now
from kiosk.power.pack import Stall
from kiosk.power.shedding import Switched, may_come_on
from kiosk.power.view import OutletSeen

NEVER_OFF = 1
"""Classes up to this one are kept running to the last: the till, the printer, the light over it."""


def moment_of(state: State, stall: Stall, now: Now, headroom: Headroom) -> Moment:
    """Return what the advisor's answers depend on."""
    last = state.last
    return Moment(
        headroom.free_w.value,
        headroom.surge_w.value,
        None if last is None else last.volts,
        stall.pack.cutoff_v,
        state.resistance.ohm,
        now.closing_s,
        lambda more_w, runs_s: foreseen(state, stall, now, more_w, runs_s),
        stall.curve,
    )


def reserve(state: State, stall: Stall, outlets: Sequence[Switched]) -> float:
    """Return the Wh that a clean end takes, for what is never switched off."""
    load = expected(state, stall)
    off = sum(one.watts or 0.0 for one in outlets if one.on and one.load_class > NEVER_OFF)
    never_off_w = max(0.0, load.watts - stall.curve.slope * off) if load else 0.0
    return reserve_wh(state.belief.usable * stall.pack.nominal_v, never_off_w)


def advised(
    outlets: Sequence[OutletSeen], moment: Moment, t_s: float, off: dict[str, float]
) -> tuple[OutletSeen, ...]:
    """Return the outlets, those that are off with the answer to "switch it on?"."""
    return tuple(_advised(one, moment, t_s, off.get(one.name)) for one in outlets)


def _advised(one: OutletSeen, moment: Moment, t_s: float, off_s: float | None) -> OutletSeen:
    if one.on is not False:
        return one
    rested = may_come_on(Switched(one.name, one.load_class, one.on, one.watts, one.kind, off_s=off_s), t_s)
    return replace(one, advice=may_switch_on(_appliance(one), moment), resting=not rested)


def closes_the_gap(headroom: Headroom, outlets: Sequence[OutletSeen], moment: Moment) -> Rescue | None:
    """Return what makes closing time a yes."""
    on = [_appliance(one) for one in outlets if one.on]
    return rescue(headroom.closing.missing_wh, on, moment)


def _appliance(one: OutletSeen) -> Appliance:
    return Appliance(one.name, one.watts, one.load_class, one.kind)
