"""One receipt printer: a look every few seconds, jobs in chunks, and the truth about what became of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from hardware.device import Report, State, StateChanged
from hardware.printer.encoder import PULSE
from hardware.printer.errors import PrinterGone, PrintError, PrinterStalled, obstacle
from hardware.printer.link import REPLY_S, Link, ask, drain
from hardware.printer.profile import Profile
from hardware.printer.status import UNKNOWN, PrinterReported, PrinterStatus

CHUNK = 512
"""Bytes between two reports of progress."""
STALL_S = 10.0
"""A printer that takes nothing for this long has stalled; feeding and cutting takes two."""
PATIENCE_S = 600.0
"""How long a job waits in the middle while the printer itself says that it wants paper."""
TICK_S = 0.5
"""The longest a link is waited for in one go, so that closing never waits longer."""
LOOK_S = 5.0
"""Time between two looks at an idle printer: paper out is on the screen before the next customer pays."""
ACKNOWLEDGE_S = 3.0
"""How long the last line may take to be printed before the job counts as sent but not confirmed."""
SILENT_LOOKS = 3
"""Looks without an answer from a printer that used to answer, before its link is opened anew."""
REQUEST = b"\x1dr\x01"
"""``GS r 1``: not a real-time command, so its reply says that everything before it has been worked off."""
ACKNOWLEDGEMENTS = frozenset({0x00, 0x03, 0x0C, 0x0F})
"""The only bytes that command can answer: near-end and end sensor, two equal bits each."""
NOW = {2: b"\x10\x14\x01\x00\x01", 5: b"\x10\x14\x01\x01\x01"}
"""The drawer pulse that a printer obeys even while it waits for paper (``DLE DC4``, 100 ms)."""


def _unheard(_sent: int) -> None:
    """Nobody follows the progress of this job."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known about a job after its last byte has left."""

    sent: int
    """Bytes, all of them."""
    status: PrinterStatus
    """A look taken afterwards."""
    confirmed: bool
    """Whether the printer said that it has worked everything off; false means unknown, not failed."""


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
                raise TimeoutError("the printer has stopped answering")
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

    def send(self, job: bytes, on_progress: Callable[[int], None] = _unheard) -> Delivery:
        """Send one whole job. Raises a `PrintError` whose `sent` says how much had left when it stopped."""
        with self._turn:
            with self._link_at(0):
                self._check_before()
            sent = 0
            while sent < len(job):
                with self._link_at(sent):
                    sent += self._push(job[sent : sent + CHUNK], sent)
                on_progress(sent)
            with self._link_at(sent):
                return self._settle(sent)

    def pulse(self, pin: Literal[2, 5] = 2) -> Delivery:
        """Open the cash drawer, also while the printer waits for paper. Never repeated by itself."""
        with self._turn, self._link_at(0):
            pulse = NOW[pin] if self._look().blocked else PULSE[pin]
            sent = self.link.write(pulse, REPLY_S)
            if sent < len(pulse):
                raise PrinterStalled(sent, self.status)
            status = self._look()
            return Delivery(sent, status, status.answered)

    @contextmanager
    def _link_at(self, sent: int) -> Iterator[None]:
        """Turn a broken link into `PrinterGone` with the offset, and end `run`, so that it is opened anew."""
        try:
            yield
        except PrintError:
            raise
        except OSError as error:
            self._lost = error
            self._nudge.set()
            self._awake.set()
            raise PrinterGone(sent) from error

    def _check_before(self) -> None:
        """Refuse a job that cannot be printed, while it is still whole."""
        used_to_answer = self._has_answered
        status = self._look()
        if error := obstacle(status, 0):
            raise error
        if used_to_answer and not status.answered:
            raise PrinterStalled(0, status)

    def _push(self, chunk: bytes, before: int) -> int:
        """Send some of a chunk; waits for a person only while the printer itself asks for one."""
        began = self._clock()
        while not self._closed:
            if sent := self.link.write(chunk, TICK_S):
                return sent
            stalled = self._clock() - began
            if stalled < STALL_S:
                continue
            status = self._look()
            wanted = obstacle(status, before)
            if wanted is None or stalled > PATIENCE_S:
                raise wanted or PrinterStalled(before, status)
            self._wait(self._nudge, TICK_S)
        raise PrinterGone(before)

    def _settle(self, length: int) -> Delivery:
        """Wait until the bytes are on the wire and the printer has worked them off, or does not say."""
        left, since = self.link.pending(), self._clock()
        while left:
            self._wait(self._nudge, 0.05)
            now = self.link.pending()
            if now < left:
                left, since = now, self._clock()
            elif self._closed or self._clock() - since > STALL_S:
                raise PrinterStalled(length - now, self.status)
        done = self._acknowledged()
        status = self._look()
        return Delivery(length, status, done or status.printing is True)

    def _acknowledged(self) -> bool:
        """Ask for the reply that comes after everything before it; false on silence."""
        if not self._has_answered:
            return False
        drain(self.link)
        until = self._clock() + ACKNOWLEDGE_S
        if self.link.write(REQUEST, TICK_S) < len(REQUEST):
            return False
        while not self._closed and self._clock() < until:
            reply = self.link.read(1, TICK_S)
            if reply and reply[0] in ACKNOWLEDGEMENTS:
                return True
        return False

    def _look(self) -> PrinterStatus:
        """Ask for the status and tell what changed."""
        status = ask(self.link)
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
