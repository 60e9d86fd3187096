"""From what is known to what the seller sees: how long it lasts, what may be switched, how sparing to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.power.estimate import estimate
from kiosk.power.headroom import Now
from kiosk.power.moment import advised, closes_the_gap, moment_of, reserve
from kiosk.power.outage import outage
from kiosk.power.shedding import Watch, order, proposed
from kiosk.power.view import PowerView
from kiosk.power.whatif import supposed
from kiosk.station.outletmemory import OutletMemory
from kiosk.station.questions import NothingKnown
from kiosk.station.saving import Saving

if TYPE_CHECKING:
    from hardware.power.outlets.reading import OutletRead
    from hardware.power.reading import PowerRead
    from kiosk.ledger.clock import Stamp
    from kiosk.power.estimator import State
    from kiosk.power.pack import Stall
    from kiosk.power.view import OutletSeen
    from kiosk.power.whatif import WhatIf
    from kiosk.settings.power import PowerSettings


class Prospect:
    """One stall's; in the gauge's thread."""

    def __init__(
        self, described: PowerSettings, closing_min: int, kept_wh: float, is_moving: Callable[[], bool]
    ) -> None:
        """`closing_min` is minutes after midnight; `kept_wh` is what a locker keeps for those who collect.

        `is_moving`: paper or a door moves, and nothing is to be switched off meanwhile.
        """
        self._closing_min = closing_min
        self._is_moving = is_moving
        self._saving = Saving(kept_wh)
        self._watch = Watch()
        self._now: Now | None = None
        self._state: State | None = None
        self._stall = described.stall
        self.memory = OutletMemory(described, self._learned)
        """What is remembered of the outlets; whoever sheds one says so here."""

    def view(
        self,
        state: State,
        stall: Stall,
        now_s: float,
        stamp: Stamp,
        heard: Mapping[str, OutletRead],
        reads: Iterable[PowerRead],
    ) -> PowerView:
        """Work out the numbers of a moment, and what may be switched."""
        self._state, self._stall = state, stall
        outlets = self.memory.look(heard, now_s, stall.gap_s)
        switched = [self.memory.switched(one) for one in outlets]
        wall_s = stamp.wall_ms / 1000 if stamp.trusted else None
        clean_wh = reserve(state, stall, switched)
        now = self._now = Now(now_s, wall_s, self._closing_s(stamp), clean_wh + self._saving.kept_wh)
        headroom = estimate(state, stall, now)
        moment = moment_of(state, stall, now, headroom)
        safe_s = headroom.until.safe_s
        if self.memory.switched_s != self._watch.switched_s:
            self._watch = self._watch.switched(now_s)
        self._watch = self._watch.looked(now_s, headroom.closing.probability, safe_s)
        return PowerView(
            headroom,
            int(now_s * 1000),
            outlets=advised(outlets, moment, now_s, self.memory.off_s),
            shed=tuple(one.name for one in order(switched)),
            proposal=proposed(self._watch, now_s, safe_s, switched, busy=self._is_moving()),
            rescue=closes_the_gap(headroom, [self._usual(one) for one in outlets], moment),
            closing_s=now.closing_s,
            reserve_wh=now.reserve_wh,
            learned_ah=None if state.learned_ah is None else (state.learned_ah, stall.pack.nameplate_ah),
            ohm=state.resistance.ohm,
            outage=outage(outlets, state.load.outlets, heard=headroom.grade != "D"),
            thrift=self._saving.look(now_s, stall, headroom, state, reads, clean_wh),
        )

    def suppose(self, question: WhatIf, view: PowerView | None) -> PowerView:
        """Return the newest view as it would be; NothingKnown before there is one."""
        if view is None or self._now is None or self._state is None:
            raise NothingKnown
        return supposed(question, view, self._state, self._stall, self._now)

    def _closing_s(self, stamp: Stamp) -> float | None:
        """Return the seconds until closing time; None after it, or while nobody knows what time it is."""
        minutes = self._closing_min - i18n.minute_of_day(stamp.wall_ms)
        return minutes * 60.0 if stamp.trusted and minutes > 0 else None

    def _usual(self, one: OutletSeen) -> OutletSeen:
        """An outlet as it draws in the mean: a compressor that rests now has not saved anything yet."""
        mean_w = self._learned(one.name)
        return one if mean_w is None else replace(one, watts=mean_w)

    def _learned(self, name: str) -> float | None:
        """Return the mean watts of an outlet while it is on, where it ever was."""
        known = self._state.load.outlets if self._state is not None else ()
        return next((one.watts for one in known if one.name == name and one.minutes), None)
