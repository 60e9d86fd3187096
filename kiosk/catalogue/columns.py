"""Whose file is this, and which of its columns is what: our own, Loyverse's, Square's or Odoo's export.

Recognised by the names of the columns alone, in any order and with others between them. Headers as the
three programs write them in 2026; Loyverse adds the store in brackets (`Price [Market]`), Square and
Loyverse a column for each tax (`Tax - VAT (19%)`), Odoo has one set of names for people and one for its own
import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FIELDS = (
    "sku", "name", "category", "price", "unit", "tax", "barcodes", "min_age", "prompt", "demo", "stock",
    "active",
)  # fmt: skip
"""The columns of our own export, in its order."""

Headers = Mapping[str, tuple[str, ...]]

_OWN: Headers = {
    "sku": ("sku", "article number", "item number", "artikelnummer", "product code"),
    "name": ("name", "product name", "product", "item", "title", "bezeichnung", "artikel"),
    "category": ("category", "group", "department", "kategorie", "warengruppe"),
    "price": ("price", "sales price", "retail price", "unit price", "preis", "verkaufspreis"),
    "unit": ("unit", "einheit"),
    "tax": ("tax", "tax class", "steuer", "steuerklasse"),
    "barcodes": ("barcodes", "barcode", "ean", "gtin", "upc", "strichcode"),
    "min_age": ("min_age", "minimum age", "age", "mindestalter"),
    "prompt": ("prompt", "note"),
    "demo": ("demo",),
    "stock": ("stock", "track stock"),
    "active": ("active", "aktiv"),
}
_LOYVERSE: Headers = {
    "sku": ("sku",),
    "handle": ("handle",),
    "name": ("name",),
    "category": ("category",),
    "price": ("price", "default price"),
    "by_weight": ("sold by weight",),
    "barcodes": ("barcode",),
    "stock": ("track stock",),
    "active": ("available for sale",),
    "option": ("option 1 value",),
    "option2": ("option 2 value",),
    "option3": ("option 3 value",),
    "part": ("sku of included item",),
}
_SQUARE: Headers = {
    "sku": ("sku",),
    "handle": ("token", "reference handle"),
    "name": ("item name",),
    "category": ("reporting category", "category", "categories"),
    "price": ("price",),
    "unit": ("unit and precision",),
    "barcodes": ("gtin",),
    "stock": ("stockable",),
    "archived": ("archived",),
    "option": ("variation name",),
}
_ODOO: Headers = {
    "sku": ("internal reference", "default_code"),
    "handle": ("external id", "id"),
    "name": ("name", "product name", "display name", "display_name"),
    "category": (
        "point of sale category", "pos product category", "pos_categ_ids", "product category", "categ_id",
        "categ_id/name",
    ),
    "price": ("sales price", "public price", "list_price", "lst_price"),
    "unit": ("unit of measure", "unit", "uom_id", "uom_id/id", "uom_id/name"),
    "tax": ("customer taxes", "sales taxes", "taxes_id", "taxes_id/name", "taxes_id/id"),
    "barcodes": ("barcode",),
    "option": ("variant values", "product values", "product_template_variant_value_ids"),
    "active": ("active",),
}  # fmt: skip
_TAX_COLUMN = re.compile(r"tax - .*?\(([0-9]+(?:[.,][0-9]+)?) ?%\)")
_STORE = re.compile(r" \[[^\]]*\]$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in one file."""

    source: str  # Barrow, Loyverse, Square or Odoo
    columns: Mapping[str, int]  # what it is for us → index of the column
    taxes: tuple[tuple[int, str], ...] = ()  # columns that say Y for one tax each, and its percentage
    unused: tuple[str, ...] = field(default=())  # headers nothing was taken from

    def cell(self, cells: Sequence[str], name: str) -> str | None:
        """Return a cell, trimmed; None when the file has no such column."""
        at = self.columns.get(name)
        return None if at is None else cells[at].strip()


def _plain(header: str) -> str:
    """Return a header as it is compared: small, without store and doubled spaces."""
    return _STORE.sub("", " ".join(header.casefold().split()))


def recognise(header: Sequence[str]) -> Layout | None:
    """Return whose columns these are; None when they are no products at all."""
    names = [_plain(name) for name in header]
    there = set(names)
    if {"item name", "variation name"} <= there or {"token", "item name"} <= there:
        return _layout("Square", _SQUARE, header, names)
    if "handle" in there and there & {"sold by weight", "default price", "track stock", "option 1 value"}:
        return _layout("Loyverse", _LOYVERSE, header, names)
    odoo = there & {"internal reference", "default_code"}
    if odoo and there & {*_ODOO["price"], *_ODOO["tax"], *_ODOO["unit"]}:
        return _layout("Odoo", _ODOO, header, names)
    own = _layout("Barrow", _OWN, header, names)
    return own if {"sku", "name"} <= own.columns.keys() else None


def _layout(source: str, known: Headers, header: Sequence[str], names: Sequence[str]) -> Layout:
    """Find the columns of one source; of several for the same thing the first name on its list counts."""
    columns = {}
    for what, spellings in known.items():
        at = next((names.index(name) for name in spellings if name in names), None)
        if at is not None:
            columns[what] = at
    taxes = tuple(
        (at, found[1].replace(",", "."))
        for at, name in enumerate(names)
        if (found := _TAX_COLUMN.match(name))
    )
    used = {*columns.values(), *(at for at, _rate in taxes)}
    unused = tuple(name for at, name in enumerate(header) if at not in used and name)
    return Layout(source, columns, taxes if source in {"Loyverse", "Square"} else (), unused)
