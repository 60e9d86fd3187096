"""What a scanned code can turn out to be. Values only: nothing here looks anything up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gtin:
    """The number of an article."""

    gtin: str  # 14 digits
    symbology: str  # what it was printed as: EAN-13, UPC-E, ...
    addon: str = ""  # the 2 or 5 small digits beside a magazine's or book's bars
    others: tuple[str, ...] = ()  # keys to try when the catalogue does not know `gtin`


@dataclass(frozen=True, slots=True)
class Measured:
    """An article weighed, counted or priced on a scale that printed the result into the number.

    Exactly one of `weight`, `price` and `count` is set.
    """

    code: str  # the 13 digits as read
    item: str  # the item digits
    keys: tuple[str, ...]  # catalogue keys to try, best first
    weight: int | None = None  # thousandths of the product's unit
    price: int | None = None  # minor units, of the whole packet
    count: int | None = None  # pieces


@dataclass(frozen=True, slots=True)
class Element:
    """One element string: an application identifier and its value."""

    ai: str
    value: str


@dataclass(frozen=True, slots=True)
class Gs1:
    """A GS1 barcode or GS1 Digital Link: its elements, and what a till can use of them."""

    elements: tuple[Element, ...]
    source: str = "GS1"  # or "GS1 Digital Link"
    gtin: str | None = None  # AI 01, else what is inside: AI 02
    lot: str | None = None  # AI 10
    serial: str | None = None  # AI 21
    made: str | None = None  # AI 11, an ISO date like those that follow
    packed: str | None = None  # AI 13
    best_before: str | None = None  # AI 15
    sell_by: str | None = None  # AI 16
    expiry: str | None = None  # AI 17, or the day of AI 7003
    weight: int | None = None  # AI 310n, or 320n turned into kg: thousandths of a kilogram
    measure: int | None = None  # AI 311n, 314n, 315n, 316n: thousandths of `measure_unit`
    measure_unit: str = ""  # m, m2, l or m3
    count: int | None = None  # AI 30 or 37: pieces
    price: str | None = None  # AI 392n or 393n, a plain decimal, of the whole packet
    currency: str | None = None  # AI 393n: three digits of ISO 4217
    reference: str | None = None  # AI 8020: number of a payment slip


@dataclass(frozen=True, slots=True)
class ListToken:
    """The code on a quick-list's or bundle's own QR sheet."""

    token: str


@dataclass(frozen=True, slots=True)
class PickupToken:
    """The code a customer brings to fetch something."""

    token: str


@dataclass(frozen=True, slots=True)
class Url:
    """A web address that is nothing of ours. It is shown, never opened."""

    url: str


@dataclass(frozen=True, slots=True)
class PlainCode:
    """Text without a meaning of its own: a number of the shop's own, or a SKU."""

    text: str


Symbol = Gtin | Measured | Gs1 | ListToken | PickupToken | Url | PlainCode
"""Everything `symbology.interpret` can answer."""
