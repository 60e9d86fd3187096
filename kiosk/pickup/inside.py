"""What lies in a box that was just shut, as a sensor or a person says, and what that means for its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.pickup import returns
from kiosk.pickup.boxes import happen
from kiosk.pickup.compartment import Compartment, Event, Purpose
from kiosk.pickup.order import Stage, Step
from kiosk.pickup.orders import order_of
from kiosk.pickup.parcels import follow

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_STEPS = {
    (Purpose.DEPOSIT, Event.FULL): Step.DEPOSIT_SEEN,
    (Purpose.DEPOSIT, Event.EMPTY): Step.DEPOSIT_FAILED,
    (Purpose.DEPOSIT, Event.UNSURE): Step.DEPOSIT_FAILED,
    (Purpose.DEPOSIT, Event.SILENT): Step.DEPOSIT_FAILED,
    (Purpose.PICKUP, Event.EMPTY): Step.PICKUP_SEEN,
    (Purpose.PICKUP, Event.FULL): Step.PICKUP_FAILED,
    (Purpose.PICKUP, Event.UNSURE): Step.REPORT,
    (Purpose.PICKUP, Event.SILENT): Step.PICKUP_SEEN,
}
"""What a box's contents mean for its order. Most who collect walk away without a word: open was seen, then
shut, so they have it; the box itself is in CHECK."""

_FOUND = {
    (Stage.DEPOSITING, Event.STAFF_FULL): Step.FOUND_INSIDE,
    (Stage.AT_HUB, Event.STAFF_FULL): Step.FOUND_INSIDE,
    (Stage.DEPOSITING, Event.STAFF_EMPTY): Step.DEPOSIT_FAILED,
    (Stage.COLLECTED, Event.STAFF_FULL): Step.REPORT,
    (Stage.COLLECTED_OPEN, Event.STAFF_FULL): Step.REPORT,
    (Stage.COLLECTED_UNATTESTED, Event.STAFF_FULL): Step.REPORT,
}
"""What staff find in a box that nobody was sure of means for its order: a parcel that was being put in counts
from now on or is outside again, and one that nobody took was not collected."""


def settle_contents(ledger: Ledger, before: Compartment, event: Event, actor: str) -> Compartment:
    """Say what is inside a box that was shut, and take its order along, inside the caller's transaction."""
    box = happen(ledger, before.number, event, actor=actor)
    order = order_of(ledger, before.order) if before.order else None
    if order is not None:
        taken = _FOUND.get((order.stage, event))
        if before.purpose is not None:
            taken = _STEPS.get((before.purpose, event), taken)
        if taken is not None:
            follow(ledger, order.id, before.number, taken, actor)
    _follow_return(ledger, before, event, actor)
    return box


def _follow_return(ledger: Ledger, before: Compartment, event: Event, actor: str) -> None:
    """A repair case begins when something brought back is inside, and goes on when staff take it out."""
    if event is Event.STAFF_EMPTY:
        returns.taken(ledger, before.number, actor)
    elif (before.purpose, event) == (Purpose.RETURN, Event.FULL) or (
        event is Event.STAFF_FULL and not before.order and returns.doubtful(ledger, before.number)
    ):
        returns.dropped(ledger, before.number, actor)
