"""The goods a stall sells, and the one place where they are changed.

What the till needs to sell something is an `Offer`; what the owner edits is a `Product`, the same with
everything else that is kept about it. Every change is one transaction that also writes the search index and
a journal row with the whole product, so that a hub or another till can follow. What a product was called
when it was sold is an `article`, which never changes: another name, unit, tax class or SKU makes a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.catalogue import cleaning, gtin
from kiosk.catalogue.goods import OFFER_COLUMNS, Offer, Product, journal_body, product_of
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

__all__ = ["OFFER_COLUMNS", "BarcodeTaken", "Catalogue", "Offer", "Product", "SkuTaken", "UnknownProduct"]


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
