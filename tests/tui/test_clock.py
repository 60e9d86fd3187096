"""A time that nothing confirms: it is asked about once, selling goes on, and one answer settles it."""

from __future__ import annotations

from pathlib import Path

from kiosk.tui.screens.clock import ClockDialogue
from kiosk.tui.screens.till import TillScreen
from tests.tui.hands import flash_text, key_places, press, till, touch, touch_key
from tests.tui.looks import text_of
from tests.tui.stall import Stall, shown, stall, until


def unsure(made: Stall) -> None:
    """A box that woke up without network time."""
    made.ledger.clock.trusted = False  # type: ignore[attr-defined]


async def test_after_signing_in_it_is_asked_once_and_confirmed_by_touch(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        unsure(made)
        async with till(made) as (app, pilot):  # type: ignore[arg-type]
            await until(pilot, lambda: flash_text(app).startswith("Is it 08:00?"))
            assert "Sales go on" in flash_text(app)
            assert "08:00?" in text_of(app).splitlines()[0]
            flash = app.screen.query_one("#flash")
            await touch(pilot, flash.region.right - 3, flash.region.y)
            await shown(pilot, ClockDialogue)
            await touch_key(pilot, "a")
            await shown(pilot, TillScreen)
            await until(pilot, lambda: "confirmed" in flash_text(app))
            assert "08:00?" not in text_of(app).splitlines()[0]
            assert made.rows("SELECT count(*) FROM journal WHERE type = 'clock.confirmed'") == [(1,)]


async def test_who_does_not_answer_is_not_asked_again_and_finds_it_among_the_commands(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        unsure(made)
        async with till(made) as (app, pilot):  # type: ignore[arg-type]
            await until(pilot, lambda: flash_text(app).startswith("Is it"))
            app.go("receipts")
            await until(pilot, lambda: app.current_mode == "receipts")
            app.screen.say("")  # type: ignore[attr-defined]
            app.go("till")
            await shown(pilot, TillScreen)
            app.screen.say("")  # type: ignore[attr-defined]
            await pilot.pause()
            assert flash_text(app) == ""
            await press(pilot, "f9")
            assert "clock" in key_places(app)
            await press(pilot, "ctrl+k")
            await shown(pilot, ClockDialogue)
            await press(pilot, "b")
            await until(pilot, lambda: "Sales go on" in flash_text(app))
