"""Staff look into boxes: who may, what becomes of the orders, and how a mix-up comes apart."""

from __future__ import annotations

import pytest

from kiosk.checkout.people import NoSuchPerson, add_person, disable
from kiosk.checkout.rights import RIGHTS, NotAllowed, Right
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes, desk, disowning, looked, openings, walk
from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.pickup.looked import Fate
from kiosk.pickup.staff import at_cabinet
from tests.pickup.stall import HUB, SECRET, at_hub, deposit, stage, state

BOX = 1


def inside(ledger: Ledger, who: str = "ann", box: int = BOX) -> desk.Ticket:
    """An order that is ready in its box."""
    ticket = at_hub(ledger, who, box)
    deposit(ledger, ticket.order.id, box)
    return ticket


def opened(ledger: Ledger, box: int = BOX) -> None:
    """Staff open a box and shut it again."""
    openings.intend(ledger, box, Purpose.STAFF, actor="Mia: look inside")
    openings.seen_open(ledger, box)
    openings.seen_shut(ledger, box)


# -- who may ------------------------------------------------------------------------------------------------


def test_a_courier_works_at_the_cabinet_and_sells_nothing(ledger: Ledger) -> None:
    add_person(ledger, "Sam", "supervisor", "2580")
    kim = add_person(ledger, "Kim", "courier", "4711")
    assert [right for right in Right if kim.may(right)] == [Right.LOCKER]
    opening = at_cabinet(ledger, kim, openings.intend, BOX, Purpose.STAFF, "", "Kim: look inside")
    assert opening.actor == "Kim: look inside"


def test_who_has_left_opens_nothing_although_still_signed_in(ledger: Ledger) -> None:
    add_person(ledger, "Sam", "supervisor", "2580")
    kim = add_person(ledger, "Kim", "courier", "4711")
    disable(ledger, kim)
    with pytest.raises(NoSuchPerson):
        at_cabinet(ledger, kim, openings.intend, BOX, Purpose.STAFF)
    assert state(ledger, BOX).state is State.FREE


def test_the_ledger_says_who_may_and_not_who_asks(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    mia = add_person(ledger, "Mia", "seller", "1111")
    monkeypatch.setitem(RIGHTS, "seller", frozenset({Right.SELL}))
    assert mia.may(Right.LOCKER)  # as she signed in
    with pytest.raises(NotAllowed):
        at_cabinet(ledger, mia, boxes.change, BOX, Event.TAKE_OUT, "Mia")
    assert state(ledger, BOX).state is State.FREE


# -- what was found -----------------------------------------------------------------------------------------


def test_a_reported_order_whose_parcel_is_there_is_collected_by_its_code(ledger: Ledger) -> None:
    ticket = inside(ledger)
    openings.intend(ledger, BOX, Purpose.PICKUP, ticket.order.id, "customer")
    openings.seen_open(ledger, BOX)
    disowning.disown(ledger, BOX, ticket.order.id, "customer")
    openings.seen_shut(ledger, BOX)
    opened(ledger)
    assert looked.found_full(ledger, BOX, "Mia").state is State.OCCUPIED
    assert desk.by_code(ledger, ticket.code, SECRET, HUB).id == ticket.order.id


def test_a_box_found_full_of_nobodys_parcel_is_full_of_nobodys(ledger: Ledger) -> None:
    opened(ledger)
    assert looked.found_full(ledger, BOX, "Mia").state is State.OCCUPIED


@pytest.mark.parametrize(
    ("fate", "reached"),
    [(Fate.HANDED_OVER, "collected"), (Fate.COUNTER, "ready"), (Fate.MISSING, "reported")],
)
@pytest.mark.parametrize("reported", [False, True])
def test_of_a_parcel_that_is_not_there_somebody_says_where_it_is(
    ledger: Ledger, fate: Fate, reached: str, reported: bool
) -> None:
    ticket = inside(ledger)
    if reported:
        disowning.disown(ledger, BOX, ticket.order.id, "customer")
    opened(ledger)
    assert looked.found_empty(ledger, BOX, "Mia", fate).state is State.FREE
    assert stage(ledger, ticket.order.id) == reached
    assert boxes.box_with(ledger, ticket.order.id) is None


def test_two_parcels_in_each_others_boxes_come_apart(ledger: Ledger) -> None:
    ann, bo = inside(ledger, "ann", 1), inside(ledger, "bo", 2)
    disowning.disown(ledger, 1, ann.order.id, "customer")
    opened(ledger, 1)
    looked.found_other(ledger, 1, bo.order.id, "Mia")
    assert (state(ledger, 2).state, state(ledger, 2).order) == (State.CHECK, "")
    opened(ledger, 2)
    looked.found_other(ledger, 2, ann.order.id, "Mia")
    for ticket, box in ((ann, 2), (bo, 1)):
        found = boxes.box_with(ledger, ticket.order.id)
        assert found is not None
        assert (found.number, found.state) == (box, State.OCCUPIED)
        assert desk.by_code(ledger, ticket.code, SECRET, HUB).id == ticket.order.id


def test_the_own_label_is_as_good_as_saying_that_it_is_inside(ledger: Ledger) -> None:
    ticket = inside(ledger)
    disowning.disown(ledger, BOX, ticket.order.id, "customer")
    opened(ledger)
    assert looked.found_other(ledger, BOX, ticket.order.id, "Mia").stage == "ready"


# -- the walk -----------------------------------------------------------------------------------------------


def test_a_walk_goes_to_every_box_that_is_full_or_unsure() -> None:
    states = [State.FREE, State.OCCUPIED, State.CHECK, State.HELD, State.OVERDUE, State.FAILED, State.SERVICE]
    there = [Compartment(number, "M", one) for number, one in enumerate(states, 1)]
    assert walk.round_of(there) == (2, 3, 5, 6)


def test_the_last_walk_is_remembered(ledger: Ledger, clock: FakeClock) -> None:
    clock.trusted = True
    assert walk.days_ago(ledger) is None
    walk.done(ledger, (1, 2), "Mia")
    clock.advance(8 * walk.DAY_MS + 1)
    assert walk.days_ago(ledger) == 8
    clock.trusted = False
    assert walk.days_ago(ledger) is None
