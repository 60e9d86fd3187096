"""Reports: the same takings from every side, also as CSV and JSON, and fast."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, timedelta, timezone

from kiosk.catalogue.goods import Product
from kiosk.catalogue.products import Catalogue
from kiosk.checkout.basket import Basket, Item
from kiosk.checkout.refund import refund
from kiosk.checkout.reports import REPORTS, Report, latest_day, report
from kiosk.checkout.sale import commit
from kiosk.checkout.shift import open_shift
from kiosk.checkout.z_report import close_shift
from tests.checkout.books.stall import PRICING, Stall

DAY_MS = 86_400_000
FIRST, SECOND = "2026-01-01", "2026-01-02"


def two_days(stall: Stall) -> None:
    """A day with a refund and practice, then a day with one sale."""
    sold = stall.sell("MUG", "MUG", ("OLIVES", 335))
    stall.clock.advance(3_600_000)
    stall.sell("BREAD", methods=("card",), person=stall.sam)
    refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.sam)
    stall.sell("LAMP", training=True)
    close_shift(stall.ledger, {}, stall.sam)
    stall.clock.advance(DAY_MS)
    open_shift(stall.ledger, stall.mia, 0, zone=UTC)
    stall.sell("MUG")


def figures(found: Report) -> list[tuple[str, int | None, int | None, int]]:
    """Key, count, quantity and gross of every row."""
    return [(row.key, row.count, row.quantity, row.gross) for row in found.rows]


def test_before_the_first_shift_there_is_nothing(shut: Stall) -> None:
    assert latest_day(shut.ledger) is None
    assert all(report(shut.ledger, by, FIRST).rows == () for by in REPORTS)


def test_every_report_of_two_days(stall: Stall) -> None:
    two_days(stall)
    assert latest_day(stall.ledger) == SECOND
    seen = {by: figures(report(stall.ledger, by, FIRST, zone=UTC)) for by in REPORTS}
    assert seen == {
        "day": [(FIRST, 3, None, 2005)],
        "product": [("MUG", 2, 1000, 1250), ("OLIVES", 1, 335, 435), ("BREAD", 1, 1000, 320)],
        "category": [("Pottery", 2, 1000, 1250), ("Food", 2, 1335, 755)],
        "hour": [("09", 1, None, 2935), ("10", 2, None, -930)],
        "seller": [("Mia", 1, None, 2935), ("Sam", 2, None, -930)],
        "method": [("cash", 2, None, 1685), ("card", 1, None, 320)],
        "rate": [("A 190000", 2, None, 1250), ("B 70000", 2, None, 755)],
    }
    assert figures(report(stall.ledger, "day", FIRST, SECOND)) == [
        (FIRST, 3, None, 2005),
        (SECOND, 1, None, 1250),
    ]
    assert figures(report(stall.ledger, "product", "2025-01-01", "2025-12-31")) == []


def test_hours_are_the_shops(stall: Stall) -> None:
    two_days(stall)
    nepal = timezone(timedelta(hours=5, minutes=45))
    assert [row.key for row in report(stall.ledger, "hour", FIRST, zone=nepal).rows] == ["14", "15"]


def test_a_report_as_json_and_csv(stall: Stall) -> None:
    two_days(stall)
    found = report(stall.ledger, "product", FIRST)
    body = json.loads(found.to_json())
    assert (body["by"], body["first"], body["currency"]) == ("product", FIRST, "EUR")
    assert body["rows"][1] == {
        "key": "OLIVES",
        "label": "Olives",
        "count": 1,
        "quantity": "0.335",
        "net": "4.07",
        "tax": "0.28",
        "gross": "4.35",
    }
    rows = list(csv.reader(io.StringIO(found.to_csv())))
    assert rows[0] == ["product", "label", "count", "quantity", "net", "tax", "gross"]
    assert rows[2] == ["OLIVES", "Olives", "1", "0.335", "4.07", "0.28", "4.35"]
    method = list(csv.reader(io.StringIO(report(stall.ledger, "method", FIRST).to_csv())))
    assert method[1] == ["cash", "cash", "2", "", "", "", "16.85"]


def test_a_name_that_a_spreadsheet_would_run_is_only_a_name(stall: Stall) -> None:
    evil = Catalogue(stall.ledger).put(Product("EVIL", '=HYPERLINK("http://x")', 100, tax_class="A"))
    commit(stall.ledger, stall.sale(Basket(PRICING).add(Item.of(evil.offer))))
    rows = list(csv.reader(io.StringIO(report(stall.ledger, "product", FIRST).to_csv())))
    assert rows[1][1] == '\'=HYPERLINK("http://x")'


def test_a_report_reads_only_its_days(stall: Stall) -> None:
    """Not a timing: the plan starts at the range of sale ids, whatever came before."""
    from kiosk.checkout import reports

    for by, sql in {**reports._SQL, "hour": reports._QUARTER}.items():
        plan = [row[3] for row in stall.ledger.rows(f"EXPLAIN QUERY PLAN {sql}", (1, 9))]
        assert any(start in plan[0] for start in ("(rowid>? AND rowid<?)", "(sale>? AND sale<?)")), (by, plan)
