"""Stored sales for the receipts' tests, as the ledger would return them, and slips as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kiosk.catalogue.paper import Row
from kiosk.checkout.columns import pad, width
from kiosk.checkout.stationery import Stationery
from kiosk.checkout.stored_sale import StoredLine, StoredPayment, StoredSale
from kiosk.checkout.tax import TaxSum

HERE = Path(__file__).parent
MOMENT = 1_795_444_320_000
"""23 November 2026, 14:32 UTC."""


def line(number: int, name: str, **change: object) -> StoredLine:
    """One sold piece at 12.50, tax class A, with changes."""
    plain = StoredLine(
        line=number,
        article=number,
        sku=f"S{number}",
        name=name,
        unit="each",
        tax_class="A",
        quantity=1000,
        price=1250,
        line_discount=0,
        sale_discount=0,
        net=1050,
        tax=200,
        refunds_line=None,
        note="",
        returned=0,
    )
    return replace(plain, **change)  # type: ignore[arg-type]


MARKET = StoredSale(
    id=4711,
    number="A-000123",
    kind="sale",
    refunds=None,
    remedy=None,
    session=1,
    business_date="2026-11-23",
    wall_ms=MOMENT,
    clock_trusted=True,
    person="Mia",
    prices="inclusive",
    rounding="rate",
    net=4204,
    tax=750,
    total=4954,
    lines=(
        line(1, "Mug, blue glaze", quantity=2000, sale_discount=131, net=1991, tax=378),
        line(2, "Olives, loose", unit="kg", tax_class="B", quantity=335, price=1299, net=407, tax=28),
        line(
            3, "Tote, natural", price=1500, line_discount=150, note="for Anna, gift wrap", net=1134, tax=216
        ),
        line(4, "Candle, beeswax", price=800, net=672, tax=128),
    ),
    rates=(TaxSum("A", 0, 190_000, 3797, 722), TaxSum("B", 0, 70_000, 407, 28)),
    payments=(
        StoredPayment("card", "tender", 2000, "0042-17"),
        StoredPayment("cash", "tender", 5000, ""),
        StoredPayment("cash", "change", -2046, ""),
    ),
    currency="EUR",
    exponent=2,
)
PAPER = Stationery(
    columns=42,
    header=("Mia's Stall", "Market Square 3, 1010 Vienna", "ATU12345678"),
    footer=("Thank you!", "Goods in good order may come back within 14 days with this receipt."),
)


def text(rows: Sequence[Row], columns: int) -> str:
    """A slip as it will be seen: big rows spread, centred rows centred, codes and cuts in words."""
    out: list[str] = []
    for row in rows:
        if row.qr is not None:
            shown = f"[QR {row.qr}]"
        elif row.rule:
            shown = "-" * columns
        else:
            shown = " ".join(row.text) if row.big else row.text
        if row.cut:
            out.append("=" * 8 + " cut")
            continue
        if row.align == "centre":
            shown = " " * max(0, (columns - width(shown)) // 2) + shown
        mark = "#" if row.big else "*" if row.bold else " "
        out.append(mark + "|" + pad(shown, columns) + "|")
    return "\n".join(out) + "\n"


def golden(name: str) -> str:
    """The text kept beside the tests."""
    return (HERE / "golden" / f"{name}.txt").read_text("utf-8")
