"""One line of a basket: what is sold, how much of it, at which price, and what was agreed about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kiosk.checkout.money import MAX_MINOR, MAX_QUANTITY, MILLION, half_up
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.catalogue.products import Offer

Unit = Literal["each", "kg", "l", "m"]
UNITS: tuple[Unit, ...] = ("each", "kg", "l", "m")
Source = Literal["scan", "tap", "search", "typed", "refund"]
SOURCES: tuple[Source, ...] = ("scan", "tap", "search", "typed", "refund")

MOST_TEXT = 200
"""Letters of a name, note or reason: the longest name a catalogue may hold."""
ONE = 1000
"""One piece, kilogram, litre or metre, in thousandths."""


class PriceError(ValueError):
    """A price that nobody means: negative, or beyond any sale. The basket is unchanged."""


class QuantityError(ValueError):
    """A quantity that cannot be sold. The basket is unchanged."""


class DiscountError(ValueError):
    """A discount that is neither a share nor an amount. The basket is unchanged."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is sold, as the catalogue had it when it came into the basket."""

    sku: str
    name: str
    unit: Unit
    price: int | None  # of one unit, in minor units; None: asked for at the till
    tax_class: str
    article: int | None = None  # the ledger's immutable article
    product: int | None = None
    min_age: int | None = None  # years; None: for everybody
    prompt: str = ""  # what the seller is asked to note, such as "serial number"
    demo: str | None = None  # demo appliance shown with it
    category: str = ""

    @classmethod
    def of(cls, offer: Offer) -> Item:
        """Return what the catalogue offers as something a basket can hold."""
        return cls(
            sku=offer.sku,
            name=offer.name,
            unit=next(unit for unit in UNITS if unit == offer.unit),  # the ledger allows no other
            price=offer.price,
            tax_class=offer.tax_class,
            article=offer.article,
            product=offer.id,
            min_age=offer.min_age,
            prompt=offer.prompt,
            demo=offer.demo or None,
            category=offer.category,
        )


@dataclass(frozen=True, slots=True)
class Discount:
    """Something taken off a line or the whole sale: a share or an amount, never both."""

    percent: int | None = None  # millionths: 100000 is 10 %
    amount: int | None = None  # minor units
    reason: str = ""
    approver: int | None = None  # person id of who answers for it

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.amount is None):
            raise DiscountError(_("a discount is either a percentage or an amount"))
        if self.percent is not None and not 0 <= self.percent <= MILLION:
            raise DiscountError(_("a discount is between 0 and 100 %"))
        if self.amount is not None and not 0 <= self.amount <= MAX_MINOR:
            raise DiscountError(_("a discount cannot be negative or beyond any sale"))

    def of(self, amount: int) -> int:
        """Return what comes off an amount: a percentage rounded half up, an amount at most the whole."""
        if self.percent is not None:
            return half_up(amount * self.percent, MILLION)
        return min(self.amount or 0, amount)


@dataclass(frozen=True, slots=True)
class BasketLine:
    """A line of the basket. Its amounts are computed once, when the line is made."""

    uid: int  # 1, 2, ... within the basket
    item: Item
    quantity: int  # thousandths of the unit
    price: int  # of one unit, in minor units
    discount: Discount | None = None
    note: str = ""
    voided: bool = False  # struck out by the seller: stays visible, counts zero
    approver: int | None = None  # person id of who answers for the price or discount
    age_checked: bool = False
    age_waived_by: int | None = None  # person id of who let it be sold without the check
    source: Source = "scan"
    tax_class: str = field(init=False, repr=False, compare=False)
    full: int = field(init=False, compare=False)
    """Price x quantity, rounded half up, before any discount."""
    line_discount: int = field(init=False, repr=False, compare=False)
    amount: int = field(init=False, compare=False)
    """What the line counts before the whole-sale discount."""
    pieces: int = field(init=False, repr=False, compare=False)
    """How many things to hand over; something weighed is one."""

    def __post_init__(self) -> None:
        if not 0 <= self.price <= MAX_MINOR:
            raise PriceError(_("this price is negative or beyond any sale; nothing was changed"))
        if not 1 <= self.quantity <= MAX_QUANTITY:
            raise QuantityError(_("a quantity is between 0.001 and 9,999.999; nothing was changed"))
        each = self.item.unit == "each"
        full = half_up(self.price * self.quantity, ONE)
        if full > MAX_MINOR:
            raise PriceError(_("this line is beyond any sale; nothing was changed"))
        line_discount = self.discount.of(full) if self.discount is not None else 0
        put = object.__setattr__
        put(self, "tax_class", self.item.tax_class)
        put(self, "full", full)
        put(self, "line_discount", line_discount)
        put(self, "amount", full - line_discount)
        put(self, "pieces", max(1, self.quantity // ONE) if each else 1)

    def __hash__(self) -> int:
        """Of what tells most lines apart: at every scan the rows of each line are looked up by it."""
        return hash((self.uid, self.quantity, self.price))

    @property
    def overridden(self) -> bool:
        """Whether somebody charges another price than the catalogue's."""
        return self.item.price is not None and self.price != self.item.price

    @property
    def needs_age_check(self) -> bool:
        """Whether it is for buyers of an age that nobody has checked, waived or not."""
        return self.item.min_age is not None and not self.age_checked and not self.voided

    @property
    def needs_note(self) -> bool:
        """Whether the note the product asks for is still missing."""
        return bool(self.item.prompt) and not self.note and not self.voided


def check_whole(item: Item, quantity: int) -> None:
    """Refuse half a piece of something sold by the piece."""
    if item.unit == "each" and quantity % ONE:
        raise QuantityError(_("this is sold by the piece: give a whole number; nothing was changed"))


def clean_text(text: str) -> str:
    """Return a typed text fit for screen and paper: one line, no control characters, at most 200 letters."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text[: 2 * MOST_TEXT])
    return " ".join(shown.split())[:MOST_TEXT]
