"""Paying by touch alone, by the keyboard alone, and with a scanner that fires at every wrong moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.tui.keys import Wedge
from kiosk.tui.screens import reader as reader_screen
from kiosk.tui.screens.cash import CashDialogue
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.codeview import CodeScreen
from kiosk.tui.screens.payment import PaymentDialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, NumberDialogue, TextDialogue
from kiosk.tui.screens.reader import ReaderDialogue
from kiosk.tui.screens.slipview import SlipScreen
from kiosk.tui.screens.tender import TenderScreen
from kiosk.tui.screens.till import TillScreen
from kiosk.tui.widgets.keypad import BACK, ENTER
from tests.tui.hands import SIZES, flash_text, press, scan, touch_key
from tests.tui.paying import Reader, paid, selling, tries, with_reader
from tests.tui.scenes import SCENES, Stage, playing
from tests.tui.stall import shown, until

MUG = "9520000000011"


@pytest.fixture(autouse=True)
def no_question_between(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A reader that waits is not asked again while something else is looked at."""
    monkeypatch.setattr(reader_screen, "pause_s", lambda _attempt: 60.0)
    yield


def books(on: Stage) -> tuple[object, ...]:
    """Everything that a stray scan could have changed."""
    tender = on.made.register.tender
    return (
        tries(on.made),
        on.made.rows("SELECT id FROM sale"),
        on.made.rows("SELECT id FROM print_job"),
        tender and tender.attempts,
        [line.item.sku for line in on.made.register.basket.live],
    )


async def fire(on: Stage, how: str) -> None:
    """A scanner reads a mug: one with a thread of its own, or one that types it, Enter and all."""
    if how == "gun":
        await scan(on.pilot, MUG)
        return
    on.app.wedge = Wedge(gap_ms=60_000)
    await press(on.pilot, *MUG, "enter")
    await on.pilot.pause()


