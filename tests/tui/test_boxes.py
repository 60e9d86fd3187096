"""Staff at the cabinet, on a real ledger: deposits, misfits, checks, reasons; by keys and by label."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from kiosk.checkout.people import Person, add_person
from kiosk.pickup import boxes, desk, holds, openings
from kiosk.pickup.codes import make_secret
from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.pickup.intake import assign_box
from kiosk.pickup.orders import order_of
from kiosk.pickup.staff import at_cabinet
from kiosk.pickup.wish import Wish
from kiosk.station.events import BoxNews
from kiosk.tui.leaving import STAFF_MS
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, TextDialogue
from tests.pickup.stall import key
from tests.tui.hands import SIZES, flash_text, press, touch_key
from tests.tui.looks import same_as_golden
from tests.tui.pickups import with_pickup
from tests.tui.stall import Stall, at, shown, stall, until


class Doors:
    """The cabinet's work without a wire: intents are real, doors open and shut when told."""

    def __init__(self, shop: Stall) -> None:
        self.shop, self.doors = shop, dict[int, Any]()

    def open(
        self, box: int, purpose: Purpose, order: str, actor: str, by: Person | None = None
    ) -> Future[Any]:
        """Write the intent down."""
        asked: tuple[Any, ...] = (openings.intend,) if by is None else (at_cabinet, by, openings.intend)
        return self.shop.submit(*asked, box, purpose, order, actor)

    def say(self, box: int, what: Event, actor: str) -> Future[Any]:
        """Write down what somebody says."""
        return self.shop.submit(openings.said, box, what, actor)

    def used(self, box: int, item: Any = "unknown") -> None:
        """The door opens, somebody does something, and shuts it."""
        for what, made in (
            ("open", openings.seen_open(self.shop.ledger, box)),
            ("shut", openings.seen_shut(self.shop.ledger, box, item)),
        ):
            for callback in self.shop.heard:
                callback(BoxNews(made, what))  # type: ignore[arg-type]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stall]:
    """A stall with a locker of free boxes, and one paid order."""
    with stall(tmp_path, person="Mia", alter=with_pickup) as made:
        pickup = made.settings.pickup
        assert pickup is not None
        boxes.set_up(made.ledger, pickup.boxes)
        with made.ledger.transaction():
            for number, _size, _low in pickup.boxes:
                boxes.settle(made.ledger, number, State.FREE)
        made.lockers = Doors(made)  # type: ignore[attr-defined]
        yield made


def paid(shop: Stall, who: str, size: str = "S") -> desk.Ticket:
    """A paid order."""
    wish = Wish(key(who), "locker", 1_767_261_600_000, size, {"MUG-BLUE": 1000})
    order = holds.pay(shop.ledger, holds.hold(shop.ledger, wish, handovers=9, boxed=True).id, None)
    return desk.give_code(shop.ledger, order.id, make_secret(shop.settings.folder), 7)


def box(shop: Stall, number: int) -> Compartment:
    """A box as the ledger has it."""
    return boxes.box_of(shop.ledger, number)


async def take_in(pilot: Any, ref: str) -> None:
    """Type an order's name, although it is on the list."""
    await press(pilot, "f2")
    dialogue = await shown(pilot, ChoiceDialogue)
    await press(pilot, "abcdefgh"[len(dialogue.options) - 1])
    await shown(pilot, TextDialogue)
    await press(pilot, *ref.lower(), "enter")


async def test_an_order_is_put_in_and_its_code_counts(shop: Stall) -> None:
    ticket = paid(shop, "ann")
    async with at(shop, "boxes") as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        await take_in(pilot, ticket.order.ref)
        await until(pilot, lambda: box(shop, 1).state is State.OPENING)
        assert "goes into box 1" in flash_text(screen.app)
        shop.lockers.used(1)  # type: ignore[attr-defined]
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")  # it is inside
        await until(pilot, lambda: order_of(shop.ledger, ticket.order.id).stage == "ready")
    assert box(shop, 1).state is State.OCCUPIED
    assert desk.by_code(shop.ledger, ticket.code, make_secret(shop.settings.folder), 7).id == ticket.order.id


