"""What staff say who have looked into a box: the order follows, and a mix-up comes apart."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.pickup.boxes import box_of, boxes, boxes_with, happen
from kiosk.pickup.compartment import Compartment, Event, State
from kiosk.pickup.inside import settle_contents
from kiosk.pickup.order import TABLE, Stage, Step
from kiosk.pickup.orders import Order, order_of, step

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

EXPECTED = frozenset({Stage.READY, Stage.OVERDUE, Stage.REPORTED})
"""An order in one of these should lie in its box: found empty, somebody must say where its parcel is."""


class Fate(StrEnum):
    """Where a parcel is that does not lie in its box."""

    HANDED_OVER = "handed over"
    COUNTER = "counter"
    """It waits at the counter from now on; its code stays good."""
    MISSING = "missing"


def found_full(ledger: Ledger, number: int, actor: str) -> Compartment:
    """The box's own parcel lies inside: its order is collected by its code from now on."""
    with ledger.transaction():
        before = box_of(ledger, number)
        box = settle_contents(ledger, before, Event.STAFF_FULL, actor)
        if before.order and not _in_doubt(ledger, before.order):
            _settle(ledger, before.order, actor)
        return box


def _in_doubt(ledger: Ledger, order: str) -> bool:
    """Whether somebody must look into another box of an order first."""
    return any(box.known is State.CHECK for box in boxes_with(ledger, order))


def found_empty(ledger: Ledger, number: int, actor: str, fate: Fate | None = None) -> Compartment:
    """Nothing lies inside. `fate` says of an order that is expected there what became of its parcel."""
    with ledger.transaction():
        before = box_of(ledger, number)
        box = settle_contents(ledger, before, Event.STAFF_EMPTY, actor)
        order = order_of(ledger, before.order) if before.order else None
        if order is None or order.stage not in EXPECTED or fate is None:
            return box
        ledger.record("pickup.fate", {"b": number, "o": order.id, "f": str(fate), "w": actor})
        if fate is Fate.MISSING:
            _take(ledger, order, Step.REPORT, actor)
            return box
        settled = _settle(ledger, order.id, actor)
        if fate is Fate.HANDED_OVER:
            _take(ledger, settled, Step.HANDED_OVER, actor)
        return box


def found_other(ledger: Ledger, number: int, other: str, actor: str) -> Order:
    """Another order's parcel lies inside: the box is that order's, and the box it should be in is checked."""
    with ledger.transaction():
        before = box_of(ledger, number)
        if before.order == other:
            settle_contents(ledger, before, Event.STAFF_FULL, actor)
            return _settle(ledger, other, actor)
        ledger.record("pickup.found", {"b": number, "o": other, "was": before.order, "w": actor})
        for box in boxes(ledger):
            if box.order == other and box.state in _MAY_BE_EMPTY:
                happen(ledger, box.number, Event.UNSURE, order="", actor=actor)
        if before.order:
            _take(ledger, order_of(ledger, before.order), Step.REPORT, actor)
        happen(ledger, number, Event.STAFF_FULL, order=other, actor=actor)
        arrived = _take(ledger, order_of(ledger, other), Step.FOUND_INSIDE, actor)
        return _settle(ledger, arrived.id, actor)


_MAY_BE_EMPTY = frozenset({State.OCCUPIED, State.OVERDUE, State.CHECK})


def _settle(ledger: Ledger, order: str, actor: str) -> Order:
    """Staff have looked at a report, and the parcel is where it should be."""
    known = order_of(ledger, order)
    if known.stage in _COLLECTED:
        known = step(ledger, order, Step.REPORT, actor)
    return _take(ledger, known, Step.SETTLE, actor)


_COLLECTED = frozenset({Stage.COLLECTED, Stage.COLLECTED_OPEN, Stage.COLLECTED_UNATTESTED})


def _take(ledger: Ledger, order: Order, taken: Step, actor: str) -> Order:
    """Take a step where the order can; it stays as it is where it cannot."""
    return step(ledger, order.id, taken, actor) if (order.stage, taken) in TABLE else order
