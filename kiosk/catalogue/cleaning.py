"""What the catalogue lets in: one gate for products that come from the screen, the command line or a file.

Names are data. Markup, right-to-left letters and emoji are kept as they are and shown as text; what could
move a cursor, hide text or turn its direction round (control characters, direction overrides) is taken out.
Every other fault is refused with the field and the reason, all of them at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from kiosk.catalogue import gtin
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.catalogue.products import Product

UNITS = ("each", "kg", "l", "m")
MAX_PRICE = 10**10
"""Dearest price in minor units, the same bound as the checkout's: beyond it somebody mistyped."""
NAME_MOST = 200
SKU_MOST = 64
CATEGORY_MOST = 60
TAX_MOST = 16
PROMPT_MOST = 80
DEMO_MOST = 64
BARCODES_MOST = 50
"""Barcodes of one product; each scan looks one up, a save writes them all."""
_JOINERS = "\u200c\u200d"
"""Zero-width joiners: invisible, but Persian, Indic scripts and emoji need them."""

Problem = tuple[str, str]
"""A field and what is wrong with it."""
Value = TypeVar("Value")


class BadProduct(ValueError):
    """A product cannot be kept as it is; the catalogue is unchanged."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{field}: {reason}" for field, reason in self.problems))


class UnknownTax(ValueError):
    """A tax class that the shop does not have was named; nothing was imported."""

    def __init__(self, code: str, classes: Sequence[str]) -> None:
        self.code = code
        super().__init__(
            _("the shop has no tax class {code}, only {classes}").format(
                code=code, classes=", ".join(classes)
            )
        )


def plain_text(text: str) -> str:
    """Return a text on one line without control characters and direction overrides, spaces folded, as NFC."""
    kept = []
    for letter in text:
        kind = unicodedata.category(letter)
        if kind in {"Zs", "Zl", "Zp"} or letter in "\t\n\r\v\f":
            kept.append(" ")
        elif kind not in {"Cc", "Cf", "Cs", "Co", "Cn"} or letter in _JOINERS:
            kept.append(letter)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split(" ")).strip() if kept else ""


def _words(text: str, least: int, most: int) -> str:
    """Return a cleaned text; ValueError when its length is out of bounds."""
    clean = " ".join(plain_text(text).split())
    if len(clean) < least:
        raise ValueError(_("is missing"))
    if len(clean) > most:
        raise ValueError(_("has {n} characters, at most {most} are kept").format(n=len(clean), most=most))
    return clean


def _one_word(text: str, most: int) -> str:
    """Return a cleaned text without spaces at its ends; ValueError when it holds control characters."""
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"} for letter in text.strip()):
        raise ValueError(_("has control characters in it"))
    return _words(text, 1, most)


def _within(value: int | None, least: int, most: int) -> int | None:
    """Return a whole number as it is; ValueError when it is out of bounds."""
    if value is not None and not least <= value <= most:
        raise ValueError(_("must be between {least} and {most}").format(least=least, most=most))
    return value


def _price(price: int | None) -> int | None:
    """Return a price as it is; ValueError when it is negative or absurd."""
    if price is not None and price < 0:
        raise ValueError(_("is negative"))
    if price is not None and price > MAX_PRICE:
        raise ValueError(_("is absurdly high"))
    return price


def _unit(unit: str) -> str:
    """Return a unit as it is; ValueError when the till does not know it."""
    if unit not in UNITS:
        raise ValueError(_("must be one of {units}").format(units=", ".join(UNITS)))
    return unit


def _barcodes(codes: Sequence[str]) -> tuple[str, ...]:
    """Return barcodes as the catalogue keeps them, each once, in their order."""
    if len(codes) > BARCODES_MOST:
        raise ValueError(_("there are {n}, at most {most} are kept").format(n=len(codes), most=BARCODES_MOST))
    return tuple(dict.fromkeys(gtin.barcode_key(code) for code in codes))


def clean(product: Product) -> Product:
    """Return a product as the catalogue keeps it; BadProduct with every fault when it cannot."""
    problems: list[Problem] = []

    def checked(field: str, made: Callable[[], Value], otherwise: Value) -> Value:
        """Return a field as it is kept; note what is wrong with it instead of raising."""
        try:
            return made()
        except ValueError as error:
            problems.append((field, str(error)))
            return otherwise

    kept = replace(
        product,
        sku=checked("sku", lambda: _one_word(product.sku, SKU_MOST), ""),
        name=checked("name", lambda: _words(product.name, 1, NAME_MOST), ""),
        category=checked("category", lambda: _words(product.category, 0, CATEGORY_MOST), ""),
        price=checked("price", lambda: _price(product.price), None),
        tax_class=checked("tax", lambda: _one_word(product.tax_class, TAX_MOST), ""),
        unit=checked("unit", lambda: _unit(product.unit), "each"),
        barcodes=checked("barcodes", lambda: _barcodes(product.barcodes), ()),
        min_age=checked("min_age", lambda: _within(product.min_age, 1, 99), None),
        prompt=checked("prompt", lambda: _words(product.prompt, 0, PROMPT_MOST), ""),
        demo=checked("demo", lambda: _words(product.demo, 0, DEMO_MOST), ""),
    )
    if problems:
        raise BadProduct(problems)
    return kept
