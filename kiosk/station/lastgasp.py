"""The end of the battery, in order: the sale is finished, all is flushed, then the box is switched off.

Order of things: it is announced; the sale in hand is finished, and paper and doors come to rest; the intent
is written down behind everything that waits to be written; the ledger is folded together and the disks are
flushed; only then a board or a command is told. Power that returns before that calls it off; after it the
order is taken back where it can be. An order is not an end: a box that lives on is told again.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from kiosk.power.thrift import Level
from kiosk.station.events import HeadroomChanged, PowerEnding
from kiosk.station.reasons import reason

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.power.thrift import Thrift
    from kiosk.station.cuts import Cut
    from kiosk.station.events import EndingWord

log = logging.getLogger(__name__)

NOTICE_S = 60.0
"""Between the announcement and the end: a seller finishes a sale, or a battery is put to it."""
PATIENCE_S = 300.0
"""A sale, a receipt or a door is waited for so long; a third of what is kept for a clean end."""
LATE_S = 30.0
"""A box that lives so much longer than it should was not switched off."""
STAYS_S = 600.0
"""Who says that the till is to stay on has that long before it is announced again."""


class LastGasp:
    """Goes one step with every look at the power; no thread of its own."""

    def __init__(
        self,
        submit: Callable[..., Future[Any]],
        cuts: Sequence[Cut],
        tell: Callable[[object], None],
        is_busy: Callable[[], bool],
        *,
        flush: Callable[[], None] = os.sync,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`is_busy`: money is being taken, a receipt prints, or a door opens. `flush` empties the disks."""
        self._submit = submit
        self._cuts = cuts
        self._tell = tell
        self._is_busy = is_busy
        self._flush = flush
        self._clock = clock
        self._announced_s: float | None = None
        self._stays_until_s: float | None = None
        self._written: Future[Any] | None = None
        """Done when everything is in the ledger's file."""
        self._ordered_s: float | None = None
        self._told: list[Cut] = []
        """What took the order."""

    def heard(self, event: object) -> None:
        """The gauge's thread: look at how the power is now."""
        if isinstance(event, HeadroomChanged):
            self.look(event.view.thrift)

    def look(self, thrift: Thrift) -> None:
        """Take the next step, if there is one."""
        now_s = self._clock()
        stays = self._stays_until_s is not None and now_s < self._stays_until_s
        if thrift.level < Level.ENDING or thrift.relieved or stays:
            if self._announced_s is not None:
                self._call_off()
        elif self._announced_s is None:
            self._announce(now_s)
        elif self._ordered_s is not None:
            self._look_again(now_s, self._ordered_s)
        elif self._written is None:
            waited_s = now_s - self._announced_s
            if waited_s >= NOTICE_S and (waited_s >= PATIENCE_S or not self._is_busy()):
                self._write(waited_s)
        elif self._written.done():
            self._go(self._written.exception())

    def stay_on(self, who: str) -> None:
        """Any thread: a person knows better, and from the next look on nothing ends for ten minutes."""
        self._stays_until_s = self._clock() + STAYS_S
        self._submit(_note, "power.stay", {"by": who})

    def _announce(self, now_s: float) -> None:
        """Say that it ends."""
        self._announced_s = now_s
        self._submit(_note, "power.ending", {})
        self._say("notice", NOTICE_S if self._cuts else 0.0)

    def _write(self, waited_s: float) -> None:
        """Write the intent down behind all that waits, and fold the ledger together."""
        body = {"by": [cut.name for cut in self._cuts], "waited_s": int(waited_s), "busy": self._is_busy()}
        self._submit(_note, "power.off", body)
        self._written = self._submit(_fold)

    def _go(self, trouble: BaseException | None) -> None:
        """Everything is in the ledger, or as much as a full disk takes: flush, and order."""
        if trouble is not None:
            log.error("the ledger was not folded together before the end: %s", trouble)
        self._flush()
        self._order()

    def _order(self) -> None:
        """Tell everything that switches off to do it."""
        self._told, reasons = [], []
        for cut in self._cuts:
            try:
                cut.order()
            except OSError as error:
                log.error("%s does not switch off: %s", cut.name, error)
                reasons.append(f"{cut.name}: {reason(error)}")
            else:
                self._told.append(cut)
        self._ordered_s = self._clock()
        if self._told:
            self._say("ordered", max(cut.after_s for cut in self._told))
        else:
            self._say("refused" if reasons else "written", reason="; ".join(reasons))

    def _look_again(self, now_s: float, ordered_s: float) -> None:
        """It lives on: say so, and tell it again."""
        due_s = max((cut.after_s for cut in self._told), default=0.0) + LATE_S
        if not self._cuts or now_s - ordered_s < due_s:
            return
        if self._told:
            self._say("unheard", reason=", ".join(cut.name for cut in self._told))
        self._order()

    def _call_off(self) -> None:
        """Power is back, or a person wants the till to stay on: nothing is switched off."""
        self._announced_s = self._ordered_s = self._written = None
        told, self._told = self._told, []
        stubborn = []
        for cut in told:
            try:
                back = cut.take_back()
            except OSError as error:
                log.error("%s does not take its order back: %s", cut.name, error)
                back = False
            stubborn += [] if back else [cut.name]
        self._submit(_note, "power.kept", {"stubborn": stubborn})
        self._say("stubborn" if stubborn else "kept", reason=", ".join(stubborn))

    def _say(self, what: EndingWord, seconds: float = 0.0, reason: str = "") -> None:
        self._tell(PowerEnding(what, seconds, reason))


def _note(ledger: Ledger, kind: str, body: dict[str, object]) -> None:
    """Write a row into the journal."""
    with ledger.transaction():
        ledger.record(kind, body)


def _fold(ledger: Ledger) -> None:
    """Copy the ledger's log into its file, as far as readers allow."""
    ledger.checkpoint()
