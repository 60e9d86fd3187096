"""Sold at the till, collected later: held before the money, one commit for sale, order, code and slip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.checkout import printqueue
from kiosk.ledger.clock import FakeClock
from kiosk.pickup import desk, handover, holds, openings, orders
from kiosk.pickup.cancelling import BoxMoves
from kiosk.pickup.codes import make_secret
from kiosk.pickup.order import Step
from kiosk.pickup.wish import Wish
from kiosk.station import collecting
from kiosk.station.moneyback import refund
from kiosk.tui.screens.cash import CashDialogue
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.prompts import ChoiceDialogue, TextDialogue
from kiosk.tui.screens.ticket import TicketScreen
from kiosk.tui.widgets.qrcode import QrCode
from tests.tui.fakes import FakeLamp
from tests.tui.hands import flash_text, press
from tests.tui.looks import text_of
from tests.tui.pickups import pickup_stall, sold
from tests.tui.stall import Stall, at, shown, until


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stall]:
    """A stall with a locker whose boxes are free."""
    with pickup_stall(tmp_path) as made:
        yield made


async def hold(pilot: Any, app: Any, *answers: str, who: str = "") -> str:
    """Sell the first product, and hold it."""
    await press(pilot, "a", "ctrl+g")
    for answer in answers:
        await shown(pilot, ChoiceDialogue)
        await press(pilot, answer)
    await shown(pilot, TextDialogue)
    await press(pilot, *("space" if letter == " " else letter for letter in who), "enter")
    await until(pilot, lambda: app.station.register.collect)
    return str(app.station.register.collect)


def clock_of(shop: Stall) -> FakeClock:
    """The shop's clock."""
    clock = shop.ledger.clock
    assert isinstance(clock, FakeClock)
    return clock


def stage(shop: Stall, order: str) -> str:
    """How far an order is."""
    return str(orders.order_of(shop.ledger, order).stage)


def counted(shop: Stall, sku: str, pieces: int) -> None:
    """So many pieces of a product were counted this morning."""
    (product,) = shop.rows("SELECT id FROM product WHERE sku = ?", sku)[0]
    with shop.ledger.transaction():
        event = shop.ledger.record("stock.count", {"sku": sku, "q": pieces * 1000})
        shop.ledger.execute("UPDATE product SET stock_tracked = 1 WHERE id = ?", (product,))
        shop.ledger.execute(
            "INSERT INTO stock_move (id, product, quantity, cause) VALUES (?, ?, ?, 'count')",
            (event.seq, product, pieces * 1000),
        )


async def test_a_low_box_is_offered_in_the_sizes_there_are(shop: Stall) -> None:
    async with at(shop, "till") as (_screen, pilot):
        await press(pilot, "a", "ctrl+g")
        where = await shown(pilot, ChoiceDialogue)
        await press(pilot, "a")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialogue) and pilot.app.screen != where)
        offered = [option.value for option in pilot.app.screen.options]  # type: ignore[attr-defined]
        assert offered == [("S", False), ("M", False), ("L", False), ("S", True)]


async def test_it_is_held_paid_and_printed_in_one(shop: Stall) -> None:
    async with at(shop, "till") as (screen, pilot):
        app = screen.app
        await hold(pilot, app, "a", "d", "a", who="ann 17")  # a low box of size S
        order = orders.order_of(shop.ledger, shop.register.collect)
        assert (order.name, order.tail) == ("ann", "17")
        assert (order.stage, order.point, order.size, order.low) == ("reserved", "locker", "S", True)
        assert "Held as" in flash_text(app)
        assert [key.id for key in screen.pay_keys() if key.opened] == ["collect"]
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
        order = await hold(pilot, screen.app, "b", "a")  # the counter, the first window
        await press(pilot, "c")
        assert shop.register.collect == ""
        await until(pilot, lambda: "not held any more" in flash_text(screen.app))
    assert stage(shop, order) == "released"


async def test_a_sale_has_one_hold_and_a_new_one_replaces_it_whole(shop: Stall) -> None:
    async with at(shop, "till") as (screen, pilot):
        old = await hold(pilot, screen.app, "b", "a")
        await press(pilot, "ctrl+g")
        for answer in ("b", "b"):
            await shown(pilot, ChoiceDialogue)
            await press(pilot, answer)
        await shown(pilot, TextDialogue)
        await press(pilot, "enter")
        await until(pilot, lambda: shop.register.collect not in {"", old})
        new = shop.register.collect
    assert (stage(shop, old), stage(shop, new)) == ("released", "reserved")


