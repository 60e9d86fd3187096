"""What our updates leave on a terminal is what painting everything would: to the cell, to the colour."""

from __future__ import annotations

import io
from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kiosk.tui.app import BarrowApp
from kiosk.tui.exact import PLAIN, ExactCompositor, ExactUpdate, Piece, change
from kiosk.tui.rowdiff import difference
from tests.tui.fakes import FakeLamp, FakeStation, a_sale
from tests.tui.hands import SIZES, press, scan, till, touch_key

CONSOLE = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", _environ={})


class Terminal:
    """A terminal that is sent every update of an application, as the driver would."""

    def __init__(self, app: BarrowApp) -> None:
        """Begin with the whole picture."""
        self.app = app
        self.screen, self.stream = emulator(app.size.width, app.size.height)
        self.exact: list[int] = []
        """Characters of each exact update."""
        self.stream.feed(whole(app))
        show = app._display

        def display(screen: Any, update: Any) -> None:
            if update is not None and not app._batch_count:
                text = update.render_segments(CONSOLE)
                self.stream.feed(text)
                if isinstance(update, ExactUpdate):
                    self.exact.append(len(text))
            show(screen, update)

        app._display = display  # type: ignore[method-assign]

    def shows_the_whole_picture(self) -> bool:
        """Whether nothing else would be seen if everything were painted anew."""
        other, stream = emulator(self.app.size.width, self.app.size.height)
        stream.feed(whole(self.app))
        for y, (ours, whole_row) in enumerate(zip(cells(self.screen), cells(other), strict=True)):
            assert ours == whole_row, f"row {y}: {self.screen.display[y]!r} is not {other.display[y]!r}"
        return True


def emulator(columns: int, rows: int) -> tuple[pyte.Screen, pyte.Stream]:
    """A terminal and its line."""
    screen = pyte.Screen(columns, rows)
    return screen, pyte.Stream(screen)


def whole(app: BarrowApp) -> str:
    """The screen as one update of Textual's own, from widgets that forgot what they painted."""
    from textual._compositor import LayoutUpdate
    from textual._context import visible_screen_stack

    visible_screen_stack.set(app._background_screens)
    for screen in app.screen_stack:
        for widget in screen.query("*"):
            widget._styles_cache.clear()
    strips = app.screen._compositor.render_strips(app.size)
    return LayoutUpdate([[strip] for strip in strips], app.size.region).render_segments(CONSOLE)


def cells(screen: pyte.Screen) -> list[list[pyte.screens.Char]]:
    """Every cell with its colours."""
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_busy_till_is_painted_exactly(size: tuple[int, int]) -> None:
    station = FakeStation()
    async with till(station, size=size) as (app, pilot):
        terminal = Terminal(app)
        for code in (1, 2, 2, 3, 5, 6, 99, 1):
            await scan(pilot, f"40000000000{code:02}")
            assert terminal.shows_the_whole_picture()
        for key in ["3", "asterisk", "a", "down", "delete", "escape", "tab", "f1", "escape", "f2"]:
            await press(pilot, key)
            assert terminal.shows_the_whole_picture()
        assert len(terminal.exact) > 20


NAMES = ("緑茶 100g", "Cafe\u0301 noir", "Cafe noir", "Tee 茶", "Tee", "Tea", "ab" * 90, "")


async def test_names_of_every_script_are_painted_exactly() -> None:
    async with till(FakeStation()) as (app, pilot):
        terminal = Terminal(app)
        for name in NAMES:
            app.screen.say(name, "good", "undo")  # type: ignore[attr-defined]
            await pilot.pause()
            assert terminal.shows_the_whole_picture(), name


async def test_news_behind_a_dialogue_is_painted_around_it() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        a_sale(station)
        await press(pilot, "slash")
        terminal = Terminal(app)
        station.lamps = (FakeLamp("printer", "bad", "no paper"),)
        app.on_lamps_changed()
        await press(pilot, "m", "u")
        assert terminal.shows_the_whole_picture()
        await press(pilot, "escape")
        app.change_theme()
        await pilot.pause()
        await touch_key(pilot, "more")
        assert terminal.shows_the_whole_picture()


