"""Receipts as they are seen, kept as golden texts, and everything a hostile name can do to them: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk import i18n
from kiosk.checkout.columns import width
from kiosk.checkout.receipt import number_of_token, receipt_rows, receipt_token
from kiosk.checkout.stored_sale import StoredPayment, StoredSale
from kiosk.checkout.tax import TaxSum
from tests.checkout.receipts.sales import MARKET, PAPER, golden, line, text


@pytest.fixture(autouse=True)
def _shop() -> Iterator[None]:
    """A shop in Vienna that writes as the British do."""
    i18n.set_language("en")
    i18n.set_locale("en_GB", "UTC")
    yield
    i18n.set_language("en")
    i18n.set_locale("en_GB")


CANADA = replace(
    MARKET,
    prices="exclusive",
    net=469,
    tax=23,
    total=492,
    lines=(
        line(1, "Maple syrup", price=183, net=183, tax=9),
        line(2, "Mug", price=286, net=286, tax=14),
    ),
    rates=(TaxSum("A", 0, 50_000, 469, 14), TaxSum("A", 1, 20_000, 0, 9)),
    payments=(
        StoredPayment("cash", "tender", 500, ""),
        StoredPayment("cash", "change", -10, ""),
        StoredPayment("cash", "rounding", 2, ""),
    ),
    currency="CAD",
)
REFUND = replace(
    MARKET,
    number="A-000124",
    kind="refund",
    refunds="A-000123",
    remedy="refund",
    clock_trusted=False,
    net=-1050,
    tax=-200,
    total=-1250,
    lines=(line(1, "Mug, blue glaze", quantity=-1000, net=-1050, tax=-200),),
    rates=(TaxSum("A", 0, 190_000, -1050, -200),),
    payments=(StoredPayment("cash", "tender", -1250, ""),),
)
LONG = replace(
    MARKET,
    kind="training",
    number="TA-000007",
    net=1_666_655_446,
    tax=316_664_554,
    total=1_983_320_000,
    lines=(
        line(1, "Handwoven " + "wonderful " * 18 + "rug", net=8390, tax=1610, price=10_000),
        line(2, "抹茶 Matcha e\u0301lan \x1b[31m[bold]\u202eevil", net=8390, tax=1610, price=10_000),
        line(
            3,
            "x" * 90,
            quantity=9_999_000,
            price=198_332,
            net=1_666_638_666,
            tax=316_661_334,
            note="[red]x" * 12,
        ),
    ),
    rates=(TaxSum("A", 0, 190_000, 1_666_655_446, 316_664_554),),
    payments=(StoredPayment("sumup", "tender", 1_983_320_000, "T" * 60),),
)


@pytest.mark.parametrize("columns", [32, 42, 48])
@pytest.mark.parametrize(
    ("name", "sale", "copy"),
    [("market", MARKET, 0), ("canada", CANADA, 0), ("refund", REFUND, 2), ("long", LONG, 0)],
)
def test_a_receipt_looks_as_kept(name: str, sale: StoredSale, copy: int, columns: int) -> None:
    rows = receipt_rows(sale, replace(PAPER, columns=columns), copy=copy)
    assert text(rows, columns) == golden(f"{name}-{columns}")


@pytest.mark.parametrize("columns", [32, 42, 48])
@pytest.mark.parametrize("sale", [MARKET, CANADA, REFUND, LONG])
def test_no_row_is_wider_than_its_paper(sale: StoredSale, columns: int) -> None:
    for row in receipt_rows(sale, replace(PAPER, columns=columns), copy=3):
        assert width(row.text) <= (columns // 2 if row.big else columns)
        assert row.text.isprintable()
        assert "\u202e" not in row.text


def test_amounts_and_words_follow_the_shop_and_the_language() -> None:
    i18n.set_locale("de_AT", "Europe/Vienna")
    shown = text(receipt_rows(MARKET, PAPER), 42)
    assert "23.11.2026 15:32" in shown
    assert "49,54" in shown.replace(" ", "")
    assert "0,335 kg × 12,99/kg" in shown


def test_an_original_says_neither_copy_nor_training() -> None:
    shown = text(receipt_rows(MARKET, PAPER), 42)
    assert "COPY" not in shown
    assert "TRAINING" not in shown
    assert "not confirmed" not in shown


def test_the_code_leads_back_to_the_sale() -> None:
    code = next(row.qr for row in receipt_rows(MARKET, PAPER) if row.qr)
    assert code == receipt_token("A-000123") == "R/A-000123"
    assert number_of_token("r/a-000123\n") == "A-000123"
    assert number_of_token("4006381333931") is None
    assert not any(row.qr for row in receipt_rows(MARKET, replace(PAPER, code=False)))


def test_the_sale_search_understands_the_code() -> None:
    from kiosk.checkout import find_sale

    found = find_sale._LABEL.search(receipt_token("A-000123"))
    assert found is not None
    assert (found[1], found[2]) == ("A", "000123")
