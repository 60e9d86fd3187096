"""Search as you type: words by their beginnings, accents aside, hostile text harmless, best first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalogue.products import Catalogue, Product
from kiosk.catalogue.search import search
from kiosk.ledger.connection import Ledger
from tests.catalogue.conftest import out_of_sale


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("bee", ["CANDLE"]),
        ("be", ["CANDLE"]),
        ("b", ["CANDLE", "MUG-1"]),
        ("blu mu", ["MUG-1"]),
        ("MUG-1", ["MUG-1"]),
        ("mug-", ["MUG-1"]),
        ("creme cas", ["JAM"]),
        ("CRÈME", ["JAM"]),
        ("4006381", ["MUG-1"]),
        ("0360002", ["MUG-1"]),
        ("shelf-7", ["JAM"]),
        ("olives", ["12345"]),
        ("mug olives", []),
        ("", []),
        ("  -- ", []),
        ("zz", []),
    ],
)
def test_what_is_found(shop: Ledger, text: str, skus: list[str]) -> None:
    assert [hit.sku for hit in search(shop, text)] == skus


def test_best_first(ledger: Ledger) -> None:
    catalogue = Catalogue(ledger)
    for number in range(40):
        catalogue.put(Product(f"S{number}", f"Large mug {number}", 100))
    catalogue.put(Product("X", "Mug small", 100))
    catalogue.put(Product("MUG", "Cup", 100))
    assert next(hit.sku for hit in search(ledger, "mug", 5)) == "MUG"
    assert next(hit.sku for hit in search(ledger, "mu", 5)) == "X"
    assert len(search(ledger, "mug", 5)) == 5
    assert len(search(ledger, "mug")) == 20
    assert len({hit.sku for hit in search(ledger, "mu", 42)}) == len(search(ledger, "mu", 42)) == 42


def test_a_hit_is_all_a_basket_needs(shop: Ledger) -> None:
    (hit,) = search(shop, "olives")
    stored = Catalogue(shop).by_sku("12345")
    assert stored is not None and hit == stored.offer
    assert (hit.price, hit.unit, hit.tax_class) == (1299, "kg", "B")


def test_search_follows_changes(shop: Ledger) -> None:
    catalogue = Catalogue(shop)
    mug = catalogue.by_sku("MUG-1")
    assert mug is not None
    catalogue.put(replace(mug, name="Tankard", barcodes=()))
    assert search(shop, "blue") == [] == search(shop, "4006381")
    assert [hit.sku for hit in search(shop, "tank")] == ["MUG-1"]
    out_of_sale(shop, "MUG-1")
    assert search(shop, "tank") == []


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        'mug"',
        "mug*",
        "name:mug",
        "a OR b",
        "NEAR(a b)",
        "^mug",
        "-mug",
        "mug)",
        "(",
        "\0mug",
        "mug' --",
        "x" * 5000,
    ],
)
def test_whatever_is_typed_is_words(shop: Ledger, text: str) -> None:
    search(shop, text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_query(shop: Ledger, text: str) -> None:
    search(shop, text)
