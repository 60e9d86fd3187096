"""Records of one node to events: hands each to a listener, and sees to it that a lost one does no harm.

When the kernel's buffer runs over it says SYN_DROPPED. What follows up to the next SYN_REPORT is the rest of
a packet whose beginning is gone: it is passed over, and the listener begins again from the keys that are
held now. Source: Documentation/input/event-codes.rst of Linux.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Protocol

from hardware.device import Event
from hardware.inputs.records import EV_SYN, SYN_DROPPED, SYN_REPORT, Record


class Listener(Protocol):
    """Makes events of records. Pure: it has no clock and no node."""

    @property
    def due_ms(self) -> int | None:
        """When `overdue` is to be called if nothing else comes, in monotonic milliseconds; or never."""
        ...

    def feed(self, record: Record) -> Iterable[Event]:
        """Take one record."""
        ...

    def overdue(self, now_ms: int) -> Iterable[Event]:
        """Hear that nothing came until `due_ms`."""
        ...

    def lost(self, at_ms: int) -> Iterable[Event]:
        """Hear that records are missing from here on."""
        ...

    def resume(self, held: Collection[int], at_ms: int) -> None:
        """Go on with these keys held down, of those the node knows."""
        ...


class Stream:
    """What comes from one node."""

    def __init__(self, listener: Listener, held: Callable[[], Collection[int]]) -> None:
        """`held` asks the node which keys are down now."""
        self.listener = listener
        self._held = held
        self._passing_over = False

    def feed(self, records: Iterable[Record]) -> Iterator[Event]:
        """Take what was read."""
        for record in records:
            if record.kind == EV_SYN and record.code == SYN_DROPPED:
                self._passing_over = True
                yield from self.listener.lost(record.at_ms)
            elif not self._passing_over:
                yield from self.listener.feed(record)
            elif record.kind == EV_SYN and record.code == SYN_REPORT:
                self._passing_over = False
                self.listener.resume(self._held(), record.at_ms)

    def is_due(self, now_ms: int) -> bool:
        """Whether the listener waits for something that did not come."""
        due_ms = self.listener.due_ms
        return due_ms is not None and now_ms >= due_ms
