"""What is to be said to whoever collects: that it is ready, a reminder, that its days are over.

Each is a journal row, which is also the outbox: a gateway sends it when there is one. Until then it stands on
the till's screen of orders until somebody has said it. Only an order's newest message is of any use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.i18n import _, date, time
from kiosk.pickup.orders import Order, order_of

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

READY_H, OVERDUE_H = 0, 72
_SAY = "INSERT INTO pickup_message (id, pickup, hours) VALUES (?, ?, ?)"
_UNTOLD = """
SELECT m.pickup, max(m.id), m.hours FROM pickup_message m JOIN pickup p ON p.id = m.pickup
WHERE m.told_ms IS NULL AND p.stage IN ('ready', 'overdue') GROUP BY m.pickup ORDER BY max(m.id)"""
_TOLD = "UPDATE pickup_message SET told_ms = ? WHERE pickup = ? AND told_ms IS NULL RETURNING id"


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say to a customer."""

    order: Order
    hours: int
    """After READY: 0, 24, 48 or 70; 72 when it is overdue."""


def say(ledger: Ledger, order: Order, hours: int) -> Message:
    """Have something said, inside the caller's transaction."""
    kind = "pickup.ready" if hours == READY_H else "pickup.reminder"
    body: dict[str, object] = {"o": order.id, "ref": order.ref, "until": order.until_ms}
    event = ledger.record(kind, body if hours == READY_H else body | {"h": hours})
    ledger.execute(_SAY, (event.seq, order.id, hours))
    return Message(order, hours)


def untold(ledger: Ledger) -> list[Message]:
    """Return what is still to be said, oldest first: the newest message of each order that waits."""
    return [Message(order_of(ledger, key), hours) for key, _seq, hours in ledger.rows(_UNTOLD)]


def told(ledger: Ledger, order: str, by: str) -> bool:
    """Note that somebody has said it; false when there was nothing to say."""
    with ledger.transaction():
        now = ledger.clock.now().wall_ms
        done = bool(ledger.rows(_TOLD, (now, order)))
        if done:
            ledger.record("pickup.told", {"o": order, "w": by})
    return done


def words(message: Message, where: str) -> str:
    """A message as it is said, written, or read out on the telephone."""
    order = message.order
    until = f"{date(order.until_ms)} {time(order.until_ms)}"
    texts = {
        READY_H: _("{ref} is ready at {where}, until {until}."),
        70: _("Last call: {ref} waits at {where} only until {until}."),
        OVERDUE_H: _("{ref} at {where}: its days are over. Fetch it soon, or it goes back to the shelf."),
    }
    text = texts.get(message.hours, _("{ref} waits at {where}, until {until}."))
    return text.format(ref=order.ref, where=where, until=until)
