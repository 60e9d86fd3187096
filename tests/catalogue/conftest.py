"""A ledger with a few goods, and nothing else of the till."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.catalogue.products import Catalogue, Product
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger

GOODS = (
    Product("MUG-1", "Mug, blue glaze", 1250, barcodes=("4006381333931", "036000291452"), category="Mugs"),
    Product("CANDLE", "Beeswax candle", 800, barcodes=("96385074",)),
    Product("12345", "Olives", 1299, unit="kg", tax_class="B"),
    Product("JAM", "Crème de cassis", 450, barcodes=("SHELF-7",), min_age=18),
    Product("ENGRAVE", "Engraving", None, prompt="name on the mug"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger in euro."""
    ledger = Ledger.create(tmp_path / "ledger.db", clock=FakeClock(1_780_000_000_000))
    yield ledger
    ledger.close()


@pytest.fixture
def shop(ledger: Ledger) -> Ledger:
    """The same with the goods above."""
    catalogue = Catalogue(ledger)
    for product in GOODS:
        catalogue.put(product)
    return ledger


def out_of_sale(ledger: Ledger, sku: str) -> Product:
    """A product that is not sold any more, as it is kept."""
    product = Catalogue(ledger).by_sku(sku)
    assert product is not None
    return Catalogue(ledger).put(replace(product, active=False))
