"""What can still be promised: goods nobody has bought or holds, windows with hands free, boxes of a size.

Held goods are those of orders not paid yet: a paid order's sale has moved its stock already. The stall's own
table wins: a sale never asks for holds, so a hold may find that its goods are gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.pickup.orders import contents

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

FULLEST_PERCENT = 90
"""A cabinet stops promising when so many of its boxes are spoken for: returns and mishaps need the rest."""
_PRODUCT = "SELECT id, stock_tracked FROM product WHERE sku = ? AND active = 1"
_WAS_COUNTED = "SELECT 1 FROM stock_move WHERE product = ? AND cause IN ('received', 'count') LIMIT 1"
_ON_HAND = """
SELECT coalesce((SELECT quantity FROM stock_level WHERE product = ?1), 0)
     + coalesce((SELECT sum(quantity) FROM stock_move WHERE product = ?1
                 AND id > coalesce((SELECT upto FROM stock_level WHERE product = ?1), 0)), 0)
     - coalesce((SELECT sum(l.quantity) FROM sale_line l
                 JOIN sale s ON s.id = l.sale JOIN article a ON a.id = l.article
                 WHERE a.sku = ?2 AND s.kind <> 'training'
                 AND s.id > coalesce((SELECT upto FROM stock_level WHERE product = ?1), 0)), 0)"""
_HELD = """
SELECT coalesce(sum(l.quantity), 0) FROM pickup_line l JOIN pickup o ON o.id = l.pickup
WHERE l.product = ? AND o.stage = 'reserved'"""
_TAKEN = "SELECT slot_ms, count(*) FROM pickup WHERE point = ? AND done_ms IS NULL GROUP BY slot_ms"
# A paid order whose days end before a moment has left its box by then; one that is overdue may stay for ever.
_SPOKEN_FOR = """
SELECT count(*) FROM pickup WHERE point = ? AND size = ? AND done_ms IS NULL AND stage <> 'no box'
AND (stage IN ('reserved', 'overdue') OR until_ms > ?)"""
_USABLE = """
SELECT count(*) FROM compartment WHERE size = ? AND state NOT IN ('failed', 'service')
AND NOT (pickup IS NULL AND state IN ('check', 'left open'))
AND (state <> 'unknown' OR NOT EXISTS (SELECT 1 FROM compartment WHERE state <> 'unknown'))"""
_SILENT = """
SELECT min(j.wall_ms) FROM compartment c JOIN journal j ON j.seq = c.since
WHERE NOT EXISTS (SELECT 1 FROM compartment WHERE state <> 'unknown')"""


def taken(ledger: Ledger, point: str) -> dict[int, int]:
    """Return how many orders each window of a point has."""
    return dict(ledger.rows(_TAKEN, (point,)))


def available(ledger: Ledger, sku: str) -> int | None:
    """Return the thousandths of a product that can be held; None where nobody counts, or has counted."""
    there = on_hand(ledger, sku)
    row = ledger.row(_PRODUCT, (sku,))
    return None if there is None or row is None else there - _count(ledger, _HELD, (row[0],))


def on_hand(ledger: Ledger, sku: str) -> int | None:
    """Return the thousandths of a product that are there, held or not; None where nobody has counted."""
    row = ledger.row(_PRODUCT, (sku,))
    if row is None or not row[1] or ledger.row(_WAS_COUNTED, (row[0],)) is None:
        return None
    return _count(ledger, _ON_HAND, (row[0], sku))


def sold_from_under(ledger: Ledger, order: str, *, booked: bool = False) -> list[str]:
    """Return the names of what an unpaid order holds and the stall has sold to somebody else meanwhile.

    `booked` says that the order's own sale is written already, in the caller's transaction.
    """
    gone = []
    for sku, name, quantity in contents(ledger, order):
        there = on_hand(ledger, sku)
        if there is not None and there < (0 if booked else quantity):
            gone.append(name)
    return gone


def boxes_left(ledger: Ledger, point: str, size: str, at_ms: int) -> int:
    """Return how many boxes of a size can still be promised for a moment.

    A box that is not known while others are (its board is silent) is promised to nobody.
    """
    usable = _count(ledger, _USABLE, (size,))
    most = max(1, usable * FULLEST_PERCENT // 100) if usable else 0
    return max(0, most - _count(ledger, _SPOKEN_FOR, (point, size, at_ms)))


def silent_since(ledger: Ledger) -> int | None:
    """Return since when (Unix milliseconds) nothing is known of any box; None while something is."""
    row = ledger.row(_SILENT)
    return None if row is None or row[0] is None else int(row[0])


def _count(ledger: Ledger, sql: str, values: tuple[object, ...]) -> int:
    """One number."""
    row = ledger.row(sql, values)
    return 0 if row is None else int(row[0])