async def test_a_hold_that_lapsed_while_it_was_paid_is_taken_up_again(shop: Stall) -> None:
    async with at(shop, "till") as (screen, pilot):
        order = await hold(pilot, screen.app, "b", "a")
        clock_of(shop).advance(16 * 60_000)
        shop.submit(holds.lapse).result()
        assert stage(shop, order) == "released"
        await press(pilot, "f5", "5", "0", "enter")
        change = await shown(pilot, ChangeScreen)
        assert change.ticket is not None and change.ticket.order.id == order
    assert stage(shop, order) == "paid"


async def test_a_hold_that_lapsed_does_not_lose_the_sale(shop: Stall) -> None:
    """The customer has paid; the window filled up meanwhile."""
    async with at(shop, "till") as (screen, pilot):
        order = await hold(pilot, screen.app, "b", "a")
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        clock_of(shop).advance(16 * 60_000)
        shop.submit(holds.lapse).result()
        slot_ms = orders.order_of(shop.ledger, order).slot_ms
        for number in range(4):
            wish = Wish(f"{number:016}", "stall", slot_ms, "", {"MUG-BLUE": 1000})
            holds.hold(shop.ledger, wish, handovers=4, boxed=False)
        await press(pilot, "5", "0", "enter")
        change = await shown(pilot, ChangeScreen)
        assert "hand the goods over now" in change.collect
        assert change.ticket is None
    assert stage(shop, order) == "released"
    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]


async def test_the_stalls_own_table_wins_and_nobody_pays_for_what_is_gone(shop: Stall) -> None:
    async with at(shop, "till") as (screen, pilot):
        app = screen.app
        await press(pilot, "a")
        sku = shop.register.basket.live[0].item.sku
        await press(pilot, "f2")
        counted(shop, sku, 1)
        order = await hold(pilot, app, "b", "a")
        shop.sell(sku)
        await press(pilot, "f5")
        await until(pilot, lambda: "sold at the stall meanwhile" in flash_text(app))
        assert app.screen is screen
        assert shop.register.collect == ""
    assert stage(shop, order) == "released"
    assert len(shop.rows("SELECT 1 FROM journal WHERE type = 'pickup.outsold'")) == 1


async def test_what_was_sold_while_the_money_was_counted_is_short_and_said(shop: Stall) -> None:
    async with at(shop, "till") as (screen, pilot):
        await press(pilot, "a")
        sku = shop.register.basket.live[0].item.sku
        await press(pilot, "f2")
        counted(shop, sku, 1)
        order = await hold(pilot, screen.app, "b", "a")
        await press(pilot, "f5")
        await shown(pilot, CashDialogue)
        shop.sell(sku)
        await press(pilot, "5", "0", "enter")
        change = await shown(pilot, ChangeScreen)
        assert "sold meanwhile. Give the money back" in change.collect
        assert change.ticket is None
    assert stage(shop, order) == "short"
    assert shop.rows("SELECT count(*) FROM sale") == [(2,)]


async def test_after_a_power_cut_the_sale_finds_its_hold_again(shop: Stall) -> None:
    async with at(shop, "till") as (screen, pilot):
        order = await hold(pilot, screen.app, "b", "a")
        await screen.app.keeper.keep_now()
    shop.register.clear()  # the till starts anew
    async with at(shop, "till") as (screen, pilot):
        await until(pilot, lambda: shop.register.collect == order)
        assert "To be collected" in flash_text(screen.app)
        await press(pilot, "f5", "5", "0", "enter")
        assert (await shown(pilot, ChangeScreen)).ticket is not None
    assert stage(shop, order) == "paid"


