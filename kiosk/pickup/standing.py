"""The orders that are not finished, as a counter looks at them: when, where they lie, what is to be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.pickup import boxes, messages
from kiosk.pickup.compartment import State
from kiosk.pickup.orders import Order, live

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.compartment import Compartment
    from kiosk.pickup.messages import Message


@dataclass(frozen=True, slots=True)
class Standing:
    """One order as it stands now."""

    order: Order
    box: int = 0
    """The box that is promised to it or holds it; 0 for none."""
    inside: bool = False
    """Whether it lies in that box, as far as anybody knows."""
    message: Message | None = None
    """What is still to be said to its customer."""

    def fits(self, text: str) -> bool:
        """Whether it is what somebody types: part of what the order is called, or of its customer's name."""
        wanted = text.casefold().strip()
        return any(wanted in told.casefold() for told in (self.order.ref, self.order.name))


def standing(ledger: Ledger) -> list[Standing]:
    """Return every order that has not ended, by the time that was promised."""
    owned: dict[str, Compartment] = {}
    for box in boxes.boxes(ledger):
        if box.order not in owned or owned[box.order].known is State.HELD:
            owned[box.order] = box
    said = {message.order.id: message for message in messages.untold(ledger)}
    rows = []
    for order in live(ledger):
        its = owned.get(order.id)
        inside = its is not None and its.known is not State.HELD
        rows.append(Standing(order, its.number if its else 0, inside, said.get(order.id)))
    return rows
