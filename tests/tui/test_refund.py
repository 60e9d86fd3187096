"""Receipts found again, printed as copies, and goods taken back: by keys, by touch and by scanning."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.catalogue.products import Catalogue, Product
from kiosk.checkout.return_case import Remedy
from kiosk.checkout.stored_sale import load
from kiosk.tui.returning import Returning
from kiosk.tui.screens.codeview import CodeScreen
from kiosk.tui.screens.leave import LeaveDialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, NumberDialogue, TextDialogue
from kiosk.tui.screens.receipts import ReceiptsScreen
from kiosk.tui.screens.refund import RefundScreen, ReturnsScreen
from kiosk.tui.screens.slipview import SlipScreen
from kiosk.tui.widgets.listing import Listing
from tests.tui.hands import SIZES, flash_text, press, scan, touch, touch_key
from tests.tui.looks import same_as_golden, text_of
from tests.tui.stall import Stall, at, shown, stall, until


def two_sales(made: Stall) -> None:
    """One with three mugs and more, one by card."""
    made.wait(45)
    made.sell("MUG-BLUE", "MUG-BLUE", "MUG-BLUE", "HONEY", "TOTE", given=10_000)
    made.wait(20)
    made.sell("CAN-PILLAR", method="card")


def back(made: Stall) -> list[tuple[int, int]]:
    """What refunds are booked: their total and the sale they take back."""
    return made.rows("SELECT total, refunds FROM sale WHERE kind = 'refund'")


async def test_a_copy_is_printed_and_counted(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        two_sales(made)
        async with at(made, "receipts") as (screen, pilot):
            assert screen.sold.number == "A-000002"
            await press(pilot, "down", "f5")
            await until(pilot, lambda: flash_text(pilot.app).startswith("Copy 1"))
            assert screen.sold.number == "A-000001"
            await touch_key(pilot, "copy")
            await until(pilot, lambda: flash_text(pilot.app).startswith("Copy 2"))
            assert made.rows("SELECT ref, copy FROM print_job WHERE kind = 'copy'") == [
                (screen.sold.id, 1),
                (screen.sold.id, 2),
            ]


async def test_a_receipt_is_found_by_number_by_product_and_by_its_code(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        two_sales(made)
        async with at(made, "receipts") as (screen, pilot):
            await press(pilot, *"honey")
            await until(pilot, lambda: [one.number for one in screen.found] == ["A-000001"])
            await press(pilot, "escape")
            await until(pilot, lambda: len(screen.found) == 2)
            await press(pilot, "2")
            await until(pilot, lambda: screen.sold.number == "A-000002")
            await press(pilot, "9")
            await until(pilot, lambda: screen.sold is None)
            assert "no such receipt" in text_of(pilot.app)
            await scan(pilot, "R/A-000001")
            await until(pilot, lambda: screen.sold and screen.sold.number == "A-000001")
            await scan(pilot, "R/A-000077")
            await until(pilot, lambda: "no receipt" in flash_text(pilot.app))
            assert screen.sold.number == "A-000001", "what was found stays"


async def test_keys_of_the_receipts_do_nothing_where_goods_are_taken_back(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        two_sales(made)
        async with at(made, "refund") as (screen, pilot):
            await press(pilot, "f5", "f6")  # a copy and a code, among the receipts
            assert pilot.app.screen is screen
            assert made.rows("SELECT ref FROM print_job WHERE kind = 'copy'") == []


async def test_a_receipt_is_found_by_touch_and_shown_as_a_code(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        two_sales(made)
        async with at(made, "receipts", (128, 50)) as (screen, pilot):
            listing = screen.query_one(Listing)
            await touch(pilot, listing.region.x + 4, listing.region.y + 4)
            await until(pilot, lambda: screen.sold.number == "A-000001")
            await touch_key(pilot, "search")
            await shown(pilot, TextDialogue)
            for letter in "pillar":
                await touch_key(pilot, letter.upper() if letter == "p" else letter)
            await touch_key(pilot, "enter")
            await until(pilot, lambda: screen.sold.number == "A-000002")
            await touch_key(pilot, "code")
            await shown(pilot, CodeScreen)
            await touch_key(pilot, "cancel")
            await shown(pilot, ReceiptsScreen)


async def test_part_of_a_sale_goes_back_in_cash_after_repair_and_swap_were_offered(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        two_sales(made)
        async with at(made, "refund") as (_screen, pilot):
            await scan(pilot, "R/A-000001")
            returning = await shown(pilot, RefundScreen)
            await until(pilot, lambda: returning.goods)
            await press(pilot, "plus", "plus")
            await until(pilot, lambda: returning.goes_back == 2500)
            await press(pilot, "enter")
            choice = await shown(pilot, ChoiceDialogue)
            assert [option.value for option in choice.options] == ["repair", "swap", "refund"]
            await press(pilot, "c")
            await until(pilot, lambda: pilot.app.screen is not choice)
            await press(pilot, "a")
            await until(pilot, lambda: "Give back" in text_of(pilot.app))
            assert not back(made), "nothing is booked before the last question"
            await press(pilot, "a")
            await shown(pilot, SlipScreen)
            assert back(made) == [(-2500, 1 + made.rows("SELECT min(id) FROM sale")[0][0] - 1)]
            assert load(made.ledger, "A-000001").lines[0].returned == 2000
            assert made.rows("SELECT remedy, reason FROM return_case") == [("refund", "broken")]
            assert made.rows("SELECT count(*) FROM print_job WHERE kind = 'receipt'") == [(3,)]
            await press(pilot, "enter")
            await until(pilot, lambda: pilot.app.current_mode == "till")
            pilot.app.go("refund")
            await shown(pilot, ReturnsScreen)


@pytest.mark.parametrize(("key", "remedy", "word"), [("a", "repair", "REPAIR"), ("b", "swap", "SWAPPED")])
async def test_repair_and_swap_move_no_money_and_give_a_slip(
    key: str, remedy: Remedy, word: str, tmp_path: Path
) -> None:
    with stall(tmp_path) as made:
        two_sales(made)
        async with at(made, "refund", (128, 50)) as (_screen, pilot):
            await press(pilot, "enter")
            returning = await shown(pilot, RefundScreen)
            await until(pilot, lambda: returning.goods and returning.goods.back)
            await touch_key(pilot, "go_on")
            await touch_key(pilot, key)
            await until(pilot, lambda: "Why does it" in text_of(pilot.app))
            await touch_key(pilot, "f")  # not said
            await shown(pilot, SlipScreen)
            await until(pilot, lambda: word in text_of(pilot.app))
            assert not back(made)
            assert made.rows("SELECT remedy FROM return_case") == [(remedy,)]
            assert made.rows("SELECT count(*) FROM print_job WHERE kind = 'slip'") == [(1,)]
            await touch_key(pilot, "cancel")
            await until(pilot, lambda: pilot.app.current_mode == "till")


async def test_a_seller_needs_leave_and_a_whole_sale_goes_back_as_it_was_paid(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        two_sales(made)
        async with at(made, "refund") as (_screen, pilot):
            await press(pilot, "enter")
            returning = await shown(pilot, RefundScreen)
            await until(pilot, lambda: returning.goods and returning.goods.back)
            await press(pilot, "enter", "c", "a")
            choice = await shown(pilot, ChoiceDialogue)
            await until(pilot, lambda: "Card 12.00" in text_of(pilot.app))
            assert len(pilot.app.screen.options) == 1, choice
            await press(pilot, "a")
            await shown(pilot, LeaveDialogue)
            await press(pilot, *"2580", "enter")
            await shown(pilot, SlipScreen)
            [(total, _sale)] = back(made)
            assert made.rows(
                "SELECT method, amount FROM payment p JOIN sale s ON s.id = p.sale WHERE s.kind = 'refund'"
            ) == [("card", total)]


async def test_what_came_back_cannot_come_back_again(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        two_sales(made)
        async with at(made, "refund") as (screen, pilot):
            for _again in range(2):
                await press(pilot, "enter")
                returning = await shown(pilot, RefundScreen)
                await until(pilot, lambda screen=returning: screen.goods)
                if _again:
                    break
                await press(pilot, "enter", "a", "a")
                await shown(pilot, SlipScreen)
                await press(pilot, "enter")
                await until(pilot, lambda: pilot.app.current_mode == "till")
                pilot.app.go("refund")
                await shown(pilot, ReturnsScreen)
                await until(pilot, lambda: screen.sold)
            assert returning.goods.possible, "a repair takes nothing off what can be refunded"
            await press(pilot, "enter", "c", "a", "a")
            await shown(pilot, SlipScreen)
            await press(pilot, "enter")
            await until(pilot, lambda: pilot.app.current_mode == "till")
            pilot.app.go("refund")
            await shown(pilot, ReturnsScreen)
            await press(pilot, *"pillar")
            await until(pilot, lambda: [one.kind for one in screen.found] == ["refund", "sale"])
            assert not screen.can("take_back"), "a refund is not taken back"
            await press(pilot, "down")
            await until(pilot, lambda: screen.sold.kind == "sale")
            await press(pilot, "enter")
            returning = await shown(pilot, RefundScreen)
            await until(pilot, lambda: "come back already" in flash_text(pilot.app))
            assert not returning.can("go_on")


async def test_weighed_goods_and_hostile_names_are_data(tmp_path: Path) -> None:
    name = "Oil [@click=app.quit]x[/] \x1b[2J\u202egnp" + "y" * 190
    with stall(tmp_path) as made:
        oil = Product("OIL-X", name[:150], 1200, unit="l")
        Catalogue(made.ledger).put(oil)
        made.sell("OIL-X")
        async with at(made, "refund", (80, 24)) as (_screen, pilot):
            await press(pilot, "enter")
            returning = await shown(pilot, RefundScreen)
            await until(pilot, lambda: returning.goods and returning.goods.back)
            assert "Oil [@click=app" in text_of(pilot.app)
            await press(pilot, "asterisk")
            await shown(pilot, NumberDialogue)
            await press(pilot, *"0", "full_stop", *"250", "enter")
            await until(pilot, lambda: returning.goes_back == 300)
            await press(pilot, "minus")
            assert returning.goods.back == {}
            await touch_key(pilot, "whole_line")
            assert returning.goods.back == {1: 1000}


def test_a_choice_never_exceeds_what_is_still_out(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        two_sales(made)
        goods = Returning(load(made.ledger, "A-000001"))
        assert goods.step(1).step(1).step(1).step(1).back == {1: 3000}
        assert goods.step(-1).back == {}
        assert goods.choose(1).take(99_000).back == {2: 1000}
        assert goods.choose(9) is goods
        assert goods.everything().back == {1: 3000, 2: 1000, 3: 1000}


SCENES: dict[str, tuple[str, tuple[str, ...]]] = {
    "receipts": ("receipts", ("down",)),
    "refund-find": ("refund", tuple("honey")),
    "refund-lines": ("refund", ("down", "enter", "plus", "plus", "down", "a")),
    "refund-remedy": ("refund", ("down", "enter", "plus", "enter")),
    "refund-way": ("refund", ("down", "enter", "plus", "enter", "c", "a")),
    "refund-done": ("refund", ("down", "enter", "plus", "enter", "c", "a", "a")),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
async def test_it_looks_as_it_did(scene: str, size: tuple[int, int], tmp_path: Path) -> None:
    place, keys = SCENES[scene]
    with stall(tmp_path) as made:
        two_sales(made)
        async with at(made, place, size) as (_screen, pilot):
            await pilot.pause(0.02)
            for key in keys:
                await press(pilot, key)
                await pilot.pause(0.02)
            await pilot.pause(0.05)
            same_as_golden(pilot.app, f"{scene}-{size[0]}x{size[1]}")
