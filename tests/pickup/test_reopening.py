"""Something was forgotten, or the parcel is not theirs: what opens once more, and what waits for staff."""

from __future__ import annotations

import pytest

from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import desk, disowning, intake, openings, reopening
from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.pickup.desk import AlreadyCollected, NotReady, WrongCode
from kiosk.pickup.openings import PulsesSpent
from kiosk.pickup.orders import order_of
from kiosk.pickup.recovery import Item
from kiosk.pickup.reopening import BY_CODE, TooLate
from tests.pickup.stall import HUB, KEYS, SECRET, at_hub, deposit, stage, state

MINUTE_MS = 60_000
BOX = 1


def collected(ledger: Ledger, item: Item = "no", box: int = BOX, who: str = "ann") -> desk.Ticket:
    """An order that was just taken out of its box."""
    ticket = at_hub(ledger, who, box)
    deposit(ledger, ticket.order.id, box)
    used(ledger, Purpose.PICKUP, ticket.order.id, item=item, box=box)
    return ticket


def used(
    ledger: Ledger, purpose: Purpose, order: str, actor: str = "customer", item: Item = "no", box: int = BOX
) -> Compartment:
    """A box is opened, looked into and shut."""
    openings.book_pulse(ledger, openings.intend(ledger, box, purpose, order, actor))
    openings.seen_open(ledger, box)
    return openings.seen_shut(ledger, box, item)


def journalled(ledger: Ledger, kind: str) -> int:
    """How often something is in the journal."""
    return int(ledger.rows("SELECT count(*) FROM journal WHERE type = ?", (kind,))[0][0])


def test_in_the_same_visit_it_opens_once_more_and_no_more(ledger: Ledger, clock: FakeClock) -> None:
    ticket = collected(ledger)
    before = journalled(ledger, "opening")
    clock.advance(3 * MINUTE_MS)
    again = openings.intend(ledger, BOX, Purpose.AGAIN, ticket.order.id, "customer")
    for _pulse in range(2):
        openings.book_pulse(ledger, again)
    with pytest.raises(PulsesSpent):
        openings.book_pulse(ledger, again)
    openings.seen_open(ledger, BOX)
    assert openings.seen_shut(ledger, BOX, "no").state is State.FREE
    assert stage(ledger, ticket.order.id) == "collected"
    assert journalled(ledger, "opening") == before + 1
    with pytest.raises(TooLate):
        openings.intend(ledger, BOX, Purpose.AGAIN, ticket.order.id, "customer")


def test_after_three_minutes_only_the_code_opens_it(ledger: Ledger, clock: FakeClock) -> None:
    ticket = collected(ledger)
    clock.advance(3 * MINUTE_MS + 1)
    with pytest.raises(TooLate):
        openings.intend(ledger, BOX, Purpose.AGAIN, ticket.order.id, "customer")
    for find in (
        lambda: desk.by_code(ledger, ticket.code, SECRET, HUB),
        lambda: desk.by_token(ledger, ticket.token, KEYS),
    ):
        with pytest.raises(AlreadyCollected, match="box 1") as told:
            find()
        assert (told.value.order.id, told.value.box) == (ticket.order.id, BOX)
    for _time in range(3):
        assert used(ledger, Purpose.AGAIN, ticket.order.id, BY_CODE).state is State.FREE
    with pytest.raises(TooLate):
        openings.intend(ledger, BOX, Purpose.AGAIN, ticket.order.id, BY_CODE)


def test_after_a_quarter_of_an_hour_the_code_is_nothing_and_is_forgotten(
    ledger: Ledger, clock: FakeClock
) -> None:
    ticket = collected(ledger)
    reopening.forget_codes(ledger)
    assert ledger.rows("SELECT count(*) FROM pickup WHERE code IS NOT NULL") == [(1,)]
    clock.advance(15 * MINUTE_MS + 1)
    with pytest.raises(WrongCode):
        desk.by_code(ledger, ticket.code, SECRET, HUB)
    assert desk.wait_s(ledger) == 0
    with pytest.raises(TooLate):
        openings.intend(ledger, BOX, Purpose.AGAIN, ticket.order.id, BY_CODE)
    reopening.forget_codes(ledger)
    assert ledger.rows("SELECT count(*) FROM pickup WHERE code IS NOT NULL") == [(0,)]


def test_the_clock_of_the_wall_neither_shortens_nor_lengthens_it(ledger: Ledger, clock: FakeClock) -> None:
    ticket = collected(ledger)
    clock.set_wall(clock.wall_ms + 24 * 60 * MINUTE_MS)
    assert reopening.box_of(ledger, ticket.order.id, by_code=False) is not None
    clock.advance(15 * MINUTE_MS + 1)
    clock.set_wall(clock.wall_ms - 48 * 60 * MINUTE_MS)
    assert reopening.box_of(ledger, ticket.order.id, by_code=True) is None