async def test_age_limited_goods_want_a_name(shop: Stall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.tui.screens.collecting._is_checked", lambda *_args: True)
    async with at(shop, "till") as (screen, pilot):
        await press(pilot, "a", "ctrl+g")
        for answer in ("b", "a"):
            await shown(pilot, ChoiceDialogue)
            await press(pilot, answer)
        await shown(pilot, TextDialogue)
        await press(pilot, "enter")
        assert isinstance(screen.app.screen, TextDialogue), "no name is no answer here"
        await press(pilot, "b", "o", "enter")
        await until(pilot, lambda: shop.register.collect)
    order = orders.order_of(shop.ledger, shop.register.collect)
    assert (order.name, order.checked) == ("bo", True)


async def test_a_cabinet_nobody_has_seen_for_an_hour_promises_nothing(shop: Stall) -> None:
    openings.lost(shop.ledger)
    clock_of(shop).advance(61 * 60_000)
    async with at(shop, "till") as (screen, pilot):
        await press(pilot, "a", "ctrl+g")
        for answer in ("a", "a"):
            await shown(pilot, ChoiceDialogue)
            await press(pilot, answer)
        await until(pilot, lambda: "has not answered since" in flash_text(screen.app))
    assert orders.live(shop.ledger) == []


async def test_the_age_of_what_is_known_is_said(shop: Stall) -> None:
    openings.lost(shop.ledger)
    clock_of(shop).advance(20 * 60_000)
    async with at(shop, "till") as (_screen, pilot):
        await press(pilot, "a", "ctrl+g")
        for answer in ("a", "a"):
            await shown(pilot, ChoiceDialogue)
            await press(pilot, answer)
        assert "as of 08:00" in (await shown(pilot, ChoiceDialogue)).words


@pytest.mark.parametrize("trusted", [True, False])
async def test_a_window_of_today_is_called_so_where_the_day_is_known(shop: Stall, trusted: bool) -> None:
    clock_of(shop).trusted = trusted
    async with at(shop, "till") as (_screen, pilot):
        await press(pilot, "a", "ctrl+g")
        for answer in ("a", "a"):
            await shown(pilot, ChoiceDialogue)
            await press(pilot, answer)
        first = (await shown(pilot, ChoiceDialogue)).options[0]
        assert first.label == ("today 08:30" if trusted else "23/11/2026 08:30")


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


async def test_without_paper_it_is_on_the_screen_and_not_on_paper_that_comes_later(shop: Stall) -> None:
    shop.lamps = (FakeLamp("printer", "bad", "no paper"), FakeLamp("scanner", "ok", "scanner ok"))
    async with at(shop, "till") as (screen, pilot):
        await hold(pilot, screen.app, "b", "a")
        await press(pilot, "f5", "5", "0", "enter")
        change = await shown(pilot, ChangeScreen)
        assert "No paper for the ticket" in flash_text(screen.app)
        await press(pilot, "t")
        await shown(pilot, TicketScreen)
        await press(pilot, "p")
        await until(pilot, lambda: "being printed" in flash_text(screen.app))
        await press(pilot, "enter")
        await until(pilot, lambda: screen.app.screen is change)
        waiting = [one.body is not None for one in printqueue.open_jobs(shop.ledger) if one.kind != "drawer"]
        assert waiting == [True, True], "printed from there, it is wanted on paper"
        await press(pilot, "t", "enter")
        await until(pilot, lambda: shop.rows("SELECT 1 FROM journal WHERE type = 'pickup.shown'"))
        kept = [one for one in printqueue.open_jobs(shop.ledger) if one.kind != "drawer"]
        assert [(one.kind, one.body) for one in kept] == [("receipt", None)]


async def test_money_back_before_it_was_collected_lets_go_of_all_of_it(shop: Stall) -> None:
    receipt, ticket = sold(shop, "MUG-BLUE", "HONEY")
    secret = make_secret(shop.settings.folder)
    refund(shop.ledger, receipt.id, {1: 1000}, "refund", shop.somebody("Sam"))
    assert [sku for sku, *_rest in orders.contents(shop.ledger, ticket.order.id)] == ["HONEY"]
    assert stage(shop, ticket.order.id) == "paid"
    refund(shop.ledger, receipt.id, {2: 1000}, "refund", shop.somebody("Sam"))
    assert stage(shop, ticket.order.id) == "refunded"
    with pytest.raises(desk.WrongCode):
        desk.by_code(shop.ledger, ticket.code, secret, 7)


async def test_a_refund_that_the_order_refuses_books_nothing(shop: Stall) -> None:
    receipt, ticket = sold(shop, "MUG-BLUE", point="locker")
    with shop.ledger.transaction():
        orders.step(shop.ledger, ticket.order.id, Step.PACK)
        orders.step(shop.ledger, ticket.order.id, Step.ARRIVE)
        orders.step(shop.ledger, ticket.order.id, Step.OPEN_FOR_DEPOSIT)
    with pytest.raises(BoxMoves):
        refund(shop.ledger, receipt.id, {1: 1000}, "refund", shop.somebody("Sam"))
    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]
    assert stage(shop, ticket.order.id) == "depositing"


async def test_goods_that_come_back_after_collecting_are_an_ordinary_return(shop: Stall) -> None:
    receipt, ticket = sold(shop, "MUG-BLUE")
    handover.hand_over(shop.ledger, ticket.order.id, "Mia")
    refund(shop.ledger, receipt.id, {1: 1000}, "refund", shop.somebody("Sam"))
    assert stage(shop, ticket.order.id) == "collected"
    assert shop.rows("SELECT count(*) FROM sale WHERE kind = 'refund'") == [(1,)]
