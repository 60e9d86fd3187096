"""A thread with errands: what it is told to do, and what it is to do when the time has come.

Everything it writes goes through the ledger's writer; what cannot be written is tried again and told.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from kiosk.ledger.errors import LedgerError
from kiosk.pickup import boxes
from kiosk.station.events import BoxNews, BoxWord

if TYPE_CHECKING:
    from kiosk.pickup.compartment import Compartment

log = logging.getLogger(__name__)

AGAIN_S = 1.0
"""Until what could not be written down is tried again."""
TROUBLE = (LedgerError, RuntimeError, OSError)
"""What may go wrong with the ledger or the records; it is told, and the boxes are looked at again."""

Submit = Callable[..., "Future[Any]"]


class Errands:
    """The thread. `NAME_due(box)` of a subclass is called when the time of what `_after` noted has come."""

    def __init__(
        self,
        submit: Submit,
        tell: Callable[[object], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`submit` runs a function of the ledger in its writer's thread; `tell` takes every `BoxNews`."""
        self._submit = submit
        self._tell = tell
        self._clock = clock
        self._inbox: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._due: dict[tuple[str, int], float] = {}
        self._thread = threading.Thread(target=self._run, name="lockers", daemon=True)

    def stop(self) -> None:
        """End the thread; an attempt under way is concluded at the next start."""
        self._inbox.put(None)
        if self._thread.ident is not None:
            self._thread.join(10)

    def _run(self) -> None:
        while True:
            next_due = min(self._due.values(), default=None)
            wait_s = None if next_due is None else max(0.0, next_due - self._clock())
            try:
                job = self._inbox.get(timeout=wait_s)
            except queue.Empty:
                self.be_on_time()
                continue
            if job is None:
                return
            job()

    def work(self) -> None:
        """Do what waits and is due, in the caller's thread: how a test drives it on a clock of its own."""
        self.be_on_time()
        while not self._inbox.empty():
            if (job := self._inbox.get_nowait()) is not None:
                job()
            self.be_on_time()

    def be_on_time(self) -> None:
        """Do everything whose time has come."""
        now = self._clock()
        for key in [key for key, at in self._due.items() if at <= now]:
            self._due.pop(key, None)
            name, number = key
            getattr(self, f"_{name}_due")(number)

    def _after(self, seconds: float, name: str, number: int) -> None:
        self._due.setdefault((name, number), self._clock() + seconds)

    def _write(self, number: int, function: Callable[..., Compartment], *args: object) -> Compartment | None:
        """Write something down; what cannot be written is looked at again, and told."""
        try:
            box: Compartment = self._submit(function, *args).result()
        except boxes.NoSuchBox:
            return None  # a lock on the wire that the shop's settings have no use for
        except TROUBLE as error:
            log.error("box %d: %s", number, error)
            self._after(AGAIN_S, "again", number)
            return None
        self._set_timers(box)
        return box

    def _news(self, box: Compartment, what: BoxWord, seconds: float = 0.0, reason: str = "") -> None:
        self._tell(BoxNews(box, what, seconds, reason))

    def _tell_of(self, number: int, what: BoxWord, seconds: float = 0.0, reason: str = "") -> None:
        """Tell of a box that is as it was; its timers run on."""
        try:
            self._news(self._submit(boxes.box_of, number).result(), what, seconds, reason)
        except TROUBLE as error:
            log.error("box %d: %s", number, error)

    def _forget(self, number: int, *names: str) -> None:
        for name in names:
            self._due.pop((name, number), None)

    def _set_timers(self, _box: Compartment, /) -> None:
        """What a box's new state has to be looked at for, and when."""
