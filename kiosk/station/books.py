"""The shop's ledger and the threads that work on it: one writes, one reads, one waits for the outside world.

They share nothing but the SQLite file and frozen values.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeAlias, TypeVar

if TYPE_CHECKING:
    from kiosk.catalogue.products import Offer
    from kiosk.catalogue.resolve import Found
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")
Shop: TypeAlias = "tuple[Settings, Ledger]"


class Books:
    """A shop that is opened in the writer's thread, so that nobody waits who need not."""

    def __init__(self, open_shop: Callable[[], Shop]) -> None:
        """Nothing is opened before `_open`."""
        self._open_shop = open_shop
        self._shop: Future[Shop] = Future()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="ledger-writer")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="ledger-reader")
        self._outside = ThreadPoolExecutor(1, thread_name_prefix="payments")
        self._reading: Ledger | None = None
        self._one_reads = threading.Lock()

    def _open(self) -> None:
        """Have the shop opened, and tell everybody who waits for it."""
        if not self._shop.done():
            try:
                self._shop.set_result(self._open_shop())
            except BaseException as error:  # handed to whoever asks
                self._shop.set_exception(error)

    def _finish_writing(self) -> None:
        """Wait until all that was asked to be written is."""
        self._writer.shutdown(wait=True)

    def _close_books(self) -> None:
        """Let go of the ledger, which nobody writes any more."""
        self._outside.shutdown(wait=True, cancel_futures=True)
        self._reader.shutdown(wait=True)
        if self._reading is not None:
            self._reading.close()
        if self._shop.done() and not self._shop.exception():
            self._ledger.close()

    @property
    def settings(self) -> Settings:
        """The shop's settings; there are none before the shop is open."""
        return self._shop.result(0)[0]

    @property
    def _ledger(self) -> Ledger:
        """The writer's connection; in another thread, wait until there is one."""
        return self._shop.result()[1]

    def submit(
        self, function: Callable[Concatenate[Ledger, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run `function(ledger, ...)` in the writer's thread, in the order asked."""
        future = self._writer.submit(lambda: function(self._ledger, *args, **kwargs))
        future.add_done_callback(lambda _done: self._wrote())
        return future

    def read(
        self, function: Callable[Concatenate[Ledger, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run a query on the reader's own connection, which sees what is committed and blocks no sale."""
        return self._reader.submit(lambda: self._read(function, *args, **kwargs))

    def find(self, raw: str) -> Future[Found]:
        """What a typed code stands for; one that cannot be right is answered with the reason."""
        from kiosk.catalogue.resolve import resolve

        return self.read(resolve, raw, self.settings.scan.patterns)

    def found(self, raw: str) -> Future[Found]:
        """The same for a scanner's thread, which looks it up itself: no other one has to wake up for it."""
        from kiosk.catalogue.resolve import resolve

        answer: Future[Found] = Future()
        try:
            answer.set_result(self._read(resolve, raw, self.settings.scan.patterns))
        except Exception as error:  # told to whoever asks what was found
            answer.set_exception(error)
        return answer

    def search(self, text: str, limit: int = 20) -> Future[Sequence[Offer]]:
        """The products that match what was typed so far, best first."""
        from kiosk.catalogue.search import search

        return self.read(search, text, limit)

    def aside(
        self, function: Callable[Concatenate[Ledger, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run `function(ledger, ...)`, which may wait for the outside world, on a connection of its own.

        A card reader that takes a minute to answer holds up neither sales nor look-ups.
        """

        def run() -> T:
            ledger = self._ledger.sibling()
            try:
                return function(ledger, *args, **kwargs)
            finally:
                ledger.close()

        return self._outside.submit(run)

    def _read(self, function: Callable[Concatenate[Ledger, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query on the reader's connection, opened at the first one; one thread at a time."""
        with self._one_reads:
            if self._reading is None:
                self._reading = self._ledger.sibling(readonly=True)
            return function(self._reading, *args, **kwargs)

    def _wrote(self) -> None:
        """Something may have been written: whoever works from what is written may wake up."""
