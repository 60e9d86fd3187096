"""Openings, with the power cut between any two commits, locks that stick, and people who walk away."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import desk, openings
from kiosk.pickup.compartment import Event, NotNow, Purpose, State
from kiosk.pickup.openings import AnotherDoorOpen, PulsesSpent
from tests.pickup.stall import HUB, SECRET, Lock, at_hub, build, deposit, stage, state

BOX = 1


class PowerCutError(BaseException):
    """Not an Exception, so that nothing on the way takes it for an error it knows."""


# -- the rules ----------------------------------------------------------------------------------------------


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


# -- the power cut ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """What somebody at the box does."""

    acts: bool
    """Takes the parcel out, or puts it in."""
    shuts: bool


PEOPLE = [Person(acts, shuts) for acts, shuts in itertools.product((True, False), repeat=2)]
LOCKS = [Lock(1), Lock(2), Lock(0), Lock(1, sensor=False)]


def attempt(ledger: Ledger, lock: Lock, person: Person, order: str, purpose: Purpose) -> None:
    """One opening as the locker does it, up to whatever the person does."""
    opening = openings.intend(ledger, BOX, purpose, order, "test")
    for _pulse in range(2):
        opening = openings.book_pulse(ledger, opening)
        lock.pulse(opening.id)
        if lock.door == "open":
            break
    if lock.door != "open":
        openings.stuck(ledger, opening)
        return
    openings.seen_open(ledger, BOX)
    if person.acts:
        lock.item = purpose is Purpose.DEPOSIT
    if not person.shuts:
        openings.abandoned(ledger, BOX)
        return
    lock.door = "locked"
    box = openings.seen_shut(ledger, BOX, lock.seen())
    if box.state is State.CLOSING:
        full = lock.item
        openings.said(ledger, BOX, Event.FULL if full else Event.EMPTY, "person")
    if purpose is Purpose.DEPOSIT and stage(ledger, order) == "deposited":
        desk.announce(ledger, order)


def restart(ledger: Ledger, lock: Lock) -> None:
    """The program starts again: nothing is known, two polls agree, and nothing is pulsed."""
    before = dict(lock.pulses)
    openings.lost(ledger)
    openings.found(ledger, BOX, lock.door, lock.seen())  # type: ignore[arg-type]
    if lock.door == "open":  # somebody comes by and pushes it shut
        lock.door = "locked"
        box = openings.seen_shut(ledger, BOX, lock.seen())
        if box.state is State.CLOSING:
            openings.said(ledger, BOX, Event.UNSURE, "nobody")
    assert lock.pulses == before


def cut_at(ledger: Ledger, nth: int) -> Callable[[], bool]:
    """Cut the power before the nth BEGIN or COMMIT; returns whether it came to that.

    What lies between the two is stored whole or not at all (`tests/ledger`): these are all the cuts.
    """
    seen = 0

    def trace(_cursor: object, sql: str, _bindings: object) -> bool:
        nonlocal seen
        seen += sql.startswith(("BEGIN", "COMMIT"))
        if not sql.startswith(("BEGIN", "COMMIT")):
            return True
        if seen == nth:
            raise PowerCutError
        return True

    ledger.connection.exec_trace = trace
    return lambda: seen >= nth


def ready(path: Path, clock: FakeClock, purpose: Purpose) -> str:
    """A ledger in which an order waits to be put in or collected; returns the order."""
    with build(path, clock, count=1) as ledger:
        order = at_hub(ledger, "ann", BOX).order.id
        if purpose is Purpose.PICKUP:
            deposit(ledger, order, BOX)
    return order


@pytest.mark.parametrize("purpose", [Purpose.PICKUP, Purpose.DEPOSIT])
@pytest.mark.parametrize("lock", LOCKS, ids=["opens", "second pulse", "stuck", "no sensor"])
@pytest.mark.parametrize(
    "person", PEOPLE, ids=["acts, shuts", "acts, leaves", "waits, shuts", "waits, leaves"]
)
def test_the_power_fails_between_any_two_commits(
    purpose: Purpose, lock: Lock, person: Person, tmp_path: Path
) -> None:
    """Never a third pulse, never collected with the door unseen, never a code before a shut deposit door."""
    clock = FakeClock()
    order = ready(tmp_path / "ready.db", clock, purpose)
    for nth in itertools.count(1):
        shutil.copy(tmp_path / "ready.db", tmp_path / f"{nth}.db")
        ledger = Ledger.open(tmp_path / f"{nth}.db", clock=clock)
        mine = Lock(lock.opens_at, lock.sensor, item=purpose is Purpose.PICKUP)
        happened = cut_at(ledger, nth)
        try:
            attempt(ledger, mine, person, order, purpose)
        except PowerCutError:
            pass
        finally:
            ledger.connection.exec_trace = None
        cut = happened()
        if cut:
            if ledger.connection.in_transaction:
                ledger.connection.execute("ROLLBACK")
            ledger.close()
            ledger = Ledger.open(tmp_path / f"{nth}.db", clock=clock)
            restart(ledger, mine)
        judge(ledger, mine, order, purpose, f"cut before {nth}")
        ledger.close()
        if not cut:
            return


def judge(ledger: Ledger, lock: Lock, order: str, purpose: Purpose, when: str) -> None:
    """What must hold whatever happened."""
    box, reached = state(ledger, BOX), stage(ledger, order)
    assert all(count <= 2 for count in lock.pulses.values()), when
    if reached == "collected":
        assert not lock.item and lock.door == "locked", when
    if purpose is Purpose.DEPOSIT and reached == "ready":
        assert lock.item and lock.door == "locked" and box.state is State.OCCUPIED, when
    if box.state is State.FREE:
        assert not lock.item, when
    if box.state is State.OCCUPIED and lock.sensor:
        assert lock.item, when
    if reached in {"ready", "overdue"} and box.state is State.OCCUPIED:
        assert box.order == order, when
