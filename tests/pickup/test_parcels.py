"""An order in two boxes: put in one after the other, collected one after the other, never half forgotten."""

from __future__ import annotations

import pytest

from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes, deposit, desk, holds, intake, openings, reopening
from kiosk.pickup.compartment import Event, Purpose, State
from kiosk.pickup.deposit import TooMany
from kiosk.pickup.intake import BoxesUnknown, NoBox
from kiosk.pickup.openings import AnotherDoorOpen
from kiosk.pickup.order import Step
from kiosk.pickup.orders import Order, order_of, step
from kiosk.pickup.recovery import Item
from kiosk.pickup.wish import Wish
from tests.pickup.stall import HUB, SECRET, at_hub, key, stage, state
from tests.pickup.stall import deposit as put_in


def used(ledger: Ledger, box: int, purpose: Purpose, order: str, item: Item) -> None:
    """A box is opened and shut."""
    openings.intend(ledger, box, purpose, order, "somebody")
    openings.seen_open(ledger, box)
    openings.seen_shut(ledger, box, item)


def second_box(ledger: Ledger, order: str) -> int:
    """The box held for its next parcel."""
    deposit.one_more(ledger, order_of(ledger, order))
    return next(box.number for box in boxes.boxes_with(ledger, order) if box.state is State.HELD)


@pytest.fixture
def ticket(ledger: Ledger) -> desk.Ticket:
    """An order with one parcel in box 1."""
    made = at_hub(ledger, "ann", 1)
    put_in(ledger, made.order.id, 1)
    return made


def collected(ledger: Ledger, ticket: desk.Ticket) -> int:
    """Somebody types the code and takes out what is behind the door: the box that opened."""
    order = desk.by_code(ledger, ticket.code, SECRET, HUB)
    found = boxes.box_with(ledger, order.id)
    assert found is not None
    used(ledger, found.number, Purpose.PICKUP, order.id, "no")
    return found.number


def test_both_boxes_open_one_after_the_other_with_one_code(ledger: Ledger, ticket: desk.Ticket) -> None:
    order = ticket.order.id
    second = second_box(ledger, order)
    used(ledger, second, Purpose.DEPOSIT, order, "yes")
    assert stage(ledger, order) == "ready"
    assert collected(ledger, ticket) == 1
    assert stage(ledger, order) == "ready"
    assert collected(ledger, ticket) == second
    assert stage(ledger, order) == "collected"
    assert {state(ledger, number).state for number in (1, second)} == {State.FREE}
    assert reopening.resting(ledger) == {1, second}


def test_they_never_stand_open_both(ledger: Ledger, ticket: desk.Ticket) -> None:
    second = second_box(ledger, ticket.order.id)
    used(ledger, second, Purpose.DEPOSIT, ticket.order.id, "yes")
    openings.intend(ledger, 1, Purpose.PICKUP, ticket.order.id, "customer")
    with pytest.raises(AnotherDoorOpen):
        openings.intend(ledger, second, Purpose.PICKUP, ticket.order.id, "customer")


@pytest.mark.parametrize("event", [Event.EMPTY, Event.UNSURE, Event.SILENT])
def test_a_second_parcel_that_does_not_go_in_leaves_the_first_collectable(
    ledger: Ledger, ticket: desk.Ticket, event: Event
) -> None:
    second = second_box(ledger, ticket.order.id)
    used(ledger, second, Purpose.DEPOSIT, ticket.order.id, "unknown")
    openings.said(ledger, second, event, "Mia")
    assert stage(ledger, ticket.order.id) == "ready"
    assert collected(ledger, ticket) == 1


def test_a_misfit_of_the_second_never_lets_go_of_the_first(ledger: Ledger, ticket: desk.Ticket) -> None:
    second = second_box(ledger, ticket.order.id)
    used(ledger, second, Purpose.DEPOSIT, ticket.order.id, "unknown")
    deposit.other_box(ledger, second, "Mia", False)
    assert state(ledger, 1).state is State.OCCUPIED
    assert next(box.number for box in boxes.boxes_with(ledger, ticket.order.id)) == 1


