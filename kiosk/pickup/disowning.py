"""A box that held somebody else's parcel: it goes back, and neither order opens anything until staff looked.

Whoever finds it says so before the open door or after shutting it. The box is in CHECK from then on. Where
the parcel's own label is shown, the order it belongs to is reported too, and the box it should be in is
checked as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.pickup.boxes import box_of, box_with, happen
from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.pickup.order import TABLE, Stage, Step
from kiosk.pickup.orders import Order, order_of, step

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_PROMISED_FULL = frozenset({State.OCCUPIED, State.OVERDUE})


def disown(ledger: Ledger, number: int, order: str, actor: str) -> Compartment:
    """What was found in a box is not its order's; an open door is now open for putting it back.

    A box in which it still lies is in CHECK at once.
    """
    with ledger.transaction():
        if order_of(ledger, order).stage is not Stage.REPORTED:
            step(ledger, order, Step.REPORT, actor)
        ledger.record("pickup.not_mine", {"b": number, "o": order, "w": actor})
        box = box_of(ledger, number)
        if box.state is State.OPEN:
            return happen(ledger, number, Event.DISOWN, purpose=Purpose.PUT_BACK, order=order, actor=actor)
        if box.state in _PROMISED_FULL:
            return happen(ledger, number, Event.UNSURE, actor=actor)
        return box


def report(ledger: Ledger, order: str, actor: str) -> Order:
    """Somebody with the code says that it was not them who collected: staff look before anything else."""
    with ledger.transaction():
        ledger.record("pickup.not_me", {"o": order, "w": actor})
        found = order_of(ledger, order)
        return found if found.stage is Stage.REPORTED else step(ledger, order, Step.REPORT, actor)


def belongs(ledger: Ledger, number: int, other: str, actor: str) -> Order:
    """The label on the parcel in a box names another order: both wait for staff, with both boxes."""
    with ledger.transaction():
        found, here = order_of(ledger, other), box_of(ledger, number)
        if here.order == other:
            return found
        ledger.record("pickup.mixed_up", {"b": number, "o": here.order, "of": other, "w": actor})
        supposed = box_with(ledger, other)
        if supposed is not None and supposed.state in _PROMISED_FULL:
            happen(ledger, supposed.number, Event.UNSURE, actor=actor)
        return step(ledger, other, Step.REPORT, actor) if (found.stage, Step.REPORT) in TABLE else found
