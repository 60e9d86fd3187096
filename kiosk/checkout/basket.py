"""The basket of one customer: a frozen value with its totals inside.

Every operation returns a new basket, so that a screen, a thread that saves the draft and an undo each hold
one that does not change under them. Nothing here asks for permission (the register does) and nothing is
deleted: a line taken out stays, struck through and counting zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.checkout.basketline import (
    ONE,
    BasketLine,
    Discount,
    DiscountError,
    Item,
    PriceError,
    QuantityError,
    Source,
    Unit,
    check_whole,
    clean_text,
)
from kiosk.checkout.totals import Pricing, Totals, compute
from kiosk.i18n import _

__all__ = [
    "MOST_LINES",
    "Basket",
    "BasketFull",
    "BasketLine",
    "Discount",
    "DiscountError",
    "Item",
    "NoSuchLine",
    "PriceError",
    "QuantityError",
    "Source",
    "Unit",
]

MOST_LINES = 999
"""Lines in one sale: a receipt of four metres."""


class BasketFull(ValueError):
    """The basket has as many lines as a sale can have; it is unchanged."""


class NoSuchLine(LookupError):
    """A line that is not in the basket, or is void already, was to be changed; the basket is unchanged."""


@dataclass(frozen=True, slots=True)
class Basket:
    """What a customer is about to buy."""

    pricing: Pricing = field(repr=False)
    lines: tuple[BasketLine, ...] = ()
    discount: Discount | None = None  # on the whole sale
    name: str = ""  # whose basket it is, when parked
    next_uid: int = 1
    last_uid: int = 0  # the line changed last; 0: none
    _totals: list[Totals] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def live(self) -> tuple[BasketLine, ...]:
        """The lines that count: all but the void ones. `totals.lines` are in this order."""
        return tuple([line for line in self.lines if not line.voided])

    @property
    def totals(self) -> Totals:
        """What the basket comes to, computed at the first question and kept."""
        if not self._totals:
            self._totals.append(compute(self.live, self.discount, self.pricing))
        return self._totals[0]

    @property
    def last(self) -> BasketLine | None:
        """The line changed last."""
        return next((line for line in reversed(self.lines) if line.uid == self.last_uid), None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to pay for; void lines may still stand in it."""
        return all(line.voided for line in self.lines)

    def line(self, uid: int) -> BasketLine:
        """Return an open line; NoSuchLine if there is none or it is void."""
        for line in self.lines:
            if line.uid == uid and not line.voided:
                return line
        raise NoSuchLine(_("this line is not in the basket any more; nothing was changed"))

    def add(
        self,
        item: Item,
        quantity: int = ONE,
        price: int | None = None,
        *,
        note: str = "",
        source: Source = "scan",
        age_checked: bool = False,
        approver: int | None = None,
    ) -> Basket:
        """Add a quantity (thousandths) of an item at its own or another price.

        Equal pieces are counted up on their open line instead, unless they carry a discount or a note.
        """
        check_whole(item, quantity)
        price = item.price if price is None else price
        if price is None:
            raise PriceError(_("this product has no price: type one"))
        same = self._same_line(item, price) if not note else None
        if same is not None:
            age_checked = age_checked or same.age_checked
            return self._put(replace(same, quantity=same.quantity + quantity, age_checked=age_checked))
        if len(self.lines) >= MOST_LINES:
            raise BasketFull(_("a sale has at most {most} lines; pay this one first").format(most=MOST_LINES))
        line = BasketLine(
            uid=self.next_uid,
            item=item,
            quantity=quantity,
            price=price,
            note=clean_text(note),
            approver=approver,
            age_checked=age_checked,
            source=source,
        )
        lines = (*self.lines, line)
        return replace(self, lines=lines, next_uid=self.next_uid + 1, last_uid=line.uid)

    def set_quantity(self, uid: int, quantity: int) -> Basket:
        """Sell another quantity (thousandths) on a line."""
        line = self.line(uid)
        check_whole(line.item, quantity)
        return self._put(replace(line, quantity=quantity))

    def override_price(self, uid: int, price: int, approver: int | None = None) -> Basket:
        """Charge another price per unit; the approver answers for it."""
        return self._put(replace(self.line(uid), price=price, approver=approver))

    def discount_line(self, uid: int, discount: Discount | None, approver: int | None = None) -> Basket:
        """Take something off a line, or (None) nothing any more."""
        return self._put(replace(self.line(uid), discount=discount, approver=approver))

    def discount_sale(self, discount: Discount | None) -> Basket:
        """Take something off the whole sale, or (None) nothing any more."""
        return replace(self, discount=discount)

    def void(self, uid: int) -> Basket:
        """Strike a line out: it stays visible and counts zero."""
        return self._put(replace(self.line(uid), voided=True))

    def write_note(self, uid: int, note: str) -> Basket:
        """Put a note on a line; an empty one takes it away."""
        return self._put(replace(self.line(uid), note=clean_text(note)))

    def check_age(self, uid: int) -> Basket:
        """Note that the buyer is old enough for a line."""
        return self._put(replace(self.line(uid), age_checked=True))

    def waive_age(self, uid: int, approver: int) -> Basket:
        """Sell a line without the buyer's age being checked; the approver answers for it."""
        line = self.line(uid)
        return self._put(replace(line, age_waived_by=approver, approver=line.approver or approver))

    def rename(self, name: str) -> Basket:
        """Say whose basket it is."""
        return replace(self, name=clean_text(name))

    def to_json(self) -> dict[str, object]:
        """Return the basket as a draft's body; `from_json` reads it back."""
        from kiosk.checkout.draftbody import body_of

        return body_of(self)

    @classmethod
    def from_json(cls, body: Mapping[str, object], pricing: Pricing) -> Basket:
        """Read a draft's body; DraftDamaged when it is none or does not fit this shop's pricing."""
        from kiosk.checkout.draftbody import basket_of

        return basket_of(body, pricing)

    def _same_line(self, item: Item, price: int) -> BasketLine | None:
        """Return the open line that more of the same is counted up on."""
        if item.unit != "each" or item.prompt:
            return None
        for line in reversed(self.lines):
            if line.price == price and line.item.sku == item.sku and _is_plain(line) and line.item == item:
                return line
        return None

    def _put(self, changed: BasketLine) -> Basket:
        """Return the basket with one line changed."""
        lines = tuple([changed if line.uid == changed.uid else line for line in self.lines])
        return replace(self, lines=lines, last_uid=changed.uid)


def _is_plain(line: BasketLine) -> bool:
    """Whether nothing was agreed about a line that more of the same would not share."""
    return not (line.voided or line.discount or line.note or line.age_waived_by)
