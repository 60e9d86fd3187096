"""Telling a scanner's echo from a second piece."""

from __future__ import annotations

from enum import StrEnum

ECHO_MS = 400
"""The same code again within this is the same piece: nobody passes two over a scanner that quickly."""
AGAIN_MS = 1500
"""The same code again within this is counted, but it may have been a mistake: a big undo is offered."""


class Heard(StrEnum):
    """What to make of a code that came from a scanner."""

    NEW = "new"
    AGAIN = "again"
    """Counts; offer to undo it."""
    ECHO = "echo"
    """Does not count."""


class EchoFilter:
    """Remembers when each scanner last read each code. Time is monotonic milliseconds."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], int] = {}

    def hear(self, code: str, scanner: str, at_ms: int) -> Heard:
        """Judge a code by the last time this scanner read it; an echo of an echo is one too."""
        since = at_ms - self._last.get((scanner, code), at_ms - AGAIN_MS)
        self._last = {key: last for key, last in self._last.items() if at_ms - last < AGAIN_MS}
        self._last[scanner, code] = at_ms
        if since < ECHO_MS:
            return Heard.ECHO
        return Heard.AGAIN if since < AGAIN_MS else Heard.NEW
