"""What a product is: the values that the catalogue keeps and the till sells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Offer(NamedTuple):
    """What the till needs to know to sell something.

    A tuple, because twenty are made for each key pressed in a search: 0.15 µs each, a frozen dataclass
    takes 1 µs.
    """

    sku: str
    name: str
    price: int | None = None  # minor units of one unit; None is asked for at the till
    unit: str = "each"  # each, kg, l or m
    tax_class: str = "A"
    category: str = ""
    min_age: int | None = None  # years, 1 to 99
    prompt: str = ""  # a note asked for when it is sold, such as "name on the mug"
    demo: str = ""  # the demo appliance (outlet) that shows it
    article: int | None = None  # what stands on a sale line; None until it is stored
    id: int | None = None  # of the product; None until it is stored


@dataclass(frozen=True, slots=True)
class Product:
    """Everything the catalogue keeps about one product; the fields of `Offer` first."""

    sku: str
    name: str
    price: int | None = None
    unit: str = "each"
    tax_class: str = "A"
    category: str = ""
    min_age: int | None = None
    prompt: str = ""
    demo: str = ""
    article: int | None = None
    id: int | None = None
    stock_tracked: bool = False
    active: bool = True  # False: kept for old sales, neither found nor sold
    barcodes: tuple[str, ...] = ()  # GTIN-14 or plain codes; sorted once stored

    @property
    def offer(self) -> Offer:
        """What of it the till needs."""
        return Offer(*(getattr(self, field) for field in Offer._fields))


OFFER_COLUMNS = (
    "a.sku, a.name, p.price, a.unit, a.tax_class, p.category, p.min_age, p.prompt, p.demo, p.article, p.id"
)
"""Columns in the order of `Offer`'s fields; `p` is the product and `a` its article."""


def product_of(row: tuple[Any, ...]) -> Product:
    """Make a product of a row of the select above."""
    tracked, active, codes = row[len(Offer._fields) :]
    fields: tuple[Any, ...] = (
        *row[: len(Offer._fields)],
        bool(tracked),
        bool(active),
        tuple(codes.split()) if codes else (),
    )
    return Product(*fields)


def journal_body(product: Product, before: Product | None, author: int | None) -> dict[str, object]:
    """Return a product as it stands in the journal: all of it, under its SKU, without row ids."""
    body: dict[str, object] = {
        "sku": product.sku,
        "name": product.name,
        "price": product.price,
        "unit": product.unit,
        "tax": product.tax_class,
        "category": product.category,
        "barcodes": list(product.barcodes),
        "min_age": product.min_age,
        "prompt": product.prompt,
        "demo": product.demo,
        "stock": product.stock_tracked,
        "active": product.active,
        "author": author,
    }
    if before is not None and before.sku != product.sku:
        body["was"] = before.sku
    return body
