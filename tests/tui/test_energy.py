"""Energy on the screen: demonstrations by one touch, parts and their swap, the Wh beside the sales."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.power.outlets.reading import OutletRead, OutletReading
from kiosk.catalogue.goods import Product
from kiosk.catalogue.products import Catalogue
from kiosk.energy import components, demos
from kiosk.energy.components import Component, Measured
from kiosk.energy.demos import Figures
from kiosk.energy.minutes import Row
from kiosk.energy.powerbook import Known, PowerBook
from kiosk.energy.wear import Figures as Learned
from kiosk.power.advisor import Advice
from kiosk.power.view import OutletSeen, PowerView
from kiosk.settings.power import OutletSettings, PowerSettings
from kiosk.station.showing import Showing
from kiosk.tui.screens.leave import LeaveDialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, NumberDialogue, TextDialogue
from kiosk.tui.screens.slipview import SlipScreen
from tests.tui.hands import SIZES, flash_text, press, touch_key
from tests.tui.looks import same_as_golden, text_of
from tests.tui.stall import MORNING, at, shown, stall, until
from tests.tui.test_power import KIT, Powered, seen_at

PRICE = 350_000
POWER = PowerSettings(KIT, {"lamp": OutletSettings(1, by_hand=True)}, price=PRICE)


@contextmanager
def shop(folder: Path, *outlets: OutletSeen, person: str = "Mia") -> Iterator[Powered]:
    """A stall that shows a blender and a lamp, with these outlets."""
    view: PowerView = replace(seen_at(5), outlets=outlets)
    with stall(folder, person=person, alter=lambda one: replace(one, power=POWER)) as made:
        catalogue = Catalogue(made.ledger)
        for sku, name, outlet in (("BLENDER", "Blender", "blender"), ("LAMP-OIL", "Oil lamp", "lamp")):
            catalogue.put(Product(sku, name, 4900, tax_class="A", demo=outlet))
        for sku in ("LAMP-SALT", "DUKKAH"):  # of the demo shop
            product = catalogue.by_sku(sku)
            assert product is not None
            catalogue.put(replace(product, demo=""))
        powered = Powered(made.ledger, made.settings, headroom=view)
        powered.register.person = made.somebody(person)
        powered.showing = Showing(powered.submit, POWER.outlets, PRICE, lambda _event: None)
        yield powered


def a_demo(made: Powered, sku: str, mwh: int | None) -> None:
    """A demonstration of a minute."""
    demo = demos.begin(made.ledger, sku, made.somebody("Mia"))
    made.wait(1)
    told = Figures(60, 0 if mwh is None else 60, mwh)
    demos.end(made.ledger, demo.id, "hand", told, PRICE, made.somebody("Mia"))


def measured(made: Powered, minutes: int, watts: float) -> None:
    """So many watts since eight."""
    rows = [Row(MORNING // 1000 + s, 10.0, 13.0, watts / 13, watts) for s in range(0, minutes * 60 + 10, 10)]
    with PowerBook(made.settings.folder) as book:
        learned = {"PACK-1": Learned(35.0, None, 0.031, None, 412.0)}
        book.keep(Known("{}", "b", 0, MORNING, True), rows, "PACK-1", learned)
        book.keep(Known("{}", "b", 0, MORNING, True), (), "PACK-1")


def registered(made: Powered) -> None:
    """Two packs, an inverter and an outlet."""
    sam, mia = made.somebody("Sam"), made.somebody("Mia")
    for part in (
        Component("PACK-1", "pack", "used", "", 48_000, 614_000, None, 15_000),
        Component("PACK-2", "pack", label_mah=48_000),
        Component("INV-1", "inverter", "used", label_mw=200_000),
        Component("PLUG-1", "outlet", "used", "blender"),
    ):
        components.add(made.ledger, part, sam)
    components.test(made.ledger, "PACK-1", Measured(mwh=431_000), mia, "at the hub")
    components.test(made.ledger, "INV-1", Measured(idle_mw=6200), mia)


OFF = OutletSeen("blender", False, 300.0, 3, advice=Advice(True, "none", None, 12, 9000))


async def test_a_touch_begins_and_ends_a_demonstration_with_its_outlet(tmp_path: Path) -> None:
    with shop(tmp_path, OFF) as made:
        async with at(made, "demos") as (_screen, pilot):
            await until(pilot, lambda: "not shown yet" in text_of(pilot.app))
            await touch_key(pilot, "demo:BLENDER")
            await until(pilot, lambda: made.orders == [("blender", True)])
            await until(pilot, lambda: "1 is being shown" in text_of(pilot.app))
            made.headroom = replace(made.headroom, outlets=(replace(OFF, on=True, advice=None),))
            for second in range(0, 65, 5):
                read = OutletRead("blender", OutletReading(True, 300.0), 300 * second / 3600, second * 1000)
                made.showing.heard(read)
            await press(pilot, "1")
            await until(pilot, lambda: made.orders[1:] == [("blender", False)])
            await until(pilot, lambda: "1 demo · 5 Wh" in text_of(pilot.app))


async def test_a_demonstration_by_hand_leaves_its_outlet_alone(tmp_path: Path) -> None:
    with shop(tmp_path, OutletSeen("lamp", True, 12.0, 1)) as made:
        async with at(made, "demos") as (_screen, pilot):
            await until(pilot, lambda: "Oil lamp" in text_of(pilot.app))
            await press(pilot, "2")
            await until(pilot, lambda: made.rows("SELECT 1 FROM demo WHERE ended IS NULL"))
            await press(pilot, "2")
            await until(pilot, lambda: made.rows("SELECT 1 FROM demo WHERE how = 'hand'"))
            assert made.orders == []


async def test_an_outlet_that_does_not_answer_begins_nothing(tmp_path: Path) -> None:
    with shop(tmp_path, OFF) as made:
        made.refusal = TimeoutError("the outlet does not answer")
        async with at(made, "demos") as (_screen, pilot):
            await until(pilot, lambda: "Blender" in text_of(pilot.app))
            await press(pilot, "1")
            await until(pilot, lambda: "does not answer" in flash_text(pilot.app))
            assert made.rows("SELECT * FROM demo") == []


async def test_a_compressor_that_rests_is_not_switched_on(tmp_path: Path) -> None:
    with shop(tmp_path, replace(OFF, resting=True)) as made:
        async with at(made, "demos") as (_screen, pilot):
            await until(pilot, lambda: "Blender" in text_of(pilot.app))
            await press(pilot, "1")
            await until(pilot, lambda: "rests for five minutes" in flash_text(pilot.app))
            assert (made.orders, made.rows("SELECT * FROM demo")) == ([], [])


async def test_what_is_not_safe_is_asked_and_no_begins_nothing(tmp_path: Path) -> None:
    with shop(tmp_path, replace(OFF, advice=Advice(False, "inverter", 133.0))) as made:
        async with at(made, "demos") as (_screen, pilot):
            await until(pilot, lambda: "Blender" in text_of(pilot.app))
            await press(pilot, "1")
            await shown(pilot, ConfirmDialogue)
            await press(pilot, "escape")
            await until(pilot, lambda: not isinstance(pilot.app.screen, ConfirmDialogue))
            assert (made.orders, made.rows("SELECT * FROM demo")) == ([], [])
            await press(pilot, "1")
            await shown(pilot, ConfirmDialogue)
            await touch_key(pilot, "a")
            await until(pilot, lambda: made.orders == [("blender", True)])


async def test_the_till_and_the_power_screen_lead_there_and_back(tmp_path: Path) -> None:
    with shop(tmp_path, OFF) as made:
        async with at(made, "till") as (_screen, pilot):
            await press(pilot, "ctrl+a")
            await until(pilot, lambda: pilot.app.current_mode == "demos")
            await press(pilot, "f6")
            await until(pilot, lambda: pilot.app.current_mode == "power")
            await touch_key(pilot, "to_parts")
            await until(pilot, lambda: pilot.app.current_mode == "parts")
            await press(pilot, "escape")
            await until(pilot, lambda: pilot.app.current_mode == "till")


async def test_a_pack_is_tested_and_swapped_by_keys_and_by_touch(tmp_path: Path) -> None:
    with shop(tmp_path) as made:
        registered(made)
        async with at(made, "parts") as (screen, pilot):
            await until(pilot, lambda: "PACK-1: swap it: below 75 % of its label" in text_of(pilot.app))
            await press(pilot, "down")
            await until(pilot, lambda: "1 part is due to be swapped" in text_of(pilot.app))
            while screen.chosen != "PACK-1":
                await press(pilot, "up")
                await pilot.pause(0.01)
            await press(pilot, "f4")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "a")
            await shown(pilot, NumberDialogue)
            await press(pilot, "4", "2", "0", "enter")
            await until(pilot, lambda: made.rows("SELECT 1 FROM component_act WHERE mwh = 420000"))
            await until(pilot, lambda: "The test of PACK-1" in flash_text(pilot.app))
            await touch_key(pilot, "swap")
            await shown(pilot, ChoiceDialogue)
            await touch_key(pilot, "a")
            await until(pilot, lambda: "PACK-2 is in use" in flash_text(pilot.app))
            assert made.rows("SELECT id FROM component WHERE kind = 'pack' AND state = 'used'") == [
                ("PACK-2",)
            ]


async def test_a_seller_needs_leave_to_add_a_part(tmp_path: Path) -> None:
    with shop(tmp_path) as made:
        async with at(made, "parts") as (_screen, pilot):
            await until(pilot, lambda: "no part has an id yet" in text_of(pilot.app))
            await press(pilot, "insert")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "a")
            await shown(pilot, TextDialogue)
            await press(pilot, "p", "1", "enter")
            await shown(pilot, NumberDialogue)
            await press(pilot, "4", "8", "enter")
            await shown(pilot, LeaveDialogue)
            await press(pilot, "2", "5", "8", "0", "enter")
            await until(pilot, lambda: made.rows("SELECT id, label_mah, state FROM component"))
            assert made.rows("SELECT label_mah, state FROM component") == [(48_000, "used")]


async def test_without_a_spare_nothing_is_swapped(tmp_path: Path) -> None:
    with shop(tmp_path) as made:
        components.add(made.ledger, Component("PACK-1", "pack", "used"), made.somebody("Sam"))
        async with at(made, "parts") as (_screen, pilot):
            await until(pilot, lambda: "PACK-1" in text_of(pilot.app))
            await press(pilot, "f5")
            await until(pilot, lambda: "no spare pack" in flash_text(pilot.app))


async def test_energy_stands_beside_the_sales_on_paper_and_as_a_file(tmp_path: Path) -> None:
    with shop(tmp_path, person="Sam") as made:
        for _demo in range(9):
            a_demo(made, "BLENDER", 23_800)
        for _sale in range(6):
            made.sell("BLENDER")
        made.wait(51)
        measured(made, 60, 72.0)
        async with at(made, "reports", (128, 50)) as (screen, pilot):
            await until(pilot, lambda: screen.report)
            await press(pilot, "8")
            await until(pilot, lambda: "12 Wh" in text_of(pilot.app))
            text = text_of(pilot.app)
            assert "6 sales, each" in text and "214 Wh" in text and "0.07" in text
            await press(pilot, "f5")
            await until(pilot, lambda: "Written" in flash_text(pilot.app))
            path = made.settings.folder / "reports" / "demo-2026-11-23.csv"
            [row] = csv.DictReader(path.read_text("utf-8-sig").splitlines())
            assert (row["sku"], row["wh"], row["demos"], row["sold"]) == ("BLENDER", "214.2", "9", "6")
            await press(pilot, "f6")
            await shown(pilot, SlipScreen)
            await until(pilot, lambda: "9 demos, 6 sold, 0.07" in text_of(pilot.app))
            await touch_key(pilot, "print")
            await until(pilot, lambda: made.rows("SELECT 1 FROM print_job WHERE kind = 'slip'"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", ["demos", "parts", "reports-energy"])
async def test_it_looks_as_it_did(scene: str, size: tuple[int, int], tmp_path: Path) -> None:
    with shop(tmp_path, OFF, person="Sam") as made:
        registered(made)
        for _demo in range(3):
            a_demo(made, "BLENDER", 71_400)
        a_demo(made, "LAMP-OIL", None)
        for _sale in range(2):
            made.sell("BLENDER")
        demos.begin(made.ledger, "LAMP-OIL", made.somebody("Sam"))
        made.wait(86)
        measured(made, 75, 72.0)
        async with at(made, scene.partition("-")[0], size) as (screen, pilot):
            if scene == "reports-energy":
                await until(pilot, lambda: screen.report)
                await press(pilot, "8")
                await until(pilot, lambda: screen.energy)
            await until(pilot, lambda: scene != "parts" or screen.acts)
            await until(pilot, lambda: scene != "demos" or screen.rows)
            await pilot.pause(0.05)
            same_as_golden(pilot.app, f"{scene}-{size[0]}x{size[1]}")
