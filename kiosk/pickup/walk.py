"""The weekly walk: every box that should hold something, or that nobody is sure of, is looked into.

Records and boxes drift apart; who asks once a week notices while people still remember. Luxer One asks the
same of its staff.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.pickup.compartment import Compartment, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.ledger.connection import Ledger

TO_LOOK_AT = frozenset({State.CHECK, State.LEFT_OPEN, State.FAILED, State.OVERDUE})
"""Boxes that somebody must look into, walk or not."""
WALKED = TO_LOOK_AT | {State.OCCUPIED}
DAY_MS = 86_400_000
DUE_DAYS = 7
_READ = "SELECT value FROM meta WHERE key = 'pickup/walked'"
_WRITE = """
INSERT INTO meta (key, value) VALUES ('pickup/walked', ?)
ON CONFLICT (key) DO UPDATE SET value = excluded.value"""


def round_of(there: Iterable[Compartment]) -> tuple[int, ...]:
    """The boxes of a walk, in the order of their numbers. Pure."""
    return tuple(box.number for box in there if box.state in WALKED)


def days_ago(ledger: Ledger) -> int | None:
    """Whole days since the last walk; None where there was none, or nobody knows what day it is."""
    row, now = ledger.row(_READ), ledger.clock.now()
    if row is None or not now.trusted:
        return None
    return max(now.wall_ms - int(row[0]), 0) // DAY_MS


def done(ledger: Ledger, boxes: tuple[int, ...], actor: str) -> None:
    """Every box of a walk was looked into."""
    with ledger.transaction():
        event = ledger.record("cabinet.walk", {"n": len(boxes), "boxes": list(boxes), "w": actor})
        ledger.execute(_WRITE, (str(event.wall_ms),))
