"""Openings, locks that stick, people who walk away; power cuts are in `tests/station/test_every_cut.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import desk, openings
from kiosk.pickup.boxes import boxes
from kiosk.pickup.compartment import Event, NotNow, Purpose, State
from kiosk.pickup.deposit import announce_inside, into_box
from kiosk.pickup.openings import AnotherDoorOpen, PulsesSpent
from kiosk.pickup.orders import order_of
from tests.pickup.stall import HUB, SECRET, at_hub, deposit, stage, state

BOX = 1


def test_an_order_is_put_in_announced_and_collected(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    assert deposit(ledger, ticket.order.id, BOX).stage == "ready"
    assert state(ledger, BOX).state is State.OCCUPIED
    found = desk.by_code(ledger, ticket.code, SECRET, HUB)
    opening = openings.intend(ledger, BOX, Purpose.PICKUP, found.id, "keypad")
    openings.book_pulse(ledger, opening)
    openings.seen_open(ledger, BOX)
    assert stage(ledger, found.id) == "opening"
    assert openings.seen_shut(ledger, BOX, "no").state is State.FREE
    assert stage(ledger, found.id) == "collected"


def test_a_second_door_is_not_opened_while_one_is_open(ledger: Ledger) -> None:
    first, second = at_hub(ledger, "ann", 1), at_hub(ledger, "bo", 2)
    deposit(ledger, first.order.id, 1)
    deposit(ledger, second.order.id, 2)
    openings.intend(ledger, 1, Purpose.PICKUP, first.order.id, "keypad")
    with pytest.raises(AnotherDoorOpen, match="box 1 is open"):
        openings.intend(ledger, 2, Purpose.PICKUP, second.order.id, "keypad")
    assert stage(ledger, second.order.id) == "ready"
    openings.seen_open(ledger, 1)
    openings.seen_shut(ledger, 1, "no")
    openings.intend(ledger, 2, Purpose.PICKUP, second.order.id, "keypad")


def test_an_attempt_has_two_pulses_even_over_a_restart(ledger: Ledger, path: Path, clock: FakeClock) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    deposit(ledger, ticket.order.id, BOX)
    opening = openings.intend(ledger, BOX, Purpose.PICKUP, ticket.order.id, "keypad")
    openings.book_pulse(ledger, opening)
    with Ledger.open(path, clock=clock) as again:
        openings.book_pulse(again, opening)
        with pytest.raises(PulsesSpent):
            openings.book_pulse(again, opening)


def test_a_stuck_door_is_a_fault_and_the_code_stays_good(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    deposit(ledger, ticket.order.id, BOX)
    opening = openings.intend(ledger, BOX, Purpose.PICKUP, ticket.order.id, "keypad")
    assert openings.stuck(ledger, opening).state is State.FAILED
    assert desk.by_code(ledger, ticket.code, SECRET, HUB).id == ticket.order.id
    # Somebody leans on the door, and the latch lets go after all.
    assert openings.seen_open(ledger, BOX).state is State.OPEN
    openings.seen_shut(ledger, BOX, "no")
    assert stage(ledger, ticket.order.id) == "collected"


def test_an_attempt_without_a_pulse_changes_nothing(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    deposit(ledger, ticket.order.id, BOX)
    opening = openings.intend(ledger, BOX, Purpose.PICKUP, ticket.order.id, "keypad")
    assert openings.not_sent(ledger, opening).state is State.OCCUPIED
    assert stage(ledger, ticket.order.id) == "ready"


def test_a_door_left_open_means_the_goods_are_gone_and_the_box_is_looked_into(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    deposit(ledger, ticket.order.id, BOX)
    openings.intend(ledger, BOX, Purpose.PICKUP, ticket.order.id, "keypad")
    openings.seen_open(ledger, BOX)
    assert openings.abandoned(ledger, BOX).state is State.LEFT_OPEN
    assert stage(ledger, ticket.order.id) == "collected, door left open"
    assert openings.seen_shut(ledger, BOX).state is State.CHECK


def test_without_a_sensor_a_person_says_what_is_inside(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    deposit(ledger, ticket.order.id, BOX)
    openings.intend(ledger, BOX, Purpose.PICKUP, ticket.order.id, "keypad")
    openings.seen_open(ledger, BOX)
    assert openings.seen_shut(ledger, BOX).state is State.CLOSING
    assert openings.said(ledger, BOX, Event.UNSURE, "customer").state is State.CHECK
    assert stage(ledger, ticket.order.id) == "reported"
    with pytest.raises(NotNow):
        openings.intend(ledger, BOX, Purpose.PICKUP, ticket.order.id, "keypad")


def test_the_person_at_the_box_opens_it_again(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    deposit(ledger, ticket.order.id, BOX)
    openings.intend(ledger, BOX, Purpose.PICKUP, ticket.order.id, "keypad")
    openings.seen_open(ledger, BOX)
    openings.seen_shut(ledger, BOX)
    openings.intend(ledger, BOX, Purpose.PICKUP, actor="again")
    openings.seen_open(ledger, BOX)
    openings.seen_shut(ledger, BOX)
    openings.said(ledger, BOX, Event.EMPTY, "customer")
    assert stage(ledger, ticket.order.id) == "collected"


def test_a_misfit_or_a_box_that_was_not_empty_is_outside_again(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    openings.intend(ledger, BOX, Purpose.DEPOSIT, ticket.order.id, "courier")
    openings.seen_open(ledger, BOX)
    openings.seen_shut(ledger, BOX)
    openings.said(ledger, BOX, Event.UNSURE, "courier: not empty")
    assert state(ledger, BOX).state is State.CHECK
    assert stage(ledger, ticket.order.id) == "at hub"


def test_staff_find_a_parcel_that_a_cut_left_in_doubt_and_its_code_counts(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    openings.intend(ledger, BOX, Purpose.DEPOSIT, ticket.order.id, "courier")
    openings.seen_open(ledger, BOX)
    openings.lost(ledger)
    assert openings.found(ledger, BOX, "locked", "yes").state is State.CHECK
    openings.said(ledger, BOX, Event.STAFF_FULL, "Sam")
    announce_inside(ledger)
    assert desk.by_code(ledger, ticket.code, SECRET, HUB).id == ticket.order.id


def test_staff_find_nothing_and_the_courier_puts_it_in_again(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    openings.intend(ledger, BOX, Purpose.DEPOSIT, ticket.order.id, "courier")
    openings.seen_open(ledger, BOX)
    openings.abandoned(ledger, BOX)
    openings.seen_shut(ledger, BOX)
    assert openings.said(ledger, BOX, Event.STAFF_EMPTY, "Sam").state is State.FREE
    assert into_box(ledger, order_of(ledger, ticket.order.id)).stage == "at hub"
    assert [box.state for box in boxes(ledger) if box.order] == [State.HELD]


def test_a_parcel_found_where_somebody_left_the_door_open_is_not_collected(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    deposit(ledger, ticket.order.id, BOX)
    openings.intend(ledger, BOX, Purpose.PICKUP, ticket.order.id, "keypad")
    openings.seen_open(ledger, BOX)
    openings.abandoned(ledger, BOX)
    openings.seen_shut(ledger, BOX)
    openings.said(ledger, BOX, Event.STAFF_FULL, "Sam")
    assert stage(ledger, ticket.order.id) == "reported"
