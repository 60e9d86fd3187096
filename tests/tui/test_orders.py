"""The counter: found by keys, finger and scanner, given out whole or in part, and never by a stray Enter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp

from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes, desk, handover, orders
from kiosk.pickup.codes import make_secret
from kiosk.pickup.compartment import Event
from kiosk.pickup.desk import Ticket
from kiosk.pickup.order import Step
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, NumberDialogue, TextDialogue
from kiosk.tui.screens.refund import RefundScreen
from kiosk.tui.screens.slipview import SlipScreen
from kiosk.tui.screens.ticket import TicketScreen
from tests.tui.hands import SIZES, flash_text, press, scan, touch_key
from tests.tui.looks import painted, same_as_golden, text_of
from tests.tui.pickups import pickup_stall, sold
from tests.tui.stall import Stall, at, shown, until


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stall]:
    with pickup_stall(tmp_path) as made:
        yield made


def a_morning(made: Stall) -> list[Ticket]:
    """Ann's order is to be prepared, Bo's is ready, one waits for a box, one is missing."""
    tickets = [
        sold(made, "MUG-BLUE", "HONEY", name="Ann Müller", tail="17")[1],
        sold(made, "MUG-BLUE", name="Bo", at=1)[1],
        sold(made, "HONEY", point="locker")[1],
        sold(made, "SCARF", name="Christopher Featherstone", tail="88", at=2)[1],
    ]
    handover.set_aside(made.ledger, tickets[1].order.id, "Mia")
    handover.miss(made.ledger, tickets[3].order.id, "Mia")
    return tickets


def at_hub(ledger: Ledger, ticket: Ticket, number: int) -> None:
    """An order lies in a box, and its code opens that."""
    with ledger.transaction():
        order = handover.take_in(ledger, ticket.order)
        boxes.happen(ledger, number, Event.HOLD, order=order.id)
        ledger.execute("UPDATE compartment SET state = 'occupied' WHERE number = ?", (number,))
        ledger.execute("UPDATE pickup SET stage = 'ready' WHERE id = ?", (order.id,))


def stage(made: Stall, ticket: Ticket) -> str:
    """How far an order is."""
    return str(orders.order_of(made.ledger, ticket.order.id).stage)


async def chosen(pilot: Any, screen: Any, ticket: Ticket) -> None:
    """Wait until an order is the marked one."""
    await until(pilot, lambda: screen.chosen is not None and screen.chosen.order.id == ticket.order.id)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_looks_as_it_did(
    size: tuple[int, int], shop: Stall, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = a_morning(shop)
    async with at(shop, "orders", size) as (screen, pilot):
        await press(pilot, "b", "o")
        await chosen(pilot, screen, tickets[1])
        await press(pilot, "escape")
        await until(pilot, lambda: len(screen.shown) == 4)
        same_as_golden(screen.app, f"orders-{size[0]}x{size[1]}")
        ticket = Ticket(tickets[1].order, "48210937", "BRW:%69 VD92EX0")
        await screen.app.push_screen(TicketScreen(ticket))
        await pilot.pause()
        same_as_golden(screen.app, f"ticket-{size[0]}x{size[1]}")
        found = zxingcpp.read_barcodes(painted(screen.app, (8, 16)).convert("L"), try_invert=False)
        assert [code.text for code in found] == [ticket.token]


async def test_by_keyboard_alone(shop: Stall) -> None:
    ann, bo, *_rest = a_morning(shop)
    async with at(shop, "orders") as (screen, pilot):
        app = screen.app
        await press(pilot, "m", "ü", "l")
        await chosen(pilot, screen, ann)
        await press(pilot, "f6")
        await until(pilot, lambda: "its code counts now" in flash_text(app))
        assert stage(shop, ann) == "ready"
        await press(pilot, "f3")
        await until(pilot, lambda: screen.chosen.message is None)
        await press(pilot, "enter")
        question = await shown(pilot, ConfirmDialogue)
        assert "Honey" in question.words and "Mug" in question.words
        await press(pilot, "enter")  # a stray Enter, or a scanner's, agrees to nothing
        assert app.screen is question
        await press(pilot, "a")
        await until(pilot, lambda: "was handed over" in flash_text(app))
        assert stage(shop, ann) == "collected"
        await press(pilot, "escape", *bo.code)
        await chosen(pilot, screen, bo)
        await press(pilot, "f8")
        await until(pilot, lambda: "is kept until" in flash_text(app))
        await press(pilot, "f7")
        await shown(pilot, ConfirmDialogue)
        await press(pilot, "a")
        await until(pilot, lambda: "is missing" in flash_text(app))
        assert stage(shop, bo) == "short"
        await press(pilot, "f10")
        assert (await shown(pilot, RefundScreen)).sale == bo.order.sale


async def test_by_touch_alone(shop: Stall) -> None:
    ann, bo, *_rest = a_morning(shop)
    async with at(shop, "orders") as (screen, pilot):
        app = screen.app
        await touch_key(pilot, "search")
        await shown(pilot, TextDialogue)
        for key in ("B", "o", "enter"):
            await touch_key(pilot, key)
        await chosen(pilot, screen, bo)
        await touch_key(pilot, "told")
        await until(pilot, lambda: screen.chosen.message is None)
        await touch_key(pilot, "other")
        menu = await shown(pilot, ChoiceDialogue)
        await touch_key(pilot, "abcdefg"[[option.value for option in menu.options].index("code")])
        await shown(pilot, ConfirmDialogue)
        await touch_key(pilot, "a")
        ticket = (await shown(pilot, TicketScreen)).ticket
        assert ticket.code != bo.code
        await touch_key(pilot, "cancel")
        await until(pilot, lambda: app.screen is screen)
        await touch_key(pilot, "hand_over")
        await shown(pilot, ConfirmDialogue)
        await touch_key(pilot, "a")
        await until(pilot, lambda: stage(shop, bo) == "collected")
        assert stage(shop, ann) == "paid"
    given = shop.rows("SELECT body FROM journal WHERE type = 'pickup.code' ORDER BY seq DESC LIMIT 1")
    assert '"w":"Mia"' in given[0][0]


async def test_by_scanner_and_in_part(shop: Stall) -> None:
    ticket = sold(shop, "MUG-BLUE", "HONEY", name="Ann", tail="17", checked=True)[1]
    other = sold(shop, "SCARF")[1]
    async with at(shop, "orders") as (screen, pilot):
        app = screen.app
        await scan(pilot, ticket.code)  # the bars
        await chosen(pilot, screen, ticket)
        await press(pilot, "f4")
        lines = await shown(pilot, ChoiceDialogue)
        assert [option.label for option in lines.options] == ["Honey 500 g", "Mug, blue glaze"]
        await press(pilot, "b")
        question = await shown(pilot, ConfirmDialogue)
        assert "Look at the name or the age first: Ann ··17" in question.words
        await press(pilot, "a")
        await until(pilot, lambda: "the rest waits on" in flash_text(app))
        assert stage(shop, ticket) == "ready"
        await scan(pilot, other.token)  # the QR code
        await chosen(pilot, screen, other)
        await scan(pilot, "4006381333931")
        await until(pilot, lambda: "not known here" in flash_text(app))
        assert screen.chosen.order.id == other.order.id
        await scan(pilot, ticket.token)
        await chosen(pilot, screen, ticket)
        await press(pilot, "enter")
        assert "Mug" not in (await shown(pilot, ConfirmDialogue)).words
        await press(pilot, "a")
        await until(pilot, lambda: stage(shop, ticket) == "collected")
        await scan(pilot, ticket.token)
        await until(pilot, lambda: "was collected already" in flash_text(app))
        assert not screen.can("hand_over")


async def test_what_lies_in_a_box_is_not_given_out_here(shop: Stall) -> None:
    ticket = sold(shop, "HONEY", point="locker")[1]
    with shop.ledger.transaction():
        order = handover.take_in(shop.ledger, ticket.order)
        boxes.happen(shop.ledger, 3, Event.HOLD, order=order.id)
    async with at(shop, "orders") as (screen, pilot):
        await until(pilot, lambda: screen.chosen is not None)
        assert screen.can("hand_over"), "a box that is only promised keeps nothing"
        with shop.ledger.transaction():
            shop.ledger.execute("UPDATE compartment SET state = 'occupied' WHERE number = 3")
            shop.ledger.execute("UPDATE pickup SET stage = 'ready' WHERE id = ?", (order.id,))
        await screen.look()
        assert not screen.can("hand_over")
        assert "box 3" in text_of(screen.app)


async def test_part_of_what_lies_in_a_box_is_paid_back_and_the_slip_says_to_take_it_out(
    tmp_path: Path,
) -> None:
    with pickup_stall(tmp_path, person="Sam") as shop:
        ticket = sold(shop, "HONEY", "SCARF", point="locker")[1]
        at_hub(shop.ledger, ticket, 3)
        async with at(shop, "orders", (80, 24)) as (screen, pilot):
            await chosen(pilot, screen, ticket)
            await press(pilot, "f10")
            returning = await shown(pilot, RefundScreen)
            await until(pilot, lambda: returning.goods)
            await press(pilot, "plus")
            await until(pilot, lambda: returning.goes_back)
            await press(pilot, "enter")
            for answer in ("c", "a", "a"):  # money back; broken; the way it was paid
                question = await shown(pilot, ChoiceDialogue)
                await press(pilot, answer)
                await until(pilot, lambda question=question: pilot.app.screen is not question)
            await shown(pilot, SlipScreen)
            assert "Take it out of box 3. No code opens that" in text_of(pilot.app)
        assert stage(shop, ticket) == "reported"
        assert boxes.box_of(shop.ledger, 3).state == "check"


async def test_what_nobody_came_for_is_put_back_on_the_shelf(shop: Stall) -> None:
    ticket = sold(shop, "HONEY")[1]
    handover.set_aside(shop.ledger, ticket.order.id, "Mia")
    async with at(shop, "orders") as (screen, pilot):
        await chosen(pilot, screen, ticket)
        assert not screen.can("restock"), "its days are not over"
        with shop.ledger.transaction():
            orders.step(shop.ledger, ticket.order.id, Step.EXPIRE)
        await screen.look()
        await press(pilot, "insert")
        assert "Honey" in (await shown(pilot, ConfirmDialogue)).words
        await press(pilot, "a")
        await until(pilot, lambda: "is back on the shelf" in flash_text(screen.app))
    assert stage(shop, ticket) == "returned to stock"


async def test_promises_kept_are_looked_at_and_printed(shop: Stall) -> None:
    handover.hand_over(shop.ledger, sold(shop, "MUG-BLUE")[1].order.id, "Mia")
    with shop.ledger.transaction():
        for number, pulses in enumerate((1, 1, 1, 2, 2, 2), 1):
            event = shop.ledger.record("opening", {"b": 3, "n": number})
            shop.ledger.execute(
                "INSERT INTO opening (id, box, purpose, actor, pulses, outcome) "
                "VALUES (?, 3, 'staff', 'Mia', ?, 'opened')",
                (event.seq, pulses),
            )
    async with at(shop, "orders") as (screen, pilot):
        await press(pilot, "ctrl+o")
        slip = await shown(pilot, SlipScreen)
        await until(pilot, lambda: "PROMISES KEPT" in text_of(screen.app))
        text = text_of(screen.app)
        assert "ready on time" in text and "100%" in text
        assert "3, look at it" in text, "its pulses rise"
        await press(pilot, "p")
        await until(pilot, lambda: "being printed" in flash_text(slip.app))
    assert shop.rows("SELECT count(*) FROM print_job WHERE kind = 'slip'") == [(1,)]


async def test_several_pieces_are_counted(shop: Stall) -> None:
    ticket = sold(shop, "MUG-BLUE")[1]
    with shop.ledger.transaction():
        shop.ledger.execute("UPDATE pickup_line SET quantity = 3000 WHERE pickup = ?", (ticket.order.id,))
    async with at(shop, "orders") as (screen, pilot):
        await until(pilot, lambda: screen.lines)
        await press(pilot, "f4", "a")
        await shown(pilot, NumberDialogue)
        await press(pilot, "4", "enter")
        assert isinstance(screen.app.screen, NumberDialogue), "there are only three"
        await press(pilot, "backspace", "2", "enter")
        await shown(pilot, ConfirmDialogue)
        await press(pilot, "a")
        await until(pilot, lambda: screen.lines[0][3] == 2000)
    secret = make_secret(shop.settings.folder)
    assert desk.by_code(shop.ledger, ticket.code, secret, 7).stage == "ready"


async def test_who_may_not_sell_gives_nothing_out(shop: Stall) -> None:
    """The service asks the ledger: whoever signed in as a seller and is a courier by now."""
    ticket = sold(shop, "MUG-BLUE")[1]
    async with at(shop, "orders") as (screen, pilot):
        await until(pilot, lambda: screen.chosen is not None)
        with shop.ledger.transaction():
            shop.ledger.execute("UPDATE person SET role = 'courier' WHERE name = 'Mia'")
        await press(pilot, "enter")
        await shown(pilot, ConfirmDialogue)
        await press(pilot, "a")
        await until(pilot, lambda: flash_text(screen.app))
    assert stage(shop, ticket) == "paid"
