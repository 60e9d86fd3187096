"""Payments nobody knows the outcome of: parked, taken up, settled by a person, found again after a kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.checkout.attempts import open_attempts
from kiosk.checkout.drafts import drafts
from kiosk.ledger.errors import LedgerFull
from kiosk.tui.screens.cash import CashDialogue
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.payment import PaymentDialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, TextDialogue
from kiosk.tui.screens.queue import QueueScreen
from kiosk.tui.screens.tender import TenderScreen
from kiosk.tui.screens.till import TillScreen
from kiosk.tui.widgets.listing import Listing
from tests.tui.hands import flash_text, press, scan, touch, touch_key
from tests.tui.looks import text_of
from tests.tui.paying import killed, paid, selling, tries
from tests.tui.stall import shown, until


async def test_a_card_nobody_knows_of_is_parked_taken_up_and_settled(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, app, pilot):
        await press(pilot, "f6")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f6")
        await shown(pilot, TenderScreen)
        assert tries(made) == [("card", 1250, "unknown", False)]
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        await press(pilot, "f3")
        await shown(pilot, TextDialogue)
        await press(pilot, *"anna", "enter")
        await until(pilot, lambda: flash_text(app) == "Parked: anna")
        await press(pilot, "b", "f5", "enter")  # the next customer is served meanwhile
        await shown(pilot, ChangeScreen)
        await press(pilot, "enter")
        await shown(pilot, TillScreen)
        await press(pilot, "f3")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")
        await shown(pilot, TenderScreen)
        await until(pilot, lambda: flash_text(app) == "Was it paid? Look, then say so.")
        await press(pilot, "f4")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")
        await shown(pilot, TextDialogue)  # the number on the reader's slip
        await press(pilot, *"tx9", "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("card", "tender", 1250)]
        assert made.rows("SELECT reference FROM payment WHERE method = 'card'") == [("tx9",)]
        assert drafts(made.ledger) == [] and open_attempts(made.ledger) == []


async def test_one_settled_from_what_waits_is_finished_when_its_sale_is_taken_up(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, app, pilot):
        await press(pilot, "f7")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f6")
        await shown(pilot, TenderScreen)
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        await press(pilot, "f3", "enter")
        await until(pilot, lambda: flash_text(app).startswith("Parked"))
        app.go("prints")
        queue = await shown(pilot, QueueScreen)
        await until(pilot, lambda: queue.attempt)
        await press(pilot, "f4")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")
        await until(pilot, lambda: "finish its sale" in flash_text(app))
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        await until(pilot, lambda: app.screen.parked == 1)  # type: ignore[attr-defined]
        await press(pilot, "f3")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")
        await shown(pilot, TenderScreen)
        await until(pilot, lambda: flash_text(app) == "All of it is paid.")
        assert made.rows("SELECT 1 FROM sale") == [], "taking a sale up books nothing by itself"
        await touch_key(pilot, "finish")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("qr", "tender", 1250)]


async def test_not_paid_opens_the_other_ways_again_and_late_money_still_counts(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, app, pilot):
        await press(pilot, "f6")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f6")
        await shown(pilot, TenderScreen)
        await press(pilot, "f4")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "b")
        await until(pilot, lambda: tries(made) == [("card", 1250, "failed", False)])
        assert app.screen.can("cash")  # type: ignore[attr-defined]
        await press(pilot, "f4")  # the customer shows the slip: it was paid after all
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")
        await shown(pilot, TextDialogue)
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("card", "tender", 1250)]


async def test_money_that_came_after_all_is_not_taken_twice(tmp_path: Path) -> None:
    async with selling(tmp_path, "SCARF") as (made, app, pilot):
        await press(pilot, "f6")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "escape")
        await shown(pilot, TenderScreen)
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "1", "0", "enter")
        await shown(pilot, TenderScreen)
        await press(pilot, "f4")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")
        await shown(pilot, TextDialogue)
        await press(pilot, "enter")
        await until(pilot, lambda: "give it back by the same method" in flash_text(app))
        assert tries(made) == [("card", 3900, "cancelled", False), ("cash", 1000, "confirmed", False)]


async def test_a_payment_in_the_list_is_settled_by_touching_it(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, app, pilot):
        await touch_key(pilot, "card")
        await shown(pilot, PaymentDialogue)
        await touch_key(pilot, "open")
        await shown(pilot, TenderScreen)
        listing = app.screen.query_one(Listing)
        await touch(pilot, listing.region.x + 3, listing.region.y)
        await shown(pilot, ChoiceDialogue)
        await touch_key(pilot, "b")
        await until(pilot, lambda: tries(made) == [("card", 1250, "failed", False)])


async def test_going_back_from_the_reference_goes_on_waiting(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, _app, pilot):
        await press(pilot, "f6")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f5")
        await shown(pilot, TextDialogue)
        await press(pilot, "escape")
        await shown(pilot, PaymentDialogue)
        assert tries(made) == [("card", 1250, "pending", False)]
        await press(pilot, "f5", *"7", "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("card", "tender", 1250)]


async def test_not_paid_leads_back_to_the_choice_and_then_to_the_till(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, _app, pilot):
        await press(pilot, "f7")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "escape")
        await shown(pilot, TenderScreen)
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        await press(pilot, "b")
        assert len(made.register.basket.live) == 2, "no money moved, so the basket is free"


async def test_the_code_is_printed_for_who_cannot_read_the_screen(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, app, pilot):
        await touch_key(pilot, "qr")
        await shown(pilot, PaymentDialogue)
        await touch_key(pilot, "print")
        await until(pilot, lambda: flash_text(app) == "The code is being printed.")
        ((body,),) = made.rows("SELECT body FROM print_job WHERE kind = 'slip'")
        assert "BCD" in body and "NOT PAID" in body
        made.refuse["enqueue_code"] = LedgerFull("disk")
        await press(pilot, "f8")
        await until(pilot, lambda: "disk is full" in flash_text(app))
        assert isinstance(app.screen, PaymentDialogue)


async def test_a_code_that_cannot_be_legal_is_refused_and_another_way_taken(tmp_path: Path) -> None:
    async with selling(tmp_path, methods={"qr": _Picky()}) as (made, app, pilot):
        await press(pilot, "f7")
        await shown(pilot, TenderScreen)
        await until(pilot, lambda: flash_text(app) == "Amount: must be 0.01 to 0.02")
        assert [state for _method, _asked, state, _sold in tries(made)] == ["failed"]
        await press(pilot, "f5", "enter")
        await shown(pilot, ChangeScreen)


class _Picky:
    """A payment code that refuses."""

    name, label = "qr", "QR"
    opens_drawer = can_overpay = needs_reference = False
    confirmed_by = "seller"

    def start(self, _request: object) -> object:
        """Nothing has happened."""
        raise ValueError("amount: must be 0.01 to 0.02")


@pytest.mark.parametrize("key", ["f6", "f7"])
async def test_after_a_kill_a_pending_payment_is_the_first_question(key: str, tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, _app, pilot):
        await press(pilot, key)
        await shown(pilot, PaymentDialogue)
        async with killed(made, tmp_path) as (again, later, hands):
            await shown(hands, TenderScreen)
            await until(hands, lambda: flash_text(later) == "Was it paid? Look, then say so.")
            await press(hands, "f5", "f6", "f7")
            assert isinstance(later.screen, TenderScreen), "nothing is taken before that is known"
            await press(hands, "f4")
            await shown(hands, ChoiceDialogue)
            await press(hands, "b")
            await until(hands, lambda: tries(again)[0][2] == "failed")
            await press(hands, "f5")
            await shown(hands, CashDialogue)
            await press(hands, "enter")
            await shown(hands, ChangeScreen)
            assert paid(again) == [("cash", "tender", 1250)]


async def test_after_a_kill_part_payments_are_back_with_their_sale(tmp_path: Path) -> None:
    async with selling(tmp_path, "SCARF", "HONEY") as (made, _app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "5", "enter")
        await shown(pilot, TenderScreen)
        await press(pilot, "f6")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f7")
        await press(pilot, "2", "0", "enter")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f5", "enter")
        await until(pilot, lambda: made.register.tender and made.register.tender.paid == 2500)
        async with killed(made, tmp_path, person="Sam") as (again, later, hands):
            await shown(hands, TenderScreen)
            assert "of €46.80" in text_of(later)
            assert again.register.tender is not None and again.register.tender.paid == 2500
            await press(hands, "f5")
            dialogue = await shown(hands, CashDialogue)
            assert dialogue.due == 2180
            await press(hands, "enter")
            await shown(hands, ChangeScreen)
            assert sorted(paid(again)) == [
                ("card", "tender", 2000),
                ("cash", "tender", 500),
                ("cash", "tender", 2180),
            ]


async def test_a_paid_sale_killed_before_it_was_booked_is_booked_once(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, app, pilot):
        await press(pilot, "f6")
        await shown(pilot, PaymentDialogue)
        made.refuse["commit"] = LedgerFull("disk")
        await press(pilot, "f5", "enter")
        await until(pilot, lambda: "disk is full" in flash_text(app))
        assert tries(made) == [("card", 1250, "confirmed", False)]
        async with killed(made, tmp_path) as (again, later, hands):
            await shown(hands, TenderScreen)
            await until(hands, lambda: flash_text(later) == "All of it is paid.")
            await scan(hands, "9520000000011")
            assert "Not added" in flash_text(later)
            await press(hands, "enter")
            await shown(hands, ChangeScreen)
            assert paid(again) == [("card", "tender", 1250)]
        async with killed(again, tmp_path / "more") as (third, _app, hands):
            await shown(hands, TillScreen)
            assert third.register.basket.lines == ()
            assert third.rows("SELECT count(*) FROM sale") == [(1,)]


async def test_a_park_that_fails_brings_money_and_leave_back(tmp_path: Path) -> None:
    async with selling(tmp_path, "SCARF") as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "5", "enter")
        await shown(pilot, TenderScreen)
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        made.refuse["park"] = LedgerFull("disk")
        await press(pilot, "f3", "enter")
        await until(pilot, lambda: "disk is full" in flash_text(app))
        assert made.register.tender is not None and made.register.tender.paid == 500
        await press(pilot, "f5")
        dialogue = await shown(pilot, CashDialogue)
        assert dialogue.due == 3400


async def test_who_signs_in_next_goes_on_with_the_payment(tmp_path: Path) -> None:
    async with selling(tmp_path, "SCARF") as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "5", "enter")
        await shown(pilot, TenderScreen)
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        app.sign_out()
        await until(pilot, lambda: app.current_mode == "lock")
        app.sign_in(made.somebody("Sam"))
        await shown(pilot, TillScreen)
        await press(pilot, "f5")
        dialogue = await shown(pilot, CashDialogue)
        assert dialogue.due == 3400
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        assert made.rows("SELECT p.name FROM sale s JOIN person p ON p.id = s.person") == [("Sam",)]


async def test_a_sale_with_an_open_payment_cannot_be_thrown_away(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, app, pilot):
        await press(pilot, "f6")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f6")
        await shown(pilot, TenderScreen)
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        await press(pilot, "ctrl+x")
        await shown(pilot, ConfirmDialogue)
        await press(pilot, "a")
        await until(pilot, lambda: "money was taken" in flash_text(app))
        assert len(made.register.basket.live) == 1
        assert len(drafts(made.ledger)) == 1
