"""Sold at the till, collected later: held before the money, one commit for sale, order, code and slip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.ledger.clock import FakeClock
from kiosk.pickup import desk, orders
from kiosk.pickup.codes import make_secret
from kiosk.station import collecting
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.prompts import ChoiceDialogue
from kiosk.tui.screens.ticket import TicketScreen
from kiosk.tui.widgets.qrcode import QrCode
from tests.tui.hands import flash_text, press
from tests.tui.looks import text_of
from tests.tui.pickups import pickup_stall
from tests.tui.stall import Stall, at, shown, until


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stall]:
    """A stall with a locker whose boxes are free."""
    with pickup_stall(tmp_path) as made:
        yield made


async def hold(pilot: Any, app: Any, *answers: str) -> None:
    """Sell the first product, and hold it."""
    await press(pilot, "a", "ctrl+g")
    for answer in answers:
        await shown(pilot, ChoiceDialogue)
        await press(pilot, answer)
    await until(pilot, lambda: app.station.register.collect)


async def test_it_is_held_paid_and_printed_in_one(shop: Stall) -> None:
    async with at(shop, "till") as (screen, pilot):
        app = screen.app
        await hold(pilot, app, "a", "d", "a")  # the locker, a low box of the first size, the first window
        order = orders.order_of(shop.ledger, shop.register.collect)
        assert (order.stage, order.point, order.size, order.low) == ("reserved", "locker", "S", True)
        assert "Held as" in flash_text(app)
        await press(pilot, "f5", "5", "0", "enter")
        change = await shown(pilot, ChangeScreen)
        assert f"{order.ref} to collect from" in change.collect
        ticket = change.ticket
        assert ticket is not None and ticket.code not in text_of(app).replace(" ", "")
        await press(pilot, "t")
        code = await shown(pilot, TicketScreen)
        assert code.query_one(QrCode).payload == ticket.token
        await press(pilot, "enter")
        await shown(pilot, ChangeScreen)
    paid = orders.order_of(shop.ledger, order.id)
    assert paid.stage == "paid"
    assert shop.rows("SELECT id FROM sale ORDER BY id DESC LIMIT 1") == [(paid.sale,)]
    secret = make_secret(shop.settings.folder)
    with pytest.raises(desk.NotReady):  # the code is right, and counts when the parcel is in its box
        desk.by_code(shop.ledger, ticket.code, secret, 7)
    assert shop.register.collect == ""


async def test_a_changed_basket_is_no_longer_what_is_held(shop: Stall) -> None:
    async with at(shop, "till") as (screen, pilot):
        await hold(pilot, screen.app, "b", "a")  # the counter, the first window
        await press(pilot, "c")
        assert shop.register.collect == ""


async def test_a_hold_that_lapsed_does_not_lose_the_sale(shop: Stall) -> None:
    async with at(shop, "till") as (screen, pilot):
        app = screen.app
        await hold(pilot, app, "b", "a")
        order = shop.register.collect
        clock = shop.ledger.clock
        assert isinstance(clock, FakeClock)
        clock.advance(16 * 60_000)
        shop.submit(collecting.holds.lapse).result()
        await press(pilot, "f5", "5", "0", "enter")
        assert "hand the goods over now" in (await shown(pilot, ChangeScreen)).collect
    assert orders.order_of(shop.ledger, order).stage == "released"
    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]


async def test_the_power_fails_inside_the_commit(shop: Stall, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_args: object) -> None:
        raise OSError(5, "the power failed")

    async with at(shop, "till") as (screen, pilot):
        app = screen.app
        await hold(pilot, app, "b", "a")
        order = shop.register.collect
        monkeypatch.setattr(collecting.ticketjob, "dump", cut)
        await press(pilot, "f5", "5", "0", "enter")
        await until(pilot, lambda: "the power failed" in flash_text(app))
        assert shop.rows("SELECT count(*) FROM sale") == [(0,)]
        assert orders.order_of(shop.ledger, order).stage == "reserved"
        assert shop.register.collect == order