@pytest.mark.parametrize("how", ["gun", "wedge"])
@pytest.mark.parametrize("name", SCENES)
async def test_a_scan_while_paying_presses_nothing_and_says_what_came_of_it(
    name: str, how: str, tmp_path: Path
) -> None:
    async with playing(name, tmp_path) as on:
        before, screen = books(on), on.app.screen
        await fire(on, how)
        if isinstance(screen, ChangeScreen):  # the next customer's first
            await shown(on.pilot, TillScreen)
            await until(on.pilot, lambda: flash_text(on.app).startswith("Mug, blue glaze"))
            assert [line.item.sku for line in on.made.register.basket.live] == ["MUG-BLUE"]
            assert books(on)[:3] == before[:3]
        else:
            await until(on.pilot, lambda: flash_text(on.app).startswith("Not added"))
            assert on.app.screen is screen
            assert books(on) == before


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_day_of_paying_by_touch_alone(size: tuple[int, int], tmp_path: Path) -> None:
    device = Reader()
    options = {"methods": {"reader": device}, "alter": with_reader, "trusted": False}
    async with selling(tmp_path, "MUG-BLUE", "HONEY", size=size, **options) as (made, app, pilot):

        async def next_customer() -> None:
            await touch_key(pilot, "next")
            await shown(pilot, TillScreen)
            for key in ("product:a", "product:b"):
                await touch_key(pilot, key)

        await touch_key(pilot, "cash")  # cash, typed, with a slip of the finger
        await shown(pilot, CashDialogue)
        for key in ("5", "1", BACK, "0", ENTER):
            await touch_key(pilot, key)
        await shown(pilot, ChangeScreen)
        assert paid(made)[0] == ("cash", "tender", 5000)
        await touch_key(pilot, "view")
        await shown(pilot, SlipScreen)
        await touch_key(pilot, "cancel")
        await shown(pilot, ChangeScreen)
        await touch_key(pilot, "code")
        await shown(pilot, CodeScreen)
        await touch_key(pilot, "cancel")
        await shown(pilot, ChangeScreen)
        await touch_key(pilot, "print")
        await until(pilot, lambda: flash_text(app) == "Copy 1 is being printed.")
        await touch_key(pilot, "clock")
        await shown(pilot, ConfirmDialogue)
        await touch_key(pilot, "a")
        await until(pilot, lambda: "clock is confirmed" in flash_text(app))

        await next_customer()  # a likely sum
        await touch_key(pilot, "cash")
        await shown(pilot, CashDialogue)
        await touch_key(pilot, "quick:3000" if size[0] > 80 else "quick:2500")
        await shown(pilot, ChangeScreen)

        await next_customer()  # a card, with the number on its slip
        await touch_key(pilot, "card")
        await shown(pilot, PaymentDialogue)
        await touch_key(pilot, "paid")
        await shown(pilot, TextDialogue)
        for key in ("T", "x", "4", ENTER):
            await touch_key(pilot, key)
        await shown(pilot, ChangeScreen)
        assert made.rows("SELECT reference FROM payment WHERE method = 'card'") == [("Tx4",)]

        await next_customer()  # a part by code, nobody knows, asked, the rest in cash
        await touch_key(pilot, "qr")
        await shown(pilot, PaymentDialogue)
        await touch_key(pilot, "part")
        await shown(pilot, NumberDialogue)
        for key in ("1", "0", "enter"):
            await touch_key(pilot, key)
        await shown(pilot, PaymentDialogue)
        await touch_key(pilot, "open")
        await shown(pilot, TenderScreen)
        await touch_key(pilot, "settle")
        await shown(pilot, ChoiceDialogue)
        await touch_key(pilot, "a")
        await until(pilot, lambda: made.register.tender and made.register.tender.paid == 1000)
        await touch_key(pilot, "cash")
        await shown(pilot, CashDialogue)
        await touch_key(pilot, "enter")
        await shown(pilot, ChangeScreen)

        await next_customer()  # a reader, given up; then it was paid after all
        await touch_key(pilot, "other")
        await shown(pilot, ReaderDialogue)
        await touch_key(pilot, "cancel")
        await shown(pilot, TenderScreen)
        await touch_key(pilot, "settle")
        await shown(pilot, ChoiceDialogue)
        await touch_key(pilot, "a")
        await shown(pilot, ChangeScreen)
        assert [method for method, _kind, _size in paid(made)] == ["reader"]
        assert made.rows("SELECT count(*) FROM sale") == [(5,)]


async def test_paying_by_the_keyboard_alone_needs_no_key_that_is_not_shown(tmp_path: Path) -> None:
    """Every key pressed here stands in brackets on the screen at that moment."""
    from tests.tui.looks import text_of

    device = Reader()
    options = {"methods": {"reader": device}, "alter": with_reader}
    names = {"escape": "Esc", "enter": "Enter", "ctrl+w": "Ctrl-w"}
    async with selling(tmp_path, "SCARF", "HONEY", **options) as (made, app, pilot):

        async def by(key: str, kind: type) -> None:
            told = names.get(key) or (key.upper() if key[0] == "f" and len(key) > 1 else key)
            assert f"[{told}]" in text_of(app), f"[{told}] is not shown on {app.screen}"
            await press(pilot, key)
            await shown(pilot, kind)

        await by("f5", CashDialogue)
        await press(pilot, "5")
        await by("enter", TenderScreen)
        await by("f4", ConfirmDialogue)
        await by("a", TenderScreen)
        await by("f6", PaymentDialogue)
        await by("f7", NumberDialogue)
        await press(pilot, "2", "0")
        await by("enter", PaymentDialogue)
        await by("f5", TextDialogue)
        await by("enter", TenderScreen)
        await by("ctrl+w", ReaderDialogue)
        await by("f6", TenderScreen)
        await by("f4", ChoiceDialogue)
        await by("c", TenderScreen)
        await by("f7", PaymentDialogue)
        await by("f5", ChangeScreen)
        await by("v", SlipScreen)
        await by("enter", ChangeScreen)
        await by("q", CodeScreen)
        await by("escape", ChangeScreen)
        await by("enter", TillScreen)
        assert paid(made) == [("card", "tender", 2000), ("qr", "tender", 2680)]
