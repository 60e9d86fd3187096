"""A product made for an unknown code, made from nothing, found and changed; refused where it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.catalogue.gtin import barcode_key
from kiosk.catalogue.products import Catalogue, Product
from kiosk.checkout.desk import free_sku, put_product
from kiosk.checkout.rights import NotAllowed
from kiosk.tui.screens.leave import LeaveDialogue
from kiosk.tui.screens.product import ProductDialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, NumberDialogue, TextDialogue
from kiosk.tui.screens.search import SearchDialogue
from kiosk.tui.screens.till import TillScreen
from tests.tui.hands import SIZES, flash_text, press, scan, till, touch_key
from tests.tui.looks import same_as_golden, text_of
from tests.tui.stall import Stall, shown, stall, until

CODE = "4006381333931"


def product(made: Stall, sku: str) -> Product:
    """What the catalogue has."""
    found = Catalogue(made.ledger).by_sku(sku)
    assert found is not None, sku
    return found


async def the_form(pilot: Pilot[Any]) -> ProductDialogue:
    """The form, with the question for the name left unanswered."""
    await touch_key(pilot, "more")
    await touch_key(pilot, "add_product")
    await shown(pilot, TextDialogue)
    await press(pilot, "escape")
    form = await shown(pilot, ProductDialogue)
    assert isinstance(form, ProductDialogue)
    return form


async def test_an_unknown_code_becomes_a_product_and_is_sold(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with till(made) as (_app, pilot):  # type: ignore[arg-type]
            await shown(pilot, TillScreen)
            await scan(pilot, CODE)
            await press(pilot, "insert")
            await shown(pilot, TextDialogue)
            await press(pilot, *"Pencil", "enter")
            await shown(pilot, NumberDialogue)
            await press(pilot, "1", "full_stop", "2", "0", "enter")
            await shown(pilot, ProductDialogue)
            await press(pilot, "f9")
            await shown(pilot, TillScreen)
            assert [(line.item.name, line.amount) for line in made.register.basket.live] == [("Pencil", 120)]
            kept = product(made, "PENCIL")
            assert (kept.price, kept.tax_class, kept.barcodes) == (120, "A", (barcode_key(CODE),))
            await scan(pilot, CODE)
            assert made.register.basket.totals.gross == 240


async def test_a_seller_needs_leave_and_leave_refused_loses_nothing(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        async with till(made) as (_app, pilot):  # type: ignore[arg-type]
            await shown(pilot, TillScreen)
            await scan(pilot, CODE)
            await press(pilot, "insert", *"Pencil", "enter", "1", "enter")
            await shown(pilot, ProductDialogue)
            await touch_key(pilot, "save")
            await shown(pilot, LeaveDialogue)
            await press(pilot, "escape")
            form = await shown(pilot, ProductDialogue)
            assert form.form.product.name == "Pencil"
            assert Catalogue(made.ledger).by_sku("PENCIL") is None
            await touch_key(pilot, "save")
            await shown(pilot, LeaveDialogue)
            await press(pilot, *"2580", "enter")
            await shown(pilot, TillScreen)
            assert product(made, "PENCIL").price == 100


async def test_every_field_is_filled_in_by_touch(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with till(made, size=(80, 24)) as (_app, pilot):  # type: ignore[arg-type]
            await shown(pilot, TillScreen)
            form = await the_form(pilot)
            assert not form.ready
            for field, keys in (
                ("name", ("R", "u", "m", "enter")),
                ("price", ("3", ".", "5", "enter")),
                ("tax", ("b",)),
                ("unit", ("c",)),
                ("age", ("1", "8", "enter")),
                ("codes", ("4", "2", "enter")),
                ("prompt", ("W", "h", "o", "enter")),
            ):
                await touch_key(pilot, field)
                await until(pilot, lambda: not isinstance(pilot.app.screen, ProductDialogue))
                for key in keys:
                    await touch_key(pilot, key)
                await shown(pilot, ProductDialogue)
            await touch_key(pilot, "sale")
            await touch_key(pilot, "no_price")
            await touch_key(pilot, "save")
            await shown(pilot, TillScreen)
            kept = product(made, "RUM")
            assert (kept.price, kept.tax_class, kept.unit, kept.min_age) == (None, "B", "l", 18)
            assert (kept.barcodes, kept.prompt, kept.active) == (("42",), "Who", False)
            assert made.register.basket.is_empty, "what is out of sale is not sold at once"


async def test_a_product_is_found_and_changed_without_being_sold(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with till(made) as (app, pilot):  # type: ignore[arg-type]
            await shown(pilot, TillScreen)
            form = await the_form(pilot)
            await press(pilot, "slash")
            await shown(pilot, SearchDialogue)
            await press(pilot, *"beesw")
            await until(pilot, lambda: pilot.app.screen.found)  # type: ignore[attr-defined]
            await press(pilot, "enter")
            await until(pilot, lambda: form.form.product.sku == "CAN-BEES")
            assert "Change a product" in text_of(app)
            await press(pilot, "b", *"9", "enter")
            await shown(pilot, ProductDialogue)
            await press(pilot, "f9")
            await shown(pilot, TillScreen)
            assert product(made, "CAN-BEES").price == 900
            assert made.register.basket.is_empty


async def test_a_scan_brings_its_product_or_adds_a_code_but_takes_none_away(
    tmp_path: Path,
) -> None:
    with stall(tmp_path) as made:
        honey = product(made, "HONEY")
        async with till(made) as (app, pilot):  # type: ignore[arg-type]
            await shown(pilot, TillScreen)
            form = await the_form(pilot)
            await scan(pilot, honey.barcodes[0])
            await until(pilot, lambda: form.form.product.sku == "HONEY")
            await scan(pilot, CODE)
            await until(pilot, lambda: len(form.form.product.barcodes) == 2)
            await scan(pilot, product(made, "TOTE").barcodes[0])
            await until(pilot, lambda: "belongs to" in flash_text(app))
            await scan(pilot, "4006381333932")
            await until(pilot, lambda: "check digit" in flash_text(app).lower())
            await press(pilot, "f")
            await shown(pilot, ChoiceDialogue)
            await press(pilot, "b")
            await shown(pilot, ProductDialogue)
            await press(pilot, "f9")
            await shown(pilot, TillScreen)
            assert product(made, "HONEY").barcodes == (barcode_key(CODE),)


async def test_what_cannot_be_kept_is_refused_and_stays_on_the_form(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with till(made) as (app, pilot):  # type: ignore[arg-type]
            await shown(pilot, TillScreen)
            form = await the_form(pilot)
            form.change(name="[@click=app.quit]x[/] \x1b[2J", sku="TOTE", price=10**11)
            await press(pilot, "f9")
            await until(pilot, lambda: "TOTE" in flash_text(app))
            assert product(made, "TOTE").name == "Tote, natural", "another product is never written over"
            form.change(sku="NEW-1")
            await press(pilot, "f9")
            await until(pilot, lambda: "absurdly" in flash_text(app))
            form.change(price=0)
            await press(pilot, "f9")
            await shown(pilot, TillScreen)
            assert product(made, "NEW-1").name == "[@click=app.quit]x[/] [2J"


def test_the_desk_asks_for_the_right_and_proposes_a_sku_nobody_has(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        with pytest.raises(NotAllowed):
            put_product(made.ledger, Product("X", "X"), made.somebody("Mia"))
        assert free_sku(made.ledger, "Tote") == "TOTE-2"
        assert free_sku(made.ledger, "Crème brûlée, [large] & deep") == "CREME-BRULEE"
        assert free_sku(made.ledger, "蜂蜜") == "ITEM"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_looks_as_it_did(size: tuple[int, int], tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        async with till(made, size=size, theme="stall-night") as (app, pilot):  # type: ignore[arg-type]
            await shown(pilot, TillScreen)
            await scan(pilot, CODE)
            await press(pilot, "insert", *"Pencil", "enter", "1", "enter")
            await shown(pilot, ProductDialogue)
            same_as_golden(app, f"product-{size[0]}x{size[1]}")
