"""An order whose parcels fill more than one box: opened one after the other, it ends with the last.

While one parcel lies in its box the order is what it is for that one: a second one that is put in, or is not,
changes nothing, and a box that was emptied leaves it ready until the others are empty too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.pickup.boxes import FULL, boxes_with
from kiosk.pickup.compartment import Compartment
from kiosk.pickup.order import Stage, Step
from kiosk.pickup.orders import Order, order_of, step

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

MOST = 3
"""Boxes of one order."""
_GONE = frozenset({Step.PICKUP_SEEN, Step.LEFT_OPEN, Step.FOUND_GONE})
_PUT_IN = frozenset({Step.OPEN_FOR_DEPOSIT, Step.DEPOSIT_SEEN, Step.DEPOSIT_FAILED, Step.FOUND_INSIDE})


def others(ledger: Ledger, order: str, number: int) -> list[Compartment]:
    """The other boxes in which parcels of an order lie, or lay when their contacts were last heard."""
    return [box for box in boxes_with(ledger, order) if box.number != number and box.known in FULL]


def follow(ledger: Ledger, order: str, number: int, wanted: Step, actor: str = "") -> Order:
    """Take the step that one of an order's boxes means for it, inside the caller's transaction."""
    known = order_of(ledger, order)
    if others(ledger, order, number):
        if wanted in _GONE:
            wanted = Step.PART_SEEN
        elif wanted in _PUT_IN and known.stage is not Stage.DEPOSITING:
            return known
    return step(ledger, order, wanted, actor)
