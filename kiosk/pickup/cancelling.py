"""Money goes back for an order that was not collected: its goods, box and code are let go in the same moment.

All of it inside the refund's transaction, so that no code ever opens a box whose order was paid back, and no
box stays promised to nobody. What was collected before is an ordinary return and changes nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.pickup.boxes import boxes_with, withdraw
from kiosk.pickup.compartment import State
from kiosk.pickup.order import ENDED, Stage, Step
from kiosk.pickup.orders import Order, order_of, step

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


class PartInBox(RuntimeError):
    """Part of what lies in a closed box cannot be taken out of the order; nothing was booked."""


def give_back(ledger: Ledger, order: str, back: Mapping[str, int], by: str) -> Order:
    """Take what is paid back (thousandths by SKU) out of an order, inside the refund's transaction.

    With nothing left to hand over the order has ended. BoxMoves and PartInBox refuse the whole refund.
    """
    known = order_of(ledger, order)
    if known.stage in ENDED or known.stage is Stage.RESERVED:
        return known
    mine = boxes_with(ledger, order)
    _require_still(known, mine)
    for sku, quantity in back.items():
        for statement in (_GONE, _ONLY_HANDED, _LESS):
            ledger.execute(statement, (quantity, order, sku))
    row = ledger.row(_LEFT, (order,))
    if row is not None and row[0]:
        for box in (one for one in mine if one.state is not State.HELD):
            words = _("part of it lies in box {box}: give all of it back; nothing was booked")
            raise PartInBox(words.format(box=box.number))
        ledger.record("pickup.less", {"o": order, "x": dict(back), "w": by})
        return known
    for box in mine:
        withdraw(ledger, box.number, by)
    return step(ledger, order, Step.REFUND, by)


def _require_still(order: Order, mine: list[Compartment]) -> None:
    """BoxMoves while somebody stands before the open door."""
    moves = [box.number for box in mine if box.state in _MOVING]
    if order.stage in _UNDER_WAY or moves:
        number = moves[0] if moves else mine[0].number if mine else "?"
        words = _("box {box} is being opened for it just now; nothing was booked; wait until it is shut")
        raise BoxMoves(words.format(box=number))
