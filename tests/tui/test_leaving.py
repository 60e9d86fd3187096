"""What is still under way when its screen is left ends without a screen, and harms nothing.

A worker lives a little longer than the widgets of its screen: an answer that comes between the two once ended
the till. Every turn of the loop in that moment is tried.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from pathlib import Path

import pytest

from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.search import SearchDialogue
from kiosk.tui.screens.till import TillScreen
from tests.tui.fakes import FakeStation, item
from tests.tui.hands import press, till
from tests.tui.paying import Held
from tests.tui.scenes import playing
from tests.tui.stall import shown, until

TURNS = pytest.mark.parametrize("turns", range(0, 16, 3))


async def some(turns: int) -> None:
    """Let the loop turn."""
    for _turn in range(turns):
        await asyncio.sleep(0)


@TURNS
async def test_the_change_is_left_while_its_receipt_is_queued(turns: int, tmp_path: Path) -> None:
    async with playing("change-ask", tmp_path) as on:
        writer = Held(on.made, "submit")
        await on.press("p")
        await until(on.pilot, lambda: writer.busy)
        on.app.screen.do_next()  # type: ignore[attr-defined]
        await some(turns)
        writer.done()
        await on.shown(TillScreen)
        assert on.made.rows("SELECT kind FROM print_job WHERE kind = 'receipt'") == [("receipt",)]


@TURNS
async def test_the_change_is_left_while_its_slip_is_read(turns: int, tmp_path: Path) -> None:
    async with playing("cash-nothing-yet", tmp_path, (128, 50)) as on:
        reader = Held(on.made, "read")
        await on.press("enter")
        screen = await on.shown(ChangeScreen)
        await until(on.pilot, lambda: reader.busy)
        screen.do_next()
        await some(turns)
        reader.done()
        await on.shown(TillScreen)
        await on.pilot.pause()
        assert on.app.is_running


@TURNS
async def test_a_slip_is_closed_while_it_is_read(turns: int, tmp_path: Path) -> None:
    async with playing("change-due", tmp_path) as on:
        reader = Held(on.made, "read")
        await on.press("v")
        await until(on.pilot, lambda: reader.busy)
        on.app.screen.do_back()  # type: ignore[attr-defined]
        await some(turns)
        reader.done()
        await on.shown(ChangeScreen)
        await on.pilot.pause()
        assert on.app.is_running


@TURNS
async def test_the_search_is_left_while_it_looks(turns: int) -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        answer: Future[object] = Future()
        answer.set_running_or_notify_cancel()
        station.search = lambda _text: answer  # type: ignore[method-assign, assignment, return-value]
        await press(pilot, "slash", "s")
        dialogue = await shown(pilot, SearchDialogue)
        dialogue.do_back()
        await some(turns)
        answer.set_result([item("Soy candle small")])
        await shown(pilot, TillScreen)
        await pilot.pause()
        assert app.is_running
