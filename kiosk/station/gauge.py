"""The stall's power gauge: what the meters say comes in, what the seller may promise goes out.

It lives in a thread of its own: an estimate takes milliseconds that neither the screen nor a sale has.
Everything it knows is written down each minute, so that a reboot keeps it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.power.estimator import State, fresh, step, unseen
from kiosk.power.keep import from_text, shed_in
from kiosk.power.view import PowerView, SourceSeen
from kiosk.station.events import HeadroomChanged
from kiosk.station.listening import Listening
from kiosk.station.monitoring import heeded
from kiosk.station.pace import EVEN, Pace
from kiosk.station.powerrecord import PowerRecord, is_other, pause_s
from kiosk.station.prospect import Prospect
from kiosk.station.questions import Questions
from kiosk.station.sampling import sampled
from kiosk.station.together import evened

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from kiosk.energy.components import Component
    from kiosk.ledger.clock import Clock
    from kiosk.power.pack import Stall
    from kiosk.power.sample import Outlet
    from kiosk.power.whatif import WhatIf
    from kiosk.settings.power import PowerSettings

log = logging.getLogger(__name__)

KEEP_S = 60.0
"""What a power cut may cost of what is known."""


class Gauge:
    """One stall's power. `heard` in any thread; the rest in the gauge's own."""

    def __init__(
        self,
        described: PowerSettings,
        closing_min: int,
        folder: Path,
        clock: Clock,
        tell: Callable[[object], None],
        *,
        kept_wh: float = 0.0,
        busy: Callable[[], bool] = lambda: False,
        parts: Callable[[], Iterable[Component]] = tuple,
        idle: Callable[[], Mapping[str, tuple[float | None, int]]] = dict,
        monotonic: Callable[[], float] = time.monotonic,
        pace: Pace = EVEN,
    ) -> None:
        """`closing_min` is minutes after midnight; `busy` says that paper or a door is moving.

        `parts` are those in use by the register; `idle` is what an outlet takes idle, and its switchings.
        `kept_wh` is what a locker keeps for those who collect, beside what a clean end takes. In here all
        time is the stall's, as `clock` tells it; `pace` is how it passes against `monotonic`.
        """
        self._described = described
        self._calm = described.stall
        self._clock = clock
        self._tell = tell
        self._parts = parts
        self._idle = idle
        self._prospect = Prospect(described, closing_min, kept_wh, busy)
        self._ear = Listening(pace, monotonic)
        self._drew: tuple[Outlet, ...] = ()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="power-gauge", daemon=True)
        self._record = PowerRecord(folder)
        self._used: tuple[Component, ...] = ()
        self._pack: Component | None = None
        self._sources: tuple[SourceSeen, ...] = ()
        self._paused = True  # nobody looked for a while: a monitor that counted meanwhile is asked
        self._state: State | None = None
        self._kept_s: float | None = None
        self._seen: PowerView | None = None
        self._questions = Questions()
        self.memory = self._prospect.memory
        """What is remembered of the outlets; whoever sheds one says so here."""

    @property
    def _stall(self) -> Stall:
        """The stall. In a hurry a meter's everyday pause is a long one in the stall's time."""
        stall, speed = self._calm, self._ear.speed
        return stall if speed == 1 else replace(stall, gap_s=stall.gap_s * speed)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Write down what is known, and end."""
        self._stopping = True
        self._ear.hurry()
        if self._thread.is_alive():
            self._thread.join()

    def heard(self, event: object) -> None:
        """Any thread: remember what a meter or an outlet said."""
        self._ear.heard(event)

    def _run(self) -> None:
        self.open()
        try:
            while not self._stopping:
                self._ear.wait()
                self._questions.answer(self.suppose)
                self.look()
        finally:
            self.keep()
            self._record.close()

    def open(self) -> None:
        """Take up what was known before; without it begin anew, and without a file go on unkept."""
        self._record.open(self._clock.now())
        self._take_up(self._registered())

    def _registered(self) -> Component | None:
        """Look the register up again; return the pack in use, None where none has an id yet."""
        self._used = tuple(self._parts())
        return next((part for part in self._used if part.kind == "pack"), None)

    def _take_up(self, part: Component | None) -> None:
        """Go on with a pack where it was left; one that nobody knows begins anew."""
        stamp, pack = self._clock.now(), self._described.stall.pack
        if part is not None and part.label_mah is not None:
            pack = replace(pack, nameplate_ah=part.label_mah / 1000)
        unnamed = self._state if self._pack is None else None  # the same pack, which now has an id
        self._pack, self._calm = part, replace(self._calm, pack=pack)
        self._state = unnamed or fresh(pack)
        known = self._record.take_up(part, pack.nameplate_ah)
        if known is None:
            return
        if self._seen is None:
            self.memory.recall(shed_in(known.state))
        state = from_text(known.state)
        if state is None:
            log.warning("what was known of the power cannot be read; it begins anew")
            return
        pause = pause_s(known, stamp)
        self._state = state if pause <= self._stall.gap_s else unseen(state, self._stall, pause)

    def look(self) -> None:
        """Take a sample, tell everybody what follows from it, and each minute write down what is known."""
        self.take()
        self._tell(HeadroomChanged(self.view()))
        now_s = self._ear.real_s()
        if self._kept_s is None or now_s - self._kept_s >= KEEP_S:
            self._kept_s = now_s
            self.keep()
            if is_other(part := self._registered(), self._pack):
                self._take_up(part)

    def ask(self, question: WhatIf) -> Future[PowerView]:
        """Any thread: what would be? The future raises NothingKnown before there are numbers."""
        answer = self._questions.ask(question)
        self._ear.hurry()
        return answer

    def suppose(self, question: WhatIf) -> PowerView:
        """Return the newest view as it would be; NothingKnown before there is one."""
        return self._prospect.suppose(question, self._seen)

    def take(self) -> None:
        """Take a sample of what the meters say."""
        assert self._state is not None  # noqa: S101 - `open` came before
        stamp, pack = self._clock.now(), self._stall.pack
        wall_s = stamp.wall_ms / 1000 if stamp.trusted else None
        sample, self._sources = sampled(
            self._ear.now_s(), self._ear.reads, self._ear.outlets, pack.cutoff_v, self._stall.gap_s, wall_s
        )
        self._sources = tuple(replace(one, age_s=one.age_s / self._ear.speed) for one in self._sources)
        if (said := self._ear.reads.get(sample.source)) is not None:
            self._state = heeded(self._state, pack, said.reading, paused=self._paused)
            self._paused = False
        before = self._state
        self._state = step(before, evened(sample, self._drew), self._stall)
        if self._state is not before:
            self._drew = sample.outlets
        self._record.note(sample, stamp, self._ear.now_s(), self._stall.gap_s)
        self._record.cycles_said(self._ear.reads.values())

    def view(self) -> PowerView:
        """Work out the numbers of this moment, and what may be switched."""
        assert self._state is not None  # noqa: S101 - `open` came before
        view = self._prospect.view(
            self._state,
            self._stall,
            self._ear.now_s(),
            self._clock.now(),
            self._ear.newest,
            self._ear.reads.values(),
        )
        self._seen = replace(
            view,
            at_ms=int(self._ear.real_s() * 1000),
            sources=self._sources,
            day=tuple(self._record.day),
            worn=self._record.flags(self._state),
        )
        return self._seen

    def keep(self) -> None:
        """Write down what is known."""
        if self._state is not None:
            others = self._record.others(self._used, self._idle(), self._described.direct_w)
            self._record.keep(self._state, self._clock.now(), others, self.memory.off_for_now)
