"""A stall with a locker: a shop's ledger, goods with counted stock, a cabinet, and a lock."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes, desk, holds, openings
from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.pickup.order import Step
from kiosk.pickup.orders import Order, order_of, step
from kiosk.pickup.tokens import Keys
from kiosk.pickup.wish import Wish

HUB = 7
SECRET = b"k" * 32
KEYS = Keys(HUB, SECRET, {})
_ARTICLE = "INSERT INTO article (sku, name, unit, tax_class) VALUES (?, ?, 'each', 'A')"
_PRODUCT = "INSERT INTO product (sku, article, price, stock_tracked) VALUES (?, ?, 1250, ?)"
_STOCK = "INSERT INTO stock_move (id, product, quantity, cause) VALUES (?, ?, ?, 'received')"


def key(name: str) -> str:
    """A hold's key, the same for the same name."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def product(ledger: Ledger, sku: str, stock: int | None = None) -> None:
    """A product, with pieces on hand where its stock is counted."""
    with ledger.transaction():
        ledger.execute(_ARTICLE, (sku, sku.title()))
        article = ledger.rows("SELECT last_insert_rowid()")[0][0]
        ledger.execute(_PRODUCT, (sku, article, int(stock is not None)))
        made = ledger.rows("SELECT last_insert_rowid()")[0][0]
        if stock is not None:
            event = ledger.record("stock.received", {"sku": sku, "q": stock * 1000})
            ledger.execute(_STOCK, (event.seq, made, stock * 1000))


def build(path: Path, clock: FakeClock, count: int = 4) -> Ledger:
    """A ledger with mugs (20 counted), string (not counted) and a cabinet of empty boxes of size M."""
    ledger = Ledger.create(path, clock=clock)
    product(ledger, "MUG", 20)
    product(ledger, "STRING")
    boxes.set_up(ledger, [(number, "M", number <= 2) for number in range(1, count + 1)])
    with ledger.transaction():
        for number in range(1, count + 1):
            boxes.settle(ledger, number, State.FREE)
    return ledger


def wish(who: str, /, **changes: object) -> Wish:
    """Somebody wants a mug from the locker."""
    asked: dict[str, object] = {
        "key": key(who), "point": "locker", "slot_ms": 1_767_261_600_000, "size": "M", "lines": {"MUG": 1000},
    } | changes  # fmt: skip
    return Wish(**asked)  # type: ignore[arg-type]


def held(ledger: Ledger, who: str, /, **changes: object) -> Order:
    """A hold for somebody."""
    return holds.hold(ledger, wish(who, **changes), handovers=8, boxed=True)


def at_hub(ledger: Ledger, name: str, box: int, /, **changes: object) -> desk.Ticket:
    """A paid order that has come to the cabinet, with its box and its code."""
    order = holds.pay(ledger, held(ledger, name, **changes).id, None)
    ticket = desk.give_code(ledger, order.id, SECRET, HUB)
    with ledger.transaction():
        for taken in (Step.PICK, Step.PACK, Step.ARRIVE):
            step(ledger, order.id, taken)
        boxes.happen(ledger, box, Event.HOLD, order=order.id)
    return ticket


def deposit(ledger: Ledger, order: str, box: int) -> Order:
    """Put an order into its box and say that it is ready."""
    openings.intend(ledger, box, Purpose.DEPOSIT, order, "courier")
    openings.seen_open(ledger, box)
    openings.seen_shut(ledger, box)
    openings.said(ledger, box, Event.FULL, "courier")
    return desk.announce(ledger, order)


def state(ledger: Ledger, box: int) -> Compartment:
    """A box as the records have it."""
    return boxes.box_of(ledger, box)


def stage(ledger: Ledger, order: str) -> str:
    """How far an order is."""
    return str(order_of(ledger, order).stage)
