"""Signing in: by touch, by keyboard, with wrong PINs, with a stall in trouble."""

from __future__ import annotations

from concurrent.futures import Future

from kiosk.checkout.pins import WrongPin
from kiosk.checkout.rights import RIGHTS, Person
from kiosk.i18n import language
from kiosk.tui.app import BarrowApp
from kiosk.tui.keys import Wedge
from kiosk.tui.screens.lock import LockScreen
from kiosk.tui.screens.till import TillScreen
from tests.tui.fakes import MIA, SAM, FakeLamp, FakeStation, a_sale
from tests.tui.hands import arrived, flash_text, press, scan, till, touch_key
from tests.tui.looks import text_of


async def test_sign_in_by_keyboard() -> None:
    station = FakeStation(signed_in=None)
    async with till(station) as (app, pilot):
        assert isinstance(app.screen, LockScreen)
        await press(pilot, "b", "2", "5", "8", "0", "enter")
        await pilot.pause()
        assert isinstance(app.screen, TillScreen)
        assert station.register.person == SAM


async def test_what_is_typed_before_the_shop_is_open_is_not_lost() -> None:
    station = FakeStation(signed_in=None, opening=Future())
    app = BarrowApp(station, wedge=Wedge(gap_ms=0))  # type: ignore[arg-type]
    async with app.run_test() as pilot:
        await press(pilot, "7", "3")
        assert "●●" in text_of(app), "digits are shown at once"
        await press(pilot, "b", "2", "5", "8", "0", "enter")
        station.opening.set_result(None)
        while not arrived(app, "till"):
            await pilot.pause(0.01)
        assert station.register.person == SAM


async def test_a_shop_that_cannot_be_opened_makes_way_for_the_reason() -> None:
    station = FakeStation(signed_in=None, opening=Future())
    app = BarrowApp(station)  # type: ignore[arg-type]
    async with app.run_test() as pilot:
        station.opening.set_exception(ValueError("shop.toml: 3 problems"))
        await pilot.pause()
    assert str(app.trouble) == "shop.toml: 3 problems"
    assert app.return_code == 1


async def test_sign_in_by_touch() -> None:
    station = FakeStation(signed_in=None)
    async with till(station, size=(80, 24)) as (app, pilot):
        for key in ("person:a", "1", "1", "1", "1", "enter"):
            await touch_key(pilot, key)
        await pilot.pause()
        assert isinstance(app.screen, TillScreen)
        assert station.register.person == MIA


async def test_a_pin_of_nobody_yet_asks_whose_it_is() -> None:
    station = FakeStation(signed_in=None)
    async with till(station) as (app, pilot):
        await press(pilot, "1", "1", "1", "1", "enter")
        assert "Touch your name first" in flash_text(app)
        await press(pilot, "a", "1", "1", "1", "1", "enter")
        await pilot.pause()
        assert station.register.person == MIA


async def test_a_wrong_pin_shows_the_wait_and_takes_no_digits_meanwhile() -> None:
    station = FakeStation(signed_in=None)

    def slow(*_args: object) -> Person:
        raise WrongPin(8)

    station.work["sign_in"] = slow
    async with till(station) as (app, pilot):
        await press(pilot, "a", "1", "2", "3", "4", "enter")
        assert flash_text(app) == "The PIN is wrong. Wait 8 s."
        await press(pilot, "1", "1")
        assert app.screen.pad.typed == ""  # type: ignore[attr-defined]
        assert station.register.person is None


async def test_the_pin_is_never_on_the_screen() -> None:
    async with till(FakeStation(signed_in=None)) as (app, pilot):
        await press(pilot, "a", "7", "3", "9")
        text = text_of(app)
        assert "●●●" in text
        assert "739" not in text


async def test_a_stall_in_trouble_says_so_while_locked() -> None:
    station = FakeStation(signed_in=None)
    station.lamps = (FakeLamp("printer", "bad", "no paper"),)
    async with till(station) as (app, pilot):
        assert text_of(app).count("no paper") == 2, "in the status line and in large"
        station.lamps = ()
        app.on_lamps_changed()
        await pilot.pause()
        assert "everything works" in text_of(app)


async def test_an_untrusted_clock_is_told() -> None:
    station = FakeStation(signed_in=None)
    station.clock.trusted = False
    async with till(station) as (app, _pilot):
        text = text_of(app)
        assert "12:12?" in text
        assert "time unconfirmed; sales go on" in text


async def test_a_person_is_spoken_to_in_their_language_and_the_lock_in_the_shops() -> None:
    station = FakeStation(signed_in=None)
    rosa = Person(1, "Rosa", "seller", RIGHTS["seller"], language="de")
    station.work["everybody"] = [rosa]
    station.work["sign_in"] = lambda *_args: rosa
    async with till(station) as (app, pilot):
        await press(pilot, "1", "1", "1", "1", "enter")
        await pilot.pause()
        assert language() == "de"
        await press(pilot, "f10")
        await pilot.pause()
        assert language() == "en"
        assert isinstance(app.screen, LockScreen)


async def test_locking_keeps_the_sale() -> None:
    station = FakeStation()
    a_sale(station)
    basket = station.register.basket
    async with till(station) as (app, pilot):
        await press(pilot, "f10")
        await pilot.pause()
        assert isinstance(app.screen, LockScreen)
        assert station.register.person is None
        await press(pilot, "a", "1", "1", "1", "1", "enter")
        await pilot.pause()
        assert station.register.basket == basket


async def test_a_scan_on_the_lock_screen_sells_nothing() -> None:
    station = FakeStation(signed_in=None)
    async with till(station) as (app, pilot):
        await scan(pilot, "4000000000001")
        assert station.register.basket.lines == ()
        assert flash_text(app).startswith("Not used")
