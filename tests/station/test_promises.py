"""What was promised is watched in every shop, with a cabinet or without, and a lamp says so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.ledger.clock import FakeClock
from kiosk.ledger.errors import LedgerError
from kiosk.pickup import handover, holds, messages, orders
from kiosk.pickup.wish import Wish
from kiosk.station.events import OrdersChanged
from kiosk.station.promises import Promises, standing, tidy
from tests.tui.pickups import pickup_stall, sold
from tests.tui.stall import Stall


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stall]:
    with pickup_stall(tmp_path) as made:
        yield made


def clock_of(shop: Stall) -> FakeClock:
    """The shop's clock."""
    assert isinstance(shop.ledger.clock, FakeClock)
    return shop.ledger.clock


def test_a_shop_without_a_cabinet_lets_holds_lapse_and_reminds(shop: Stall) -> None:
    _receipt, ticket = sold(shop, "MUG-BLUE")
    handover.set_aside(shop.ledger, ticket.order.id, "Mia")
    wish = Wish("00112233445566aa", "stall", ticket.order.slot_ms, "", {"HONEY": 1000})
    held = holds.hold(shop.ledger, wish, handovers=4, boxed=False)
    told: list[object] = []
    promises = Promises(shop.submit, shop.read, told.append)
    promises.look(tidy)
    promises.count()
    assert told == [OrdersChanged(1, 0)]
    assert [lamp.words for lamp in promises.lamps] == ["1 to tell"]
    clock_of(shop).advance(25 * 3_600_000)
    promises.look(tidy)
    promises.count()
    assert orders.order_of(shop.ledger, held.id).stage == "released"
    assert told == [OrdersChanged(1, 0)], "the same number is no news"
    clock_of(shop).advance(48 * 3_600_000)
    promises.look(tidy)
    promises.count()
    assert told[-1] == OrdersChanged(1, 1)
    assert [lamp.words for lamp in promises.lamps] == ["1 overdue"]
    messages.told(shop.ledger, ticket.order.id, "Mia")
    handover.hand_over(shop.ledger, ticket.order.id, "Mia")
    promises.count()
    assert promises.lamps == ()


def test_a_full_disk_is_no_reason_to_stop_watching(shop: Stall, caplog: pytest.LogCaptureFixture) -> None:
    shop.refuse["tidy"] = LedgerError("the disk is full")
    promises = Promises(shop.submit, shop.read, print)
    promises.look(tidy)
    assert "the disk is full" in caplog.text
    promises.count()


def test_the_thread_looks_at_once_counts_what_is_written_and_ends(
    shop: Stall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.station.promises.REST_S", 0.0)
    counted, looked = threading.Semaphore(0), threading.Semaphore(0)

    def submit(function: Any) -> Any:
        looked.release()
        return shop.submit(lambda _ledger: None)

    def read(function: Any) -> Any:
        counted.release()
        return shop.submit(lambda _ledger: OrdersChanged(0, 0))

    promises = Promises(submit, read, print)
    promises.start()
    assert looked.acquire(timeout=10)
    assert counted.acquire(timeout=10)
    promises.wake()
    assert counted.acquire(timeout=10)
    assert not looked.acquire(blocking=False), "what is written has it count, and nothing more"
    promises.stop()
    promises.stop()


def test_counting_asks_the_ledger_only(shop: Stall) -> None:
    assert standing(shop.ledger) == OrdersChanged(0, 0)
