"""The catalogue as a CSV file that spreadsheets open and our own import reads back unchanged.

A text that a spreadsheet would take for a formula (it begins with =, +, - or @) gets an apostrophe in
front, which is how spreadsheets mark text; the import takes exactly that one away again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kiosk.catalogue import gtin
from kiosk.catalogue.columns import FIELDS
from kiosk.catalogue.products import Catalogue, Product
from kiosk.catalogue.spreadsheet import harmless
from kiosk.ledger.storage import publish

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger


def row(product: Product, exponent: int) -> tuple[str, ...]:
    """Return a product as cells, in the order of `columns.FIELDS`."""
    return (
        harmless(product.sku),
        harmless(product.name),
        harmless(product.category),
        _plain(product.price, exponent),
        product.unit,
        harmless(product.tax_class),
        harmless(" ".join(map(gtin.printed, product.barcodes))),
        "" if product.min_age is None else str(product.min_age),
        harmless(product.prompt),
        harmless(product.demo),
        "yes" if product.stock_tracked else "no",
        "yes" if product.active else "no",
    )


def _plain(price: int | None, exponent: int) -> str:
    """Return a price with a decimal point; "" for one that is asked for at the till."""
    if price is None:
        return ""
    digits = str(price).zfill(exponent + 1)
    return f"{digits[:-exponent]}.{digits[-exponent:]}" if exponent else digits


def rows(ledger: Ledger) -> Iterator[tuple[str, ...]]:
    """Yield the header and every product, those out of sale too."""
    yield FIELDS
    for product in Catalogue(ledger).all(inactive=True):
        yield row(product, ledger.exponent)


def write(ledger: Ledger, stream: TextIO, delimiter: str = ",") -> int:
    """Write the catalogue to an open text file and return the number of products."""
    writer = csv.writer(stream, delimiter=delimiter)
    count = -1
    for cells in rows(ledger):
        writer.writerow(cells)
        count += 1
    return count


def export(ledger: Ledger, path: Path, delimiter: str = ",") -> int:
    """Write the catalogue to a file and return the number of products.

    The file is complete or not there: it is written beside its place and moved. It begins with the mark
    that tells Excel it is UTF-8. OSError when the disk is full or cannot be written.
    """
    draft = path.with_name(f"{path.name}.part")
    try:
        with draft.open("w", encoding="utf-8-sig", newline="") as stream:
            count = write(ledger, stream, delimiter)
        publish(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return count
