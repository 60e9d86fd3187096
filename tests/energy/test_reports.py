"""Energy beside sales: product by product, hour by hour, and never more than was measured."""

from __future__ import annotations

import csv
import io
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest

from kiosk.checkout.money import Currency
from kiosk.checkout.shift import open_shift
from kiosk.checkout.z_report import close_shift
from kiosk.energy import demos, tell
from kiosk.energy.cost import cost
from kiosk.energy.demos import Figures
from kiosk.energy.minutes import Row
from kiosk.energy.powerbook import Known, PowerBook
from kiosk.energy.shown import shown
from kiosk.energy.spent import spent
from kiosk.energy.words import shown_words
from tests.checkout.books.stall import Stall

DAY = "2026-01-01"
HOUR_S = 3600
EUR = Currency("EUR", 2)


def show(stall: Stall, sku: str, seconds: int, mwh: int | None, price: int | None = 350_000) -> None:
    """A demonstration that took so much."""
    demo = demos.begin(stall.ledger, sku, stall.mia)
    metered_s = 0 if mwh is None else seconds
    demos.end(stall.ledger, demo.id, "hand", Figures(seconds, metered_s, mwh), price, stall.mia)


def measure(folder: Path, first_s: int, seconds: int, watts: float) -> None:
    """So many watts, a look every ten seconds."""
    rows = [Row(first_s + s, 10.0, 13.0, watts / 13, watts) for s in range(0, seconds, 10)]
    with PowerBook(folder) as book:
        book.keep(Known("{}", "b", 0, 0, True), rows)
        for _again in range(len(rows) // 600 + 1):
            book.keep(Known("{}", "b", 0, 0, True), ())


def test_a_product_is_told_with_what_it_took_and_what_was_sold(stall: Stall) -> None:
    for _demo in range(9):
        show(stall, "BLENDER", 120, 23_800)
    show(stall, "MUG", 60, None)
    demos.begin(stall.ledger, "LAMP-1", stall.mia)
    stall.sell("MUG", "MUG", "BREAD")
    blender, lamp, mug = shown(stall.ledger, DAY, DAY)
    assert (blender.sku, blender.demos, blender.mwh, blender.cost, blender.sold) == (
        "BLENDER",
        9,
        214_200,
        7,
        0,
    )
    assert blender.measured == 1.0
    assert (mug.demos, mug.unmetered, mug.mwh, mug.cost, mug.sold, mug.gross) == (
        1,
        1,
        None,
        None,
        2000,
        2500,
    )
    assert (lamp.running, lamp.mwh) == (1, None)
    demos.close_cut(stall.ledger, None)
    [lamp] = [row for row in shown(stall.ledger, DAY, DAY) if row.sku == "LAMP-1"]
    assert (lamp.running, lamp.cut) == (0, 1)
    assert "1 demo (1 cut off), 0 sold" in shown_words(lamp)
    rows = list(
        csv.DictReader(io.StringIO(tell.to_csv(tell.demo_table((blender, mug), EUR), tell.DEMO_HEADS)))
    )
    assert [(row["wh"], row["demos"], row["sold"], row["cost"]) for row in rows] == [
        ("214.2", "9", "0", "0.07"),
        ("", "1", "2", ""),
    ]


def test_a_demonstration_before_the_shift_belongs_to_it_and_days_are_kept_apart(stall: Stall) -> None:
    show(stall, "BLENDER", 60, 1000)
    close_shift(stall.ledger, {}, stall.sam)
    stall.clock.advance(86_400_000)
    show(stall, "BLENDER", 60, 5000)
    open_shift(stall.ledger, stall.mia, 0, zone=UTC)
    show(stall, "BLENDER", 60, 7000)
    assert [row.mwh for row in shown(stall.ledger, DAY, DAY)] == [1000]
    assert [row.mwh for row in shown(stall.ledger, "2026-01-02", "2026-01-02")] == [12_000]
    assert [row.mwh for row in shown(stall.ledger, DAY, "2026-01-02")] == [13_000]
    assert shown(stall.ledger, "2025-01-01", "2025-01-01") == ()


def test_a_cost_is_rounded_once_and_unknown_without_a_price(stall: Stall) -> None:
    assert cost([(14_000, 350_000)] * 3, 2) == 1
    assert cost([(14_000, 350_000), (1, None)], 2) is None
    assert cost([(1_000_000, 350_000)], 0) == 0
    assert cost([(1_000_000, 350_000)], 3) == 350
    show(stall, "BLENDER", 60, 1000)
    show(stall, "BLENDER", 60, 1000, price=None)
    assert shown(stall.ledger, DAY, DAY)[0].cost is None


def test_hours_and_sales_are_told_with_how_much_was_measured(stall: Stall, tmp_path: Path) -> None:
    nine_s = stall.clock.wall_ms // 1000
    measure(tmp_path, nine_s, HOUR_S // 2 + 60, 72.0)
    measure(tmp_path, nine_s + HOUR_S, HOUR_S + 60, 36.0)
    stall.sell("MUG")
    stall.clock.advance(HOUR_S * 1000 + 60_000)
    for _sale in range(3):
        stall.sell("MUG")
    stall.clock.advance(HOUR_S * 1000 - 60_000)
    with PowerBook(tmp_path) as book:
        found = spent(stall.ledger, book, DAY, DAY, price=350_000, zone=UTC)
        nepal = spent(stall.ledger, book, DAY, DAY, zone=timezone(timedelta(hours=5, minutes=45)))
    rows = tell.hour_table(found)
    assert [(row["hour"], row["sales"]) for row in rows] == [("09", 1), ("10", 3)]
    assert [row["wh"] for row in rows] == [pytest.approx(36, abs=1.5), pytest.approx(36, abs=0.5)]
    assert [row["measured"] for row in rows] == [pytest.approx(0.5, abs=0.03), 1.0]
    assert found.mwh_per_sale == pytest.approx(18_000, rel=0.02)
    assert found.measured == pytest.approx(0.75, abs=0.02)
    assert tell.sums(found, EUR)["cost"] == "0.03"
    assert [hour.hour for hour in nepal.hours] == ["14", "15", "16"]
    assert nepal.mwh == pytest.approx(found.mwh, abs=2) and nepal.cost is None


def test_what_was_never_measured_is_unknown(stall: Stall) -> None:
    stall.sell("MUG")
    stall.clock.advance(60_000)
    found = spent(stall.ledger, None, DAY, DAY, price=350_000, zone=UTC)
    assert (found.mwh, found.mwh_per_sale, found.cost, found.measured, found.sales) == (
        None,
        None,
        None,
        0.0,
        1,
    )
    assert spent(stall.ledger, None, "2025-01-01", "2025-01-01").measured is None


def test_a_shift_that_a_wrong_clock_makes_years_long_is_cut_short(stall: Stall, tmp_path: Path) -> None:
    measure(tmp_path, stall.clock.wall_ms // 1000, 300, 72.0)
    stall.clock.advance(20 * 365 * 86_400_000)
    with PowerBook(tmp_path) as book:
        found = spent(stall.ledger, book, DAY, DAY, zone=UTC)
    assert found.mwh is not None and sum(hour.open_s for hour in found.hours) == 48 * HOUR_S
