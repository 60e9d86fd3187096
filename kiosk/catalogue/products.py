"""The goods a stall sells, and the one place where they are changed.

What the till needs to sell something is an `Offer`; what the owner edits is a `Product`, the same with
everything else that is kept about it. Every change is one transaction that also writes the search index and
a journal row with the whole product, so that a hub or another till can follow. What a product was called
when it was sold is an `article`, which never changes: another name, unit, tax class or SKU makes a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from kiosk.catalogue import cleaning, gtin
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger


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


class BarcodeTaken(ValueError):
    """A barcode belongs to another product already; nothing was changed."""

    def __init__(self, code: str, sku: str) -> None:
        self.code = code
        self.sku = sku
        super().__init__(
            _("barcode {code} belongs to {sku} already; nothing was changed: take it off there first").format(
                code=gtin.printed(code), sku=sku
            )
        )


class SkuTaken(ValueError):
    """A product was to get the SKU of another one; nothing was changed."""


class UnknownProduct(LookupError):
    """There is no such product in the catalogue; nothing was changed."""


OFFER_COLUMNS = (
    "a.sku, a.name, p.price, a.unit, a.tax_class, p.category, p.min_age, p.prompt, p.demo, p.article, p.id"
)
"""Columns in the order of `Offer`'s fields; `p` is the product and `a` its article."""
_SELECT = (
    f"SELECT {OFFER_COLUMNS}, p.stock_tracked, p.active, "  # noqa: S608 - made of constants
    "(SELECT group_concat(code, ' ' ORDER BY code) FROM barcode WHERE product = p.id) "
    "FROM product p JOIN article a ON a.id = p.article "
)
_BY_ID = f"{_SELECT} WHERE p.id = ?"
_BY_SKU = f"{_SELECT} WHERE p.sku = ?"
_BY_CODE = f"{_SELECT} WHERE p.id = (SELECT product FROM barcode WHERE code = ?)"  # noqa: S608 - made of constants
_ALL = f"{_SELECT} ORDER BY p.id"
_ADD_ARTICLE = "INSERT OR IGNORE INTO article (sku, name, unit, tax_class) VALUES (?, ?, ?, ?)"
_FIND_ARTICLE = "SELECT id FROM article WHERE sku = ? AND name = ? AND unit = ? AND tax_class = ?"
_ADD = (
    "INSERT INTO product (sku, article, category, price, min_age, prompt, demo, stock_tracked, active) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
)
_CHANGE = (
    "UPDATE product SET sku = ?, article = ?, category = ?, price = ?, min_age = ?, prompt = ?, demo = ?, "
    "stock_tracked = ?, active = ? WHERE id = ?"
)
_OWNER = "SELECT p.sku FROM barcode b JOIN product p ON p.id = b.product WHERE b.code = ?"


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


class Catalogue:
    """The products in a ledger: look them up, put them in, take them out of sale."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def by_id(self, product: int) -> Product | None:
        """Return a product by its id."""
        return self._one(_BY_ID, product)

    def by_sku(self, sku: str) -> Product | None:
        """Return a product by its SKU, active or not."""
        return self._one(_BY_SKU, sku)

    def by_code(self, code: str) -> Product | None:
        """Return the product with a barcode as `gtin.barcode_key` writes it, active or not."""
        return self._one(_BY_CODE, code)

    def all(self, *, inactive: bool = False) -> Iterator[Product]:
        """Yield the products in the order they were added; those out of sale only if asked for."""
        for row in self._ledger.execute(_ALL):
            product = product_of(row)
            if inactive or product.active:
                yield product

    def put(self, product: Product, *, author: int | None = None) -> Product:
        """Add a product or change the one with its id (else its SKU), and return it as stored.

        `author` is the id of the person who did it, for the journal. BadProduct when it cannot be kept,
        BarcodeTaken when a barcode is another product's, SkuTaken when its SKU is.
        """
        with self._ledger.transaction():
            return self.store(product, author=author)

    def deactivate(self, sku: str, *, author: int | None = None) -> Product:
        """Take a product out of sale; its sales, barcodes and keys stay. UnknownProduct if there is none."""
        with self._ledger.transaction():
            product = self.by_sku(sku)
            if product is None:
                raise UnknownProduct(_("there is no product {sku}; nothing was changed").format(sku=sku))
            return self.store(replace(product, active=False), author=author)

    def store(self, product: Product, *, author: int | None = None) -> Product:
        """Do what `put` does inside the caller's transaction; storing what is there changes nothing."""
        product = cleaning.clean(product)
        product = replace(product, barcodes=tuple(sorted(product.barcodes)))
        before = self.by_sku(product.sku) if product.id is None else self.by_id(product.id)
        if before is None and product.id is not None:
            raise UnknownProduct(
                _("there is no product with the id {id}; nothing was changed").format(id=product.id)
            )
        if before is not None and replace(product, id=before.id, article=before.article) == before:
            return before
        stored = self._write(product, before)
        self._write_barcodes(stored, before)
        self._index(stored)
        self._ledger.record("product.changed", journal_body(stored, before, author))
        return stored

    def _one(self, sql: str, key: int | str) -> Product | None:
        """Return the product one of the selects finds."""
        row = self._ledger.row(sql, (key,))
        return None if row is None else product_of(row)

    def _write(self, product: Product, before: Product | None) -> Product:
        """Write the article and the product's own row."""
        called = (product.sku, product.name, product.unit, product.tax_class)
        self._ledger.execute(_ADD_ARTICLE, called)
        article = self._only(_FIND_ARTICLE, called)
        values = (
            product.sku,
            article,
            product.category,
            product.price,
            product.min_age,
            product.prompt,
            product.demo,
            int(product.stock_tracked),
            int(product.active),
        )
        if before is None:
            return replace(product, article=article, id=self._only(_ADD, values))
        if product.sku != before.sku and self.by_sku(product.sku) is not None:
            raise SkuTaken(
                _("the SKU {sku} is another product's; nothing was changed").format(sku=product.sku)
            )
        self._ledger.execute(_CHANGE, (*values, before.id))
        return replace(product, article=article, id=before.id)

    def _write_barcodes(self, product: Product, before: Product | None) -> None:
        """Drop the barcodes a product lost and add those it gained."""
        had = set(before.barcodes) if before else set()
        for code in had.difference(product.barcodes):
            self._ledger.execute("DELETE FROM barcode WHERE code = ?", (code,))
        for code in set(product.barcodes) - had:
            owner = self._ledger.row(_OWNER, (code,))
            if owner is not None:
                raise BarcodeTaken(code, owner[0])
            self._ledger.execute("INSERT INTO barcode (code, product) VALUES (?, ?)", (code, product.id))

    def _index(self, product: Product) -> None:
        """Bring the search index up to date; a product out of sale is not in it."""
        self._ledger.execute("DELETE FROM product_search WHERE rowid = ?", (product.id,))
        if product.active:
            codes = " ".join(map(gtin.printed, product.barcodes))
            self._ledger.execute(
                "INSERT INTO product_search (rowid, name, sku, codes) VALUES (?, ?, ?, ?)",
                (product.id, product.name, product.sku, codes),
            )

    def _only(self, sql: str, params: Iterable[object]) -> int:
        """Return the one number of the one row that a statement gives."""
        ((number,),) = self._ledger.rows(sql, tuple(params))
        return int(number)


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
