"""Products are kept whole or not at all, and every change is in the journal."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kiosk.catalogue.cleaning import BadProduct
from kiosk.catalogue.products import BarcodeTaken, Catalogue, Product, SkuTaken, UnknownProduct
from kiosk.ledger.connection import Ledger
from tests.catalogue.conftest import out_of_sale

PRODUCT_EVENTS = "SELECT body FROM journal WHERE type = 'product.changed' ORDER BY seq"


def journal(ledger: Ledger) -> list[dict[str, object]]:
    return [json.loads(body) for (body,) in ledger.rows(PRODUCT_EVENTS)]


def test_what_was_put_is_found_by_id_sku_and_every_barcode(shop: Ledger) -> None:
    catalogue = Catalogue(shop)
    mug = catalogue.by_sku("MUG-1")
    assert mug is not None and mug.id is not None and mug.article is not None
    assert mug.barcodes == ("00036000291452", "04006381333931")
    assert mug.price == 1250 and mug.category == "Mugs" and mug.active
    assert catalogue.by_id(mug.id) == mug == catalogue.by_code("04006381333931")
    assert catalogue.by_code("SHELF-7") == catalogue.by_sku("JAM")
    assert catalogue.by_sku("NONE") is None
    engraving = catalogue.by_sku("ENGRAVE")
    assert engraving is not None and engraving.price is None


def test_putting_the_same_again_changes_nothing(shop: Ledger) -> None:
    catalogue, before = Catalogue(shop), len(journal(shop))
    for product in list(catalogue.all()):
        assert catalogue.put(product) == product
        assert catalogue.put(replace(product, id=None, article=None)) == product
    assert len(journal(shop)) == before


def test_a_new_price_keeps_the_article_a_new_name_makes_one(shop: Ledger) -> None:
    catalogue = Catalogue(shop)
    mug = catalogue.by_sku("MUG-1")
    assert mug is not None
    dearer = catalogue.put(replace(mug, price=1300), author=2)
    assert dearer.article == mug.article and dearer.id == mug.id
    renamed = catalogue.put(replace(dearer, name="Mug, green glaze"))
    assert renamed.article != mug.article and renamed.id == mug.id
    old = shop.row("SELECT name FROM article WHERE id = ?", (mug.article,))
    assert old == ("Mug, blue glaze",)
    back = catalogue.put(replace(renamed, name="Mug, blue glaze"))
    assert back.article == mug.article
    assert [(one["price"], one["name"], one["author"]) for one in journal(shop)[-3:]] == [
        (1300, "Mug, blue glaze", 2),
        (1300, "Mug, green glaze", None),
        (1300, "Mug, blue glaze", None),
    ]


def test_a_product_may_change_its_sku_by_id(shop: Ledger) -> None:
    catalogue = Catalogue(shop)
    mug = catalogue.by_sku("MUG-1")
    assert mug is not None
    catalogue.put(replace(mug, sku="MUG-BLUE"))
    assert catalogue.by_sku("MUG-1") is None
    assert journal(shop)[-1]["was"] == "MUG-1"
    with pytest.raises(SkuTaken):
        catalogue.put(replace(mug, sku="JAM"))
    with pytest.raises(UnknownProduct):
        catalogue.put(replace(mug, id=999))


def test_barcodes_are_one_products_only(shop: Ledger) -> None:
    catalogue = Catalogue(shop)
    before = list(catalogue.all(inactive=True)), len(journal(shop))
    with pytest.raises(BarcodeTaken, match="4006381333931 belongs to MUG-1"):
        catalogue.put(Product("NEW", "New", 100, barcodes=("4006381333931",)))
    assert (list(catalogue.all(inactive=True)), len(journal(shop))) == before
    mug = catalogue.by_sku("MUG-1")
    assert mug is not None
    catalogue.put(replace(mug, barcodes=("036000291452",)))
    catalogue.put(Product("NEW", "New", 100, barcodes=("4006381333931",)))


def test_out_of_sale_is_kept_but_not_listed(shop: Ledger) -> None:
    catalogue = Catalogue(shop)
    gone = out_of_sale(shop, "MUG-1")
    assert not gone.active and gone.barcodes
    assert "MUG-1" not in [one.sku for one in catalogue.all()]
    assert "MUG-1" in [one.sku for one in catalogue.all(inactive=True)]
    assert catalogue.put(replace(gone, active=True)).active


def test_every_fault_is_named_at_once(ledger: Ledger) -> None:
    bad = Product(
        "A\x1bB", " ", -1, unit="stone", tax_class="", barcodes=("4006381333930",), min_age=0, prompt="x" * 81
    )
    with pytest.raises(BadProduct) as refused:
        Catalogue(ledger).put(bad)
    assert [field for field, _reason in refused.value.problems] == [
        "sku", "name", "price", "tax", "unit", "barcodes", "min_age", "prompt",
    ]  # fmt: skip
    assert "should be 1" in str(refused.value)
    with pytest.raises(BadProduct, match="absurdly"):
        Catalogue(ledger).put(Product("A", "A", 10**10 + 1))
    assert list(Catalogue(ledger).all(inactive=True)) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("[bold red]Mug[/]", "[bold red]Mug[/]"),
        ("<b>Mug</b> & 'co'", "<b>Mug</b> & 'co'"),
        ("كوب أزرق", "كوب أزرق"),
        ("a\u202egnihtemos\u202c b", "agnihtemos b"),
        ("Mug\x1b[2J\x07\nblue\tglaze ", "Mug[2J blue glaze"),
        ("Cre\u0300me", "Crème"),
        ("👩\u200d🍳 apron", "👩\u200d🍳 apron"),
        ("x" * 200, "x" * 200),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_names_are_data(ledger: Ledger, given: str, kept: str) -> None:
    assert Catalogue(ledger).put(Product("A", given, 0)).name == kept


def test_a_name_too_long_is_refused(ledger: Ledger) -> None:
    with pytest.raises(BadProduct, match="201"):
        Catalogue(ledger).put(Product("A", "x" * 201, 0))
