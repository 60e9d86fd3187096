"""What is done about goods that came back: repair, swap or money. How a repair goes on is not the till's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from kiosk.checkout.people import Person, Right
from kiosk.checkout.sale import Receipt
from kiosk.checkout.stored_sale import StoredSale

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

Remedy = Literal["repair", "swap", "refund"]
"""What is done about goods that come back, in the order they are offered."""

_CASE = "INSERT INTO return_case (id, sale, line, quantity, remedy, reason) VALUES (?, ?, ?, ?, ?, ?)"
_TRACKED = "SELECT id FROM product WHERE sku = ? AND stock_tracked"
_STOCK = "INSERT INTO stock_move (id, product, quantity, cause) VALUES (?, ?, ?, 'return')"


def book_without_money(
    ledger: Ledger,
    sale: StoredSale,
    back: Mapping[int, int],
    remedy: Remedy,
    person: Person,
    by: Person,
    reason: str,
    event_id: UUID,
) -> Receipt:
    """Book a repair or a swap: a case for the workshop; a swap also moves one out and one in."""
    sold = {line.line: line for line in sale.lines}
    body: dict[str, object] = {
        "r": sale.number,
        "f": list(back),
        "l": [[sold[line].sku, quantity] for line, quantity in back.items()],
        "w": person.name,
    }
    if by.id != person.id:
        body["o"] = [[Right.REFUND.value, 0, by.name]]
    if reason:
        body["c"] = reason
    event = ledger.record(f"return.{remedy}", body, event_id=event_id)
    write_cases(ledger, event.seq, sale, back, remedy, reason)
    if remedy == "swap":
        for line, quantity in back.items():
            move_stock(ledger, sold[line].sku, (quantity, -quantity), sale.number)
    return Receipt(event.seq, event_id, "", remedy, 0, "", event.wall_ms, event.clock_trusted)


def write_cases(
    ledger: Ledger, event: int, sale: StoredSale, back: Mapping[int, int], remedy: Remedy, reason: str
) -> None:
    """Write down what is done about each line."""
    ledger.executemany(_CASE, [(event, sale.id, line, milli, remedy, reason) for line, milli in back.items()])


def move_stock(ledger: Ledger, sku: str, moves: Iterable[int], number: str) -> None:
    """Move stock of a product whose stock is kept; every movement is an event of its own.

    `number` is the receipt, or the order, it came back for. Inside the caller's transaction.
    """
    product = ledger.row(_TRACKED, (sku,))
    if product is not None:
        for quantity in moves:
            event = ledger.record("stock.return", {"sku": sku, "q": quantity, "r": number})
            ledger.execute(_STOCK, (event.seq, product[0], quantity))
