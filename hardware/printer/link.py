"""What carries bytes to a printer and back: never past a deadline, always knowing how many left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


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
        """Bytes the operating system took and the other side has not, 0 where it does not say."""
        ...

    def close(self) -> None:
        """Let go; safe twice and half-opened."""
        ...


class LinkLost(ConnectionError):
    """The link broke, whatever the operating system calls it. Keeps its number where there is one."""


class Watched:
    """A link of which every failure is `LinkLost`, and on which no command is torn by another."""

    def __init__(self, link: Link) -> None:
        """Watch a link; it is opened and closed by its owner."""
        self._link = link
        self._owed = b""
        """The end of a command whose beginning has left: it goes before anything else."""

    @property
    def answers(self) -> bool:
        """As the link's own."""
        return self._link.answers

    def write(self, chunk: bytes, deadline_s: float) -> int:
        """As the link's own, after what is owed."""
        with _watching():
            if self._owed:
                self._owed = self._owed[self._link.write(self._owed, deadline_s) :]
            return 0 if self._owed else self._link.write(chunk, deadline_s)

    def command(self, whole: bytes, deadline_s: float, *, late: bool = True) -> bool:
        """Send a short command whole; false when it did not leave in time.

        What is missing of it then leaves before anything else, or zeros in its place where it must not do
        its work `late`: a printer waits for as many bytes as a command has, and would take the next job's.
        """
        sent = self.write(whole, deadline_s)
        if 0 < sent < len(whole):
            self.owe(whole[sent:] if late else bytes(len(whole) - sent))
        return sent == len(whole)

    def owe(self, end: bytes) -> None:
        """Have the end of a command leave before anything else."""
        self._owed += end

    def read(self, most: int, deadline_s: float) -> bytes:
        """As the link's own."""
        with _watching():
            return self._link.read(most, deadline_s)

    def pending(self) -> int:
        """As the link's own."""
        with _watching():
            return self._link.pending()


@contextmanager
def _watching() -> Iterator[None]:
    """Turn what the system raises into `LinkLost`."""
    try:
        yield
    except OSError as error:
        raise LinkLost(*error.args) from error
