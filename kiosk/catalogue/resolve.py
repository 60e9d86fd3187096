"""From a scanned text to what the till does: add a product or a bundle, open a list, or say why not.

Runs in the scanner's thread for every scan, so it is constant SQL with a short way for the ordinary case: a
plain EAN-13 that the catalogue knows is one query. Nothing is raised for a bad code: the answer says what
is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.catalogue import gtin, symbology
from kiosk.catalogue import patterns as shop_patterns
from kiosk.catalogue.products import OFFER_COLUMNS, Offer
from kiosk.catalogue.symbols import Gs1, Gtin, ListToken, Measured, PickupToken, PlainCode, Symbol, Url
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger


@dataclass(frozen=True, slots=True)
class ProductFound:
    """A product to add to the basket."""

    product: Offer
    quantity: int | None = (
        None  # thousandths of its unit, if the code says so; None: one piece, or to be weighed
    )
    price: int | None = None  # minor units of one unit as printed on the packet; None: the catalogue's


@dataclass(frozen=True, slots=True)
class ListFound:
    """A quick-list to open."""

    quicklist: int
    name: str


@dataclass(frozen=True, slots=True)
class BundleFound:
    """A bundle: these products are added together."""

    quicklist: int
    name: str
    parts: tuple[ProductFound, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing the till can sell."""

    code: str  # as it may be shown
    reason: str  # what it is, or what is wrong with it
    addable: bool = False  # True: a product could be made with this code as its barcode


Found = ProductFound | ListFound | BundleFound | Unknown

_ONE = (
    f"SELECT {OFFER_COLUMNS}, p.active FROM product p "  # noqa: S608 - made of constants, like those below
    "JOIN article a ON a.id = p.article WHERE p.id = "
)
_BY_CODE = f"{_ONE} (SELECT product FROM barcode WHERE code = ?)"  # noqa: S608
"""As a subquery, not a join: 5 µs instead of 15 µs through apsw 3.54 with 100,000 products."""
_BY_SKU = f"{_ONE} (SELECT id FROM product WHERE sku = ?)"  # noqa: S608
_LIST = "SELECT id, kind, name FROM quicklist WHERE token = ?"
_PARTS = (
    f"SELECT k.quantity, {OFFER_COLUMNS} FROM quicklist_key k "  # noqa: S608 - made of constants
    "JOIN product p ON p.id = k.product JOIN article a ON a.id = p.article "
    "WHERE k.quicklist = ? AND p.active = 1 ORDER BY k.page, k.position"
)
_NUMERIC = {
    "978": "EUR", "840": "USD", "826": "GBP", "756": "CHF", "752": "SEK", "578": "NOK", "208": "DKK",
    "985": "PLN", "203": "CZK", "348": "HUF", "124": "CAD", "036": "AUD", "554": "NZD", "144": "LKR",
    "356": "INR", "764": "THB", "986": "BRL", "392": "JPY", "702": "SGD", "458": "MYR", "360": "IDR",
    "710": "ZAR", "484": "MXN", "949": "TRY",
}  # fmt: skip
"""ISO 4217 numbers as they stand in AI 393n."""


