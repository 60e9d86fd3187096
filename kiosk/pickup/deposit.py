"""A parcel comes to the hub: taken in by label or name, put into a box that fits, announced once inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.pickup.boxes import box_of, boxes_with, happen, withdraw
from kiosk.pickup.compartment import Compartment, Event, State
from kiosk.pickup.desk import announce, announce_within
from kiosk.pickup.intake import assign_box, take_in, take_in_label
from kiosk.pickup.order import Stage, Step
from kiosk.pickup.orders import Order, live, order_called, order_of, step
from kiosk.pickup.parcels import MOST, follow
from kiosk.pickup.tokens import PREFIX, BadToken, Keys, Label, read, require_now

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger


class TooMany(RuntimeError):
    """An order has as many boxes as it may have."""


_TO_COME = frozenset(
    {
        Stage.PAID, Stage.PICKING, Stage.PACKED, Stage.IN_TRANSIT, Stage.AT_HUB, Stage.DEPOSITING,
    }
)  # fmt: skip


def arrived(ledger: Ledger, text: str, keys: Keys, point: str) -> Order:
    """The order a label or a name stands for, taken in; BadToken, NoSuchOrder."""
    if not text.startswith(PREFIX):
        with ledger.transaction():
            return take_in(ledger, order_called(ledger, text))
    label = read(text, keys)
    if not isinstance(label, Label):
        raise BadToken(_("this code is no bag's label; nothing was taken in"))
    now = ledger.clock.now()
    require_now(label.token, now.wall_ms // 1000, trusted=now.trusted)
    with ledger.transaction():
        return take_in_label(ledger, label, point)


def named(ledger: Ledger, text: str, keys: Keys) -> Order:
    """The order that a label, a slip or a name stands for, whatever it is for; BadToken, NoSuchOrder."""
    if not text.startswith(PREFIX):
        return order_called(ledger, text)
    found = read(text, keys)
    return order_of(ledger, (found.token if isinstance(found, Label) else found).order.hex())


def expected(ledger: Ledger, point: str) -> list[Order]:
    """The orders of a point that are to come into a box, those first that are on their way into one."""
    coming = [order for order in live(ledger) if order.point == point and order.stage in _TO_COME]
    return sorted(coming, key=lambda order: (order.stage is not Stage.DEPOSITING, order.slot_ms, order.ref))


def into_box(ledger: Ledger, order: Order) -> Order:
    """Find it a box; NoBox."""
    with ledger.transaction():
        return assign_box(ledger, order)


def one_more(ledger: Ledger, order: Order) -> Order:
    """Another parcel of an order that has one inside already: find it a box as well; NoBox, TooMany."""
    with ledger.transaction():
        if len(boxes_with(ledger, order.id)) >= MOST:
            raise TooMany(_("this order has its boxes; nothing was opened; put more into one of them"))
        return assign_box(ledger, order_of(ledger, order.id), more=True)


def to_counter(ledger: Ledger, order: str) -> Order:
    """No box: it waits at the counter, and its code counts from now on. One that was held for it is free."""
    with ledger.transaction():
        step(ledger, order, Step.NO_BOX)
        for box in boxes_with(ledger, order):
            if box.known is State.HELD:
                withdraw(ledger, box.number, "")
        return announce_within(ledger, order)


def other_box(ledger: Ledger, number: int, actor: str, misfit: bool) -> Order:
    """It is still outside: it did not fit, or the box was not empty. Another one, larger if need be; NoBox.

    A box found full is in CHECK and nobody's; the order is at the hub again even where there is no other box.
    """
    with ledger.transaction():
        box = box_of(ledger, number)
        order = follow(ledger, box.order, number, Step.DEPOSIT_FAILED, actor)
        if misfit:
            happen(ledger, number, Event.EMPTY, actor=actor)
            happen(ledger, number, Event.RELEASE, actor=actor)
        else:
            happen(ledger, number, Event.UNSURE, order="", actor=actor)
    with ledger.transaction():
        larger = box.size if misfit else ""
        return assign_box(ledger, order_of(ledger, order.id), larger_than=larger, more=True)


def announce_inside(ledger: Ledger) -> list[Order]:
    """Say of every order that is seen inside that it is ready; also of one that a power cut kept from it."""
    return [announce(ledger, order.id) for order in live(ledger) if order.stage is Stage.DEPOSITED]


def cleared(ledger: Ledger, box: Compartment, actor: str) -> Order:
    """Staff take an overdue or reported order out: it goes back to the shelf."""
    with ledger.transaction():
        return step(ledger, box.order, Step.CLEAR, actor)
