"""What time it is, and how far that can be believed.

A Pi without a battery clock wakes up in the past. So an instant carries, besides the wall time, the boot it
belongs to, the milliseconds since that boot, and whether anything outside confirmed the wall clock.
"""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from kiosk.ledger.trust import clock_was_set

TOLERANCE_MS = 120_000
"""How far the wall clock may move against the time since boot before trust is asked for anew.
A bad crystal (100 ppm) drifts 9 s a day; a person or a faulty time server moves it by minutes."""

LOOK_EVERY_MS = 10_000
"""Pause between two looks whether something has set the clock meanwhile; a look costs up to 1 ms."""

LATEST_MS = (1 << 47) - 1
"""The year 6429: what fits a 48-bit millisecond field with its sign bit free."""

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Stamp(NamedTuple):
    """One instant as the device saw it. A tuple: made before the first frame, and in each sale."""

    wall_ms: int  # Unix milliseconds, UTC; may be wrong
    boot_id: str  # changes with every start of the device
    boot_ms: int  # milliseconds since that start; never goes back
    trusted: bool  # the wall time was confirmed from outside in this boot


class Clock(Protocol):
    """Where instants come from."""

    def now(self) -> Stamp:
        """Return this instant."""

    def confirm(self, anchor_ms: int | None = None) -> int:
        """Trust the wall clock for this boot, because a person said it is right.

        The anchor is wall minus boot milliseconds; None takes it as it is now. Returned, so that it can be
        kept for the next process of the same boot.
        """


def boot_identity() -> str:
    """Return the id of this boot; where the system has none, one for this process."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return str(uuid.uuid4())


def wall_now() -> int:
    """Return the wall clock in Unix milliseconds."""
    return time.time_ns() // 1_000_000


def boot_now() -> int:
    """Return milliseconds since the device started, sleep included where the system can tell."""
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    return time.monotonic_ns() // 1_000_000


class SystemClock:
    """The device's own clock.

    It is trusted once network time, a battery clock or the seller has confirmed it in this boot, and stays so
    without network: the crystal is good for a market day. A jump against the time since boot ends that until
    something confirms the new time. Off Linux the system's clock is always trusted.
    """

    def __init__(
        self,
        *,
        wall: Callable[[], int] = wall_now,
        boot: Callable[[], int] = boot_now,
        was_set: Callable[[int], bool] = clock_was_set,
        boot_id: str | None = None,
    ) -> None:
        self._wall = wall
        self._boot = boot
        self._was_set = was_set
        self._boot_id = boot_id or boot_identity()
        self._anchor: int | None = None
        self._next_look = -1

    def now(self) -> Stamp:
        """Return this instant."""
        wall, boot = self._wall(), self._boot()
        if not 0 <= wall <= LATEST_MS:
            wall = 0 if wall < 0 else LATEST_MS
        return Stamp(wall, self._boot_id, boot, self._trusts(wall, boot))

    def confirm(self, anchor_ms: int | None = None) -> int:
        """Trust the wall clock for this boot, because a person said it is right."""
        self._anchor = self._wall() - self._boot() if anchor_ms is None else anchor_ms
        return self._anchor

    def _trusts(self, wall: int, boot: int) -> bool:
        offset = wall - boot
        if self._anchor is not None and abs(offset - self._anchor) <= TOLERANCE_MS:
            return True
        if boot < self._next_look:
            return False
        self._next_look = boot + LOOK_EVERY_MS
        if not self._was_set(wall):
            return False
        self._anchor = offset
        return True


class FakeClock:
    """A clock that moves only when told; for the demo and for tests."""

    def __init__(
        self,
        wall_ms: int = 1_767_258_000_000,  # 2026-01-01 09:00 UTC
        *,
        boot_id: str = "00000000-0000-4000-8000-000000000001",
        boot_ms: int = 60_000,
        trusted: bool = True,
    ) -> None:
        self.wall_ms = wall_ms
        self.boot_id = boot_id
        self.boot_ms = boot_ms
        self.trusted = trusted

    def now(self) -> Stamp:
        """Return the instant it was set to."""
        return Stamp(self.wall_ms, self.boot_id, self.boot_ms, self.trusted)

    def confirm(self, anchor_ms: int | None = None) -> int:
        """Trust the wall clock from now on."""
        self.trusted = True
        return self.wall_ms - self.boot_ms if anchor_ms is None else anchor_ms

    def advance(self, ms: int) -> None:
        """Let time pass."""
        self.wall_ms += ms
        self.boot_ms += ms

    def set_wall(self, ms: int) -> None:
        """Move the wall clock alone, as a person or a time server does."""
        self.wall_ms = ms

    def reboot(self, boot_id: str, *, wall_ms: int | None = None, trusted: bool = False) -> None:
        """Start the device anew, with the wall time it wakes up with."""
        self.boot_id = boot_id
        self.boot_ms = 0
        self.wall_ms = self.wall_ms if wall_ms is None else wall_ms
        self.trusted = trusted