def test_a_door_left_open_on_the_first_keeps_the_code_for_the_second(
    ledger: Ledger, ticket: desk.Ticket
) -> None:
    second = second_box(ledger, ticket.order.id)
    used(ledger, second, Purpose.DEPOSIT, ticket.order.id, "yes")
    openings.intend(ledger, 1, Purpose.PICKUP, ticket.order.id, "customer")
    openings.seen_open(ledger, 1)
    openings.abandoned(ledger, 1)
    assert stage(ledger, ticket.order.id) == "ready"
    openings.seen_shut(ledger, 1)
    assert collected(ledger, ticket) == second


def test_a_power_cut_with_the_first_taken_out_keeps_the_second(ledger: Ledger, ticket: desk.Ticket) -> None:
    second = second_box(ledger, ticket.order.id)
    used(ledger, second, Purpose.DEPOSIT, ticket.order.id, "yes")
    openings.intend(ledger, 1, Purpose.PICKUP, ticket.order.id, "customer")
    openings.seen_open(ledger, 1)
    openings.lost(ledger)
    for number, item in ((1, "no"), (second, "yes")):
        openings.found(ledger, number, "locked", item)  # type: ignore[arg-type]
    assert collected(ledger, ticket) == second
    assert stage(ledger, ticket.order.id) == "collected"


def test_nobody_fills_the_cabinet_with_one_order(ledger: Ledger, ticket: desk.Ticket) -> None:
    for _time in range(2):
        used(ledger, second_box(ledger, ticket.order.id), Purpose.DEPOSIT, ticket.order.id, "yes")
    with pytest.raises(TooMany):
        second_box(ledger, ticket.order.id)


def test_days_that_are_over_are_over_for_both(ledger: Ledger, ticket: desk.Ticket) -> None:
    second = second_box(ledger, ticket.order.id)
    used(ledger, second, Purpose.DEPOSIT, ticket.order.id, "yes")
    with ledger.transaction():
        step(ledger, ticket.order.id, Step.EXPIRE)
        for number in (1, second):
            boxes.happen(ledger, number, Event.EXPIRE)
    assert collected(ledger, ticket) == 1
    assert stage(ledger, ticket.order.id) == "ready"
    assert collected(ledger, ticket) == second


def come(ledger: Ledger, who: str) -> Order:
    """An order that has just come to the cabinet."""
    wish = Wish(key(who), "counter", 1_767_261_600_000, "M", {"MUG": 1000})
    order = holds.pay(ledger, holds.hold(ledger, wish, handovers=9, boxed=False).id, None)
    with ledger.transaction():
        return intake.take_in(ledger, order)


def box_for(ledger: Ledger, order: Order) -> int:
    """The box an order is given."""
    deposit.into_box(ledger, order)
    return boxes.boxes_with(ledger, order.id)[-1].number


def test_in_a_full_cabinet_the_oldest_promise_that_nobody_kept_gives_way(ledger: Ledger) -> None:
    first = come(ledger, "ann")
    put_in(ledger, first.id, box_for(ledger, first))
    late = [come(ledger, who) for who in ("bo", "cy", "di")]
    given = [box_for(ledger, order) for order in late]
    assert box_for(ledger, come(ledger, "ed")) == given[0]
    assert boxes.box_with(ledger, late[0].id) is None
    assert stage(ledger, late[0].id) == "at hub"


def test_a_silent_cabinet_is_not_a_full_one(ledger: Ledger) -> None:
    order = come(ledger, "ann")
    openings.lost(ledger)
    with pytest.raises(BoxesUnknown):
        box_for(ledger, order)
    assert stage(ledger, order.id) == "at hub"


def test_where_every_box_is_full_it_waits_at_the_counter(ledger: Ledger) -> None:
    for who in ("ann", "bo", "cy", "di"):
        order = come(ledger, who)
        put_in(ledger, order.id, box_for(ledger, order))
    with pytest.raises(NoBox):
        box_for(ledger, come(ledger, "ed"))