@lru_cache(maxsize=8)
def _shop_prefixes(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Return how numbers printed by the shop's scales begin, as EAN-13."""
    return tuple(shop_patterns.parse(text).prefix for text in patterns)


def resolve(ledger: Ledger, raw: str, patterns: Sequence[str] = ()) -> Found:
    """Say what a scanned or typed text is to the till; `patterns` are the shop's number patterns."""
    layouts = tuple(patterns)
    if len(raw) == 13 and gtin.digits_only(raw) and not raw.startswith(_shop_prefixes(layouts)):
        row = ledger.row(_BY_CODE, (f"0{raw}",))
        if row is not None and row[-1]:
            return ProductFound(Offer._make(row[:-1]))
    try:
        symbol = symbology.interpret(raw, layouts, ledger.exponent)
    except gtin.BadCode as refused:
        # A number of the shop's own may look like a misread one: it is right when the catalogue knows it.
        text = raw.strip()
        known = _lookup(ledger, (text,)) if 0 < len(text) <= gtin.PLAIN_MOST else None
        return known or Unknown(gtin.shown(raw), str(refused))
    return _meant(ledger, symbol)


def _meant(ledger: Ledger, symbol: Symbol) -> Found:
    """Look up what a code means."""
    match symbol:
        case Gtin():
            code = gtin.printed(symbol.gtin)
            return _lookup(ledger, (symbol.gtin, *symbol.others)) or _not_there(code)
        case Measured():
            return _measured(ledger, symbol)
        case Gs1():
            return _gs1(ledger, symbol)
        case ListToken():
            return _quicklist(ledger, symbol.token)
        case PlainCode():
            fits = len(symbol.text) <= gtin.PLAIN_MOST
            found = _lookup(ledger, (symbol.text,)) if fits else None
            return found or _not_there(gtin.shown(symbol.text), addable=_keepable(symbol.text))
        case PickupToken():
            return Unknown(symbol.token, _("this is a pick-up code, not a product"))
        case Url():
            return Unknown(
                gtin.shown(symbol.url), _("this is a web address, not a product; it was not opened")
            )


def _not_there(code: str, *, addable: bool = True) -> Unknown:
    """Say that the catalogue has no such code."""
    return Unknown(code, _("{code} is not in the catalogue").format(code=code), addable)


def _keepable(text: str) -> bool:
    """Tell whether a plain text could be a product's barcode."""
    try:
        return bool(gtin.barcode_key(text))
    except gtin.BadCode:
        return False


def _lookup(ledger: Ledger, keys: Sequence[str]) -> ProductFound | Unknown | None:
    """Return the first product that has one of the keys as barcode, else as SKU; None when there is none."""
    for sql in (_BY_CODE, _BY_SKU):
        for key in keys:
            row = ledger.row(sql, (key,))
            if row is not None and row[-1]:
                return ProductFound(Offer._make(row[:-1]))
            if row is not None:
                return Unknown(row[0], _("{name} is out of sale").format(name=row[1]))
    return None


def _measured(ledger: Ledger, symbol: Measured) -> Found:
    """Look up the article in a number printed by a scale, or else the whole number as an ordinary one."""
    found = _lookup(ledger, symbol.keys)
    if found is None:
        return _lookup(ledger, (f"0{symbol.code}", symbol.code)) or Unknown(
            symbol.code,
            _("the scale's article {item} is not in the catalogue").format(item=symbol.item),
        )
    if isinstance(found, Unknown):
        return found
    if symbol.price is not None:
        return _priced(found.product, symbol.price)
    if symbol.count is not None:
        return _counted(found.product, symbol.count)
    return _weighed(found.product, symbol.weight or 0)


def _gs1(ledger: Ledger, symbol: Gs1) -> Found:
    """Look up the article of a GS1 code and take over its weight, measure, count or price."""
    if symbol.gtin is None:
        code = gtin.shown("".join(f"({one.ai}){one.value}" for one in symbol.elements))
        return Unknown(code, _("there is no article number in this GS1 code"))
    found = _lookup(ledger, (symbol.gtin,)) or _not_there(gtin.printed(symbol.gtin))
    if isinstance(found, Unknown):
        return found
    product = found.product
    if symbol.price is not None:
        return _label_price(ledger, product, symbol)
    if symbol.weight is not None and product.unit == "kg":
        return _weighed(product, symbol.weight)
    if symbol.measure is not None and product.unit == symbol.measure_unit:
        return _weighed(product, symbol.measure)
    return _counted(product, symbol.count) if symbol.count is not None else found


def _label_price(ledger: Ledger, product: Offer, symbol: Gs1) -> Found:
    """Take over the price printed in a GS1 code, if it is in the shop's money."""
    if symbol.currency is not None and _NUMERIC.get(symbol.currency) != ledger.currency:
        return Unknown(product.sku, _("{name} is labelled in another currency").format(name=product.name))
    whole, _dot, cents = (symbol.price or "").partition(".")
    if cents[ledger.exponent :].strip("0"):
        return Unknown(product.sku, _("the price on the label of {name} is finer than the currency"))
    return _priced(product, int(whole + cents[: ledger.exponent].ljust(ledger.exponent, "0")))


def _priced(product: Offer, price: int) -> ProductFound:
    """Return a packet with its price. The printed price wins; where it gives an exact weight, it is taken."""
    if product.unit != "each" and product.price:
        quantity = (2 * price * 1000 + product.price) // (2 * product.price)
        if quantity > 0 and (2 * quantity * product.price + 1000) // 2000 == price:
            return ProductFound(product, quantity)
    return ProductFound(product, 1000, price)


def _weighed(product: Offer, quantity: int) -> Found:
    """Return a weighed product; a weight of nothing, or of a product sold by the piece, is refused."""
    if product.unit == "each":
        reason = _("this code carries a weight, but {name} is sold by the piece: set its unit to kg")
        return Unknown(product.sku, reason.format(name=product.name))
    if quantity <= 0:
        return Unknown(product.sku, _("the weight of {name} is 0: weigh it again").format(name=product.name))
    return ProductFound(product, quantity)


def _counted(product: Offer, count: int) -> Found:
    """Return a number of pieces; none, or more than a basket line holds, is refused."""
    if not 0 < count <= 9_999:
        return Unknown(product.sku, _("{n} pieces of {name}: count again").format(n=count, name=product.name))
    return ProductFound(product, count * 1000)


def _quicklist(ledger: Ledger, token: str) -> Found:
    """Look up the list or bundle of a token."""
    row = ledger.row(_LIST, (token,))
    if row is None:
        return Unknown(token, _("this QR code belongs to no list of this shop"))
    number, kind, name = row
    if kind == "list":
        return ListFound(number, name)
    parts = tuple(
        ProductFound(Offer._make(part), quantity) for quantity, *part in ledger.rows(_PARTS, (number,))
    )
    return (
        BundleFound(number, name, parts) if parts else Unknown(token, _("{name} is empty").format(name=name))
    )
