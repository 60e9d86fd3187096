"""Whether promises are kept, and which lock will fail next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_PROMISES = """
SELECT count(*), sum(ready_ms <= slot_ms), sum(done_ms IS NOT NULL AND done_ms - ready_ms <= 72 * 3600000),
       sum(done_ms IS NOT NULL) FROM pickup WHERE ready_ms IS NOT NULL AND ready_ms >= ?"""
_LOCKS = """
SELECT box, count(*), sum(outcome = 'opened'), sum(pulses),
       sum(CASE WHEN recent <= 10 THEN pulses ELSE 0 END), sum(recent <= 10)
FROM (SELECT box, outcome, pulses, row_number() OVER (PARTITION BY box ORDER BY id DESC) AS recent
      FROM opening WHERE outcome IN ('opened', 'stuck'))
GROUP BY box ORDER BY box"""
RISING = 1.25
"""A lock whose last ten openings took so many times the pulses of all before is looked at before it fails."""
LEAST = 5
"""Openings before anything is said of a lock."""


@dataclass(frozen=True, slots=True)
class Promises:
    """How promises were kept; shares are None where there is nothing to count."""

    orders: int
    on_time: float | None
    """Share ready by the promised time."""
    in_72_h: float | None
    """Share of those collected that were within three days."""


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock's record."""

    box: int
    attempts: int
    success: float
    """Share of attempts that opened the door."""
    pulses: float
    """Pulses an attempt, on average; 1 is a lock in good health."""
    failing: bool
    """It needs more pulses than it used to, or has not opened at times."""


def promises(ledger: Ledger, since_ms: int = 0) -> Promises:
    """Return how the orders that were ready since then fared."""
    row = ledger.row(_PROMISES, (since_ms,))
    count, on_time, within, done = (value or 0 for value in (row or (0, 0, 0, 0)))
    return Promises(count, on_time / count if count else None, within / done if done else None)


def locks(ledger: Ledger) -> list[Lock]:
    """Return every lock that was used."""
    return [_lock(*row) for row in ledger.rows(_LOCKS)]


def _lock(box: int, attempts: int, opened: int, pulses: int, late_pulses: int, late: int) -> Lock:
    """One lock from its sums."""
    early = attempts - late
    before = (pulses - late_pulses) / early if early else 1.0
    rising = late >= LEAST and late_pulses / late >= RISING * max(before, 1.0)
    return Lock(box, attempts, opened / attempts, pulses / attempts, rising or opened < attempts)
