"""What is to be said to whoever collects stands somewhere until somebody has said it."""

from __future__ import annotations

import pytest

from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import cancelling, handover, holds, messages, openings, reminders, report
from kiosk.pickup.compartment import Purpose, State
from kiosk.pickup.orders import order_of
from tests.pickup.stall import at_hub, deposit, stage, state, wish

HOUR_MS = 3_600_000


def hours(ledger: Ledger) -> list[int]:
    """What is still to be said."""
    return [message.hours for message in messages.untold(ledger)]


def test_that_it_is_ready_is_to_be_said_until_somebody_has(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", 1)
    assert hours(ledger) == []
    order = deposit(ledger, ticket.order.id, 1)
    [message] = messages.untold(ledger)
    assert (message.order.id, message.hours) == (order.id, 0)
    assert f"{order.ref} is ready at the locker, until" in messages.words(message, "the locker")
    assert messages.told(ledger, order.id, "Mia")
    assert hours(ledger) == []
    assert not messages.told(ledger, order.id, "Mia")
    assert ledger.rows("SELECT count(*) FROM journal WHERE type = 'pickup.told'") == [(1,)]


def test_only_the_newest_is_of_any_use(ledger: Ledger, clock: FakeClock) -> None:
    deposit(ledger, at_hub(ledger, "ann", 1).order.id, 1)
    deposit(ledger, at_hub(ledger, "bo", 2).order.id, 2)
    clock.advance(24 * HOUR_MS)
    reminders.due(ledger)
    assert hours(ledger) == [24, 24]
    clock.advance(49 * HOUR_MS)
    reminders.due(ledger)
    assert hours(ledger) == [72, 72]
    order = messages.untold(ledger)[0].order
    messages.told(ledger, order.id, "Mia")
    assert [message.order.id == order.id for message in messages.untold(ledger)] == [False]


def test_whoever_is_there_already_is_told_nothing_more(ledger: Ledger) -> None:
    order = deposit(ledger, at_hub(ledger, "ann", 1).order.id, 1)
    openings.book_pulse(ledger, openings.intend(ledger, 1, Purpose.PICKUP, order.id, "keypad"))
    assert hours(ledger) == []


@pytest.mark.parametrize("passed", [24, 48, 70, 73])
def test_every_reminder_says_what_until_when(passed: int, ledger: Ledger, clock: FakeClock) -> None:
    order = deposit(ledger, at_hub(ledger, "ann", 1).order.id, 1)
    clock.advance(passed * HOUR_MS)
    [message] = reminders.due(ledger)
    text = messages.words(message, "Stall 3")
    assert order.ref in text
    assert "Stall 3" in text
    assert ("Last call" in text) == (passed == 70)
    assert ("days are over" in text) == (passed == 73)


def test_days_counted_on_a_clock_that_lay_in_the_past_begin_when_it_was_really_ready(
    ledger: Ledger, clock: FakeClock
) -> None:
    """Off for six days, no battery clock, no network yet: the parcel comes before the time does."""
    monday = clock.wall_ms + 6 * 24 * HOUR_MS
    clock.reboot("00000000-0000-4000-8000-000000000002")
    order = deposit(ledger, at_hub(ledger, "ann", 1).order.id, 1)
    messages.told(ledger, order.id, "Mia")
    clock.advance(2 * HOUR_MS)
    clock.set_wall(monday + 2 * HOUR_MS)
    clock.trusted = True
    assert reminders.due(ledger) == []
    (message,) = messages.untold(ledger)
    assert (message.hours, message.order.until_ms) == (0, monday + holds.COLLECT_MS)
    clock.advance(holds.COLLECT_MS - HOUR_MS)
    assert [one.hours for one in reminders.due(ledger)] == [72]


def test_ready_before_the_last_start_it_counts_from_there_and_once(ledger: Ledger, clock: FakeClock) -> None:
    clock.trusted = False
    order = deposit(ledger, at_hub(ledger, "ann", 1).order.id, 1)
    monday = clock.wall_ms + 6 * 24 * HOUR_MS
    for boot, days in ((2, 0), (3, 1)):
        wall_ms = monday + days * 24 * HOUR_MS
        clock.reboot(f"00000000-0000-4000-8000-00000000000{boot}", wall_ms=wall_ms, trusted=True)
        clock.advance(HOUR_MS)
        reminders.due(ledger)
        assert order_of(ledger, order.id).until_ms == monday + holds.COLLECT_MS
    assert ledger.rows("SELECT count(*) FROM journal WHERE type = 'pickup.dated'") == [(1,)]


def test_a_clock_that_was_right_all_along_has_nothing_said_twice(ledger: Ledger, clock: FakeClock) -> None:
    clock.trusted = False
    order = deposit(ledger, at_hub(ledger, "ann", 1).order.id, 1)
    messages.told(ledger, order.id, "Mia")
    clock.trusted = True
    clock.advance(HOUR_MS)
    assert (reminders.due(ledger), hours(ledger)) == ([], [])


def test_shares_count_what_was_promised_and_not_only_what_went_well(ledger: Ledger, clock: FakeClock) -> None:
    slot_ms = clock.wall_ms + HOUR_MS
    for number, who in enumerate(("on time", "late", "never ready", "paid back", "not paid"), 1):
        order = holds.hold(
            ledger, wish(who, slot_ms=slot_ms, point="stall", size=""), handovers=9, boxed=False
        )
        if number < 5:
            holds.pay(ledger, order.id, None)
    ids = [wish(who).key for who in ("on time", "late", "never ready", "paid back")]
    handover.hand_over(ledger, ids[0], "Mia")
    with ledger.transaction():
        cancelling.give_back(ledger, ids[3], {"MUG": 1000}, "Mia")
    assert report.promises(ledger) == report.Promises(1, 1.0, 1.0)
    clock.advance(2 * HOUR_MS)
    handover.set_aside(ledger, ids[1], "Mia")
    assert report.promises(ledger) == report.Promises(3, 1 / 3, 1.0)
    clock.advance(73 * HOUR_MS)
    assert report.promises(ledger) == report.Promises(3, 1 / 3, 0.5)
    handover.hand_over(ledger, ids[1], "Mia")
    assert report.promises(ledger).in_72_h == 0.5, "it came after its three days"
    assert report.promises(ledger, clock.wall_ms).orders == 0


def test_one_more_day_is_one_for_its_box_as_well(ledger: Ledger, clock: FakeClock) -> None:
    order = deposit(ledger, at_hub(ledger, "ann", 1).order.id, 1)
    clock.advance(73 * HOUR_MS)
    reminders.due(ledger)
    assert (stage(ledger, order.id), state(ledger, 1).state) == ("overdue", State.OVERDUE)
    assert holds.extend(ledger, order.id).until_ms == order.until_ms + 24 * HOUR_MS
    assert (stage(ledger, order.id), state(ledger, 1).state) == ("ready", State.OCCUPIED)
    reminders.due(ledger)
    messages.told(ledger, order.id, "Mia")
    clock.advance(20 * HOUR_MS)
    assert reminders.due(ledger) == [], "93 hours: the last call is a day later as well"
    clock.advance(HOUR_MS)
    assert [message.hours for message in reminders.due(ledger)] == [70]
    clock.advance(3 * HOUR_MS)
    assert [message.hours for message in reminders.due(ledger)] == [72]
    assert stage(ledger, order.id) == "overdue"
