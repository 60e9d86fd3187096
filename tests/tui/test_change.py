"""After the money: the change, the receipt on paper, screen and telephone, the clock, the next customer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.checkout.sale import load
from kiosk.ledger.errors import LedgerFull
from kiosk.settings import Settings
from kiosk.tui.screens.cash import CashDialogue
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.clock import ClockDialogue
from kiosk.tui.screens.codeview import CodeScreen
from kiosk.tui.screens.receipts import ReceiptsScreen
from kiosk.tui.screens.tender import TenderScreen
from kiosk.tui.screens.till import TillScreen
from kiosk.tui.widgets.paper import Paper
from kiosk.tui.widgets.qrcode import QrCode
from tests.tui.fakes import FakeLamp
from tests.tui.hands import flash_text, press, scan, touch_key
from tests.tui.looks import text_of
from tests.tui.paying import killed, paid, selling
from tests.tui.scenes import NO_PAPER, playing, without_printer
from tests.tui.stall import shown, until

MUG = "9520000000011"


def never(settings: Settings) -> Settings:
    """A shop that prints no receipts by itself."""
    return replace(settings, receipt=replace(settings.receipt, printing="never"))


@pytest.mark.parametrize("key", ["enter", "space", "escape"])
async def test_the_next_customer_is_a_key_away(key: str, tmp_path: Path) -> None:
    async with playing("change-due", tmp_path) as on:
        await on.press(key)
        await on.shown(TillScreen)
        assert on.made.register.basket.lines == ()
        assert (
            on.app.keeper.draft != on.made.rows("SELECT hex(event_id) FROM journal WHERE type = 'sale'")[0][0]
        )


async def test_a_digit_is_the_next_customers_first(tmp_path: Path) -> None:
    async with playing("change-due", tmp_path) as on:
        await on.press(*MUG, "enter")
        await on.shown(TillScreen)
        await until(on.pilot, lambda: on.made.register.basket.live)
        assert on.made.register.basket.live[0].item.sku == "MUG-BLUE"


async def test_scans_behind_the_change_keep_their_order(tmp_path: Path) -> None:
    async with playing("change-due", tmp_path) as on:
        for code in (MUG, "9520000000349"):
            await scan(on.pilot, code)
        await until(on.pilot, lambda: len(on.made.register.basket.live) == 2)
        assert [line.item.sku for line in on.made.register.basket.live] == ["MUG-BLUE", "HONEY"]


async def test_a_receipt_is_printed_on_wish_and_then_copied(tmp_path: Path) -> None:
    async with playing("change-ask", tmp_path) as on:
        assert flash_text(on.app) == "Print a receipt?"
        assert on.made.rows("SELECT kind FROM print_job") == [("drawer",)]
        on.made.refuse["enqueue_receipt"] = LedgerFull("disk")
        await on.press("p")
        await until(on.pilot, lambda: "disk is full" in flash_text(on.app))
        on.made.refuse.clear()
        await on.press("p")
        await until(on.pilot, lambda: flash_text(on.app) == "The receipt is being printed.")
        await on.press("p")
        await until(on.pilot, lambda: flash_text(on.app) == "Copy 1 is being printed.")
        jobs = on.made.rows("SELECT kind, copy FROM print_job WHERE kind <> 'drawer' ORDER BY id")
        assert jobs == [("receipt", 0), ("copy", 1)]


async def test_a_receipt_that_nobody_wants_is_not_spoken_of(tmp_path: Path) -> None:
    async with selling(tmp_path, alter=never) as (made, app, pilot):
        await press(pilot, "f5", "enter")
        await shown(pilot, ChangeScreen)
        assert flash_text(app) == ""
        assert made.rows("SELECT kind FROM print_job") == [("drawer",)]


async def test_paper_that_runs_out_under_this_receipt_is_told_at_once(tmp_path: Path) -> None:
    async with playing("change-due", tmp_path) as on:
        assert "receipt waits" not in flash_text(on.app)
        on.made.lamps = NO_PAPER
        on.app.on_lamps_changed()
        assert flash_text(on.app) == "No paper: the receipt waits. Show it as a code."
        on.made.lamps = (FakeLamp("printer", "ok", "printer ok"),)
        on.app.on_lamps_changed()
        assert flash_text(on.app) == ""


async def test_without_paper_the_receipt_is_a_code(tmp_path: Path) -> None:
    async with playing("change-no-paper", tmp_path) as on:
        await touch_key(on.pilot, "code")
        await on.shown(CodeScreen)
        payload = on.app.screen.query_one(QrCode).payload
        assert "A-000001" in payload and "20.30" in payload
        await on.press("enter")
        await on.shown(ChangeScreen)


async def test_a_shop_without_a_printer_queues_nothing_and_offers_the_code(tmp_path: Path) -> None:
    async with selling(tmp_path, alter=without_printer) as (made, app, pilot):
        await press(pilot, "f5", "enter")
        screen = await shown(pilot, ChangeScreen)
        assert made.rows("SELECT kind FROM print_job") == []
        assert "as a code" in flash_text(app)
        assert not screen.can("print")


@pytest.mark.parametrize(("size", "beside"), [((100, 30), False), ((120, 40), True), ((128, 50), True)])
async def test_the_slip_stands_beside_the_change_where_there_is_room(
    size: tuple[int, int], beside: bool, tmp_path: Path
) -> None:
    async with playing("change-due", tmp_path, size) as on:
        assert on.app.screen.query_one(Paper).display is beside
        assert ("Chipped mugs come back" in text_of(on.app)) is beside
        await on.pilot.resize_terminal(100, 30)
        await on.pilot.pause()
        assert not on.app.screen.query_one(Paper).display
        await on.pilot.resize_terminal(128, 50)
        await until(on.pilot, lambda: "Chipped mugs come back" in text_of(on.app))


async def test_the_slip_is_the_one_that_is_printed_page_by_page(tmp_path: Path) -> None:
    async with playing("receipt-view", tmp_path, (80, 24)) as on:
        assert "Receipt A-000001" in text_of(on.app)
        await on.press("pagedown")
        assert "2/2" in text_of(on.app)
        await touch_key(on.pilot, "page")
        assert "1/2" in text_of(on.app)
        await on.press("enter")
        await on.shown(ChangeScreen)


async def test_the_clock_is_confirmed_and_the_next_receipt_says_so(tmp_path: Path) -> None:
    async with playing("change-clock", tmp_path) as on:
        first = load(on.made.ledger, on.app.screen.receipt.id)  # type: ignore[attr-defined]
        assert not first.clock_trusted
        await on.press("k")
        await on.shown(ClockDialogue)
        await on.press("enter")
        assert isinstance(on.app.screen, ClockDialogue), "Enter agrees to nothing"
        await on.press("escape")
        screen = await on.shown(ChangeScreen)
        assert screen.can("clock"), "no answer is no yes"
        await on.press("k")
        await on.shown(ClockDialogue)
        await on.press("a")
        await until(on.pilot, lambda: "clock is confirmed" in flash_text(on.app))
        assert not screen.can("clock")
        ((body,),) = on.made.rows("SELECT body FROM journal WHERE type = 'clock.confirmed'")
        assert json.loads(body) == {"person": on.made.register.person.id}  # type: ignore[union-attr]
        await on.press("enter", "b", "f5", "enter")
        second = await on.shown(ChangeScreen)
        assert load(on.made.ledger, second.receipt.id).clock_trusted


async def test_a_wrong_clock_stays_unconfirmed_and_sales_go_on(tmp_path: Path) -> None:
    async with playing("clock", tmp_path) as on:
        await touch_key(on.pilot, "b")
        screen = await on.shown(ChangeScreen)
        await until(on.pilot, lambda: flash_text(on.app).startswith("Set the clock"))
        assert screen.can("clock")
        assert on.made.rows("SELECT 1 FROM journal WHERE type = 'clock.confirmed'") == []


async def test_a_confirmation_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    async with playing("clock", tmp_path) as on:
        on.made.refuse["confirm_clock"] = LedgerFull("disk")
        await on.press("a")
        await until(on.pilot, lambda: "disk is full" in flash_text(on.app))


async def test_the_clock_is_confirmed_from_the_till_too(tmp_path: Path) -> None:
    async with selling(tmp_path, trusted=False) as (_made, app, pilot):
        await press(pilot, "ctrl+k")
        await shown(pilot, ClockDialogue)
        await press(pilot, "a")
        await until(pilot, lambda: "clock is confirmed" in flash_text(app))
        await press(pilot, "ctrl+k")
        assert isinstance(app.screen, TillScreen), "it is not asked about any more"


async def test_a_receipts_code_at_the_till_shows_its_slip_and_leaves_the_basket(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, _app, pilot):
        made.sell("TOTE")
        made.sell("HONEY")
        await scan(pilot, "R/A-000001")
        screen = await shown(pilot, ReceiptsScreen)
        await until(pilot, lambda: screen.sold is not None and screen.sold.number == "A-000001")
        assert screen.can("copy") and screen.can("take_back")
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        assert [line.item.sku for line in made.register.basket.live] == ["MUG-BLUE"]


async def test_a_receipt_of_another_till_is_said_to_be_unknown(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, app, pilot):
        made.sell("TOTE")
        await scan(pilot, "r/b7-000042")
        await shown(pilot, ReceiptsScreen)
        await until(pilot, lambda: "There is no receipt" in flash_text(app))


async def test_a_receipts_code_behind_the_change_leads_to_its_slip(tmp_path: Path) -> None:
    async with playing("change-due", tmp_path) as on:
        await scan(on.pilot, "R/A-000001")
        screen = await on.shown(ReceiptsScreen)
        await until(on.pilot, lambda: screen.sold is not None and screen.sold.number == "A-000001")
        await on.press("escape")
        await on.shown(TillScreen)


async def test_a_receipts_code_while_money_is_taken_waits_like_goods(tmp_path: Path) -> None:
    async with playing("tender-part", tmp_path) as on:
        await scan(on.pilot, "R/A-000001")
        await until(on.pilot, lambda: flash_text(on.app).startswith("Not added"))
        assert isinstance(on.app.screen, TenderScreen)


async def test_after_a_kill_behind_the_change_the_sale_stands_once(tmp_path: Path) -> None:
    async with playing("change-due", tmp_path) as on:
        before = paid(on.made)
        async with killed(on.made, tmp_path / "later") as (again, _app, hands):
            await shown(hands, TillScreen)
            assert again.register.basket.lines == ()
            assert paid(again) == before
            await press(hands, "b", "f5")
            await shown(hands, CashDialogue)
            await press(hands, "enter")
            screen = await shown(hands, ChangeScreen)
            assert screen.receipt.number == "A-000002"
