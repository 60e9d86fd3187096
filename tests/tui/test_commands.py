"""Every command that makes sense is given by key and by touch alone; the table agrees with the screens."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any

import pytest

from kiosk.checkout.rights import Right
from kiosk.tui.commands import WHERE as TABLES
from kiosk.tui.commands import command, commands, table
from kiosk.tui.commands.command import key_name
from kiosk.tui.places import WHERE
from kiosk.tui.screens.frame import Frame
from kiosk.tui.screens.till import TillScreen
from kiosk.tui.widgets.basket import BasketView
from tests.tui.fakes import SAM, FakeStation, a_sale
from tests.tui.hands import key_places, press, till, touch, touch_key

ROWS = [row for place in TABLES for row in table(place)]
BY_TOUCHING = {
    "power": "the power strip is touched",
    "enter_code": "the search takes a code by touch",
    "rub_out": "the pad has a key for it",
    "line_up": "a line is touched",
    "line_down": "a line is touched",
    "page_up": "the page mark is touched",
    "page_down": "the page mark is touched",
    "next_list": "a tab is touched",
    "last_list": "a tab is touched",
    "back": "every pane and dialogue has a key for it",
}
"""Commands of the till without a key of their own on the screen, and what is touched instead."""


def test_a_key_means_one_thing_on_a_screen() -> None:
    for place in {row.place for row in ROWS}:
        keys = [key for row in commands(place) for key in row.key.split(",")]
        assert len(keys) == len(set(keys)), f"{place}: {sorted(key for key in keys if keys.count(key) > 1)}"


def test_every_row_stands_in_the_table_of_its_place() -> None:
    assert all(row.place == place for place in TABLES for row in table(place))


def test_ids_are_unique_on_a_screen() -> None:
    for place in {row.place for row in ROWS}:
        names = [row.id for row in commands(place)]
        assert len(names) == len(set(names)), place


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.place}.{row.id}")
def test_every_row_says_what_it_does(row: Any) -> None:
    assert row.label and row.hint
    assert row.help.endswith(".") and row.help[0].isupper()
    assert row.right is None or isinstance(row.right, Right)


@pytest.mark.parametrize("mode", WHERE)
def test_every_command_of_a_mode_has_its_method(mode: str) -> None:
    module, _colon, name = WHERE[mode].partition(":")
    screen = getattr(import_module(module), name)
    assert issubclass(screen, Frame)
    for row in commands(screen.PLACE):
        assert row.goes or inspect.isfunction(getattr(screen, f"do_{row.id}", None)), f"{name}.do_{row.id}"


@pytest.mark.parametrize(
    ("key", "top"),
    [
        ("f5", "F5"),
        ("ctrl+n", "Ctrl-n"),
        ("asterisk", "*"),
        ("pageup", "PgUp"),
        ("shift+tab", "Shift-Tab"),
        ("f", "f"),
    ],
)
def test_hints_are_what_stands_on_the_key(key: str, top: str) -> None:
    assert key_name(key) == top


def recorder(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note commands instead of doing them."""
    done: list[str] = []
    monkeypatch.setattr(TillScreen, "action_do", lambda _self, name: done.append(name))
    return done


async def test_every_command_of_the_till_is_reached_by_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    done = recorder(monkeypatch)
    station = FakeStation(signed_in=SAM)
    a_sale(station)
    async with till(station) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, TillScreen)
        screen.digits = screen.digits.press("1")
        screen.parked = 1
        for row in commands("till"):
            if not screen.can(row.id):
                continue
            for key in row.key.split(","):
                done.clear()
                await press(pilot, key)
                assert done == [row.id], f"{key} should give {row.id}"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (128, 50)])
async def test_every_command_of_the_till_is_reached_by_touch(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    station = FakeStation(signed_in=SAM)
    a_sale(station)
    async with till(station, size=size) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, TillScreen)
        reached: dict[str, str] = dict(BY_TOUCHING)
        view = screen.query_one(BasketView)
        await touch(pilot, view.region.x + 4, view.region.y)
        assert screen.pane == "line"
        reached["choose"] = "a line is touched"
        panes = {"line": set(key_places(app))}
        await touch_key(pilot, "close_pane")
        panes["list"] = set(key_places(app))
        await touch_key(pilot, "more")
        panes["more"] = set(key_places(app))
        pages: dict[str, int] = dict.fromkeys(panes["more"], 0)
        while "page" in key_places(app) and screen.menu_page < 3:
            await touch_key(pilot, "page")
            pages = dict.fromkeys(key_places(app), screen.menu_page) | pages
        panes["more"] |= set(pages)
        done = recorder(monkeypatch)
        for row in commands("till"):
            if not screen.can(row.id) or row.id in reached:
                continue
            pane = next((name for name, keys in panes.items() if row.id in keys), None)
            assert pane is not None, f"no touch key for {row.id}"
            screen.pane = pane  # type: ignore[assignment]
            screen.menu_page = pages.get(row.id, 0)
            screen.chosen = 1 if pane == "line" else 0
            screen.show_state()
            await pilot.pause()
            done.clear()
            await touch_key(pilot, row.id)
            assert done == [row.id]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (128, 50)])
async def test_every_touch_key_is_large_enough_for_a_finger(size: tuple[int, int]) -> None:
    from kiosk.tui.widgets.keygrid import KeyGrid
    from kiosk.tui.widgets.touchkey import SMALLEST

    station = FakeStation(signed_in=SAM)
    a_sale(station)
    async with till(station, size=size) as (app, pilot):
        for keys in (
            (),
            ("up",),
            ("escape", "f9"),
            ("escape", "slash"),
            ("escape", "f3"),
            ("escape", "ctrl+x"),
        ):
            await press(pilot, *keys)
            for grid in app.screen.query(KeyGrid):
                for key in grid.keys:
                    place = grid.place_of(key.id)
                    if grid.display and place is not None:
                        assert place.width + 1 >= SMALLEST[0], f"{key.id} is {place.width} wide after {keys}"
                        assert place.height >= SMALLEST[1], f"{key.id} is {place.height} high after {keys}"


async def test_nothing_on_the_till_can_have_the_focus() -> None:
    async with till() as (app, _pilot):
        assert app.focused is None
        assert not [widget for widget in app.screen.query("*") if widget.can_focus]


async def test_the_palette_is_for_supervisors() -> None:
    async with till(FakeStation()) as (app, pilot):
        await press(pilot, "f12")
        assert isinstance(app.screen, TillScreen)
    station = FakeStation(signed_in=SAM)
    async with till(station) as (app, pilot):
        await press(pilot, "f12", *"day", "enter")
        assert app.theme == "stall-night"


async def test_help_is_on_every_screen_and_names_every_command() -> None:
    from tests.tui.looks import text_of

    async with till(FakeStation(), size=(128, 50)) as (app, pilot):
        await press(pilot, "f1")
        text = text_of(app)
        assert command("till", "find").tip in text
        await press(pilot, "f1")
        assert isinstance(app.screen, TillScreen)
    async with till(FakeStation(signed_in=None)) as (app, pilot):
        await press(pilot, "f1")
        assert command("lock", "sign_in").tip in text_of(app)
