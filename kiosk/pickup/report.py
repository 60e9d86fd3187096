"""Whether promises are kept, and which lock will fail next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.pickup.holds import COLLECT_MS

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_CAME = "'collected', 'collected, door left open', 'collected, not seen'"
_WAITS = "'overdue', 'to return', 'returned to stock'"
_PROMISES = f"""
SELECT count(*), sum(ready_ms IS NOT NULL AND ready_ms <= slot_ms),
       sum(ready_ms IS NOT NULL AND (stage IN ({_CAME}) OR stage IN ({_WAITS}) OR ready_ms < ?1)),
       sum(ready_ms IS NOT NULL AND stage IN ({_CAME}) AND done_ms - ready_ms <= ?2)
FROM pickup WHERE slot_ms >= ?3 AND stage NOT IN ('reserved', 'released')
AND (ready_ms IS NOT NULL OR (slot_ms < ?4 AND stage <> 'refunded'))"""  # noqa: S608  constants of this file
_LOCKS = """
SELECT box, count(*), sum(outcome = 'opened'), sum(pulses),
       sum(CASE WHEN recent <= 10 THEN pulses ELSE 0 END), sum(recent <= 10),
       sum(recent <= 10 AND outcome = 'stuck')
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
    """Share collected within three days, of those that were collected or whose three days are over."""


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
    """It needs more pulses than it used to, or has not opened among its last ten times."""


def promises(ledger: Ledger, since_ms: int = 0) -> Promises:
    """Return how the orders promised since then fared.

    One that is not ready though its time has come counts as late; one that is still in its three days, or
    whose money went back before it was collected, counts for neither share.
    """
    now = ledger.clock.now().wall_ms
    row = ledger.row(_PROMISES, (now - COLLECT_MS, COLLECT_MS, since_ms, now))
    count, on_time, known, within = (value or 0 for value in (row or (0, 0, 0, 0)))
    return Promises(count, on_time / count if count else None, within / known if known else None)


def locks(ledger: Ledger) -> list[Lock]:
    """Return every lock that was used."""
    return [_lock(*row) for row in ledger.rows(_LOCKS)]


def _lock(
    box: int, attempts: int, opened: int, pulses: int, late_pulses: int, late: int, late_stuck: int
) -> Lock:
    """One lock from its sums; "late" are its last ten openings."""
    early = attempts - late
    before = (pulses - late_pulses) / early if early else 1.0
    rising = late >= LEAST and late_pulses / late >= RISING * max(before, 1.0)
    return Lock(box, attempts, opened / attempts, pulses / attempts, rising or late_stuck > 0)
