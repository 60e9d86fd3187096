"""A box from free to collected, and every way that leads elsewhere."""

from __future__ import annotations

import pytest

from kiosk.pickup.compartment import Compartment, Event, NotNow, Purpose, State

FREE = Compartment(7, "M", State.FREE)


def walk(box: Compartment, *events: Event | Purpose) -> Compartment:
    """A box after events; a purpose stands for the intent to open it for that."""
    for event in events:
        box = box.after(Event.INTEND, purpose=event) if isinstance(event, Purpose) else box.after(event)
    return box


OCCUPIED = walk(
    FREE.after(Event.HOLD, order="A1"), Purpose.DEPOSIT, Event.SEEN_OPEN, Event.SEEN_SHUT, Event.FULL
)


def test_an_order_goes_in_and_out_again() -> None:
    assert (OCCUPIED.state, OCCUPIED.order) == (State.OCCUPIED, "A1")
    collected = walk(OCCUPIED, Purpose.PICKUP, Event.SEEN_OPEN, Event.SEEN_SHUT, Event.EMPTY)
    assert (collected.state, collected.order) == (State.FREE, "")


def test_a_pulse_is_not_an_opening() -> None:
    opening = walk(OCCUPIED, Purpose.PICKUP)
    for event in (Event.SEEN_SHUT, Event.EMPTY, Event.FULL, Event.UNSURE):
        with pytest.raises(NotNow):
            opening.after(event)


def test_a_door_seen_shut_says_nothing_of_what_is_inside() -> None:
    shut = walk(OCCUPIED, Purpose.PICKUP, Event.SEEN_OPEN, Event.SEEN_SHUT)
    assert shut.state is State.CLOSING
    assert shut.after(Event.UNSURE).state is State.CHECK
    assert shut.after(Event.UNSURE).order == "A1"


def test_a_box_in_check_is_only_for_staff() -> None:
    check = walk(OCCUPIED, Purpose.PICKUP, Event.SEEN_OPEN, Event.SEEN_SHUT, Event.UNSURE)
    for purpose in (Purpose.PICKUP, Purpose.DEPOSIT, Purpose.RETURN):
        with pytest.raises(NotNow):
            check.after(Event.INTEND, purpose=purpose)
    with pytest.raises(NotNow):
        check.after(Event.HOLD, order="B2")
    looked = walk(check, Purpose.STAFF, Event.SEEN_OPEN, Event.SEEN_SHUT, Event.STAFF_EMPTY)
    assert looked.state is State.FREE


def test_a_door_that_stays_shut_twice_is_a_fault_and_the_order_stays_inside() -> None:
    failed = walk(OCCUPIED, Purpose.PICKUP, Event.STUCK)
    assert (failed.state, failed.order) == (State.FAILED, "A1")
    pressed = failed.after(Event.SEEN_OPEN)  # somebody leaned on the door, and the latch let go
    assert (pressed.state, pressed.purpose) == (State.OPEN, Purpose.PICKUP)


@pytest.mark.parametrize(
    ("purpose", "box", "back"),
    [
        (Purpose.PICKUP, OCCUPIED, State.OCCUPIED),
        (Purpose.DEPOSIT, FREE.after(Event.HOLD, order="A1"), State.HELD),
        (Purpose.RETURN, FREE, State.FREE),
    ],
)
def test_an_attempt_without_a_pulse_leaves_the_box_as_it_was(
    purpose: Purpose, box: Compartment, back: State
) -> None:
    assert walk(box, purpose, Event.NOT_SENT).state is back


def test_an_attempt_to_reopen_without_a_pulse_leaves_the_question_open() -> None:
    shut = walk(OCCUPIED, Purpose.PICKUP, Event.SEEN_OPEN, Event.SEEN_SHUT)
    assert walk(shut, Purpose.PICKUP, Event.NOT_SENT) == shut


def test_a_door_left_open_must_be_looked_into() -> None:
    left = walk(OCCUPIED, Purpose.PICKUP, Event.SEEN_OPEN, Event.ABANDONED)
    assert left.state is State.LEFT_OPEN
    assert left.after(Event.SEEN_SHUT).state is State.CHECK


@pytest.mark.parametrize("state", [State.FREE, State.HELD, State.OCCUPIED, State.OVERDUE, State.CHECK])
def test_a_door_found_open_is_never_a_door_somebody_was_let_through(state: State) -> None:
    assert Compartment(7, "M", state).after(Event.SEEN_OPEN).state is State.LEFT_OPEN


def test_an_overdue_box_is_still_collected_until_it_is_cleared() -> None:
    overdue = OCCUPIED.after(Event.EXPIRE)
    assert overdue.after(Event.EXTEND).state is State.OCCUPIED
    assert walk(overdue, Purpose.PICKUP).state is State.OPENING


def test_the_person_at_the_box_opens_it_again_for_the_same() -> None:
    shut = walk(OCCUPIED, Purpose.PICKUP, Event.SEEN_OPEN, Event.SEEN_SHUT)
    again = walk(shut, Purpose.PICKUP, Event.SEEN_OPEN, Event.SEEN_SHUT, Event.EMPTY)
    assert again.state is State.FREE


def test_a_silent_board_leaves_nothing_known_but_what_staff_took_out() -> None:
    for state in State:
        if state is State.SERVICE:
            with pytest.raises(NotNow):
                Compartment(7, "M", state).after(Event.LOST)
        else:
            assert Compartment(7, "M", state, order="A1").after(Event.LOST).state is State.UNKNOWN
    assert Compartment(7, "M", State.OCCUPIED, order="A1").after(Event.LOST).order == "A1"


def test_an_intent_needs_a_purpose() -> None:
    with pytest.raises(NotNow, match="box 7 is “free”"):
        FREE.after(Event.INTEND)


def test_no_event_makes_a_box_free_that_nobody_has_seen_empty() -> None:
    """FREE is reached only from an ended hold, an empty box behind a shut door, or staff who looked."""
    allowed = {Event.RELEASE, Event.EMPTY, Event.STAFF_EMPTY}
    for state in State:
        for purpose in Purpose:
            for event in Event:
                try:
                    goal = Compartment(7, "M", state, purpose).after(event, purpose=purpose).state
                except NotNow:
                    continue
                assert goal is not State.FREE or event in allowed, (state, purpose, event)
