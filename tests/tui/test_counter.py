"""The counter and the screen: weights taken as they stand, buttons, a buzzer, and what the customer sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.checkout.customer import CLOSED, IDLE
from kiosk.tui.app import monotonic_ms
from kiosk.tui.commands import WHERE, table
from kiosk.tui.commands.buttons import BUTTONS
from kiosk.tui.messages import ButtonPushed, WeightSeen
from kiosk.tui.screens import weighing
from kiosk.tui.screens.cash import CashDialogue
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.help import HelpScreen
from kiosk.tui.screens.payment import PaymentDialogue
from kiosk.tui.screens.prompts import NumberDialogue
from kiosk.tui.screens.till import TillScreen
from kiosk.tui.screens.weighing import STALE_MS, WeighDialogue
from tests.tui.fakes import FakeCounter, FakeLamp, FakeStation, a_sale
from tests.tui.hands import SIZES, flash_text, press, scan, till, touch_key
from tests.tui.looks import same_as_golden
from tests.tui.paying import paid, selling
from tests.tui.stall import shown, until

OLIVES = "4000000000040"


def station(**more: Any) -> FakeStation:
    """A shop with a full counter."""
    return FakeStation(counter=FakeCounter(**more))


async def weighed(pilot: Any, grams: int | None, why: str = "", age_ms: int = 0, **more: Any) -> None:
    """The scale says something."""
    pilot.app.post_message(WeightSeen(grams, why, monotonic_ms() - age_ms, **more))
    await pilot.pause()
    await pilot.pause()


async def button(pilot: Any, role: str, *, long: bool = False) -> None:
    """A button on the counter is pressed."""
    pilot.app.post_message(ButtonPushed(role, long))
    await pilot.pause()
    await pilot.pause()


def weights(seller: FakeStation) -> list[int]:
    """What is in the basket, in grams."""
    return [line.quantity for line in seller.register.basket.live]


# -- weighing ------------------------------------------------------------------------------------------------


async def test_enter_takes_the_weight_that_stands_on_the_screen() -> None:
    seller = station()
    async with till(seller) as (app, pilot):
        await scan(pilot, OLIVES)
        assert isinstance(app.screen, WeighDialogue)
        assert seller.counter.asked == [True]
        await weighed(pilot, None, "moving")
        await press(pilot, "enter")
        assert isinstance(app.screen, WeighDialogue), "what moves is not sold"
        await weighed(pilot, 335)
        await press(pilot, "enter")
        assert weights(seller) == [335]
        assert seller.counter.asked == [True, False]


async def test_a_touch_takes_it_too_and_a_typed_weight_goes_before_it() -> None:
    seller = station()
    async with till(seller) as (app, pilot):
        await scan(pilot, OLIVES, 1000)
        await weighed(pilot, 335)
        await touch_key(pilot, "enter")
        await scan(pilot, OLIVES, 9000)
        await weighed(pilot, 335)
        await press(pilot, "1", "full_stop", "2")
        await press(pilot, "enter")
        assert weights(seller) == [335, 1200]
        await scan(pilot, OLIVES, 19_000)
        await press(pilot, "escape")
        assert weights(seller) == [335, 1200]
        assert "not added" in flash_text(app)
        assert seller.counter.asked == [True, False] * 3


@pytest.mark.parametrize("why", ["moving", "over", "under", "negative", "garbage", "silent", "unit", "fault"])
async def test_what_is_no_weight_has_words_of_its_own_and_cannot_be_taken(why: str) -> None:
    seller = station()
    async with till(seller) as (app, pilot):
        await scan(pilot, OLIVES)
        await weighed(pilot, 335)
        await weighed(pilot, None, why)
        dialogue = app.screen
        assert isinstance(dialogue, WeighDialogue)
        assert dialogue.grams is None
        assert dialogue._what.title == weighing.reason(why)
        await press(pilot, "enter")
        await button(pilot, "pay")
        assert app.screen is dialogue
        assert weights(seller) == []
    assert len({weighing.reason(word) for word in (why, "asking", "over", "silent")}) >= 3


async def test_an_old_weight_is_no_weight_and_an_empty_scale_sells_nothing() -> None:
    seller = station()
    async with till(seller) as (app, pilot):
        await scan(pilot, OLIVES)
        await weighed(pilot, 335, age_ms=STALE_MS + 1)
        dialogue = app.screen
        assert isinstance(dialogue, WeighDialogue)
        assert dialogue.grams is None
        assert dialogue._what.title == weighing.reason("silent")
        await press(pilot, "enter")
        await weighed(pilot, 0)
        assert dialogue._what.title == "nothing on the scale"
        await press(pilot, "enter")
        assert app.screen is dialogue


async def test_a_tare_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async with till(station()) as (app, pilot):
        await scan(pilot, OLIVES)
        await weighed(pilot, 335, net=True, tare=20)
        assert isinstance(app.screen, WeighDialogue)
        assert "0.020" in app.screen._what.words
        await weighed(pilot, 335, net=True)
        assert "tare" in app.screen._what.words


async def test_without_a_scale_a_weight_is_typed_as_ever() -> None:
    seller = station(has_scale=False)
    async with till(seller) as (app, pilot):
        await scan(pilot, OLIVES)
        assert type(app.screen) is NumberDialogue
        await press(pilot, "2", "enter")
        assert weights(seller) == [2000]
        assert seller.counter.asked == []


# -- buttons -------------------------------------------------------------------------------------------------


def test_every_button_leads_to_commands_that_there_are() -> None:
    known = {row.id for place in WHERE for row in table(place)}
    assert {name for names in BUTTONS.values() for name in names} <= known


async def test_pay_three_times_is_a_whole_sale_in_exact_cash(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, _app, pilot):
        made.counter = FakeCounter()
        pilot.app.post_message(ButtonPushed("pay", False))
        await shown(pilot, CashDialogue)
        pilot.app.post_message(ButtonPushed("pay", False))
        await shown(pilot, ChangeScreen)
        assert [(method, kind) for method, kind, _amount in paid(made)] == [("cash", "tender")]
        view = made.counter.shown[-1]
        assert (view.moment, view.total, view.given, view.change) == ("paid", 1250, 1250, 0)
        pilot.app.post_message(ButtonPushed("pay", False))
        await shown(pilot, TillScreen)
        assert made.counter.shown[-1] == IDLE


async def test_a_code_is_shown_to_the_customer_and_pay_says_that_it_came(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, app, pilot):
        made.counter = FakeCounter()
        await press(pilot, "f7")
        await shown(pilot, PaymentDialogue)
        view = made.counter.shown[-1]
        assert (view.moment, view.due, view.qr[:3]) == ("paying", 1250, "BCD")
        pilot.app.post_message(ButtonPushed("void", False))
        await until(pilot, lambda: not isinstance(app.screen, PaymentDialogue))
        assert made.counter.shown[-1].moment == "selling"
        await press(pilot, "f7")
        await shown(pilot, PaymentDialogue)
        pilot.app.post_message(ButtonPushed("pay", False))
        await shown(pilot, ChangeScreen)
        assert [method for method, _kind, _amount in paid(made)] == ["qr"]


async def test_an_open_drawer_is_said_while_the_customer_is_there(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, app, pilot):
        made.counter = FakeCounter(drawer_open=True)
        await press(pilot, "f5", "enter")
        await shown(pilot, ChangeScreen)
        assert flash_text(app) == "The drawer is open."
        made.counter.drawer_open = False
        app.on_lamps_changed()
        await pilot.pause()
        assert flash_text(app) == ""


async def test_plus_repeats_the_last_line_and_void_strikes_it_out() -> None:
    seller = station()
    async with till(seller) as (app, pilot):
        await scan(pilot, "4000000000001", 1000)
        await button(pilot, "plus")
        assert weights(seller) == [2000]
        await button(pilot, "void")
        assert weights(seller) == []
        await button(pilot, "void")
        assert "does nothing here" in flash_text(app)


async def test_plus_of_something_weighed_weighs_again() -> None:
    seller = station()
    async with till(seller) as (app, pilot):
        await scan(pilot, OLIVES)
        await weighed(pilot, 335)
        await button(pilot, "pay")  # Enter: take it
        assert weights(seller) == [335]
        await button(pilot, "plus")
        assert isinstance(app.screen, WeighDialogue)
        await weighed(pilot, 120)
        await button(pilot, "pay")
        assert weights(seller) == [335, 120]


async def test_help_and_page_and_a_locked_till() -> None:
    seller = station()
    async with till(seller) as (app, pilot):
        await button(pilot, "help")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape")
        at = app.screen.quick.page, app.screen.quick.at
        await button(pilot, "page")
        assert (app.screen.quick.page, app.screen.quick.at) != at
        await button(pilot, "help", long=True)
        await pilot.pause(0.1)
        assert app.current_mode == "lock"
        for role in ("pay", "plus", "void", "page"):
            await button(pilot, role)
        assert app.current_mode == "lock"


async def test_pay_never_agrees_to_throw_a_sale_away() -> None:
    seller = station()
    a_sale(seller)
    async with till(seller) as (app, pilot):
        await button(pilot, "void", long=True)
        asked = app.screen
        await button(pilot, "pay")
        assert app.screen is asked
        await button(pilot, "void")
        assert not seller.register.basket.is_empty


async def test_the_buzzer_sounds_for_a_code_nobody_knows() -> None:
    seller = station()
    async with till(seller) as (_app, pilot):
        await scan(pilot, "4006381333931")
        assert seller.counter.beeps == ["error"]
        await scan(pilot, "4000000000001")
        assert seller.counter.beeps == ["error", "ok"]


# -- what the customer sees ----------------------------------------------------------------------------------


async def test_the_customer_follows_the_sale() -> None:
    seller = station()
    async with till(seller) as (_app, pilot):
        assert seller.counter.shown[-1] == IDLE
        await scan(pilot, "4000000000001", 1000)
        view = seller.counter.shown[-1]
        assert (view.moment, view.total, view.last.name) == ("selling", 800, "Beeswax candle")
        await scan(pilot, OLIVES, 5000)
        assert (seller.counter.shown[-1].moment, seller.counter.shown[-1].grams) == ("weighing", None)
        await weighed(pilot, 335)
        assert (seller.counter.shown[-1].grams, seller.counter.shown[-1].last.price) == (335, 1299)
        await press(pilot, "enter")
        assert (seller.counter.shown[-1].moment, seller.counter.shown[-1].total) == ("selling", 1235)
        await press(pilot, "f10")
        await pilot.pause(0.1)
        assert seller.counter.shown[-1] == CLOSED


async def test_nothing_is_made_for_a_customer_without_a_display() -> None:
    seller = station(has_display=False)
    async with till(seller) as (_app, pilot):
        await scan(pilot, "4000000000001", 1000)
        assert seller.counter.shown == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", ["steady", "moving", "net", "typed"])
async def test_weighing_looks_as_it_did(scene: str, size: tuple[int, int]) -> None:
    seller = station()
    a_sale(seller)
    seller.lamps = (*seller.lamps, FakeLamp("drawer", "warn", "drawer open"))
    async with till(seller, size=size) as (app, pilot):
        await scan(pilot, OLIVES)
        if scene == "moving":
            await weighed(pilot, None, "moving")
        else:
            await weighed(pilot, 335, net=scene == "net", tare=20 if scene == "net" else None)
        if scene == "typed":
            await press(pilot, "1", "full_stop", "2")
        same_as_golden(app, f"weigh-{scene}-{size[0]}x{size[1]}")