async def test_a_promised_box_that_was_forced_open_is_seen_to_first(shop: Stall) -> None:
    ticket = paid(shop, "ann")
    async with at(shop, "boxes") as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        with shop.ledger.transaction():
            assign_box(shop.ledger, order_of(shop.ledger, ticket.order.id))
            boxes.settle(shop.ledger, 1, State.CHECK)
        await take_in(pilot, ticket.order.ref)
        await until(pilot, lambda: "box 1, which is “look inside”" in flash_text(screen.app))
        assert screen.chosen == 1 and box(shop, 1).state is State.CHECK


async def test_what_does_not_fit_gets_a_larger_box(shop: Stall) -> None:
    ticket = paid(shop, "ann")
    async with at(shop, "boxes") as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        await take_in(pilot, ticket.order.ref)
        await until(pilot, lambda: box(shop, 1).state is State.OPENING)
        shop.lockers.used(1)  # type: ignore[attr-defined]
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "c")
        await until(pilot, lambda: box(shop, 9).state is State.OPENING)
    assert box(shop, 1).state is State.FREE


async def test_a_box_that_was_not_empty_is_checked_and_the_next_one_opens(shop: Stall) -> None:
    ticket = paid(shop, "ann")
    async with at(shop, "boxes") as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        await take_in(pilot, ticket.order.ref)
        await until(pilot, lambda: box(shop, 1).state is State.OPENING)
        shop.lockers.used(1)  # type: ignore[attr-defined]
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "d")
        await until(pilot, lambda: box(shop, 2).state is State.OPENING)
        assert (box(shop, 1).state, box(shop, 1).order) == (State.CHECK, "")


async def test_staff_open_with_a_reason_and_say_what_they_saw(shop: Stall) -> None:
    async with at(shop, "boxes") as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        await touch_key(pilot, "box:7")
        await until(pilot, lambda: screen.chosen == 7 and screen.can("open"))
        await touch_key(pilot, "open")
        await shown(pilot, ChoiceDialogue)
        await touch_key(pilot, "b")
        await until(pilot, lambda: box(shop, 7).state is State.OPENING)
        shop.lockers.used(7)  # type: ignore[attr-defined]
        await shown(pilot, ChoiceDialogue)
        await touch_key(pilot, "a")
        await until(pilot, lambda: box(shop, 7).state is State.FREE)
    last = openings.last(shop.ledger, 7)
    assert last is not None
    assert last.actor == "Mia: look inside"


async def test_a_walk_goes_from_box_to_box_and_is_written_down(shop: Stall) -> None:
    for number in (2, 5):
        boxes.change(shop.ledger, number, Event.SEEN_OPEN, "somebody")
        openings.seen_shut(shop.ledger, number)
    async with at(shop, "boxes") as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        await press(pilot, "f3")
        await until(pilot, lambda: screen.chosen == 2)
        await press(pilot, "enter")  # no reason is asked: it is the walk
        await until(pilot, lambda: box(shop, 2).state is State.OPENING)
        shop.lockers.used(2)  # type: ignore[attr-defined]
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")
        await until(pilot, lambda: screen.chosen == 5 and screen.round)
        await press(pilot, "f3")  # box 5 is left out
        await until(pilot, lambda: not screen.round)
        assert "The walk is done: 2 boxes" in flash_text(screen.app)
    assert box(shop, 2).state is State.FREE
    assert shop.rows("SELECT count(*) FROM journal WHERE type = 'cabinet.walk'") == [(1,)]


async def test_an_order_on_the_list_is_put_in_by_touch_alone(shop: Stall) -> None:
    paid(shop, "ann")
    async with at(shop, "boxes", (80, 24)) as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        await touch_key(pilot, "deposit")
        await shown(pilot, ChoiceDialogue)
        await touch_key(pilot, "a")
        await until(pilot, lambda: box(shop, 1).state is State.OPENING)


async def test_while_power_is_kept_for_those_who_collect_nothing_is_taken_in(shop: Stall) -> None:
    paid(shop, "ann")
    shop.thrift = 2
    before = shop.rows("SELECT count(*) FROM journal")
    async with at(shop, "boxes") as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        await press(pilot, "f2", "a")
        await until(pilot, lambda: "boxes are only emptied" in flash_text(screen.app))
    assert shop.rows("SELECT count(*) FROM journal") == before, "no order has a box and no parcel"