async def test_what_changes_while_updates_are_held_back_is_painted_afterwards() -> None:
    async with till(FakeStation()) as (app, pilot):
        terminal = Terminal(app)
        with app.batch_update():
            await scan(pilot, "4000000000001")
            assert terminal.exact == []
        while not terminal.exact:
            await pilot.pause(0.01)
        assert terminal.shows_the_whole_picture()


async def test_a_scan_takes_few_bytes() -> None:
    async with till(FakeStation()) as (app, pilot):
        await scan(pilot, "4000000000001")
        terminal = Terminal(app)
        await scan(pilot, "4000000000002")
        assert sum(terminal.exact) < 700


STYLES = st.builds(
    Style,
    color=st.sampled_from(["#ffffff", "#102030", None]),
    bgcolor=st.sampled_from(["#000000", "#a0b0c0", None]),
    bold=st.booleans(),
    dim=st.sampled_from([False, False, True]),
    strike=st.booleans(),
)
TEXTS = st.text("ab ▀é緑\u0301", min_size=1, max_size=4)
ROWS = st.lists(st.builds(Segment, TEXTS, STYLES, st.none()), min_size=1, max_size=5)


@given(old=ROWS, new=ROWS)
def test_cells_outside_of_a_difference_are_the_same(old: list[Segment], new: list[Segment]) -> None:
    before, after = (Strip(row).adjust_cell_length(24, PLAIN) for row in (old, new))
    left, right = difference(before, after)
    assert list(before.crop(0, left).simplify()) == list(after.crop(0, left).simplify())
    assert list(before.crop(right).simplify()) == list(after.crop(right).simplify())


def test_letters_that_terminals_do_not_agree_about_are_followed_by_all_there_is() -> None:
    names = [("Pepper", "ගම්මිරිස්"), ("ගම්මිරිස්", "Pepper"), ("Mug", "Cup")]
    rows = [[Strip([Segment(f" {name}")]).adjust_cell_length(20) for name in pair] for pair in names]
    assert [difference(*pair) for pair in rows] == [(0, 20), (0, 20), (1, 4)]


def test_a_row_of_another_width_differs_everywhere() -> None:
    assert difference(Strip([Segment("abc")]), Strip([Segment("ab")])) == (0, 2)
    assert difference(None, Strip([Segment("ab")])) == (0, 2)
    assert difference(Strip([Segment("ab")]), Strip([Segment("a"), Segment("b")])) == (1, 1)


@given(ROWS)
def test_what_is_written_looks_as_rich_would_have_it(row: list[Segment]) -> None:
    screen, stream = emulator(40, 1)
    stream.feed(ExactUpdate([Piece(0, 0, Strip(row))]).render_segments(CONSOLE))
    other, stream = emulator(40, 1)
    stream.feed(Strip(row).render(CONSOLE))
    assert cells(screen) == cells(other)


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        (PLAIN, PLAIN, ""),
        (Style(bold=True, color="#010203"), Style(color="#010203"), "\x1b[22m"),
        (Style(color="#010203"), Style(color="#010203", bgcolor="#040506"), "\x1b[48;2;4;5;6m"),
        (Style(color="#010203"), PLAIN, "\x1b[39m"),
        (Style(strike=True), Style(color="#010203"), "\x1b[0;38;2;1;2;3m"),
        (Style(strike=True), PLAIN, "\x1b[0m"),
    ],
)
def test_only_what_changes_of_a_style_is_written(before: Style, after: Style, written: str) -> None:
    assert change(before, after, ColorSystem.TRUECOLOR) == written
    assert change(before, after, None) == ""


def test_a_screen_without_changes_writes_nothing() -> None:
    assert ExactCompositor().render_partial_update() is None
