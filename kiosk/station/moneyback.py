"""A refund and the order it is for: money, goods, box and code in one transaction, or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kiosk.checkout import refund as books
from kiosk.pickup import cancelling, orders

if TYPE_CHECKING:
    from kiosk.checkout.return_case import Remedy
    from kiosk.checkout.rights import Person
    from kiosk.checkout.sale import Receipt
    from kiosk.checkout.stored_sale import StoredSale
    from kiosk.ledger.connection import Ledger


def refund(
    ledger: Ledger, sale: int, back: Mapping[int, int], remedy: Remedy, person: Person, **options: Any
) -> Receipt:
    """As `kiosk.checkout.refund.refund`, with the order that the sale paid for, where it was not collected.

    BoxMoves of `kiosk.pickup.cancelling` refuses the whole of it.
    """

    def with_the_refund(stored: StoredSale) -> None:
        """Inside the refund's transaction."""
        order = orders.order_of_sale(ledger, stored.id)
        if order is None:
            return
        goods: dict[str, int] = {}
        for line in stored.lines:
            if line.line in back:
                goods[line.sku] = goods.get(line.sku, 0) + back[line.line]
        cancelling.give_back(ledger, order.id, goods, person.name)

    return books.refund(ledger, sale, back, remedy, person, also=with_the_refund, **options)
