"""After a cut: the sensor wins over the records, and what nobody can know is CHECK."""

from __future__ import annotations

import pytest

from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.pickup.order import Step
from kiosk.pickup.recovery import Conclusion, conclude


def cut(state: State, purpose: Purpose | None = None) -> Compartment:
    """A box whose board was lost in a state."""
    return Compartment(7, "M", state, purpose, order="A1").after(Event.LOST)


@pytest.mark.parametrize(
    ("state", "purpose", "door", "item", "found"),
    [
        (State.OPENING, Purpose.PICKUP, "open", "unknown", Conclusion(State.OPEN)),
        (State.OPENING, Purpose.PICKUP, "locked", "no", Conclusion(State.FREE, Step.FOUND_GONE)),
        (State.OPENING, Purpose.PICKUP, "locked", "yes", Conclusion(State.OCCUPIED, Step.PICKUP_FAILED)),
        (State.OPENING, Purpose.PICKUP, "locked", "unknown", Conclusion(State.CHECK, Step.PICKUP_FAILED)),
        (State.OPEN, Purpose.PICKUP, "locked", "unknown", Conclusion(State.CHECK, Step.FOUND_GONE)),
        (State.CLOSING, Purpose.PICKUP, "locked", "no", Conclusion(State.FREE, Step.FOUND_GONE)),
        (State.OPEN, Purpose.PICKUP, "locked", "yes", Conclusion(State.OCCUPIED, Step.PICKUP_FAILED)),
        (State.OPEN, Purpose.DEPOSIT, "locked", "yes", Conclusion(State.CHECK)),
        (State.OPENING, Purpose.DEPOSIT, "locked", "no", Conclusion(State.HELD, Step.DEPOSIT_FAILED)),
        (State.OPENING, Purpose.DEPOSIT, "locked", "unknown", Conclusion(State.CHECK)),
        (State.OPENING, Purpose.RETURN, "locked", "no", Conclusion(State.FREE)),
        (State.CLOSING, Purpose.RETURN, "locked", "yes", Conclusion(State.CHECK)),
        (State.OPEN, Purpose.AGAIN, "locked", "no", Conclusion(State.FREE)),
        (State.OPEN, Purpose.AGAIN, "locked", "yes", Conclusion(State.CHECK)),
        (State.OPENING, Purpose.AGAIN, "locked", "unknown", Conclusion(State.CHECK)),
        (State.OPEN, Purpose.PUT_BACK, "locked", "no", Conclusion(State.CHECK)),
        (State.OPENING, Purpose.PUT_BACK, "locked", "no", Conclusion(State.CHECK)),
        (State.OPEN, Purpose.STAFF, "locked", "no", Conclusion(State.CHECK)),
        (State.OCCUPIED, None, "locked", "yes", Conclusion(State.OCCUPIED)),
        (State.OCCUPIED, None, "locked", "unknown", Conclusion(State.OCCUPIED)),
        (State.OCCUPIED, None, "locked", "no", Conclusion(State.CHECK)),
        (State.FREE, None, "locked", "yes", Conclusion(State.CHECK)),
        (State.FREE, None, "locked", "unknown", Conclusion(State.FREE)),
        (State.OCCUPIED, None, "open", "unknown", Conclusion(State.LEFT_OPEN)),
        (State.LEFT_OPEN, None, "locked", "unknown", Conclusion(State.CHECK)),
        (State.FAILED, Purpose.PICKUP, "locked", "yes", Conclusion(State.FAILED)),
        (State.OCCUPIED, None, "unknown", "yes", Conclusion(State.UNKNOWN)),
    ],
)
def test_what_is_concluded(
    state: State, purpose: Purpose | None, door: str, item: str, found: Conclusion
) -> None:
    assert conclude(cut(state, purpose), door, item) == found  # type: ignore[arg-type]


def test_two_losses_in_a_row_remember_the_first() -> None:
    twice = cut(State.OPEN, Purpose.PICKUP).after(Event.LOST)
    assert (twice.was, twice.purpose) == (State.OPEN, Purpose.PICKUP)


def test_nothing_is_called_collected_that_was_not_gone_or_open() -> None:
    for purpose in Purpose:
        for item in ("yes", "no", "unknown"):
            step = conclude(cut(State.OPENING, purpose), "locked", item).step  # type: ignore[arg-type]
            assert step is not Step.PICKUP_SEEN
            assert step is not Step.FOUND_GONE or (purpose is Purpose.PICKUP and item == "no")
