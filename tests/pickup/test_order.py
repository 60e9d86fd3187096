"""An order's way: the code goes out when the parcel is behind a shut door, and never before."""

from __future__ import annotations

import pytest

from kiosk import i18n
from kiosk.pickup import said
from kiosk.pickup.compartment import Compartment, Event, NotNow, State
from kiosk.pickup.order import COLLECTABLE, ENDED, TABLE, OutOfTurn, Stage, Step, after

HAPPY = (
    Step.PAY, Step.PICK, Step.PACK, Step.SEND, Step.ARRIVE, Step.OPEN_FOR_DEPOSIT, Step.DEPOSIT_SEEN,
    Step.ANNOUNCE, Step.OPEN_FOR_PICKUP, Step.PICKUP_SEEN,
)  # fmt: skip


def walk(stage: Stage, *steps: Step) -> Stage:
    """A stage after steps."""
    for step in steps:
        stage = after(stage, step)
    return stage


def ways_to(goal: Stage) -> set[tuple[Stage, Step]]:
    """What leads to a stage."""
    return {edge for edge, reached in TABLE.items() if reached is goal}


def test_from_the_till_to_the_customers_hands() -> None:
    assert walk(Stage.RESERVED, *HAPPY) is Stage.COLLECTED


def test_a_code_is_sent_only_for_what_lies_behind_a_shut_door_or_the_counter() -> None:
    assert {stage for stage, step in ways_to(Stage.READY) if step is Step.ANNOUNCE} == {
        Stage.DEPOSITED,
        Stage.NO_BOX,
    }
    assert ways_to(Stage.DEPOSITED) == {
        (Stage.DEPOSITING, Step.DEPOSIT_SEEN),
        (Stage.DEPOSITING, Step.FOUND_INSIDE),
        (Stage.AT_HUB, Step.FOUND_INSIDE),
    }


def test_collected_is_only_what_was_seen_or_handed_over() -> None:
    assert ways_to(Stage.COLLECTED) == {
        (Stage.OPENING, Step.PICKUP_SEEN),
        *((stage, Step.HANDED_OVER) for stage in COLLECTABLE),
    }


def test_a_door_that_did_not_open_leaves_the_order_where_it_was() -> None:
    assert walk(Stage.READY, Step.OPEN_FOR_PICKUP, Step.PICKUP_FAILED) is Stage.READY


def test_a_deposit_that_failed_is_outside_again_and_says_nothing_to_anybody() -> None:
    outside = walk(Stage.AT_HUB, Step.OPEN_FOR_DEPOSIT, Step.DEPOSIT_FAILED)
    assert outside is Stage.AT_HUB
    with pytest.raises(OutOfTurn, match="that cannot be now"):
        after(outside, Step.ANNOUNCE)


def test_an_overdue_order_is_handed_out_until_staff_clear_it() -> None:
    assert walk(Stage.READY, Step.EXPIRE, Step.OPEN_FOR_PICKUP, Step.PICKUP_SEEN) is Stage.COLLECTED
    cleared = walk(Stage.READY, Step.EXPIRE, Step.CLEAR)
    with pytest.raises(OutOfTurn):
        after(cleared, Step.OPEN_FOR_PICKUP)
    assert walk(cleared, Step.RESTOCK, Step.REFUND) is Stage.REFUNDED


def test_a_reported_order_opens_for_nobody_until_staff_have_looked() -> None:
    reported = walk(Stage.READY, Step.OPEN_FOR_PICKUP, Step.REPORT)
    with pytest.raises(OutOfTurn):
        after(reported, Step.OPEN_FOR_PICKUP)
    assert after(reported, Step.SETTLE) is Stage.READY


@pytest.mark.parametrize("stage", sorted(ENDED))
def test_what_has_ended_is_not_collected_again(stage: Stage) -> None:
    for step in Step:
        try:
            goal = after(stage, step)
        except OutOfTurn:
            continue
        assert goal in {Stage.REPORTED, Stage.REFUNDED} or (stage, goal) == (Stage.RELEASED, Stage.RESERVED)


def test_every_stage_can_be_reached_and_left() -> None:
    assert {stage for stage, _step in TABLE} | ENDED == set(Stage)
    assert set(TABLE.values()) | {Stage.RESERVED} == set(Stage)


def test_what_was_handed_over_in_part_is_still_to_be_collected() -> None:
    assert walk(Stage.READY, Step.PARTLY, Step.PARTLY, Step.HANDED_OVER) is Stage.COLLECTED
    assert walk(Stage.READY, Step.EXPIRE, Step.PARTLY) is Stage.OVERDUE


def test_what_is_not_here_turns_up_or_is_paid_back() -> None:
    assert walk(Stage.READY, Step.MISS, Step.PACK) is Stage.PACKED
    assert walk(Stage.READY, Step.MISS, Step.REFUND) is Stage.REFUNDED


@pytest.mark.parametrize("stage", [Stage.OPENING, Stage.DEPOSITING])
def test_nothing_is_paid_back_while_its_door_moves(stage: Stage) -> None:
    with pytest.raises(OutOfTurn):
        after(stage, Step.REFUND)


def test_every_state_and_stage_has_its_words() -> None:
    assert set(said.BOX) == set(State) and set(said.ORDER) == set(Stage)
    i18n.set_language("de")
    try:
        assert str(NotNow(Compartment(9, "M", State.CHECK), Event.INTEND)).startswith(
            "Fach 9 ist „nachsehen“"
        )
        assert "intend" not in str(NotNow(Compartment(9, "M", State.CHECK), Event.INTEND))
        assert "depositing" not in str(OutOfTurn(Stage.DEPOSITING, Step.PAY))
    finally:
        i18n.set_language("en")
