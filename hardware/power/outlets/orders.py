"""Orders to an outlet: each waits for its turn once, and is over when its effect was seen, or was not."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field

from hardware.power.outlets.reading import OutletReading

LEAST_DEAD_MAN_S, MOST_DEAD_MAN_S = 20, 3600
RENEW_PART = 0.5
"""A dead man's time is renewed when half of it has gone."""


class NotSwitched(OSError):
    """An order that did not show its effect. The outlet is as it was, or nobody knows how it is."""


@dataclass(slots=True)
class Order:
    """One switching, from asking to seeing."""

    on: bool
    dead_man_s: int | None
    """Seconds after which the outlet switches back by itself; ``None``: never."""
    seen: Future[OutletReading] = field(default_factory=Future)
    sent_s: float = 0.0
    """Monotonic time at which it was sent last."""

    def is_due(self, now_s: float) -> bool:
        """Whether the dead man's time must be renewed."""
        return now_s - self.sent_s >= (self.dead_man_s or 0) * RENEW_PART

    def has_lapsed(self, now_s: float) -> bool:
        """Whether the outlet has switched back by itself."""
        return now_s - self.sent_s >= (self.dead_man_s or 0)

    def fulfil(self, reading: OutletReading) -> None:
        """Say that it was seen; whoever asked may have stopped waiting."""
        if self.seen.set_running_or_notify_cancel():
            self.seen.set_result(reading)

    def fail(self, reason: str) -> None:
        """Say that it was not."""
        if self.seen.set_running_or_notify_cancel():
            self.seen.set_exception(NotSwitched(reason))


class Orders:
    """Those that wait. Taken in any thread, carried out in the outlet's own."""

    def __init__(self) -> None:
        """Nothing waits."""
        self._waiting: deque[Order] = deque()
        self._guard = threading.Lock()

    def add(self, order: Order) -> None:
        """Put one at the end."""
        with self._guard:
            self._waiting.append(order)

    def take(self) -> Order | None:
        """The next one, which then waits no more."""
        with self._guard:
            return self._waiting.popleft() if self._waiting else None

    def give_up(self, reason: str, oldest: int | None = None) -> None:
        """Fail all, or the `oldest`: an outlet that comes back later must not do what was wanted before."""
        while oldest != 0 and (order := self.take()):
            order.fail(reason)
            oldest = None if oldest is None else oldest - 1

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)


def checked_dead_man(dead_man_s: int | None) -> int | None:
    """The time if it is within bounds, else ``ValueError``."""
    if dead_man_s is not None and not LEAST_DEAD_MAN_S <= dead_man_s <= MOST_DEAD_MAN_S:
        span = f"{LEAST_DEAD_MAN_S} and {MOST_DEAD_MAN_S}"
        raise ValueError(f"dead_man_s: {dead_man_s} is not between {span} seconds")
    return dead_man_s
