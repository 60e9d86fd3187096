"""Money in the hand: exact, more, less, rounded, beside other ways, without a shift, on a full disk."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest

from kiosk.checkout import sale, shift
from kiosk.checkout.basket import Discount
from kiosk.checkout.customer import View
from kiosk.checkout.drafts import drafts
from kiosk.ledger.errors import LedgerFull
from kiosk.station.counter import Counter
from kiosk.tui.screens.cash import CashDialogue
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.help import HelpScreen
from kiosk.tui.screens.payment import PaymentDialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, NumberDialogue, TextDialogue
from kiosk.tui.screens.shift import ShiftScreen
from kiosk.tui.screens.tender import TenderScreen
from kiosk.tui.screens.till import TillScreen
from tests.tui.hands import flash_text, press, scan, touch_key
from tests.tui.looks import text_of
from tests.tui.paying import killed, paid, selling, tries
from tests.tui.scenes import in_francs
from tests.tui.stall import shown, until

TWO = ("MUG-BLUE", "HONEY")
"""12.50 and 7.80: 20.30."""


async def test_enter_alone_means_exactly_what_is_due(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 2030)]
        assert "P A I D" in text_of(app)
        assert made.rows("SELECT kind FROM print_job ORDER BY id") == [("drawer",), ("receipt",)]


async def test_back_by_finger_and_key_at_once_leads_back_once(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (_made, app, pilot):
        await press(pilot, "f6")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f6")
        screen = await shown(pilot, TenderScreen)
        screen.action_do("back")
        screen.action_do("back")
        await shown(pilot, TillScreen)
        assert len(app.screen_stack) == 1


async def test_a_sale_that_is_booked_behind_the_help_shows_its_change_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with selling(tmp_path, *TWO) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        seen: list[View] = []
        monkeypatch.setattr(Counter, "has_display", True)
        monkeypatch.setattr(Counter, "show", lambda _counter, view: seen.append(view))
        slow: Future[sale.Receipt] = Future()
        with monkeypatch.context() as held:
            held.setattr(made, "submit", lambda *_asked: slow)
            await press(pilot, "enter")
            await shown(pilot, TenderScreen)
        await press(pilot, "f1")
        await shown(pilot, HelpScreen)
        slow.set_result(made.sell(*TWO))
        await until(pilot, lambda: made.register.basket.is_empty)
        await press(pilot, "escape")
        await shown(pilot, ChangeScreen)
        await until(pilot, lambda: seen[-1] == View("paid", total=2030, given=2030))
        await press(pilot, "enter")
        await shown(pilot, TillScreen)
        assert len(app.screen_stack) == 1


async def test_two_digits_at_once_on_the_change_are_both_the_next_customers(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (_made, app, pilot):
        await press(pilot, "f5", "enter")
        screen = await shown(pilot, ChangeScreen)
        assert screen.typed("1") and screen.typed("2")
        await shown(pilot, TillScreen)
        assert flash_text(app).startswith("12_")


async def test_nothing_said_of_a_sale_outlives_it(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (_made, app, pilot):
        assert isinstance(app.screen, TillScreen)
        app.screen.say("2 × Mug 25.00", "good", "undo")
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        await press(pilot, "enter")
        await shown(pilot, TillScreen)
        assert flash_text(app) == "", "an undo of what is sold would still be offered"


@pytest.mark.parametrize(("letter", "given"), [("a", 2030), ("b", 2200), ("e", 4000)])
async def test_a_likely_sum_is_one_key(letter: str, given: int, tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (made, _app, pilot):
        await press(pilot, "f5", letter)
        await shown(pilot, ChangeScreen)
        assert paid(made)[0] == ("cash", "tender", given)
        assert sum(size for _method, _kind, size in paid(made)) == 2030


async def test_change_is_told_before_and_after_it_is_booked(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "5", "0")
        assert "change 29.70" in text_of(app)
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 5000), ("cash", "change", -2970)]
        assert "A-000001 · total €20.30 · Cash 50.00" in text_of(app)


async def test_a_typed_amount_can_be_taken_back(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (made, _app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "9", "9", "backspace", "backspace", *"20.50".replace(".", ","), "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 2050), ("cash", "change", -20)]


async def test_going_back_from_the_first_way_leads_to_the_till_and_books_nothing(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        assert made.register.tender is None
        await press(pilot, "b")
        assert len(made.register.basket.live) == 3, "goods can be added again"
        assert len(app.screen_stack) == 1
        assert made.rows("SELECT 1 FROM sale") == []


async def test_no_shift_is_said_before_any_money_is_asked_for(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO, opened=False) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, TenderScreen)
        await until(pilot, lambda: "No shift is open" in flash_text(app))
        await press(pilot, "f6", "enter")
        assert isinstance(app.screen, TenderScreen)
        assert tries(made) == []
        await press(pilot, "f8")
        await shown(pilot, NumberDialogue)
        await press(pilot, *"85", "enter")
        await until(pilot, lambda: shift.current(made.ledger) is not None)
        await shown(pilot, CashDialogue)  # what was asked for at first goes on by itself
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 2030)]


async def test_without_a_float_the_sale_waits(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO, opened=False) as (made, app, pilot):
        await press(pilot, "f5")
        await until(pilot, lambda: "No shift is open" in flash_text(app))
        await touch_key(pilot, "shift")
        await shown(pilot, NumberDialogue)
        await press(pilot, "escape")
        await shown(pilot, ShiftScreen)
        await press(pilot, "escape")
        await shown(pilot, TenderScreen)
        await until(pilot, lambda: "No shift is open" in flash_text(app))
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        assert len(made.register.basket.live) == 2


async def test_three_ways_pay_one_sale(tmp_path: Path) -> None:
    async with selling(tmp_path, "SCARF", *TWO) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "5", "enter")
        await shown(pilot, TenderScreen)
        assert "of €59.30" in text_of(app)
        await press(pilot, "f6")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f7")
        await shown(pilot, NumberDialogue)
        await press(pilot, "3", "0", "enter")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f5")
        await shown(pilot, TextDialogue)
        await press(pilot, *"tx1", "enter")
        await shown(pilot, TenderScreen)
        await press(pilot, "f7")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f5")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 500), ("card", "tender", 3000), ("qr", "tender", 2430)]
        assert made.rows("SELECT reference FROM payment WHERE method = 'card'") == [("tx1",)]
        assert drafts(made.ledger) == []


async def test_only_cash_may_be_more_than_what_is_left(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (made, app, pilot):
        await press(pilot, "f6")
        await shown(pilot, PaymentDialogue)
        await press(pilot, "f7")
        await shown(pilot, NumberDialogue)
        await press(pilot, "2", "0", "full_stop", "3", "1", "enter")
        assert flash_text(app) == "That is more than is left."
        await press(pilot, *["backspace"] * 5, "0", "enter")
        assert flash_text(app) == "Nought is no payment."
        await press(pilot, "escape")
        await shown(pilot, TenderScreen)
        assert [state for _method, _asked, state, _sold in tries(made)] == ["cancelled"]
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "1", "0", "0", "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 10_000), ("cash", "change", -7970)]


async def test_a_part_payment_locks_the_basket_and_stays_when_the_seller_goes_back(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "5", "enter")
        await shown(pilot, TenderScreen)
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        await scan(pilot, "9520000000011")
        assert "money was taken for this sale" in flash_text(app)
        await press(pilot, "ctrl+x")
        assert len(made.register.basket.live) == 2
        if isinstance(app.screen, ConfirmDialogue):
            await press(pilot, "a")
            await shown(pilot, TillScreen)
        assert len(made.register.basket.live) == 2, "a sale with money in it is not thrown away"
        await press(pilot, "f5")
        dialogue = await shown(pilot, CashDialogue)
        assert dialogue.due == 1530
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 500), ("cash", "tender", 1530)]


async def test_a_part_payment_goes_back_and_the_basket_is_free_again(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "5", "enter")
        await shown(pilot, TenderScreen)
        await press(pilot, "f4")
        await shown(pilot, ConfirmDialogue)
        await press(pilot, "enter")
        assert isinstance(app.screen, ConfirmDialogue), "Enter agrees to nothing"
        await press(pilot, "a")
        await until(pilot, lambda: "Given back: Cash €5.00" in flash_text(app))
        assert made.rows("SELECT body FROM journal WHERE type = 'payment.returned'")
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        await press(pilot, "b")
        assert len(made.register.basket.live) == 3


async def test_cash_rounding_is_a_row_of_its_own(tmp_path: Path) -> None:
    async with selling(tmp_path, "OLIVES@345", alter=in_francs) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        assert "rounded for cash by CHF 0.02" in text_of(app)
        await press(pilot, "5", "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 500), ("cash", "change", -50), ("cash", "rounding", -2)]
        assert "rounded to 4.50" in text_of(app)


async def test_the_unrounded_rest_may_be_counted_out_too(tmp_path: Path) -> None:
    async with selling(tmp_path, "OLIVES@345", alter=in_francs) as (made, _app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, *"4", "full_stop", *"48", "enter")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 448)]


async def test_a_sale_that_comes_to_nothing_is_booked_without_asking_for_money(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO, person="Sam") as (made, app, pilot):
        made.register.discount_sale(Discount(percent=1_000_000), 1)
        await press(pilot, "f5")
        await shown(pilot, ChangeScreen)
        assert paid(made) == []
        assert made.rows("SELECT total FROM sale") == [(0,)]
        assert "P A I D" in text_of(app)


async def test_on_a_full_disk_money_and_basket_stay_until_there_is_room(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        made.refuse |= {name: LedgerFull("disk") for name in ("commit", "store_attempt", "save_open")}
        await press(pilot, "5", "0", "enter")
        await until(pilot, lambda: "disk is full" in flash_text(app))
        assert made.rows("SELECT 1 FROM sale") == []
        await press(pilot, "enter")
        await until(pilot, lambda: "disk is full" in flash_text(app))
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        assert made.register.tender is not None and made.register.tender.paid == 2030
        made.refuse.clear()
        await press(pilot, "f5")
        await shown(pilot, ChangeScreen)
        assert paid(made) == [("cash", "tender", 5000), ("cash", "change", -2970)]
        assert made.rows("SELECT count(*) FROM sale") == [(1,)]


async def test_cash_of_a_sale_that_could_not_be_booked_is_known_after_a_kill(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        made.refuse["commit"] = LedgerFull("disk")
        await press(pilot, "5", "0", "enter")
        await until(pilot, lambda: "disk is full" in flash_text(app))
        async with killed(made, tmp_path) as (again, later, hands):
            await shown(hands, TenderScreen)
            await until(hands, lambda: flash_text(later) == "All of it is paid.")
            await press(hands, "enter")
            await shown(hands, ChangeScreen)
            assert paid(again) == [("cash", "tender", 5000), ("cash", "change", -2970)]


async def test_a_shift_closed_meanwhile_keeps_the_money_until_one_is_open(tmp_path: Path) -> None:
    async with selling(tmp_path, *TWO) as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        from kiosk.checkout.sale import NoShift

        made.refuse["commit"] = NoShift()
        await press(pilot, "enter")
        await until(pilot, lambda: "No shift is open" in flash_text(app))
        assert not app.screen.can("finish") and not app.screen.can("cash")  # type: ignore[attr-defined]
        assert tries(made) == [("cash", 2030, "confirmed", False)]


async def test_a_note_a_line_still_needs_is_asked_for_before_the_money(tmp_path: Path) -> None:
    async with selling(tmp_path, "MUG-NAME") as (made, app, pilot):
        await press(pilot, "f5")
        await shown(pilot, TextDialogue)
        await press(pilot, "escape")
        await shown(pilot, TillScreen)
        assert flash_text(app).startswith("first finish")
        await press(pilot, "f5")
        await shown(pilot, TextDialogue)
        await press(pilot, *"ada", "enter")
        await shown(pilot, CashDialogue)
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
        assert made.rows("SELECT note FROM sale_line") == [("ada",)]


async def test_which_of_several_payments_is_asked(tmp_path: Path) -> None:
    async with selling(tmp_path, "SCARF", *TWO) as (made, _app, pilot):
        for amount in ("5", "7"):
            await press(pilot, "f5")
            await shown(pilot, CashDialogue)
            await press(pilot, amount, "enter")
            await shown(pilot, TenderScreen)
        await press(pilot, "f4")
        await shown(pilot, ChoiceDialogue)
        await press(pilot, "b")
        await shown(pilot, ConfirmDialogue)
        await press(pilot, "a")
        await until(pilot, lambda: made.register.tender and made.register.tender.paid == 500)
        assert tries(made) == [("cash", 700, "cancelled", False), ("cash", 500, "confirmed", False)]