@pytest.mark.parametrize(("trusted", "rests"), [(True, False), (False, True)])
def test_after_a_power_cut_a_box_rests_only_while_nobody_knows_the_time(
    ledger: Ledger, clock: FakeClock, trusted: bool, rests: bool
) -> None:
    clock.trusted = True
    collected(ledger)
    clock.reboot("00000000-0000-4000-8000-000000000002", wall_ms=clock.wall_ms + 60 * MINUTE_MS)
    clock.trusted = trusted
    assert (BOX in reopening.resting(ledger)) is rests
    clock.advance(16 * MINUTE_MS)
    assert reopening.resting(ledger) == frozenset()


def test_nobody_else_is_given_the_box_for_a_quarter_of_an_hour(ledger: Ledger, clock: FakeClock) -> None:
    first = collected(ledger)
    assert BOX not in {box.number for box in intake.available(ledger)}
    clock.advance(16 * MINUTE_MS)
    assert BOX in {box.number for box in intake.available(ledger)}
    second = at_hub(ledger, "bo", BOX)
    deposit(ledger, second.order.id, BOX)
    with pytest.raises(TooLate):
        openings.intend(ledger, BOX, Purpose.AGAIN, first.order.id, BY_CODE)


def test_who_walked_away_without_a_word_comes_back_with_the_code(ledger: Ledger) -> None:
    ticket = collected(ledger, item="unknown")
    openings.said(ledger, BOX, Event.SILENT, "nobody")
    assert used(ledger, Purpose.AGAIN, ticket.order.id, BY_CODE, "unknown").state is State.CLOSING
    assert openings.said(ledger, BOX, Event.EMPTY, "customer").state is State.FREE


def test_what_is_left_in_it_then_is_looked_at_by_staff(ledger: Ledger) -> None:
    ticket = collected(ledger)
    assert used(ledger, Purpose.AGAIN, ticket.order.id, item="yes").state is State.CHECK
    assert stage(ledger, ticket.order.id) == "collected"


# -- somebody else's parcel ---------------------------------------------------------------------------------


def judge_disowned(ledger: Ledger, ticket: desk.Ticket) -> None:
    """The box waits for staff, and the code opens nothing."""
    box = state(ledger, BOX)
    assert (box.state, box.order) == (State.CHECK, ticket.order.id)
    assert stage(ledger, ticket.order.id) == "reported"
    with pytest.raises(NotReady, match="ask the staff"):
        desk.by_token(ledger, ticket.token, KEYS)
    assert journalled(ledger, "pickup.not_mine") == 1


def test_said_before_the_open_door_it_is_put_back_and_the_box_checked(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    deposit(ledger, ticket.order.id, BOX)
    openings.intend(ledger, BOX, Purpose.PICKUP, ticket.order.id, "customer")
    openings.seen_open(ledger, BOX)
    box = disowning.disown(ledger, BOX, ticket.order.id, "customer")
    assert (box.state, box.purpose) == (State.OPEN, Purpose.PUT_BACK)
    openings.seen_shut(ledger, BOX, "yes")
    judge_disowned(ledger, ticket)


@pytest.mark.parametrize("item", ["no", "unknown"])
def test_said_after_the_door_was_shut_it_opens_to_put_it_back(ledger: Ledger, item: Item) -> None:
    ticket = collected(ledger, item)
    disowning.disown(ledger, BOX, ticket.order.id, "customer")
    used(ledger, Purpose.PUT_BACK, ticket.order.id, item="yes")
    judge_disowned(ledger, ticket)


def test_what_was_never_taken_out_is_checked_at_once(ledger: Ledger) -> None:
    ticket = collected(ledger, "yes")
    assert stage(ledger, ticket.order.id) == "ready"
    disowning.disown(ledger, BOX, ticket.order.id, "customer")
    judge_disowned(ledger, ticket)


def test_a_door_that_does_not_open_for_putting_back_leaves_an_empty_box_free(ledger: Ledger) -> None:
    ticket = collected(ledger)
    disowning.disown(ledger, BOX, ticket.order.id, "customer")
    opening = openings.intend(ledger, BOX, Purpose.PUT_BACK, ticket.order.id, "customer")
    assert openings.not_sent(ledger, opening).order == ""
    assert stage(ledger, ticket.order.id) == "reported"


def test_the_label_on_the_parcel_reports_the_other_order_and_its_box(ledger: Ledger) -> None:
    other = at_hub(ledger, "bo", 2)
    deposit(ledger, other.order.id, 2)
    ticket = at_hub(ledger, "ann", BOX)
    deposit(ledger, ticket.order.id, BOX)
    openings.intend(ledger, BOX, Purpose.PICKUP, ticket.order.id, "customer")
    openings.seen_open(ledger, BOX)
    disowning.disown(ledger, BOX, ticket.order.id, "customer")
    disowning.belongs(ledger, BOX, other.order.id, "customer")
    openings.seen_shut(ledger, BOX, "yes")
    judge_disowned(ledger, ticket)
    assert (stage(ledger, other.order.id), state(ledger, 2).state) == ("reported", State.CHECK)
    with pytest.raises(NotReady):
        desk.by_code(ledger, other.code, SECRET, HUB)


def test_its_own_label_changes_nothing(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", BOX)
    deposit(ledger, ticket.order.id, BOX)
    assert disowning.belongs(ledger, BOX, ticket.order.id, "customer") == order_of(ledger, ticket.order.id)
