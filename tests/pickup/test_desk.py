"""Codes, tokens and reminders on the ledger: who gets a box opened, and who is told what."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import desk, holds, openings, reminders, report, tokens
from kiosk.pickup.codes import NotACode
from kiosk.pickup.compartment import Purpose, State
from kiosk.pickup.desk import AlreadyCollected, KeypadRests, NotReady, WrongCode
from kiosk.pickup.tokens import BadToken, Keys
from kiosk.pickup.wish import BadWish
from tests.pickup.stall import HUB, KEYS, SECRET, at_hub, deposit, held, stage, state

HOUR_MS = 3_600_000


def collect(ledger: Ledger, order: str, box: int) -> None:
    """Somebody takes an order out."""
    opening = openings.intend(ledger, box, Purpose.PICKUP, order, "keypad")
    openings.book_pulse(ledger, opening)
    openings.seen_open(ledger, box)
    openings.seen_shut(ledger, box, "no")


def test_a_code_opens_nothing_before_the_parcel_is_there(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", 1)
    with pytest.raises(NotReady):
        desk.by_code(ledger, ticket.code, SECRET, HUB)
    with pytest.raises(NotReady):
        desk.by_token(ledger, ticket.token, KEYS)
    deposit(ledger, ticket.order.id, 1)
    assert desk.by_code(ledger, ticket.code, SECRET, HUB).id == ticket.order.id
    assert desk.by_token(ledger, ticket.token, KEYS).id == ticket.order.id


def test_the_code_is_nowhere_in_the_ledger(ledger: Ledger, path: Path) -> None:
    ticket = at_hub(ledger, "ann", 1)
    deposit(ledger, ticket.order.id, 1)
    ledger.checkpoint()
    raw = b"".join(file.read_bytes() for file in path.parent.glob("ledger.db*"))
    assert ticket.code.encode() not in raw
    assert ticket.token.encode() not in raw


def test_a_code_is_good_once(ledger: Ledger, clock: FakeClock) -> None:
    ticket = at_hub(ledger, "ann", 1)
    deposit(ledger, ticket.order.id, 1)
    collect(ledger, ticket.order.id, 1)
    with pytest.raises(AlreadyCollected):  # its box may be opened once more: see test_reopening
        desk.by_code(ledger, ticket.code, SECRET, HUB)
    clock.advance(HOUR_MS)
    with pytest.raises(WrongCode):
        desk.by_code(ledger, ticket.code, SECRET, HUB)
    with pytest.raises(AlreadyCollected, match="already collected at"):
        desk.by_token(ledger, ticket.token, KEYS)


def test_a_new_code_kills_the_old_one(ledger: Ledger) -> None:
    old = at_hub(ledger, "ann", 1)
    deposit(ledger, old.order.id, 1)
    new = desk.give_code(ledger, old.order.id, SECRET, HUB)
    with pytest.raises(WrongCode):
        desk.by_code(ledger, old.code, SECRET, HUB)
    with pytest.raises(BadToken, match="newer code"):
        desk.by_token(ledger, old.token, KEYS)
    assert desk.by_code(ledger, new.code, SECRET, HUB).generation == 2


TOKEN_FAULTS: dict[str, Callable[[desk.Ticket], str]] = {
    "altered": lambda it: it.token[:-1] + ("A" if it.token[-1] != "A" else "B"),
    "expired": lambda it: signed(it, expiry=NOW_S - 1),
    "not yet": lambda it: signed(it, not_before=NOW_S + 3600),
    "of another hub": lambda it: signed(it, hub=HUB + 1),
    "sealed by another hub": lambda it: tokens.seal(replace(token_of(it), hub=HUB), b"x" * 32),
    "signed by another shop": lambda it: tokens.sign(token_of(it), bytes(32)),
    "for bringing back": lambda it: signed(it, purpose=tokens.Purpose.RETURN),
    "for putting in": lambda it: signed(it, purpose=tokens.Purpose.DEPOSIT),
    "for staff": lambda it: signed(it, purpose=tokens.Purpose.STAFF),
    "of a later generation": lambda it: signed(it, generation=2),
    "of an order nobody knows": lambda it: signed(it, order=b"NOTHINGX"),
    "a bag's label": lambda it: tokens.sign_label(
        tokens.Label(replace(token_of(it), purpose=tokens.Purpose.DEPOSIT), "M", b"12345678"), SEED
    ),
}
SEED = bytes(range(32))
SHOP_KEYS = Keys(HUB, SECRET, {0: tokens.public_key(SEED)})
NOW_S = FakeClock().wall_ms // 1000


def token_of(ticket: desk.Ticket) -> tokens.Token:
    """What a ticket's token says."""
    found = tokens.read(ticket.token, KEYS)
    assert isinstance(found, tokens.Token)
    return found


