"""The quick-list editor: products put on keys by search, scan and touch; keys moved, named and coloured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.catalogue.products import Catalogue
from kiosk.catalogue.quicklists import QuickList, every_list
from kiosk.tui.listplan import ListPlan
from kiosk.tui.screens.codeview import CodeScreen
from kiosk.tui.screens.leave import LeaveDialogue
from kiosk.tui.screens.lists import ListsScreen
from kiosk.tui.screens.product import ProductDialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, NumberDialogue, TextDialogue
from kiosk.tui.screens.search import SearchDialogue
from kiosk.tui.screens.till import TillScreen
from tests.tui.hands import SIZES, flash_text, press, scan, touch_key
from tests.tui.looks import same_as_golden, text_of
from tests.tui.stall import Stall, at, shown, stall, until


def a_list(made: Stall, name: str = "Pottery") -> QuickList:
    """A list as the ledger has it."""
    return next(one for one in every_list(made.ledger) if one.name == name)


def skus(made: Stall, name: str = "Pottery") -> dict[tuple[int, int], str]:
    """What stands where."""
    return {key.place: key.product.sku for key in a_list(made, name).keys}


async def ready(pilot: Pilot[Any], screen: ListsScreen) -> None:
    """The lists have been read."""
    await until(pilot, lambda: screen.plan.open)


async def test_a_product_is_put_on_a_key_by_search(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "lists") as (screen, pilot):
            await ready(pilot, screen)
            await press(pilot, "pagedown", "pagedown")
            assert screen.plan.place == (2, 1), "behind the last page there is an empty one"
            await press(pilot, "enter")
            await shown(pilot, SearchDialogue)
            await press(pilot, *"tote")
            await until(pilot, lambda: pilot.app.screen.found)  # type: ignore[attr-defined]
            await press(pilot, "enter")
            await until(pilot, lambda: skus(made).get((2, 1)) == "TOTE")
            assert screen.plan.place == (2, 2), "the next place is next"


async def test_a_scan_puts_its_product_on_the_chosen_key(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        honey = Catalogue(made.ledger).by_sku("HONEY")
        assert honey is not None
        async with at(made, "lists") as (screen, pilot):
            await ready(pilot, screen)
            await press(pilot, "right")
            await scan(pilot, honey.barcodes[0])
            await until(pilot, lambda: skus(made)[1, 2] == "HONEY")
            await scan(pilot, "4006381333931")
            await until(pilot, lambda: "no product" in flash_text(pilot.app))


async def test_a_key_is_moved_by_touch_and_one_in_its_way_comes_back(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        before = skus(made)
        async with at(made, "lists", (80, 24)) as (screen, pilot):
            await ready(pilot, screen)
            await touch_key(pilot, "place:1:2")
            await touch_key(pilot, "carry")
            await touch_key(pilot, "place:1:5")
            await until(pilot, lambda: skus(made)[1, 5] == before[1, 2])
            assert skus(made)[1, 2] == before[1, 5]
            await press(pilot, "f4", "escape")
            assert screen.plan.carried is None
            assert isinstance(pilot.app.screen, ListsScreen), "the first escape calls the move off"


async def test_a_key_gets_a_label_a_colour_and_a_count_and_goes(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "lists") as (screen, pilot):
            await ready(pilot, screen)
            await press(pilot, "f2")
            await shown(pilot, TextDialogue)
            await press(pilot, *"Blue", "enter")
            await until(pilot, lambda: a_list(made).keys[0].label == "Blue")
            await press(pilot, "f3")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "d")
            await until(pilot, lambda: a_list(made).keys[0].colour == "green")
            await press(pilot, "asterisk")
            await shown(pilot, NumberDialogue)
            await press(pilot, "6", "enter")
            await until(pilot, lambda: a_list(made).keys[0].quantity == 6000)
            assert "6 ×" in text_of(pilot.app)
            await touch_key(pilot, "take_off")
            await until(pilot, lambda: (1, 1) not in skus(made))
            assert not screen.can("take_off")


async def test_a_list_is_made_named_moved_coded_and_deleted(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "lists", (128, 50)) as (screen, pilot):
            await ready(pilot, screen)
            await touch_key(pilot, "new_list")
            await touch_key(pilot, "a")
            await shown(pilot, TextDialogue)
            await press(pilot, *"Sale [/]", "enter")
            await shown(pilot, ChoiceDialogue)
            await touch_key(pilot, "g")
            await until(pilot, lambda: screen.plan.open.name == "Sale [/]")
            assert a_list(made, "Sale [/]").colour == "red"
            await touch_key(pilot, "this_list")
            await touch_key(pilot, "c")  # to the left
            await until(pilot, lambda: every_list(made.ledger)[-2].name == "Sale [/]")
            assert screen.plan.open.name == "Sale [/]"
            await press(pilot, "f6", "a")
            await shown(pilot, TextDialogue)
            await press(pilot, *["backspace"] * 4, "enter")
            await until(pilot, lambda: screen.plan.open.name == "Sale")
            await press(pilot, "f6", "e")
            await shown(pilot, CodeScreen)
            await press(pilot, "escape", "f6", "f")
            await shown(pilot, ConfirmDialogue)
            await press(pilot, "b")
            assert a_list(made, "Sale")
            await press(pilot, "f6", "f", "a")
            await until(pilot, lambda: all(one.name != "Sale" for one in every_list(made.ledger)))


async def test_a_seller_needs_leave_once_for_the_whole_visit(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        async with at(made, "lists") as (screen, pilot):
            await shown(pilot, LeaveDialogue)
            await press(pilot, *"2580", "enter")
            await ready(pilot, screen)
            await press(pilot, "delete", "right", "delete")
            await until(pilot, lambda: len(a_list(made).keys) == 10)
            await press(pilot, "escape")
            await shown(pilot, TillScreen)
            pilot.app.go("lists")  # type: ignore[attr-defined]
            await shown(pilot, LeaveDialogue)
            await press(pilot, "escape")
            await shown(pilot, TillScreen)


async def test_the_product_on_a_key_is_changed(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "lists") as (screen, pilot):
            await ready(pilot, screen)
            await press(pilot, "f5")
            await shown(pilot, ProductDialogue)
            await press(pilot, "b", "9", "enter")
            await shown(pilot, ProductDialogue)
            await press(pilot, "f9")
            await until(pilot, lambda: screen.plan.key.product.price == 900)


async def test_the_till_shows_what_was_edited(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "lists") as (screen, pilot):
            await ready(pilot, screen)
            await press(pilot, "f2", *"First", "enter")
            await until(pilot, lambda: a_list(made).keys[0].label == "First")
            await press(pilot, "escape")
            await shown(pilot, TillScreen)
            await until(pilot, lambda: "First" in text_of(pilot.app))


def test_a_plan_shows_every_place_and_an_empty_page_behind(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        plan = ListPlan(every_list(made.ledger))  # twelve keys: two screens of six, one free place, one page
        assert [len(screen) for screen in plan.screens(6)] == [6, 6, 6, 6], (
            "twelve keys, a free place, a page"
        )
        assert plan.turned(6).place == (1, 7)
        assert plan.turned(6).turned(6).turned(6).place == (2, 1)
        assert plan.moved(-1, 6) is plan
        assert plan.step(-1).open == plan.lists[-1]
        assert plan.choose((1, 101)) is plan
        assert ListPlan().step(1).moved(1, 6).turned(6).open is None


SCENES: dict[str, tuple[str, ...]] = {
    "lists": ("right", "down"),
    "lists-moving": ("right", "f4", "down"),
    "lists-menu": ("f6",),
    "lists-empty-page": ("pagedown", "pagedown"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
async def test_it_looks_as_it_did(scene: str, size: tuple[int, int], tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with at(made, "lists", size) as (screen, pilot):
            await ready(pilot, screen)
            await press(pilot, *SCENES[scene])
            await pilot.pause(0.05)
            same_as_golden(pilot.app, f"{scene}-{size[0]}x{size[1]}")
