"""From what is known to what may be done: the advisor's questions put to the estimator's state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kiosk.power.advisor import Appliance, Moment, Rescue, may_switch_on, rescue, reserve_wh
from kiosk.power.estimate import clear_sky, estimate
from kiosk.power.estimator import State, expected
from kiosk.power.headroom import Headroom, Now
from kiosk.power.load import LOSSES
from kiosk.power.outlook import Outlook, outlook
from kiosk.power.pack import Stall
from kiosk.power.shedding import Switched, may_come_on
from kiosk.power.view import OutletSeen

NEVER_OFF = 1
"""Classes up to this one are kept running to the last: the till, the printer, the light over it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known, of what, and when."""

    state: State
    stall: Stall
    now: Now
    clear: Sequence[float] = field(default=())  # a clear sky's watts from now

    def ways(self, more_w: float, runs_s: float | None) -> Outlook | None:
        """Return how it goes with more watts, or fewer, at the pack: for good, or for so long."""
        load = expected(self.state)
        if load is None:
            return None
        kept = self.now.reserve_wh
        if runs_s is None:
            load = replace(load, watts=max(0.0, load.watts + more_w))
        else:
            kept += more_w * runs_s / 3600
        return outlook(self.state, self.stall.pack, load, self.clear, kept)

    def moment(self, headroom: Headroom) -> Moment:
        """Return what the advisor's answers depend on."""
        last = self.state.last
        mute = headroom.ways is None
        return Moment(
            headroom.free_w.value,
            headroom.surge_w.value,
            None if last is None else last.volts,
            self.stall.pack.cutoff_v,
            self.state.resistance.ohm,
            self.now.closing_s,
            (lambda _w, _s: None) if mute else self.ways,
        )


def reserve(state: State, stall: Stall, outlets: Sequence[Switched], locker_w: float | None) -> float:
    """Return the Wh kept out of every number, for what is never switched off."""
    load = expected(state)
    off = sum(one.watts or 0.0 for one in outlets if one.on and one.load_class > NEVER_OFF)
    never_off_w = max(0.0, load.watts - LOSSES * off) if load else 0.0
    return reserve_wh(state.belief.usable * stall.pack.nominal_v, never_off_w, locker_w)


def asked(state: State, stall: Stall, now: Now) -> tuple[Headroom, Asked]:
    """Return the numbers of a moment, and what further questions are put to."""
    return estimate(state, stall, now), Asked(state, stall, now, clear_sky(stall, now.wall_s))


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