def signed(ticket: desk.Ticket, **changes: Any) -> str:
    """A token like a ticket's, signed by the shop, with something changed."""
    return tokens.sign(replace(token_of(ticket), **changes), SEED)


@pytest.mark.parametrize("fault", TOKEN_FAULTS)
def test_a_token_that_does_not_count_opens_nothing_and_says_why(ledger: Ledger, fault: str) -> None:
    ticket = at_hub(ledger, "ann", 1)
    deposit(ledger, ticket.order.id, 1)
    before = ledger.rows("SELECT count(*), max(seq) FROM journal")
    with pytest.raises(BadToken, match="nothing"):
        desk.by_token(ledger, TOKEN_FAULTS[fault](ticket), SHOP_KEYS)
    assert ledger.rows("SELECT count(*), max(seq) FROM journal") == before
    assert desk.by_token(ledger, signed(ticket), SHOP_KEYS).id == ticket.order.id  # the same, unharmed
    assert desk.wait_s(ledger) == 0


@pytest.mark.parametrize("trusted", [True, False])
def test_a_clock_that_went_back_a_day_shuts_nobody_out(
    ledger: Ledger, clock: FakeClock, trusted: bool
) -> None:
    ticket = at_hub(ledger, "ann", 1)
    deposit(ledger, ticket.order.id, 1)
    clock.set_wall(clock.wall_ms - 24 * HOUR_MS)
    clock.trusted = trusted
    for _scan in range(2):
        assert desk.by_token(ledger, ticket.token, KEYS).id == ticket.order.id
        assert desk.by_code(ledger, ticket.code, SECRET, HUB).id == ticket.order.id
    late = at_hub(ledger, "bo", 2)
    deposit(ledger, late.order.id, 2)
    assert desk.by_token(ledger, late.token, KEYS).id == late.order.id


