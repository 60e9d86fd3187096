"""Empties the print queue in a thread of its own. The till never waits for paper.

Order of things at each job: SENDING is committed, then bytes leave, then what was seen is recorded. A power
cut anywhere leaves a job that is whole (QUEUED) or in doubt (DOUBTFUL), never one lost or resumed.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from hardware.printer.errors import PrintError
from kiosk.checkout import printqueue
from kiosk.i18n import _
from kiosk.ledger.errors import LedgerError
from kiosk.station.events import DrawerPulsed, DrawerStuck, QueueChanged
from kiosk.station.obstacles import words

if TYPE_CHECKING:
    from hardware.printer.printer import Printer
    from kiosk.checkout.printqueue import Job
    from kiosk.ledger.connection import Ledger

log = logging.getLogger(__name__)

Render = Callable[["Ledger", "Job"], bytes]
"""A job as printer bytes; called in the spooler's thread."""

PINS = (2, 5)
"""Pins of the printer's connector that a drawer can hang on; any other number means that there is none."""
PRINTS_S = 5.0
"""How long paper may move after the newest byte: a receipt takes 2 to 5 s."""
RETRY_S = 30.0
"""How long a job waits for news of a printer that says nothing by itself."""


class Spooler:
    """One printer, one queue, one thread.

    Without a printer it prints nothing, says what still waits from the time when there was one, and drops
    the pulses of a drawer that is not there.
    """

    def __init__(
        self, printer: Printer | None, render: Render, report: Callable[[object], None], drawer_pin: int = 2
    ) -> None:
        """Prepare; `report` takes `QueueChanged` and `DrawerStuck` in the spooler's thread."""
        self._printer = printer
        self._render = render
        self._report = report
        self._pin = drawer_pin
        self._news = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._said: QueueChanged | None = None
        self._cut = False
        """Whether the ledger failed in the middle of a step."""
        self._clock = time.monotonic
        self._moved_s: float | None = None
        """When the newest byte left, monotonic seconds."""

    @property
    def is_printing(self) -> bool:
        """Whether paper moves; a job that waits for paper does not."""
        return self._moved_s is not None and self._clock() - self._moved_s < PRINTS_S

    def start(self, ledger: Ledger) -> None:
        """Start emptying; the spooler opens a connection of its own on the same ledger."""
        self._thread = threading.Thread(target=self._work, args=(ledger,), name="spooler", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There may be something new: a job, paper, a printer that came back."""
        self._news.set()

    def stop(self, deadline_s: float = 2.0) -> None:
        """End after the job under way, which ends early when the printer is closed."""
        self._stopping = True
        self._news.set()
        if self._thread is not None:
            self._thread.join(deadline_s)

    def _work(self, parent: Ledger) -> None:
        ledger = parent.sibling()
        try:
            while not self._stopping:
                self._news.clear()
                if not self._moved(ledger):
                    self._news.wait(RETRY_S if self._printer and self._said and self._said.waiting else None)
        finally:
            ledger.close()

    def _moved(self, ledger: Ledger) -> bool:
        """Make one step; a ledger that cannot be written (its disk is full) stops nothing for good.

        What was being sent when that happened is in doubt, as after a restart.
        """
        try:
            if self._cut:
                printqueue.after_boot(ledger)
                self._cut = False
            moved = self.step(ledger)
            self._say(ledger)
        except LedgerError as error:
            log.warning("printing waits: %s", error)
            self._cut = True
            self._news.wait(RETRY_S)
            return True
        return moved

    def step(self, ledger: Ledger) -> bool:
        """Try the next job; true when it left the queue, so that the next one may follow at once."""
        job = printqueue.next_job(ledger)
        if job is None:
            return False
        if job.kind == "drawer":
            return self._pulse(ledger, job, self._printer)
        return self._printer is not None and self._print(ledger, job, self._printer)

    def _pulse(self, ledger: Ledger, job: Job, printer: Printer | None) -> bool:
        """Open the drawer once. Whatever happens, this pulse is over: nobody may be surprised by it later."""
        printqueue.mark_sending(ledger, job.id)
        if printer is None or self._pin not in PINS:
            printqueue.mark_doubtful(ledger, job.id, _("there is no drawer"))
            return True
        try:
            sent = printer.pulse(5 if self._pin == 5 else 2).sent
        except PrintError as error:
            printqueue.mark_doubtful(ledger, job.id, words(error))
            self._report(DrawerStuck(words(error)))
        else:
            printqueue.mark_sent(ledger, job.id, sent)
            self._report(DrawerPulsed())
        return True

    def _print(self, ledger: Ledger, job: Job, printer: Printer) -> bool:
        try:
            payload = self._render(ledger, job)
        except LedgerError:
            raise
        except Exception as error:  # a slip that cannot be drawn must not block the ones behind it
            log.exception("print job %s cannot be drawn", job.id)
            printqueue.mark_sending(ledger, job.id)
            printqueue.mark_doubtful(ledger, job.id, str(error))
            return True
        printqueue.mark_sending(ledger, job.id)
        self._moved_s = self._clock()
        try:
            delivery = printer.send(
                payload,
                lambda sent: self._went(ledger, job.id, sent),
                lambda: self._meanwhile(ledger),
            )
        except PrintError as error:
            if error.untouched:
                printqueue.mark_waiting(ledger, job.id, words(error))
                return False
            printqueue.mark_doubtful(ledger, job.id, words(error))
            return True
        printqueue.mark_sent(ledger, job.id, delivery.sent, confirmed=delivery.confirmed)
        return True

    def _went(self, ledger: Ledger, job_id: int, sent: int) -> None:
        self._moved_s = self._clock()
        printqueue.save_offset(ledger, job_id, sent)

    def _meanwhile(self, ledger: Ledger) -> None:
        """The printer wants paper in the middle of a slip: the drawer opens for the sales that go on."""
        job = printqueue.next_job(ledger)
        if job is not None and job.kind == "drawer":
            self._pulse(ledger, job, self._printer)
        self._say(ledger)

    def _say(self, ledger: Ledger) -> None:
        """Report the queue when it differs from what was said last."""
        jobs = printqueue.open_jobs(ledger)
        doubtful = sum(job.state == "DOUBTFUL" for job in jobs)
        changed = QueueChanged(len(jobs) - doubtful, doubtful)
        if changed != self._said:
            self._said = changed
            self._report(changed)
