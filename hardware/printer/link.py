"""What carries bytes to a printer and back: never past a deadline, always knowing how many left."""

from __future__ import annotations

import time
from typing import Protocol

from hardware.printer.status import UNKNOWN, PrinterStatus, decode, is_status, query

REPLY_S = 0.3
"""Deadline for one status byte; the slowest printer met needs a fifth of it, a silent one costs it once."""
QUESTIONS = (1, 2, 3, 4)
ALL = b"".join(map(query, QUESTIONS))
NOISE = 16
"""Bytes that are no status and are skipped while waiting for one."""


class Link(Protocol):
    """One transport. Its owner sees to it that only one thread calls it at a time."""

    answers: bool
    """Whether anything can come back at all; a plain file never answers."""

    def open(self) -> None:
        """Connect within two seconds or raise ``OSError``."""
        ...

    def write(self, chunk: bytes, deadline_s: float) -> int:
        """Send what the other side takes in time; return how many bytes left.

        Raises ``OSError`` when it is gone and not one byte of this chunk had left.
        """
        ...

    def read(self, most: int, deadline_s: float) -> bytes:
        """Up to `most` bytes, or ``b""`` after silence. ``OSError`` when it is gone."""
        ...

    def pending(self) -> int:
        """Bytes the operating system took but has not put on the wire, 0 where it does not say."""
        ...

    def close(self) -> None:
        """Let go; safe twice and half-opened."""
        ...


def ask(link: Link) -> PrinterStatus:
    """The printer's status by DLE EOT 1 to 4; silence is unknown.

    All four are asked in one go, which wakes an idle till once. Four good bytes can only be the four answers;
    after anything else they are asked one by one, so that a lost byte shifts no other to a wrong question.
    """
    if not link.answers:
        return UNKNOWN
    drain(link)
    came = b""
    if link.write(ALL, REPLY_S) == len(ALL):
        until = time.monotonic() + REPLY_S
        while len(came) < len(QUESTIONS) and (more := link.read(NOISE, max(0.0, until - time.monotonic()))):
            came += more
    if not came:
        return UNKNOWN
    if len(came) == len(QUESTIONS) and all(map(is_status, came)):
        return decode(dict(zip(QUESTIONS, came, strict=True)))
    return _one_by_one(link)


def _one_by_one(link: Link) -> PrinterStatus:
    """The same questions singly. The first silence ends them: the rest is unknown."""
    replies: dict[int, int] = {}
    drain(link)
    for number in QUESTIONS:
        if link.write(query(number), REPLY_S) < len(query(number)):
            break
        reply = _status_byte(link)
        if reply is None:
            break
        replies[number] = reply
    return decode(replies)


def drain(link: Link) -> None:
    """Throw away late replies, so that none is taken for the answer to a later question."""
    for _ in range(NOISE):
        if not link.read(64, 0):
            break


def _status_byte(link: Link) -> int | None:
    """The next byte that can be a status, skipping a little noise, or ``None`` at the deadline."""
    until = time.monotonic() + REPLY_S
    for _ in range(NOISE):
        byte = link.read(1, max(0.0, until - time.monotonic()))
        if not byte:
            return None
        if is_status(byte[0]):
            return byte[0]
    return None
