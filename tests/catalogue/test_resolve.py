"""From a scan to what the till does."""

from __future__ import annotations

import pytest

from kiosk.catalogue import gtin
from kiosk.catalogue.products import Catalogue, Product
from kiosk.catalogue.quicklists import QuickLists
from kiosk.catalogue.resolve import BundleFound, Found, ListFound, ProductFound, Unknown, resolve
from kiosk.ledger.connection import Ledger
from tests.catalogue.conftest import out_of_sale

SHOP = ("21IIIIIWWWWWC", "23IIIIIPPPPPC", "24IIIIINNNNNC")


def checked(payload: str) -> str:
    return payload + gtin.check_digit(payload)


def found(ledger: Ledger, raw: str) -> tuple[str, int | None, int | None]:
    answer: Found = resolve(ledger, raw, SHOP)
    assert isinstance(answer, ProductFound), answer
    return answer.product.sku, answer.quantity, answer.price


def refused(ledger: Ledger, raw: str) -> Unknown:
    answer = resolve(ledger, raw, SHOP)
    assert isinstance(answer, Unknown), answer
    return answer


@pytest.mark.parametrize(
    "raw",
    [
        "4006381333931",
        "]E04006381333931\r",
        "036000291452",
        "0036000291452",
        "MUG-1",
        "https://id.gs1.org/01/04006381333931",
        "]C10104006381333931",
    ],
)
def test_every_form_of_a_code_finds_the_product(shop: Ledger, raw: str) -> None:
    assert found(shop, raw) == ("MUG-1", None, None)


def test_a_plain_shelf_code(shop: Ledger) -> None:
    assert found(shop, "SHELF-7") == ("JAM", None, None)


@pytest.mark.parametrize(
    ("raw", "quantity", "price"),
    [
        ("2112345012506", 1250, None),
        (checked("231234500435"), 335, None),  # 4.35 at 12.99 a kilogram is 335 g to the cent
        (checked("231234512345"), 1000, 12_345),  # no weight gives this price: it wins as it is
        (checked("231234500001"), 1, None),
        ("(01)12345678901231(3103)000250", None, None),
    ],
)
def test_scale_labels(shop: Ledger, raw: str, quantity: int | None, price: int | None) -> None:
    if raw.startswith("("):
        Catalogue(shop).put(Product("CHEESE", "Cheese", 2000, unit="kg", barcodes=("12345678901231",)))
        assert found(shop, raw) == ("CHEESE", 250, None)
        return
    assert found(shop, raw) == ("12345", quantity, price)


def test_a_price_that_gives_no_exact_weight_wins_as_it_is(shop: Ledger) -> None:
    Catalogue(shop).put(Product("54321", "Truffle", 300_000, unit="kg"))
    assert found(shop, checked("235432100435")) == ("54321", 1000, 435)


def test_pieces_and_packets(shop: Ledger) -> None:
    Catalogue(shop).put(Product("777", "Rolls", 40))
    assert found(shop, checked("240077700012")) == ("777", 12_000, None)
    assert found(shop, checked("230077700250")) == ("777", 1000, 250)
    assert "sold by the piece" in refused(shop, checked("210077700250")).reason
    assert "count again" in refused(shop, checked("240077700000")).reason
    assert "weigh it again" in refused(shop, "2112345000008"[:12] + gtin.check_digit("211234500000")).reason


def test_an_internal_number_that_looks_weighed_is_found_as_it_is(shop: Ledger) -> None:
    number = checked("219999900100")
    assert "99999 is not in the catalogue" in refused(shop, number).reason
    Catalogue(shop).put(Product("OWN", "Own number", 100, barcodes=(number,)))
    assert found(shop, number) == ("OWN", None, None)


@pytest.mark.parametrize(
    ("label", "quantity", "price"),
    [("392200435", 335, None), ("39329780435", 335, None), ("3102000125", 1250, None), ("3001", None, None)],
)
def test_gs1_labels_in_our_money(shop: Ledger, label: str, quantity: int | None, price: int | None) -> None:
    Catalogue(shop).put(Product("OIL", "Oil", 1299, unit="kg", barcodes=("12345678901231",)))
    if label == "3001":
        Catalogue(shop).put(Product("BOX", "Box", 100, barcodes=("00012345678905",)))
        assert found(shop, "(01)00012345678905(30)12") == ("BOX", 12_000, None)
        return
    assert found(shop, f"]C10112345678901231{label}"[:200]) == ("OIL", quantity, price)


def test_a_label_in_other_money_is_refused(shop: Ledger) -> None:
    Catalogue(shop).put(Product("OIL", "Oil", 1299, unit="kg", barcodes=("12345678901231",)))
    assert "another currency" in refused(shop, "]C1011234567890123139328400435").reason
    assert "finer" in refused(shop, "]C101123456789012313923000435").reason
    assert refused(shop, "]C100106141412345678908").reason.startswith("there is no article number")


@pytest.mark.parametrize(
    ("raw", "words", "addable"),
    [
        ("4006381333930", "should be 1", False),
        ("5901234123457", "5901234123457 is not in the catalogue", True),
        ("NO-SUCH", "NO-SUCH is not in the catalogue", True),
        ("no such thing", "not in the catalogue", False),
        ("https://evil.example/", "not opened", False),
        ("HTTPS://SHOP/P/ABCD2345", "pick-up", False),
        ("HTTPS://SHOP/L/ABCD2345", "no list", False),
        ("", "empty", False),
        ("\x1b[2J", "control characters", False),
        ("A" * 3000, "3000 characters", False),
    ],
)
def test_what_is_not_sold_says_why(shop: Ledger, raw: str, words: str, addable: bool) -> None:
    answer = refused(shop, raw)
    assert words in answer.reason and answer.addable is addable
    assert answer.code.isprintable() and len(answer.code) <= 64


def test_a_number_of_the_shops_own_may_look_misread(shop: Ledger) -> None:
    Catalogue(shop).put(Product("20231234", "Own eight digits", 100))
    assert found(shop, "20231234") == ("20231234", None, None)


def test_out_of_sale(shop: Ledger) -> None:
    out_of_sale(shop, "MUG-1")
    assert "out of sale" in refused(shop, "4006381333931").reason


def test_lists_open_and_bundles_are_added(shop: Ledger) -> None:
    catalogue, lists = Catalogue(shop), QuickLists(shop)
    mugs = lists.create("Mugs")
    assert resolve(shop, f"HTTPS://SHOP.EXAMPLE/L/{mugs.token}") == ListFound(mugs.id, "Mugs")
    gift = lists.create("Gift", kind="bundle")
    url = f"https://shop.example/l/{gift.token.lower()}"
    assert isinstance(resolve(shop, url), Unknown)
    for sku in ("MUG-1", "CANDLE"):
        product = catalogue.by_sku(sku)
        assert product is not None
        lists.add_product(gift.id, product)
    answer = resolve(shop, url)
    assert isinstance(answer, BundleFound) and answer.name == "Gift"
    assert [(part.product.sku, part.quantity) for part in answer.parts] == [("MUG-1", 1000), ("CANDLE", 1000)]
