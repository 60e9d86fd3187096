"""The conversation with one printer: questions and answers, over a link that may lose any of them."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.printer.link import Link, Watched
from hardware.printer.profile import Profile
from hardware.printer.replies import Answer, Replies, Unasked, WorkedOff
from hardware.printer.status import UNKNOWN, PrinterStatus, decode, query

REPLY_S = 0.3
"""Deadline for one answer; the slowest printer met needs a fifth of it, a silent one costs it once."""
QUESTIONS = (1, 2, 3, 4)
ALL = b"".join(map(query, QUESTIONS))
MOST = 64
"""Bytes read in one go; nothing a printer says is longer."""
AUTOMATIC = b"\x1da\x0f"
"""``GS a 15``: tell of drawer, cover, errors and paper by yourself, until the next reset."""
REQUEST = b"\x1dr\x01"
"""``GS r 1``: not a real-time command, so its reply says that everything before it has been worked off."""


class Talk:
    """Lives as long as the link is open. Everything here raises `LinkLost` when that breaks."""

    def __init__(self, link: Link, profile: Profile, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin; nothing has been heard yet. `clock` gives monotonic seconds."""
        self.wire = Watched(link)
        self._profile = profile
        self._clock = clock
        self._replies = Replies()
        self._answers: list[int] = []
        self._unasked: PrinterStatus | None = None
        self._ignored = False
        """Whether the last question got no answer."""
        self._awaited: list[bytes] = []
        """The numbers of the requests not answered yet, in order; ``b""`` for one without."""

    def listen_in(self) -> None:
        """Have the printer tell of changes by itself, where it can. A reset ends it, so after every job."""
        if self._profile.genuine:
            self.wire.command(AUTOMATIC, REPLY_S)

    def status(self) -> PrinterStatus:
        """How the printer is, by DLE EOT 1 to 4. Silence is unknown.

        Many say nothing while their cover is open. One that told of it unasked, before it fell silent, is
        believed until it answers; that all was well is not.
        """
        if not self.wire.answers:
            return UNKNOWN
        self.heard()
        if self._ignored and self.wire.pending():  # the last question has not left: one more would not either
            return self._believed()
        status = decode(self._at_once() or self._one_by_one())
        self._ignored = not status.answered
        if status.answered:
            self._unasked = None
            return status
        return self._believed()

    def heard(self) -> PrinterStatus | None:
        """What the printer said unasked and has not contradicted since, without asking anything now."""
        while self._hear(0):
            pass
        return self._unasked

    def request(self, number: int) -> None:
        """Ask for a reply once everything before is done; `finished` waits for it.

        `number` goes with it where the printer knows process ids (``GS ( H``, Epson): its reply then means
        printed, and no other job's can be taken for it.
        """
        name = b"%04d" % (number % 10_000) if self._profile.genuine else b""
        self._awaited.append(name)
        self.wire.command(b"\x1d(H\x06\x0000" + name if name else REQUEST, REPLY_S)

    def finished(self, deadline_s: float) -> bool:
        """Whether the reply to the last request has come, or comes before the deadline.

        An earlier one may still be on its way: of a job given up while the printer waited for paper.
        """
        until = self._clock() + deadline_s
        while self._awaited and self._hear(max(0.0, until - self._clock())):
            pass
        return not self._awaited

    def forget(self) -> None:
        """Wait for no reply any more: this printer gives none."""
        self._awaited.clear()

    def _believed(self) -> PrinterStatus:
        """What a silent printer is taken for."""
        return self._unasked if self._unasked is not None and self._unasked.blocked else UNKNOWN

    def _at_once(self) -> dict[int, int]:
        """All four questions in one go, which wakes an idle till once; nothing unless exactly four answer.

        Four answers can only be the four. After anything else they are asked one by one, so that a lost
        answer shifts no other to a wrong question.
        """
        self._answers.clear()
        if not self.wire.command(ALL, REPLY_S):
            return {}
        until = self._clock() + REPLY_S
        while len(self._answers) < len(QUESTIONS) and self._hear(max(0.0, until - self._clock())):
            pass
        if len(self._answers) != len(QUESTIONS):
            return {}
        return dict(zip(QUESTIONS, self._answers, strict=True))

    def _one_by_one(self) -> dict[int, int]:
        """The same questions singly. The first silence ends them: the rest is unknown."""
        found: dict[int, int] = {}
        if not self._answers:
            return found
        self.heard()
        for number in QUESTIONS:
            self._answers.clear()
            if not self.wire.command(query(number), REPLY_S):
                break
            until = self._clock() + REPLY_S
            while not self._answers and self._hear(max(0.0, until - self._clock())):
                pass
            if not self._answers:
                break
            found[number] = self._answers[0]
        return found

    def _hear(self, deadline_s: float) -> bool:
        """Take in what comes before the deadline; false after silence."""
        came = self.wire.read(MOST, deadline_s)
        for reply in self._replies.feed(came):
            if isinstance(reply, Answer):
                self._answers.append(reply.byte)
            elif isinstance(reply, Unasked):
                self._unasked = reply.status
            elif isinstance(reply, WorkedOff) and reply.number in self._awaited:
                del self._awaited[: self._awaited.index(reply.number) + 1]
        return bool(came)
