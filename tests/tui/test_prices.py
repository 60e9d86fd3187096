"""Prices that another program changes while the till runs: the next customer pays the new one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from kiosk.catalogue.products import Catalogue
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.till import TillScreen
from tests.tui.hands import press
from tests.tui.paying import selling
from tests.tui.stall import Stall, shown, until


def reprice(made: Stall, sku: str, price: int) -> None:
    """As `kiosk catalogue import` does it from a second terminal."""
    goods = Catalogue(made.ledger)
    product = goods.by_sku(sku)
    assert product is not None
    goods.put(replace(product, price=price))


async def pay_and_go_on(pilot: Pilot[Any]) -> None:
    """Take cash, then the next customer."""
    await press(pilot, "f5", "enter")
    await shown(pilot, ChangeScreen)
    await press(pilot, "enter")
    await shown(pilot, TillScreen)


async def test_a_key_sells_at_the_price_of_now_from_the_next_sale_on(tmp_path: Path) -> None:
    async with selling(tmp_path, "MUG-BLUE") as (made, app, pilot):
        screen = app.screen
        assert isinstance(screen, TillScreen)
        reprice(made, "MUG-BLUE", 9_90)
        await pay_and_go_on(pilot)
        await until(pilot, lambda: screen.quick.lists[0].keys[0].product.price == 9_90)
        await press(pilot, "a")
        assert [line.item.price for line in made.register.basket.live] == [9_90]


async def test_what_did_not_change_keeps_its_page(tmp_path: Path) -> None:
    async with selling(tmp_path, "MUG-BLUE", size=(80, 24)) as (_made, app, pilot):
        screen = app.screen
        assert isinstance(screen, TillScreen)
        await press(pilot, "space")
        page = screen.quick.page
        assert page > 0
        await pay_and_go_on(pilot)
        for worker in [one for one in app.workers if one.name == "lists"]:
            await worker.wait()
        assert screen.quick.page == page
