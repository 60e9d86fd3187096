"""The power fails at any moment of a deposit, a pickup or a return, whatever the lock does, whoever is there.

Never a pulse that is not written down, never "collected" with the door unseen, never a code before the
deposit's door was seen shut; a start pulses nothing; and once staff have looked, no parcel is lost.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import apsw
import pytest

from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes, deposit, disowning, openings, returns
from kiosk.pickup.compartment import Event, Purpose, State
from kiosk.pickup.order import COLLECTABLE, ENDED, Stage
from kiosk.pickup.orders import order_of
from tests.pickup.stall import at_hub, build
from tests.pickup.stall import deposit as put_in
from tests.station.cuts import BOX, LOCKS, PEOPLE, Moment, Till, add_moments, judge

SCENES = [
    (lock, person)
    for lock, person in itertools.product(LOCKS, PEOPLE)
    if person is PEOPLE[0] or lock.opens_at or lock.pressed
]


@pytest.mark.parametrize(
    "purpose", [Purpose.DEPOSIT, Purpose.PICKUP, Purpose.RETURN, Purpose.AGAIN, Purpose.PUT_BACK]
)
def test_the_power_fails_at_any_moment(purpose: Purpose, tmp_path: Path) -> None:
    base, order = ready(tmp_path, purpose)
    found: dict[Any, Moment] = {}
    for lock, person in SCENES:
        add_moments(found, base, (purpose, lock, person), order)
    assert len(found) > 30
    for moment in found.values():
        start_again(moment, purpose, order)


def ready(folder: Path, purpose: Purpose) -> tuple[Path, str]:
    """A ledger in which an order waits to be put in or collected, and the order; none for a return."""
    path = folder / "base.db"
    with build(path, FakeClock()) as ledger:
        if purpose is Purpose.RETURN:
            assert returns.announce(ledger, "M", low=True)[0].number == BOX
            return path, ""
        order = at_hub(ledger, "ann", BOX).order.id
        if purpose is not Purpose.DEPOSIT:
            put_in(ledger, order, BOX)
        if purpose in {Purpose.AGAIN, Purpose.PUT_BACK}:
            openings.intend(ledger, BOX, Purpose.PICKUP, order, "customer")
            openings.seen_open(ledger, BOX)
            openings.seen_shut(ledger, BOX, "no")
        if purpose is Purpose.PUT_BACK:
            disowning.disown(ledger, BOX, order, "customer")
    return path, order


def start_again(moment: Moment, purpose: Purpose, order: str) -> None:
    """The till starts on what a cut has left, somebody pushes the door shut, staff look: nothing is lost."""
    world = moment.world
    world.silent_s = 0.0
    with Ledger.open(moment.ledger, clock=FakeClock()) as ledger:
        ledger.execute("PRAGMA synchronous = OFF")
        reader = apsw.Connection(str(moment.ledger), flags=apsw.SQLITE_OPEN_READWRITE)
        till = Till(ledger, world, may_pulse=False)
        till.wait(5)
        judge(reader, world, purpose, "after the start")
        if world.door == "open":
            world.move("locked")
            till.look()
        till.wait(400)
        judge(reader, world, purpose, "once it is shut")
        staff_look(ledger, item=world.item)
        deposit.announce_inside(ledger)
        judge(reader, world, purpose, "once staff have looked")
        accounted_for(ledger, purpose, order, item=world.item)
        reader.close()


def staff_look(ledger: Ledger, *, item: bool) -> None:
    """Staff go to every box that somebody must look at, and say what is inside."""
    state = boxes.box_of(ledger, BOX).state
    if state is State.FAILED:
        openings.intend(ledger, BOX, Purpose.STAFF, actor="Sam: the door is stuck")
        openings.seen_open(ledger, BOX)
        openings.seen_shut(ledger, BOX)
    elif state is State.LEFT_OPEN:  # a contact that is wired the other way round: they mend it
        openings.seen_shut(ledger, BOX)
    if boxes.box_of(ledger, BOX).state in {State.CHECK, State.CLOSING}:
        openings.said(ledger, BOX, Event.STAFF_FULL if item else Event.STAFF_EMPTY, "Sam")


def accounted_for(ledger: Ledger, purpose: Purpose, order: str, *, item: bool) -> None:
    """What is inside can be collected, what is outside can be put in, and nothing waits for nobody."""
    box = boxes.box_of(ledger, BOX)
    assert box.state in {State.FREE, State.HELD, State.OCCUPIED}, box
    assert (box.state is State.OCCUPIED) == item, box
    if purpose is Purpose.RETURN:
        cases = [(case.box, case.state) for case in returns.returns(ledger)]
        assert cases == ([(BOX, returns.Case.DROPPED)] if item else []), cases
        return
    stage = order_of(ledger, order).stage
    if purpose is Purpose.AGAIN:  # what was left inside is nobody's parcel
        assert stage is Stage.COLLECTED, stage
    elif item:
        assert stage in COLLECTABLE or stage is Stage.REPORTED, stage
        assert box.order == order
    elif purpose is Purpose.DEPOSIT:
        assert stage is Stage.AT_HUB, stage
        deposit.into_box(ledger, order_of(ledger, order))
    else:
        assert stage in ENDED or stage in {Stage.READY, Stage.REPORTED}, stage
