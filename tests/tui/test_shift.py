"""The shift on the screen: float, cash in and out, X, the blind count, the difference and the Z."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.catalogue.products import Catalogue
from kiosk.checkout import drafts, shift
from kiosk.checkout.basket import Basket, Item
from kiosk.checkout.z_report import z_report
from kiosk.tui.drawercount import DrawerCount
from kiosk.tui.screens.closing import DifferenceDialogue
from kiosk.tui.screens.counting import CountDialogue
from kiosk.tui.screens.leave import LeaveDialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, NumberDialogue, TextDialogue
from kiosk.tui.screens.shift import ShiftScreen
from kiosk.tui.screens.slipview import SlipScreen
from kiosk.tui.screens.till import TillScreen
from tests.tui.hands import SIZES, flash_text, press, touch_key
from tests.tui.looks import same_as_golden, text_of
from tests.tui.stall import Stall, at, shown, stall, until


def a_morning(made: Stall) -> None:
    """Some sales by hand and by card."""
    for minutes, skus, method in (
        (12, ("MUG-BLUE", "HONEY"), "cash"),
        (35, ("CAN-PILLAR",), "card"),
        (50, ("TOTE",), "cash"),
        (70, ("BOWL-L", "PLATE"), "cash"),
    ):
        made.wait(minutes)
        made.sell(*skus, method=method)


async def test_without_a_shift_the_float_is_asked_for_and_the_till_is_next(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia", opened=False) as made:
        async with at(made, "shift") as (_screen, pilot):
            await shown(pilot, NumberDialogue)
            await press(pilot, *"85", "full_stop", *"50", "enter")
            await until(pilot, lambda: pilot.app.current_mode == "till")
            opened = shift.current(made.ledger)
            assert opened is not None and (opened.float_amount, opened.person) == (8550, "Mia")


async def test_who_signs_in_without_a_shift_is_asked_once_and_then_reminded(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia", opened=False) as made:
        async with at(made, "shift") as (_screen, pilot):
            await shown(pilot, NumberDialogue)
            await press(pilot, "escape")
            await shown(pilot, ShiftScreen)
            await press(pilot, "escape")
            await shown(pilot, TillScreen)
            await until(pilot, lambda: "No shift is open" in flash_text(pilot.app))


async def test_a_float_that_is_not_entered_opens_nothing_and_can_be_entered_by_touch(tmp_path: Path) -> None:
    with stall(tmp_path, opened=False) as made:
        async with at(made, "shift") as (_screen, pilot):
            await shown(pilot, NumberDialogue)
            await press(pilot, "escape")
            await shown(pilot, ShiftScreen)
            assert shift.current(made.ledger) is None
            assert "No shift is open" in text_of(pilot.app)
            await touch_key(pilot, "open_shift")
            await shown(pilot, NumberDialogue)
            await touch_key(pilot, "0")
            await touch_key(pilot, "enter")
            await until(pilot, lambda: shift.current(made.ledger) is not None)


async def test_cash_out_is_booked_with_its_reason_and_a_slip_to_sign(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "shift") as (_screen, pilot):
            await press(pilot, "f3")
            await press(pilot, *"40", "enter")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "a")
            await shown(pilot, ShiftScreen)
            assert made.rows("SELECT kind, amount, reason FROM cash_move") == [("out", 4000, "to the bank")]
            assert flash_text(pilot.app) == "Cash out: £40.00, to the bank" or "40.00" in flash_text(
                pilot.app
            )
            [(body,)] = made.rows("SELECT body FROM print_job WHERE kind = 'slip'")
            assert "CASH OUT" in {row.get("text") for row in json.loads(body)}
            assert made.rows("SELECT count(*) FROM print_job WHERE kind = 'drawer'") == [(1,)]


async def test_a_seller_needs_leave_to_take_cash_in_by_touch(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        async with at(made, "shift") as (_screen, pilot):
            await touch_key(pilot, "cash_in")
            await shown(pilot, NumberDialogue)
            for key in ("5", "0", "enter"):
                await touch_key(pilot, key)
            await shown(pilot, ChoiceDialogue)
            await touch_key(pilot, "d")
            await shown(pilot, TextDialogue)
            await press(pilot, *"tips", "enter")
            await shown(pilot, LeaveDialogue)
            for digit in ("2", "5", "8", "0", "enter"):
                await touch_key(pilot, digit)
            await until(pilot, lambda: made.rows("SELECT 1 FROM cash_move"))
            assert made.rows("SELECT amount, reason FROM cash_move") == [(5000, "tips")]
            [(body,)] = made.rows("SELECT body FROM journal WHERE type = 'cash.in'")
            assert json.loads(body)["by"] == "Sam"


async def test_leave_not_given_books_nothing(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        async with at(made, "shift") as (_screen, pilot):
            await press(pilot, "f4", "a")
            await shown(pilot, LeaveDialogue)
            await press(pilot, "escape")
            await shown(pilot, ShiftScreen)
            assert not made.rows("SELECT 1 FROM cash_move")
            assert "no leave" in flash_text(pilot.app)


async def test_an_x_is_looked_at_first_and_printed_only_when_asked(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        a_morning(made)
        async with at(made, "shift", (128, 50)) as (screen, pilot):
            await press(pilot, "f6")
            await shown(pilot, SlipScreen)
            await until(pilot, lambda: "X   R E P O R T" in text_of(pilot.app))
            assert not made.rows("SELECT 1 FROM print_job WHERE kind = 'slip'")
            await press(pilot, "p")
            await until(pilot, lambda: made.rows("SELECT 1 FROM print_job WHERE kind = 'slip'"))
            await press(pilot, "enter")
            assert pilot.app.screen is screen


async def test_the_count_is_blind_and_the_difference_stands_before_the_z(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        a_morning(made)
        async with at(made, "shift") as (screen, pilot):
            assert screen.report.expected == 10_000 + sum(
                m.amount for m in screen.report.methods if m.method == "cash"
            )
            expected = f"{screen.report.expected / 100:,.2f}"
            assert expected not in text_of(pilot.app)
            await press(pilot, "f9")
            await shown(pilot, CountDialogue)
            await press(pilot, "down", "2", "enter", "1", "0")  # 2 × 50, 10 × 20
            assert pilot.app.screen.count.total == 30_000
            assert expected not in text_of(pilot.app)
            await press(pilot, "f9")
            await shown(pilot, DifferenceDialogue)
            assert expected in text_of(pilot.app)
            await press(pilot, "f2")
            await shown(pilot, CountDialogue)
            assert pilot.app.screen.count.total == 30_000, "a second count goes on with the first"
            await press(pilot, "f9", "f9")
            await shown(pilot, SlipScreen)
            z = z_report(made.ledger, 1)
            assert (z.counted, z.expected, z.closed_by) == (30_000, screen_expected(made), "Sam")
            assert made.rows("SELECT kind, copy FROM print_job WHERE kind = 'z'") == [("z", 0)]
            await press(pilot, "p")
            await until(pilot, lambda: len(made.rows("SELECT 1 FROM print_job WHERE kind = 'z'")) == 2)
            await press(pilot, "enter")
            assert "No shift is open" in text_of(pilot.app)


def screen_expected(made: Stall) -> int:
    """What the drawer should have held when it was closed."""
    [(expected,)] = made.rows("SELECT expected FROM closing")
    return int(expected)


async def test_a_day_is_closed_by_touch_alone(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "shift", (80, 24)) as (_screen, pilot):
            await touch_key(pilot, "close_day")
            await shown(pilot, CountDialogue)
            for key in ("piece:2", "1", "next", "more", "more", "fewer", "counted"):
                await touch_key(pilot, "done" if key == "counted" else key)
            await shown(pilot, DifferenceDialogue)
            assert "Too much" in text_of(pilot.app)
            await touch_key(pilot, "close")
            await shown(pilot, SlipScreen)
            assert [(c.value, c.pieces) for c in z_report(made.ledger, 1).counts] == [(10_000, 1), (5_000, 1)]


async def test_an_open_basket_is_carried_over_only_when_somebody_agrees(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        mug = Catalogue(made.ledger).by_sku("MUG-BLUE")
        assert mug is not None
        basket = Basket(made.settings.pricing).add(Item.of(mug.offer), 1000)
        drafts.park(made.ledger, "ab" * 16, basket, made.somebody("Mia"), "Anna [/] red hat")
        drafts.save_open(made.ledger, "cd" * 16, basket, made.somebody("Mia"))
        made.register.open(basket)
        async with at(made, "shift") as (_screen, pilot):
            assert "Anna [/] red hat" in text_of(pilot.app)
            assert "1 sale on the screen" in text_of(pilot.app)
            await press(pilot, "f9", "f9", "f9")
            await shown(pilot, ConfirmDialogue)
            await press(pilot, "b")
            await shown(pilot, ShiftScreen)
            assert not made.rows("SELECT 1 FROM closing")
            await press(pilot, "f9", "f9", "f9")
            await shown(pilot, ConfirmDialogue)
            await press(pilot, "a")
            await shown(pilot, SlipScreen)
            assert z_report(made.ledger, 1).accepted_by == "Sam"
            assert len(drafts.drafts(made.ledger)) == 2, "nothing is left behind"


async def test_an_old_z_is_looked_at_again(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "shift") as (_screen, pilot):
            await press(pilot, "f7")
            assert flash_text(pilot.app) == "There is no Z yet."
            await press(pilot, "f9", "f9", "f9")
            await shown(pilot, SlipScreen)
            await press(pilot, "enter")
            await touch_key(pilot, "old_z")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "a")
            await shown(pilot, SlipScreen)
            assert "Z report 1" in text_of(pilot.app)


def test_a_count_is_made_of_digits_and_steps() -> None:
    count = DrawerCount((5000, 2000)).press("1").press("2")
    assert (count.number, count.total) == (12, 60_000)
    assert count.back().total == 5000
    assert count.choose(1).step(-1).total == 60_000, "fewer than nothing is nothing"
    again = count.choose(1).choose(0).press("3")
    assert again.total == 15_000, "the first digit begins a new number"
    assert count.press("3").press("4").press("5").number == 1234, "ten thousand notes are a slip"


SCENES: dict[str, tuple[str, ...]] = {
    "shift": (),
    "shift-float": (),
    "shift-reason": ("f3", "4", "0", "enter"),
    "shift-x": ("f6",),
    "shift-count": ("f9", "2", "enter", "enter", "4", "enter", "1", "2", "enter"),
    "shift-difference": ("f9", "down", "2", "f9"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
async def test_it_looks_as_it_did(scene: str, size: tuple[int, int], tmp_path: Path) -> None:
    with stall(tmp_path, opened=scene != "shift-float") as made:
        if made.register.person and scene != "shift-float":
            a_morning(made)
        async with at(made, "shift", size) as (_screen, pilot):
            await press(pilot, *SCENES[scene])
            await pilot.pause(0.05)
            same_as_golden(pilot.app, f"{scene}-{size[0]}x{size[1]}")
