"""Records of one node to events: hands each to a listener, and sees to it that a lost one does no harm.

When the kernel's buffer runs over it says SYN_DROPPED. What follows up to the next SYN_REPORT is the rest of
a packet whose beginning is gone: it is passed over. Source: Documentation/input/event-codes.rst of Linux.
The node is not asked which keys are held now: the kernel would throw away what it still has for us
(evdev_handle_get_val), the next code among it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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

    def join(self, at_ms: int) -> None:
        """Begin in the middle: others may have had the first part of what comes now."""
        ...

    def lost(self, at_ms: int) -> Iterable[Event]:
        """Hear that records are missing from here on."""
        ...

    def resume(self, at_ms: int) -> None:
        """Go on behind the gap, knowing nothing of what is held."""
        ...


class Stream:
    """What comes from one node."""

    def __init__(self, listener: Listener) -> None:
        """Begin with nothing lost."""
        self.listener = listener
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
                self.listener.resume(record.at_ms)

    def is_due(self, now_ms: int) -> bool:
        """Whether the listener waits for something that did not come."""
        due_ms = self.listener.due_ms
        return due_ms is not None and now_ms >= due_ms