async def test_the_round_does_not_end_while_a_parcel_is_on_its_way_into_a_box(shop: Stall) -> None:
    paid(shop, "ann")
    async with at(shop, "boxes") as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        await press(pilot, "f2", "a")
        await until(pilot, lambda: box(shop, 1).state is State.OPENING)
        await press(pilot, "escape")
        await shown(pilot, ConfirmDialogue)
        await press(pilot, "b")
        await until(pilot, lambda: screen.is_current)
        assert screen.app.current_mode == "boxes"


async def test_what_is_not_in_its_box_was_handed_over_or_is_missing(shop: Stall) -> None:
    ticket = paid(shop, "ann")
    async with at(shop, "boxes") as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        await press(pilot, "f2", "a")
        await until(pilot, lambda: box(shop, 1).state is State.OPENING)
        shop.lockers.used(1)  # type: ignore[attr-defined]
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")
        await until(pilot, lambda: order_of(shop.ledger, ticket.order.id).stage == "ready")
        await until(pilot, lambda: screen.is_current and screen.can("open"))
        await press(pilot, "enter")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")  # the code is lost
        await until(pilot, lambda: box(shop, 1).state is State.OPENING)
        shop.lockers.used(1)  # type: ignore[attr-defined]
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "b")  # it is empty
        await until(pilot, lambda: "Where is" in getattr(pilot.app.screen, "title_text", ""))
        await press(pilot, "a")  # handed over
        await until(pilot, lambda: order_of(shop.ledger, ticket.order.id).stage == "collected")
    assert box(shop, 1).state is State.FREE


async def test_what_is_overdue_is_cleared_and_where_it_goes_is_said(shop: Stall) -> None:
    ticket = paid(shop, "ann")
    with shop.ledger.transaction():
        boxes.happen(shop.ledger, 1, Event.HOLD, order=ticket.order.id)
        boxes.settle(shop.ledger, 1, State.OVERDUE)
        shop.ledger.execute("UPDATE pickup SET stage = 'overdue' WHERE id = ?", (ticket.order.id,))
    async with at(shop, "boxes") as (screen, pilot):
        await until(pilot, lambda: screen.boxes and screen.can("clear"))
        await press(pilot, "f8")
        await until(pilot, lambda: box(shop, 1).state is State.OPENING)
        shop.lockers.used(1)  # type: ignore[attr-defined]
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "b")  # it is empty
        await until(pilot, lambda: "back to the shelf, or money back" in flash_text(screen.app))
    assert (box(shop, 1).state, order_of(shop.ledger, ticket.order.id).stage) == (State.FREE, "to return")


async def test_a_courier_signs_in_to_the_boxes_and_gets_no_further(shop: Stall) -> None:
    kim = add_person(shop.ledger, "Kim", "courier", "4711")
    async with at(shop, "till") as (screen, pilot):
        app = screen.app
        app.sign_in(kim)
        await until(pilot, lambda: app.current_mode == "boxes" and app.screen.boxes)
        await press(pilot, "f9")
        assert app.current_mode == "boxes"
        await press(pilot, "escape")
        await until(pilot, lambda: app.current_mode == "lock")
    assert shop.person is None


async def test_who_walked_away_from_the_boxes_is_signed_out(shop: Stall) -> None:
    async with at(shop, "boxes") as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        app = screen.app
        await press(pilot, "enter")
        await shown(pilot, ChoiceDialogue)
        app.minute_passed(STAFF_MS + 1)
        await until(pilot, lambda: screen.is_current)
        app.minute_passed(STAFF_MS + 1)
        await until(pilot, lambda: app.current_mode == "lock")
    assert shop.person is None


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_looks_as_it_did(shop: Stall, size: tuple[int, int]) -> None:
    ticket = paid(shop, "ann")
    with shop.ledger.transaction():
        boxes.happen(shop.ledger, 3, Event.SEEN_OPEN)
        boxes.happen(shop.ledger, 7, Event.HOLD, order=ticket.order.id)
        boxes.happen(shop.ledger, 5, Event.TAKE_OUT)
    async with at(shop, "boxes", size) as (screen, pilot):
        await until(pilot, lambda: screen.boxes)
        await press(pilot, "7")
        await until(pilot, lambda: screen.order is not None)
        await pilot.pause()
        same_as_golden(screen.app, f"boxes-{size[0]}x{size[1]}")
