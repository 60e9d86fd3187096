"""Keeps watch over what was promised: holds that lapse, what is to be said, days that are over.

A thread of its own, in every shop where something is collected, with a cabinet or without one. It sleeps five
minutes; what is written meanwhile only has it count anew, for the lamp in the status line.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.ledger.errors import LedgerError
from kiosk.pickup import deposit, holds, messages, reminders, reopening
from kiosk.station.events import OrdersChanged
from kiosk.station.lamps import orders_lamp

if TYPE_CHECKING:
    from concurrent.futures import Future

    from kiosk.ledger.connection import Ledger
    from kiosk.station.lamps import Lamp

log = logging.getLogger(__name__)

TIDY_S = 300.0
"""Between two looks at holds that lapsed and messages that are due."""
REST_S = 2.0
"""After something was written, until it is counted: a burst of scans is counted once."""
TROUBLE = (LedgerError, RuntimeError, OSError)
_OVERDUE = "SELECT count(*) FROM pickup WHERE stage = 'overdue'"


class Promises:
    """The thread."""

    def __init__(
        self,
        submit: Callable[..., Future[None]],
        read: Callable[..., Future[OrdersChanged]],
        tell: Callable[[object], None],
    ) -> None:
        """`submit` and `read` run a function of the ledger in its threads; `tell` takes `OrdersChanged`."""
        self._submit, self._read, self._tell = submit, read, tell
        self._news, self._stopping = threading.Event(), threading.Event()
        self._said = OrdersChanged(0, 0)
        self._thread = threading.Thread(target=self._work, name="promises", daemon=True)

    def start(self) -> None:
        """Look at once, and then again and again."""
        self._thread.start()

    def wake(self) -> None:
        """Something was written; it may have been about an order."""
        self._news.set()

    def stop(self, deadline_s: float = 10.0) -> None:
        """End; what is being written is finished."""
        self._stopping.set()
        self._news.set()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)

    @property
    def lamps(self) -> tuple[Lamp, ...]:
        """What the status line says of it; nothing while there is nothing to do."""
        lamp = orders_lamp(self._said)
        return () if lamp is None else (lamp,)

    def _work(self) -> None:
        due_s = 0.0
        while not self._stopping.is_set():
            self._news.clear()
            if (now_s := time.monotonic()) >= due_s:
                due_s = now_s + TIDY_S
                self.look(tidy)
            self.count()
            if self._news.wait(max(0.0, due_s - time.monotonic())):
                self._stopping.wait(REST_S)

    def look(self, function: Callable[[Ledger], None]) -> None:
        """Do what the time of day brings; a full disk is no reason to stop for good."""
        try:
            self._submit(function).result()
        except TROUBLE as error:
            log.error("holds and reminders were left as they are: %s", error)

    def count(self) -> None:
        """Tell how many customers are to be told something, where that is news."""
        try:
            now = self._read(standing).result()
        except TROUBLE as error:
            log.error("the orders could not be counted: %s", error)
            return
        if now != self._said:
            self._said = now
            self._tell(now)


def tidy(ledger: Ledger) -> None:
    """What the time of day brings."""
    holds.lapse(ledger)
    reopening.forget_codes(ledger)
    deposit.announce_inside(ledger)
    reminders.due(ledger)


def standing(ledger: Ledger) -> OrdersChanged:
    """Count what somebody should look at."""
    row = ledger.row(_OVERDUE)
    return OrdersChanged(len(messages.untold(ledger)), row[0] if row is not None else 0)
