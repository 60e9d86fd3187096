"""A press that was meant once and came twice answers no question that the first one brought up."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from kiosk.tui.bounce import WITHIN_MS, Bounce
from kiosk.tui.screens.cash import CashDialogue
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.payment import PaymentDialogue
from tests.tui.hands import key_places, press, touch, touch_key
from tests.tui.paying import selling, tries
from tests.tui.stall import shown, until

TILL, CASH, CHANGE = "till", "cash", "change"


def test_a_key_held_down_stays_with_the_screen_it_was_pressed_on() -> None:
    bounce = Bounce()
    assert not bounce.key("f6", TILL, 1000, printable=False)
    for at_ms in range(1030, 3000, 30):
        assert bounce.key("f6", CASH, at_ms, printable=False)
    assert not bounce.key("f6", CASH, 3000 + WITHIN_MS, printable=False)


def test_what_is_repeated_on_the_same_screen_is_meant() -> None:
    bounce = Bounce()
    assert not any(bounce.key("f2", TILL, at_ms, printable=False) for at_ms in range(0, 900, 30))
    assert not any(bounce.touch(10, 10, TILL, at_ms) for at_ms in range(1000, 1900, 30))


@pytest.mark.parametrize(("name", "printable"), [("1", True), ("a", True), ("escape", False)])
def test_letters_digits_and_escape_pass(name: str, printable: bool) -> None:
    bounce = Bounce()
    assert not bounce.key(name, CHANGE, 1000, printable=printable)
    assert not bounce.key(name, TILL, 1050, printable=printable)


def test_another_key_is_another_press() -> None:
    bounce = Bounce()
    assert not bounce.key("f5", TILL, 1000, printable=False)
    assert not bounce.key("enter", CASH, 1050, printable=False)
    assert bounce.key("enter", CHANGE, 1100, printable=False)


@pytest.mark.parametrize(
    ("x", "y", "again"), [(40, 20, True), (43, 18, True), (44, 20, False), (40, 23, False)]
)
def test_a_second_touch_counts_where_it_lands_elsewhere(x: int, y: int, again: bool) -> None:
    bounce = Bounce()
    assert not bounce.touch(40, 20, TILL, 1000)
    assert bounce.touch(x, y, CASH, 1000 + WITHIN_MS - 1) is again


async def test_a_card_key_pressed_twice_leaves_the_payment_waiting(tmp_path: Path) -> None:
    async with selling(tmp_path, bounce=Bounce(60_000)) as (made, _app, pilot):
        await press(pilot, "f6", "f6", "f6")
        await shown(pilot, PaymentDialogue)
        assert tries(made) == [("card", 1250, "pending", False)]
        await press(pilot, "f7")
        await until(pilot, lambda: tries(made) == [("card", 1250, "cancelled", False)])


@pytest.mark.parametrize("key", ["card", "qr"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30), (128, 50)])
async def test_a_pay_key_touched_twice_leaves_the_payment_waiting(
    key: str, size: tuple[int, int], tmp_path: Path
) -> None:
    async with selling(tmp_path, bounce=Bounce(60_000), size=size) as (made, app, pilot):
        place = key_places(app)[key]
        await touch(pilot, *place)
        await shown(pilot, PaymentDialogue)
        await touch(pilot, *place)
        assert isinstance(app.screen, PaymentDialogue)
        assert [state for _method, _asked, state, _sold in tries(made)] == ["pending"]
        await press(pilot, "escape")
        await until(pilot, lambda: not isinstance(app.screen, PaymentDialogue))


async def test_enter_pressed_twice_leaves_the_change_in_sight(tmp_path: Path) -> None:
    async with selling(tmp_path, bounce=Bounce(60_000)) as (made, _app, pilot):
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        await press(pilot, "2", "0", "enter", "enter", "enter")
        await shown(pilot, ChangeScreen)
        assert made.rows("SELECT count(*) FROM sale") == [(1,)]


async def test_ok_touched_twice_leaves_the_change_in_sight(tmp_path: Path) -> None:
    async with selling(tmp_path, bounce=Bounce(60_000)) as (made, app, pilot):
        await touch_key(pilot, "cash")
        await shown(pilot, CashDialogue)
        place = key_places(app)["enter"]
        await touch(pilot, *place)
        await shown(pilot, ChangeScreen)
        await touch(pilot, *place)
        assert isinstance(app.screen, ChangeScreen)
        assert made.rows("SELECT count(*) FROM sale") == [(1,)]


@pytest.mark.parametrize("keys", [("f5", "f5"), ("f5", "f5", "f5"), ("f5", "f6"), ("f5", "f7", "f5")])
async def test_presses_that_wait_in_one_row_open_one_question(keys: tuple[str, ...], tmp_path: Path) -> None:
    """All of them are there before the first one has changed the screen."""
    async with selling(tmp_path) as (_made, app, pilot):
        for key in keys:
            app.post_message(events.Key(key, None))
        await shown(pilot, CashDialogue)
        await pilot.pause()
        assert [type(screen).__name__ for screen in app.screen_stack[1:]] == ["TenderScreen", "CashDialogue"]