def test_another_hub_knows_neither_code_nor_token(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", 1)
    deposit(ledger, ticket.order.id, 1)
    with pytest.raises(WrongCode):
        desk.by_code(ledger, ticket.code, SECRET, HUB + 1)
    with pytest.raises(BadToken):
        desk.by_token(ledger, ticket.token, Keys(HUB + 1, SECRET, {}))


def test_a_token_of_another_purpose_collects_nothing(ledger: Ledger) -> None:
    ticket = at_hub(ledger, "ann", 1)
    deposit(ledger, ticket.order.id, 1)
    other = tokens.Token(HUB, ticket.order.key, 0, 0, tokens.Purpose.RETURN, 1)
    with pytest.raises(BadToken, match="not for collecting"):
        desk.by_token(ledger, tokens.seal(other, SECRET), KEYS)


def test_wrong_codes_make_the_keypad_rest_and_leave_the_reader_alone(
    ledger: Ledger, clock: FakeClock
) -> None:
    ticket = at_hub(ledger, "ann", 1)
    deposit(ledger, ticket.order.id, 1)
    wrong = "00000000" if ticket.code != "00000000" else "00000001"
    for _try in range(5):
        with pytest.raises(WrongCode):
            desk.by_code(ledger, wrong, SECRET, HUB)
    with pytest.raises(KeypadRests):
        desk.by_code(ledger, ticket.code, SECRET, HUB)
    assert desk.by_token(ledger, ticket.token, KEYS).id == ticket.order.id
    clock.advance(60_000)
    assert desk.by_code(ledger, ticket.code, SECRET, HUB).id == ticket.order.id
    assert desk.wait_s(ledger) == 0


def test_neither_a_restart_nor_another_time_of_day_shortens_the_rest(
    ledger: Ledger, path: Path, clock: FakeClock
) -> None:
    for _try in range(5):
        with pytest.raises(WrongCode):
            desk.by_code(ledger, "00000000", SECRET, HUB)
    clock.reboot("00000000-0000-4000-8000-000000000002", wall_ms=clock.wall_ms + 10 * HOUR_MS)
    with Ledger.open(path, clock=clock) as again:
        assert desk.wait_s(again) == 60
        with pytest.raises(KeypadRests):
            desk.by_code(again, "00000000", SECRET, HUB)


def test_twenty_wrong_codes_call_the_staff(ledger: Ledger, clock: FakeClock) -> None:
    for _try in range(20):
        with pytest.raises(WrongCode):
            desk.by_code(ledger, "00000000", SECRET, HUB)
        clock.advance(desk.wait_s(ledger) * 1000)
    assert desk.alerts(ledger)
    assert ledger.rows("SELECT count(*) FROM journal WHERE type = 'pickup.alert'") == [(1,)]


def test_ten_thousand_random_tries_open_nothing_and_shut_out_no_reader(
    ledger: Ledger, clock: FakeClock
) -> None:
    """Somebody types at random every five seconds, for fourteen hours: 25 codes are looked up, not 10,000."""
    dice, tickets = random.Random(1), [at_hub(ledger, name, box) for box, name in enumerate(("ann", "bo"), 1)]
    for box, ticket in enumerate(tickets, 1):
        deposit(ledger, ticket.order.id, box)
    looked_up, begun = 0, ledger.connection.total_changes()

    def written() -> int:
        return ledger.connection.total_changes() - begun

    for _attempt in range(10_000):
        try:
            desk.by_code(ledger, f"{dice.randrange(10**8):08}", SECRET, HUB)
        except WrongCode:
            looked_up += 1
        except KeypadRests:
            pass
        clock.advance(5000)
    assert looked_up == 25  # 5, 10, 15, 20, then five once the four hours are over: a day's rest begins
    assert written() < 1000  # and no card is worn out by it
    assert [desk.by_token(ledger, ticket.token, KEYS).id for ticket in tickets] == [
        ticket.order.id for ticket in tickets
    ]


def test_a_slip_of_the_finger_is_no_try(ledger: Ledger) -> None:
    for _try in range(50):
        with pytest.raises(NotACode):
            desk.by_code(ledger, "123", SECRET, HUB)
    assert desk.wait_s(ledger) == 0


# -- reminders ----------------------------------------------------------------------------------------------


def test_reminders_at_24_48_and_70_hours_then_overdue(ledger: Ledger, clock: FakeClock) -> None:
    ticket = at_hub(ledger, "ann", 1)
    deposit(ledger, ticket.order.id, 1)
    said = []
    for _hour in range(75):
        clock.advance(HOUR_MS)
        said += [reminder.hours for reminder in reminders.due(ledger)]
    assert said == [24, 48, 70, 72]
    assert stage(ledger, ticket.order.id) == "overdue"
    assert state(ledger, 1).state is State.OVERDUE
    # Still collectable until staff clear it.
    collect(ledger, desk.by_code(ledger, ticket.code, SECRET, HUB).id, 1)
    assert stage(ledger, ticket.order.id) == "collected"


def test_a_till_that_slept_two_days_gives_one_reminder_not_two(ledger: Ledger, clock: FakeClock) -> None:
    deposit(ledger, at_hub(ledger, "ann", 1).order.id, 1)
    clock.advance(50 * HOUR_MS)
    assert [reminder.hours for reminder in reminders.due(ledger)] == [48]
    assert reminders.due(ledger) == []


def test_nothing_expires_while_the_clock_is_not_trusted_or_goes_back(
    ledger: Ledger, clock: FakeClock
) -> None:
    ticket = at_hub(ledger, "ann", 1)
    deposit(ledger, ticket.order.id, 1)
    clock.advance(100 * HOUR_MS)
    clock.trusted = False
    assert reminders.due(ledger) == []
    clock.trusted = True
    clock.set_wall(clock.wall_ms - 124 * HOUR_MS)
    assert reminders.due(ledger) == []
    assert stage(ledger, ticket.order.id) == "ready"


def test_one_more_day_once(ledger: Ledger, clock: FakeClock) -> None:
    ticket = at_hub(ledger, "ann", 1)
    deposit(ledger, ticket.order.id, 1)
    longer = holds.extend(ledger, ticket.order.id)
    with pytest.raises(BadWish):
        holds.extend(ledger, ticket.order.id)
    clock.advance(80 * HOUR_MS)
    reminders.due(ledger)
    assert stage(ledger, ticket.order.id) == "ready"
    assert longer.extended


# -- how promises were kept ---------------------------------------------------------------------------------


def test_promises_and_locks_are_counted(ledger: Ledger, clock: FakeClock) -> None:
    assert report.promises(ledger).on_time is None
    ticket = at_hub(ledger, "ann", 1)
    deposit(ledger, ticket.order.id, 1)
    clock.advance(HOUR_MS)
    collect(ledger, ticket.order.id, 1)
    kept = report.promises(ledger)
    assert (kept.orders, kept.on_time, kept.in_72_h) == (1, 1.0, 1.0)
    (lock,) = report.locks(ledger)
    assert (lock.box, lock.attempts, lock.success, lock.failing) == (1, 2, 1.0, False)


def test_a_lock_that_needs_more_and_more_pulses_is_looked_at_before_it_fails(ledger: Ledger) -> None:
    order = held(ledger, "ann").id
    for number in range(30):
        event = None
        with ledger.transaction():
            event = ledger.record("opening", {"b": 1})
            ledger.execute(
                "INSERT INTO opening (id, box, purpose, pickup, actor, pulses, outcome)"
                " VALUES (?, 1, ?, ?, '', ?, ?)",
                (event.seq, "pickup", order, 1 if number < 20 else 2, "opened"),
            )
    assert report.locks(ledger)[0].failing
