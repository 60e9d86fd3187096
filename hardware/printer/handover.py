"""Hands one job over to a printer: in chunks, the offset always known, waiting for a person if need be.

A job ends confirmed, sent to a printer that never tells, or with a `PrintError` that says how much had left.
Bytes in the printer's own buffer are not paper yet: while it asks for paper the job is still under way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hardware.printer.errors import PrinterSilent, PrinterStalled, obstacle
from hardware.printer.spans import missing
from hardware.printer.status import UNKNOWN, PrinterStatus
from hardware.printer.talk import Talk

CHUNK = 512
"""Bytes between two reports of progress."""
STALL_S = 10.0
"""A printer that takes nothing for this long has stalled; feeding and cutting takes two."""
PATIENCE_S = 600.0
"""How long a job waits in the middle while the printer itself says that it wants a person, or is hot."""
DEAF_S = 60.0
"""How long one that cannot be asked now may take nothing: inside a picture, or when its line is full."""
TICK_S = 0.5
"""The longest a link is waited for in one go, so that closing never waits longer."""
ACKNOWLEDGE_S = 3.0
"""How long the last line may take to be printed before a printer that says only how it is is believed."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known about a job after its last byte has left."""

    sent: int
    """Bytes, all of them."""
    status: PrinterStatus
    """A look taken afterwards."""
    confirmed: bool
    """Whether the printer said that it has worked everything off; false means unknown, not failed."""


@dataclass(slots=True)
class Handover:
    """One job on its way."""

    talk: Talk
    look: Callable[[], PrinterStatus]
    """Asks for the status and tells what changed."""
    pause: Callable[[float], None]
    """Waits so many seconds; raises `LinkLost` when the printer was closed meanwhile."""
    clock: Callable[[], float]
    """Monotonic seconds."""
    meanwhile: Callable[[], None]
    """Called now and then while the printer waits for a person: another thing may be done with it then."""
    sent: int = 0
    """Bytes that have left."""

    def deliver(self, job: bytes, number: int, on_progress: Callable[[int], None]) -> Delivery:
        """Send all of it; `number` tells this job's acknowledgement from another's.

        Raises `PrintError`, or `LinkLost`: `sent` then says how much had left.
        """
        self._check_before()
        while self.sent < len(job):
            self._push(job)
            on_progress(self.sent)
        return self._settle(len(job), number) if self.talk.wire.answers else self._leave(len(job))

    def _check_before(self) -> None:
        """Refuse a job that cannot be printed, while it is still whole."""
        status = self.look()
        if error := obstacle(status, 0):
            raise error
        if self.talk.wire.answers and not status.answered:
            raise PrinterSilent(0, status)

    def _push(self, job: bytes) -> None:
        """Send some of the job's next chunk."""
        since = self.clock()
        while not (took := self.talk.wire.write(job[self.sent : self.sent + CHUNK], TICK_S)):
            self._stuck(since, deaf=missing(job, self.sent) > 0)
        self.sent += took

    def _leave(self, length: int) -> Delivery:
        """Wait until the operating system has put everything on the wire; more is not to be known."""
        left, since = self.talk.wire.pending(), self.clock()
        while left:
            self.pause(0.05)
            left, since = self._on_the_way(length, left, since)
        self.sent = length
        return Delivery(length, UNKNOWN, False)

    def _settle(self, length: int, number: int) -> Delivery:
        """Wait until the printer says that it is done, or how it is instead."""
        self.talk.listen_in()
        self.talk.request(number)
        left, since = self.talk.wire.pending(), self.clock()
        while not self.talk.finished(TICK_S):
            self.pause(0)
            left, since = self._on_the_way(length, left, since)
            if left:
                continue
            status = self.look()
            if status.printing is False:
                self._wait_for_person(status, since)
            elif self.clock() - since < ACKNOWLEDGE_S:
                continue
            elif not status.answered:
                raise PrinterSilent(self.sent, status)
            else:  # it knows no such request, or does not tell of its paper
                self.talk.forget()
                return Delivery(length, status, status.printing is True)
        self.sent = length
        return Delivery(length, self.look(), True)

    def _on_the_way(self, length: int, left: int, since: float) -> tuple[int, float]:
        """How much is still in the operating system, and since when that has not changed; or give up."""
        now = self.talk.wire.pending()
        self.sent = max(0, length - now)
        if now and now >= left:
            self._stuck(since, deaf=True)
            return left, since
        return now, self.clock() if now < left else since

    def _stuck(self, since: float, *, deaf: bool) -> None:
        """Nothing has moved since then: wait a little more, or give up. `deaf`: nothing may be asked now."""
        self.pause(0)
        waited = self.clock() - since
        if waited < STALL_S:
            return
        status = (self.talk.heard() or UNKNOWN) if deaf else self.look()
        if status.printing is not False and (waited >= DEAF_S or not deaf):
            raise PrinterStalled(self.sent, status)
        self._wait_for_person(status, since, deaf=deaf)

    def _wait_for_person(self, status: PrinterStatus, since: float, *, deaf: bool = False) -> None:
        """A moment for whoever puts in paper, closes the cover, or lets the head cool."""
        if self.clock() - since > PATIENCE_S:
            raise obstacle(status, self.sent) or PrinterStalled(self.sent, status)
        if not deaf:
            self.meanwhile()
        self.pause(TICK_S)
