"""One receipt printer: a look every few seconds, jobs in chunks, and the truth about what became of them."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable
from typing import Literal

from hardware.device import Report, State, StateChanged
from hardware.printer.encoder import PULSE
from hardware.printer.errors import PrinterGone, PrintError, PrinterStalled, obstacle
from hardware.printer.handover import Delivery, Handover
from hardware.printer.link import Link, LinkLost
from hardware.printer.profile import Profile
from hardware.printer.spans import missing
from hardware.printer.status import UNKNOWN, PrinterReported, PrinterStatus
from hardware.printer.talk import REPLY_S, Talk

LOOK_S = 5.0
"""Time between two looks at an idle printer: paper out is on the screen before the next customer pays."""
SILENT_LOOKS = 3
"""Looks without an answer from a printer that used to answer, before its link is opened anew."""
NOW = {2: b"\x10\x14\x01\x00\x01", 5: b"\x10\x14\x01\x01\x01"}
"""The drawer pulse that a printer obeys even while it waits for paper (``DLE DC4``, 100 ms)."""


def _unheard(_sent: int) -> None:
    """Nobody follows the progress of this job."""


def _nothing_else() -> None:
    """Nothing is to be done while the printer waits."""


class Printer:
    """A device for the supervisor, and `send` and `pulse` for the thread that empties the print queue."""

    def __init__(
        self,
        name: str,
        link: Link,
        profile: Profile,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        """Prepare; nothing is opened before `open`. `clock` gives monotonic seconds."""
        self._name = name
        self.link = link
        self.profile = profile
        self.look_s = LOOK_S
        """Seconds between two looks; a dimmed till may take longer ones."""
        self._clock = clock
        self._wait = wait
        self._turn = threading.RLock()
        self._nudge = threading.Event()
        self._awake = threading.Event()
        """Ends the pause between two looks, and nothing else."""
        self._report: Report | None = None
        self._closed = True
        self._lost: OSError | None = None
        self._status: PrinterStatus | None = None
        self._has_answered = False
        self._talk = Talk(link, profile, clock)
        self._jobs = 0
        """Jobs handed over so far; the number of the last one is its process id."""

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    @property
    def status(self) -> PrinterStatus:
        """The last look; unknown while there is no printer."""
        return self._status or UNKNOWN

    def open(self) -> None:
        """Connect, or raise ``OSError``."""
        self.link.open()
        self._talk = Talk(self.link, self.profile, self._clock)
        self._talk.listen_in()
        self._lost, self._status, self._has_answered = None, None, False
        self._nudge.clear()
        self._closed = False

    def run(self, report: Report) -> None:
        """Look at the printer every few seconds and report what changed, until closed or lost."""
        self._report = report
        silent = 0
        while not self._closed:
            with self._turn:
                status = self._look()
            silent = 0 if status.answered or not self._has_answered else silent + 1
            if silent >= SILENT_LOOKS:
                raise TimeoutError(errno.ETIMEDOUT, "the printer has stopped answering")
            self._wait(self._awake, self.look_s)
            self._awake.clear()
            if self._lost is not None:
                raise self._lost

    def look(self) -> None:
        """Look now instead of when the pause is over: somebody is about to need the answer. Any thread."""
        self._awake.set()

    def close(self) -> None:
        """Let go; a job under way ends with `PrinterGone` within half a second."""
        self._closed = True
        self._nudge.set()
        self._awake.set()
        with self._turn:
            self.link.close()
            self._tell(UNKNOWN)

    def send(
        self,
        job: bytes,
        on_progress: Callable[[int], None] = _unheard,
        meanwhile: Callable[[], None] = _nothing_else,
    ) -> Delivery:
        """Send one whole job. Raises a `PrintError` whose `sent` says how much had left when it stopped.

        `meanwhile` is called in this thread while the printer waits for a person; it may call `pulse`.
        """
        with self._turn:
            self._jobs += 1
            handover = Handover(self._talk, self._look, self._pause, self._clock, meanwhile)
            try:
                return handover.deliver(job, self._jobs, on_progress)
            except PrintError:
                self._talk.wire.owe(bytes(missing(job, handover.sent)))  # white, so that the next job is not
                raise  # taken for the rest of a picture
            except LinkLost as error:
                raise self._gone(handover.sent, error) from error

    def pulse(self, pin: Literal[2, 5] = 2) -> Delivery:
        """Open the cash drawer, also while the printer waits for paper. Never repeated by itself."""
        with self._turn:
            try:
                pulse = NOW[pin] if self._look().blocked else PULSE[pin]
                if not self._talk.wire.command(pulse, REPLY_S, late=False):
                    raise PrinterStalled(0, self.status)
                status = self._look()
            except LinkLost as error:
                raise self._gone(0, error) from error
            return Delivery(len(pulse), status, status.answered)

    def _gone(self, sent: int, error: OSError) -> PrinterGone:
        """End `run`, so that the broken link is opened anew; what the job is told of it."""
        self._lost = error
        self._nudge.set()
        self._awake.set()
        return PrinterGone(sent)

    def _pause(self, seconds: float) -> None:
        """Wait in the middle of a job; raises `LinkLost` when the printer was closed meanwhile."""
        self._wait(self._nudge, seconds)
        if self._closed:
            raise LinkLost("the till let go of the printer")

    def _look(self) -> PrinterStatus:
        """Ask for the status and tell what changed."""
        status = self._talk.status()
        self._has_answered = self._has_answered or status.answered
        self._tell(status)
        return status

    def _tell(self, status: PrinterStatus) -> None:
        """Report a status that differs from the last one, and the state it amounts to."""
        if status == self._status or self._report is None:
            self._status = status
            return
        self._status = status
        self._report(PrinterReported(self.name, status))
        if not self._closed:
            error = obstacle(status, 0)
            mute = self.link.answers and not status.answered
            reason = error.what if error else "the printer does not answer" if mute else ""
            self._report(StateChanged(self.name, State.DEGRADED if reason else State.READY, reason))
