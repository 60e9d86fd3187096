"""X, Z and the small slips: golden texts, a body that comes back, and jobs printed from a real ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.columns import width
from kiosk.checkout.money import Currency
from kiosk.checkout.payments import qr
from kiosk.checkout.payments.method import Request
from kiosk.checkout.shift_report import Count, HourSum, Leftovers, MethodTotal, ShiftReport
from kiosk.checkout.shift_slip import shift_rows
from kiosk.checkout.slip_body import dump, load
from kiosk.checkout.slips import cash_rows, pay_rows, return_rows, table_rows
from kiosk.checkout.tax import TaxSum
from tests.checkout.receipts.sales import MARKET, MOMENT, PAPER, golden, text

EUR = Currency.of("EUR")
HOUR = 3_600_000
AMOUNT = 2_250
X = ShiftReport(
    session=1,
    business_date="2026-11-23",
    opened_by="Mia",
    opened_ms=MOMENT - 6 * HOUR,
    until_ms=MOMENT,
    float_amount=15_000,
    cash_in=2_000,
    cash_out=5_000,
    drawer_openings=1,
    sales=41,
    sales_gross=123_456,
    refunds=2,
    refunds_gross=-2_500,
    training=1,
    net=102_000,
    tax=18_956,
    gross=120_956,
    discounts=3,
    discounts_amount=450,
    voids=2,
    voids_amount=1_600,
    overrides=1,
    rounding=3,
    untrusted=4,
    first_number="A-000101",
    last_number="A-000143",
    methods=(MethodTotal("cash", 30, 80_953), MethodTotal("card", 8, 30_000), MethodTotal("qr", 3, 10_000)),
    rates=(TaxSum("A", 0, 190_000, 95_000, 18_050), TaxSum("B", 0, 70_000, 7_000, 906)),
    hours=(HourSum(8, 12, 40_000), HourSum(9, 31, 80_956)),
    expected=92_953,
    left=Leftovers(0, ("Anna", ""), ("qr 1250 unknown",), 1, 0, None, 0),
)
Z = replace(
    X,
    z_number=12,
    closed_by="Sam",
    counted=92_900,
    counts=(Count(5_000, 18), Count(1_000, 2), Count(200, 4), Count(100, 1)),
    accepted_by="Sam",
)


@pytest.fixture(autouse=True)
def _shop() -> Iterator[None]:
    """A shop that writes as the British do."""
    i18n.set_locale("en_GB", "UTC")
    yield
    i18n.set_locale("en_GB")


def slips(columns: int) -> list[tuple[str, list[Row]]]:
    """Every slip by the name of its golden text."""
    paper = replace(PAPER, columns=columns)
    payee = {"scheme": "epc", "name": "Mia Kay", "iban": "FR1420041010050500013M02606"}
    ask = qr.make("qr", payee).start(Request("1", AMOUNT, EUR, "A1"))
    table = [("Product", "Pieces", "Gross"), ("Mug, blue glaze", "12", "150.00"), ("Candle", "3", "24.00")]
    return [
        ("x", shift_rows(X, paper, EUR)),
        ("z", shift_rows(Z, paper, EUR, copy=1)),
        ("pay", pay_rows(ask, AMOUNT, EUR, paper)),
        ("cash-in", cash_rows("in", 2000, "change from the bank", "Mia", MOMENT, paper, EUR)),
        ("repair", return_rows(MARKET, {1: 1000}, "repair", "handle loose", "Mia", MOMENT, paper)),
        ("report", table_rows("Products", "23/11/2026", table, paper, ("Together", "15", "174.00"))),
    ]


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_slips_look_as_kept(columns: int) -> None:
    for name, rows in slips(columns):
        assert text(rows, columns) == golden(f"{name}-{columns}"), name
        for row in rows:
            assert width(row.text) <= (columns // 2 if row.big else columns)
        assert rows[-1].cut


def test_a_slip_s_rows_come_back_from_the_queue() -> None:
    for _name, rows in slips(32):
        assert load(dump(rows)) == rows
