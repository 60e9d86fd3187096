"""A stall without a printer: nothing waits for paper that never comes, and a code is offered instead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk.checkout import printqueue, shift
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.codeview import CodeScreen
from kiosk.tui.screens.prompts import ConfirmDialogue
from kiosk.tui.screens.queue import QueueScreen
from kiosk.tui.screens.slipview import SlipScreen
from kiosk.tui.screens.tender import TenderScreen
from tests.tui.hands import flash_text, key_places, press, touch_key
from tests.tui.looks import text_of
from tests.tui.paying import selling
from tests.tui.stall import PRINTER, Stall, at, shown, stall, until


def jobs(made: Stall) -> list[tuple[str, str]]:
    """Kind and state of everything that was ever queued."""
    return made.rows("SELECT kind, state FROM print_job ORDER BY id")


async def test_a_sale_queues_nothing_and_its_receipt_is_offered_as_a_code(tmp_path: Path) -> None:
    async with selling(tmp_path, devices=()) as (made, app, pilot):
        await press(pilot, "f5", "enter")
        await shown(pilot, ChangeScreen)
        assert made.rows("SELECT number FROM sale") == [(1,)]
        assert jobs(made) == []
        assert flash_text(app) == "No printer here: show the receipt as a code."
        assert "print" not in key_places(app)
        await press(pilot, "p")
        assert jobs(made) == [], "the key does nothing either"
        await touch_key(pilot, "code")
        await shown(pilot, CodeScreen)
        assert "No network is needed" in " ".join(text_of(app).split())


async def test_a_shop_that_gives_no_receipts_does_not_speak_of_them(tmp_path: Path) -> None:
    def silent(settings):  # type: ignore[no-untyped-def]
        return replace(settings, receipt=replace(settings.receipt, printing="never"))

    async with selling(tmp_path, devices=(), alter=silent) as (_made, app, pilot):
        await press(pilot, "f5", "enter")
        await shown(pilot, ChangeScreen)
        assert flash_text(app) == ""


async def test_a_printer_without_a_drawer_gets_no_pulse(tmp_path: Path) -> None:
    async with selling(tmp_path, devices=(replace(PRINTER, drawer_pin=0),)) as (made, _app, pilot):
        await press(pilot, "f5", "enter")
        await shown(pilot, ChangeScreen)
        assert jobs(made) == [("receipt", "QUEUED")]


async def test_the_code_of_a_payment_is_not_offered_on_paper(tmp_path: Path) -> None:
    async with selling(tmp_path, devices=()) as (made, app, pilot):
        await press(pilot, "f7")
        await until(pilot, lambda: not isinstance(app.screen, TenderScreen))
        assert "paid" in key_places(app) and "print" not in key_places(app)
        await press(pilot, "f8")
        assert jobs(made) == []


async def test_a_cash_move_and_the_close_of_the_day_leave_no_slip_behind(tmp_path: Path) -> None:
    with stall(tmp_path, devices=()) as made:
        async with at(made, "shift") as (_screen, pilot):
            await press(pilot, "f3", *"40", "enter")
            await press(pilot, "a")
            await until(pilot, lambda: "Cash out" in flash_text(pilot.app))
            await press(pilot, "f9", "f9", "f9")
            slip = await shown(pilot, SlipScreen)
            assert shift.current(made.ledger) is None
            assert not slip.prints and "print" not in key_places(pilot.app)
        assert [kind for kind, _state in jobs(made)] == ["drawer"], "the station drops the pulse"


async def test_goods_come_back_without_a_slip(tmp_path: Path) -> None:
    with stall(tmp_path, devices=()) as made:
        sold = made.sell("MUG-BLUE")
        made.ledger.execute("DELETE FROM print_job")
        async with at(made, "receipts") as (screen, pilot):
            await until(pilot, lambda: screen.sold)
            assert not screen.can("copy") and screen.can("code")
            await press(pilot, "f7", "f5", "enter", "a", "a")
            await until(pilot, lambda: isinstance(pilot.app.screen, SlipScreen))
            assert "Give the customer the slip" not in text_of(pilot.app)
        assert made.rows("SELECT remedy FROM return_case WHERE sale = ?", sold.id) == [("repair",)]
        assert jobs(made) == []


async def test_what_an_earlier_printer_left_is_shown_and_given_up_in_one_go(tmp_path: Path) -> None:
    with stall(tmp_path, devices=()) as made:
        for sku in ("TOTE", "HONEY", "MUG-BLUE"):
            made.sell(sku)
        first = next(job for job in printqueue.open_jobs(made.ledger) if job.kind == "receipt")
        printqueue.mark_sending(made.ledger, first.id)
        printqueue.mark_doubtful(made.ledger, first.id, "the till stopped")
        async with at(made, "prints") as (screen, pilot):
            await until(pilot, lambda: len(screen.waiting.jobs) == 3)
            assert "There is no printer any more" in " ".join(text_of(pilot.app).split())
            assert not screen.can("again"), "there is nothing to print it on"
            await press(pilot, "f8")
            question = await shown(pilot, ConfirmDialogue)
            assert "Give up all 3 slips?" in text_of(pilot.app) and question is not None
            await press(pilot, "escape")
            await shown(pilot, QueueScreen)
            assert len(printqueue.open_jobs(made.ledger)) > 2, "asked, and not agreed to"
            await touch_key(pilot, "give_up_all")
            await shown(pilot, ConfirmDialogue)
            await press(pilot, "a")
            await until(pilot, lambda: not screen.waiting.jobs)
        receipts = [state for kind, state in jobs(made) if kind == "receipt"]
        assert receipts == ["CANCELLED"] * 3
