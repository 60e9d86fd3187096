"""What the terminal is sent: a small update at once, from the loop itself; all else by Textual's own thread.

To hand every update to another thread costs two changes of threads, and that one gets its turn only when the
loop has nothing left to do: on a busy machine a scanned line waits longer for that than it took to make. A
terminal that does not take an update right now never holds up the loop: the rest is the thread's.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

AT_ONCE = 4096
"""Bytes of an update that is still written at once: some 1,000 cells, which a console draws in a millisecond
or two. A whole screen, which takes it ten times as long, is left to the thread."""
CODING = ("utf-8", "surrogateescape")
"""What is left of an update may begin in the middle of a letter."""


class Output:
    """One terminal. Textual's writing thread takes this for the file it writes to."""

    def __init__(self, file: int, hand_over: Callable[[str], None]) -> None:
        """Write to an open terminal; `hand_over` gives texts to a thread, which calls `write` and `flush`."""
        self._file = file
        self._at_once = _beside(file)
        self._hand_over = hand_over
        self._order = Lock()
        self._parts: list[str] = []
        self._handed = 0
        """Texts given to the thread."""
        self._through = 0
        """Of these, those that the terminal has taken; only when it has all is the way free."""

    def send(self, text: str) -> None:
        """Any thread: write behind everything sent before."""
        with self._order:
            if self._at_once is not None and self._handed == self._through and len(text) <= AT_ONCE:
                text = self._try(self._at_once, text)
            if text:
                self._handed += 1
                self._hand_over(text)

    def _try(self, door: int, text: str) -> str:
        """Write what the terminal takes right now, and return the rest."""
        raw = text.encode(*CODING)
        with suppress(OSError):  # full, or gone: which of them, the thread finds out
            raw = raw[os.write(door, raw) :]
        return raw.decode(*CODING)

    def write(self, text: str) -> None:
        """The thread: take a text that was handed over."""
        self._parts.append(text)

    def flush(self) -> None:
        """The thread: write what was taken, however long the terminal lets it wait."""
        raw = "".join(self._parts).encode(*CODING)
        while raw:
            raw = raw[os.write(self._file, raw) :]
        self._through += len(self._parts)
        self._parts.clear()

    def fileno(self) -> int:
        """The terminal."""
        return self._file

    def close(self) -> None:
        """Close what was opened here."""
        if self._at_once is not None:
            os.close(self._at_once)
            self._at_once = None


def _beside(file: int) -> int | None:
    """A second way to a terminal, on which no write waits; None where the system does not let us have one.

    The first one stays as it is: others share it (a shell, a program that runs before or after this one).
    """
    try:
        return os.open(os.ttyname(file), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return None
