"""Since when an order is ready, where the clock that said so was not confirmed: put right once it is.

A Pi without a battery clock wakes up in the past, by as long as it was off. Three days counted from there end
too early, or are over at once. What is known is the time since that boot; after another boot only that it was
ready before that began, so the days count from there. The customer is never the loser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.pickup.messages import READY_H
from kiosk.pickup.orders import Order, order_of

if TYPE_CHECKING:
    from kiosk.ledger.clock import Stamp
    from kiosk.ledger.connection import Ledger

NOTICED_MS = 15 * 60_000
"""Moved by less, what the customer was told is right enough."""
_SAID = """
SELECT m.told_ms, j.clock_trusted, b.boot_id, j.boot_ms FROM pickup_message m
JOIN journal j ON j.seq = m.id JOIN boot b ON b.id = j.boot
WHERE m.pickup = ? AND m.hours = ? ORDER BY m.id DESC LIMIT 1"""
_SAY = "INSERT INTO pickup_message (id, pickup, hours, told_ms) VALUES (?, ?, ?, ?)"
_MOVE = "UPDATE pickup SET ready_ms = ready_ms + ?1, until_ms = until_ms + ?1 WHERE id = ?2"


def put_right(ledger: Ledger, order: Order, now: Stamp) -> Order:
    """Date an order that is ready anew where that is wanted; `now` is of a clock that is trusted.

    Written down once, with the message that it is ready: one that says another day is to be said again.
    """
    row = ledger.row(_SAID, (order.id, READY_H))
    if row is None or row[1] or order.ready_ms is None:
        return order
    told_ms, _trusted, boot_id, boot_ms = row
    since_ms = now.boot_ms - boot_ms if boot_id == now.boot_id else now.boot_ms
    moved = now.wall_ms - since_ms - order.ready_ms
    with ledger.transaction():
        ledger.execute(_MOVE, (moved, order.id))
        dated = order_of(ledger, order.id)
        body: dict[str, object] = {"o": order.id, "ready": dated.ready_ms, "until": dated.until_ms}
        event = ledger.record("pickup.dated", body)
        ledger.execute(_SAY, (event.seq, order.id, READY_H, told_ms if abs(moved) < NOTICED_MS else None))
    return dated
