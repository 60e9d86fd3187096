"""What holds in every place behind the till: keys and touch, fingers, a way back, help, and stray scans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.tui.commands import commands
from kiosk.tui.screens.help import HelpScreen
from kiosk.tui.screens.refund import RefundScreen
from kiosk.tui.screens.till import TillScreen
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.touchkey import SMALLEST
from tests.tui.hands import SIZES, key_places, press, scan, touch, touch_key
from tests.tui.looks import text_of
from tests.tui.stall import Stall, at, shown, stall, until

PLACES = ("shift", "receipts", "refund", "prints", "people", "lists", "reports")


def something(made: Stall) -> None:
    """A sale, so that no place is empty."""
    made.wait(20)
    made.sell("MUG-BLUE", "MUG-BLUE", "HONEY")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("place", PLACES)
async def test_every_command_has_a_touch_key_that_a_finger_hits(
    place: str, size: tuple[int, int], tmp_path: Path
) -> None:
    with stall(tmp_path) as made:
        something(made)
        async with at(made, place, size) as (screen, pilot):
            await pilot.pause(0.05)
            touchable = key_places(pilot.app)  # type: ignore[arg-type]
            assert "back" in touchable
            wanted = [row.id for row in commands(place) if row.place == place and row.spot != "hidden"]
            missing = {name for name in wanted if screen.can(name)} - set(touchable)
            assert not missing - {"open_shift"}, f"no touch key for {missing}"
            for grid in screen.query(KeyGrid):
                for key in grid.keys:
                    spot = grid.place_of(key.id)
                    assert spot is None or spot.width + 1 >= SMALLEST[0], f"{key.id} is {spot.width} wide"
                    assert spot is None or spot.height >= SMALLEST[1], f"{key.id} is {spot.height} high"
            assert not [widget for widget in screen.query("*") if widget.can_focus]


@pytest.mark.parametrize("place", PLACES)
async def test_every_key_does_its_command(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stall(tmp_path) as made:
        something(made)
        async with at(made, place) as (screen, pilot):
            await pilot.pause(0.05)
            done: list[str] = []
            monkeypatch.setattr(type(screen), "action_do", lambda _self, name: done.append(name))
            for row in commands(place):
                if row.place == place and screen.can(row.id):
                    for key in row.key.split(","):
                        done.clear()
                        await press(pilot, key)
                        assert done == [row.id], f"{key} should give {row.id}"


@pytest.mark.parametrize("place", PLACES)
async def test_back_leads_to_the_till_and_help_stands_on_f1_and_at_the_top(
    place: str, tmp_path: Path
) -> None:
    with stall(tmp_path) as made:
        something(made)
        async with at(made, place, (80, 24)) as (screen, pilot):
            await pilot.pause(0.05)
            await press(pilot, "f1")
            await shown(pilot, HelpScreen)
            await press(pilot, "escape")
            await until(pilot, lambda: pilot.app.screen is screen)
            assert text_of(pilot.app).splitlines()[0].endswith("? F1")
            await touch(pilot, 77, 0)
            await shown(pilot, HelpScreen)
            await touch_key(pilot, "cancel")
            await until(pilot, lambda: pilot.app.screen is screen)
            await touch_key(pilot, "back")
            await shown(pilot, TillScreen)


@pytest.mark.parametrize("place", sorted(set(PLACES) - {"receipts", "refund", "lists"}))
async def test_a_scan_where_no_code_is_wanted_changes_nothing(place: str, tmp_path: Path) -> None:
    from tests.tui.hands import flash_text

    with stall(tmp_path) as made:
        async with at(made, place) as (_screen, pilot):
            await pilot.pause(0.05)
            await scan(pilot, "9520000000017")
            await until(pilot, lambda: "takes no codes" in flash_text(pilot.app))
            assert made.register.basket.is_empty


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_lines_of_a_return_have_their_keys(size: tuple[int, int], tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        something(made)
        async with at(made, "refund", size) as (_screen, pilot):
            await press(pilot, "enter")
            screen: Any = await shown(pilot, RefundScreen)
            await until(pilot, lambda: screen.goods)
            await press(pilot, "plus")
            touchable = set(key_places(pilot.app))  # type: ignore[arg-type]
            names = {row.id for row in commands("return") if row.place == "return" and row.spot != "hidden"}
            assert {name for name in names if screen.can(name)} <= touchable
