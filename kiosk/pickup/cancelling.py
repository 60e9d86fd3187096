"""An order that was not collected comes to an end: its money goes back, or its goods go back to the shelf.

Goods, box and code are let go inside the refund's transaction, so that no code ever opens a box whose order
was paid back, and no box stays promised to nobody. What was collected is an ordinary return and changes
nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.checkout.return_case import move_stock
from kiosk.i18n import _
from kiosk.pickup.boxes import box_with, boxes_with, doubt, withdraw
from kiosk.pickup.compartment import State
from kiosk.pickup.handover import InABox, lines
from kiosk.pickup.order import COLLECTABLE, ENDED, Stage, Step
from kiosk.pickup.orders import Order, order_of, order_of_sale, step

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.compartment import Compartment

_LESS = """
UPDATE pickup_line SET quantity = quantity - min(?1, quantity - handed)
WHERE pickup = ?2 AND product = (SELECT id FROM product WHERE sku = ?3) AND quantity - ?1 > 0"""
_GONE = """
DELETE FROM pickup_line
WHERE pickup = ?2 AND product = (SELECT id FROM product WHERE sku = ?3) AND quantity <= ?1 AND handed = 0"""
_ONLY_HANDED = """
UPDATE pickup_line SET quantity = handed
WHERE pickup = ?2 AND product = (SELECT id FROM product WHERE sku = ?3) AND quantity <= ?1 AND handed > 0"""
_LEFT = "SELECT count(*) FROM pickup_line WHERE pickup = ? AND handed < quantity"
_UNDER_WAY = frozenset({Stage.OPENING, Stage.DEPOSITING})
_MOVING = frozenset({State.OPENING, State.OPEN, State.CLOSING})


class BoxMoves(RuntimeError):
    """The order's door is open, or being opened, just now; nothing was booked."""


def give_back(ledger: Ledger, order: str, back: Mapping[str, int], by: str) -> Order:
    """Take what is paid back (thousandths by SKU) out of an order, inside the refund's transaction.

    With nothing left to hand over the order has ended. What lies in a box is more than the order then: its
    code opens nothing until staff have taken that out and said that the rest lies inside. BoxMoves refuses
    the whole refund.
    """
    known = order_of(ledger, order)
    if known.stage is Stage.RETURNED_TO_STOCK:
        return _off_the_shelf(ledger, known, back, by)
    if known.stage in ENDED or known.stage is Stage.RESERVED:
        return known
    mine = boxes_with(ledger, order)
    _require_still(known, mine)
    if _take_out(ledger, order, back):
        ledger.record("pickup.less", {"o": order, "x": dict(back), "w": by})
        full = [box.number for box in mine if box.known is not State.HELD]
        for number in full:
            doubt(ledger, number, by)
        return step(ledger, order, Step.REPORT, by) if full and known.stage in COLLECTABLE else known
    for box in mine:
        withdraw(ledger, box.number, by)
    return step(ledger, order, Step.REFUND, by)


def lies_in(ledger: Ledger, sale: int) -> list[int]:
    """Return the boxes in which goods of a sale lie, or may, while nobody has collected them."""
    order = order_of_sale(ledger, sale)
    if order is None or order.stage in ENDED:
        return []
    return [box.number for box in boxes_with(ledger, order.id) if box.known is not State.HELD]


def restock(ledger: Ledger, order: str, by: str) -> Order:
    """Nobody came for it: its goods are on the shelf again and can be sold. InABox, OutOfTurn.

    Its money is the customer's still: the refund of its receipt takes the goods out of the stock again, where
    it would put them back otherwise.
    """
    with ledger.transaction():
        known = order_of(ledger, order)
        if (box := box_with(ledger, order)) is not None:
            raise InABox(box.number)
        if known.stage is Stage.OVERDUE:
            step(ledger, order, Step.CLEAR, by)
        done = step(ledger, order, Step.RESTOCK, by)
        for sku, _name, quantity, handed in lines(ledger, order):
            if quantity > handed:
                move_stock(ledger, sku, (quantity - handed,), known.ref)
        return done


def _off_the_shelf(ledger: Ledger, order: Order, back: Mapping[str, int], by: str) -> Order:
    """Money goes back for what went back to the shelf before: the refund must not count it a second time."""
    before = {sku: quantity - handed for sku, _name, quantity, handed in lines(ledger, order.id)}
    left = _take_out(ledger, order.id, back)
    after = {sku: quantity - handed for sku, _name, quantity, handed in lines(ledger, order.id)}
    for sku, there in before.items():
        if there > after.get(sku, 0):
            move_stock(ledger, sku, (after.get(sku, 0) - there,), order.ref)
    return order if left else step(ledger, order.id, Step.REFUND, by)


def _take_out(ledger: Ledger, order: str, back: Mapping[str, int]) -> bool:
    """Take goods out of an order; whether any are left to hand over."""
    for sku, quantity in back.items():
        for statement in (_GONE, _ONLY_HANDED, _LESS):
            ledger.execute(statement, (quantity, order, sku))
    row = ledger.row(_LEFT, (order,))
    return row is not None and row[0] > 0


def _require_still(order: Order, mine: list[Compartment]) -> None:
    """BoxMoves while somebody stands before the open door."""
    moves = [box.number for box in mine if box.state in _MOVING]
    if order.stage in _UNDER_WAY or moves:
        number = moves[0] if moves else mine[0].number if mine else "?"
        words = _("box {box} is being opened for it just now; nothing was booked; wait until it is shut")
        raise BoxMoves(words.format(box=number))
