"""The till in memory, without a screen: everything that may be done to a basket.

Each action is checked against the seller's rights. Nothing here reads a clock or a file: time comes in as
monotonic milliseconds, and what must survive a power cut is saved by the station from the basket this holds.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.checkout.basketline import ONE, Discount, Item, QuantityError, Source
from kiosk.checkout.echo import EchoFilter, Heard
from kiosk.checkout.money import MAX_QUANTITY
from kiosk.checkout.outcome import Outcome
from kiosk.checkout.people import Approval, Person, Right
from kiosk.checkout.till import BasketLocked, NotReady, Till
from kiosk.checkout.totals import Pricing
from kiosk.i18n import _

__all__ = ["BasketLocked", "NotReady", "Register"]


class Register(Till):
    """One till, one seller, one basket at a time."""

    def __init__(self, pricing: Pricing, person: Person | None = None) -> None:
        super().__init__(pricing, person)
        self._echo = EchoFilter()

    # What comes into the basket.

    def times(self, count: int) -> None:
        """Count what comes next so many times; 1 takes it back. QuantityError beyond what can be sold."""
        if not 1 <= count <= MAX_QUANTITY // ONE:
            raise QuantityError(_("a multiplier is between 1 and 9999"))
        self.multiplier = count

    def hear(self, code: str, scanner: str, at_ms: int) -> Heard:
        """Judge a scanned code that is no product (a quick-list, an unknown code) by its echo."""
        return self._echo.hear(code, scanner, at_ms)

    def scan(
        self,
        code: str,
        scanner: str,
        at_ms: int,
        item: Item,
        quantity: int | None = None,
        price: int | None = None,
    ) -> Outcome:
        """Add what a scanner read, unless it is an echo of the same piece.

        Quantity (thousandths) and price are what the code itself carries, if it does.
        """
        heard = self._echo.hear(code, scanner, at_ms)
        if heard is Heard.ECHO:
            return Outcome("echo", item=item)
        return self._add(item, at_ms, quantity, price, "scan", again=heard is Heard.AGAIN)

    def tap(self, item: Item, at_ms: int, quantity: int | None = None) -> Outcome:
        """Add what a touch key stands for."""
        return self._add(item, at_ms, quantity, None, "tap")

    def add(
        self,
        item: Item,
        at_ms: int,
        *,
        quantity: int | None = None,
        price: int | None = None,
        source: Source = "search",
    ) -> Outcome:
        """Add what was found or typed. Another price than the catalogue's needs the right to it."""
        approver = None
        if price is not None and item.price is not None and price != item.price:
            approver = self._leave(Right.PRICE)
        return self._add(item, at_ms, quantity, price, source, approver=approver)

    # What is agreed about it.

    def set_quantity(self, uid: int, quantity: int, at_ms: int) -> Outcome:
        """Sell another quantity (thousandths) on a line."""
        self._leave(Right.SELL)
        return self._change("changed", self.basket.set_quantity(uid, quantity), at_ms)

    def override_price(self, uid: int, price: int, at_ms: int, approval: Approval | None = None) -> Outcome:
        """Charge another price per unit on a line."""
        approver = self._leave(Right.PRICE, approval)
        basket = self.basket.override_price(uid, price, approver)
        return self._change("changed", basket, at_ms, approval)

    def discount_line(
        self, uid: int, discount: Discount | None, at_ms: int, approval: Approval | None = None
    ) -> Outcome:
        """Take something off a line, or (None) nothing any more."""
        approver = self._leave(Right.SELL if discount is None else Right.DISCOUNT, approval)
        basket = self.basket.discount_line(uid, discount, approver)
        return self._change("discounted", basket, at_ms, approval)

    def discount_sale(
        self, discount: Discount | None, at_ms: int, approval: Approval | None = None
    ) -> Outcome:
        """Take something off the whole sale, or (None) nothing any more."""
        approver = self._leave(Right.SELL if discount is None else Right.DISCOUNT, approval)
        if discount is not None:
            discount = Discount(discount.percent, discount.amount, discount.reason, approver)
        return self._change("sale-discounted", self.basket.discount_sale(discount), at_ms, approval)

    def void(self, uid: int, at_ms: int) -> Outcome:
        """Strike a line out: visible, counting zero. Also what happens when the buyer is too young."""
        self._leave(Right.SELL)
        return self._change("voided", self.basket.void(uid), at_ms)

    def write_note(self, uid: int, note: str, at_ms: int) -> Outcome:
        """Write on a line what its product asks for, or anything else."""
        self._leave(Right.SELL)
        return self._change("noted", self.basket.write_note(uid, note), at_ms)

    def confirm_age(self, uid: int, at_ms: int) -> Outcome:
        """Note that the buyer's age was checked; it holds for whatever else that age may buy in this sale."""
        self._leave(Right.SELL)
        proved = max(self._proved_age, self.basket.line(uid).item.min_age or 0)
        basket = self.basket
        for line in basket.live:
            if line.needs_age_check and (line.item.min_age or 0) <= proved:
                basket = basket.check_age(line.uid)
        outcome = self._change("age-checked", basket.check_age(uid), at_ms)
        self._proved_age = proved
        return outcome

    def skip_age(self, uid: int, at_ms: int, approval: Approval | None = None) -> Outcome:
        """Sell one line without a check of the buyer's age, which needs the right to it."""
        approver = self._leave(Right.AGE_OVERRIDE, approval)
        return self._change("changed", self.basket.waive_age(uid, approver), at_ms, approval)

    def _add(
        self,
        item: Item,
        at_ms: int,
        quantity: int | None,
        price: int | None,
        source: Source,
        *,
        again: bool = False,
        approver: int | None = None,
    ) -> Outcome:
        """Add an item, or say what has to be asked first. The multiplier is used up."""
        self._leave(Right.SELL)
        if price is not None and (source == "scan" or item.price is None):
            item = replace(item, price=price)  # printed on the packet, or asked for: nobody's override
            price = None
        if price is None and item.price is None:
            return Outcome("ask-price", item=item)
        if quantity is None and item.unit != "each":
            return Outcome("ask-weight", item=item)
        known = len(self.basket.lines)
        basket = self.basket.add(
            item,
            (quantity or ONE) * self.multiplier,
            price,
            source=source,
            age_checked=self._old_enough(item),
            approver=approver,
        )
        outcome = self._change("added" if len(basket.lines) > known else "counted", basket, at_ms)
        self.multiplier = 1
        return Outcome(outcome.kind, outcome.line, undo=again, steps=outcome.steps)
