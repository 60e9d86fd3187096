"""Notices that a source has stopped making sense: first said, later reason enough to open it again."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable

from hardware.device import Report, State, StateChanged

SAID_S = 10.0
"""Silence after which the seller sees that the figures are old."""
LOST_S = 30.0
"""Silence after which nothing the source has said counts any more, and it is opened again."""


class Silence:
    """Counts from the last reading that could be used; bytes that mean nothing are silence too."""

    def __init__(self, name: str, report: Report, clock: Callable[[], float] = time.monotonic) -> None:
        """Start counting now; `clock` gives monotonic seconds."""
        self._name = name
        self._report = report
        self._clock = clock
        self._since = clock()
        self._said = False

    def broken(self) -> None:
        """A good reading came."""
        self._since = self._clock()
        if self._said:
            self._said = False
            self._report(StateChanged(self._name, State.READY))

    def check(self, reason: str = "") -> None:
        """Say after 10 s that nothing useful comes, and why; raise ``TimeoutError`` after 30 s."""
        quiet_s = self._clock() - self._since
        if quiet_s >= SAID_S:
            self._said = True
            why = reason or "nothing is heard from it"
            self._report(StateChanged(self._name, State.DEGRADED, why))
        if quiet_s >= LOST_S:
            why = reason or "nothing was heard from it"
            raise TimeoutError(errno.ETIMEDOUT, f"{why} for {quiet_s:.0f} s")
