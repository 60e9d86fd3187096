"""The books' stall, with a shift open: energy is told beside its sales."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.catalogue.goods import Product
from kiosk.catalogue.products import Catalogue
from kiosk.checkout.shift import open_shift
from tests.checkout.books.stall import Stall, build


@pytest.fixture
def stall(tmp_path: Path) -> Iterator[Stall]:
    """A stall that shows a blender and a lamp."""
    made = build(tmp_path)
    catalogue = Catalogue(made.ledger)
    catalogue.put(Product("BLENDER", "Blender", 4900, tax_class="A", demo="blender"))
    catalogue.put(Product("LAMP-1", "Salt lamp", 2200, tax_class="A", demo="lamp"))
    open_shift(made.ledger, made.mia, 10_000)
    yield made
    made.ledger.close()
