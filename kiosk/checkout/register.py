"""The till in memory, without a screen: who sells, the basket, and what may be done to it.

Rights are checked here. Nothing here reads a clock or a file: time comes in as monotonic milliseconds, and
what must survive a power cut is saved by the station from the basket this holds.
"""

from __future__ import annotations

from collections import deque

from kiosk.checkout.basket import Basket
from kiosk.checkout.basketline import ONE, Discount, Item, QuantityError, Source
from kiosk.checkout.echo import EchoFilter, Heard
from kiosk.checkout.money import MAX_QUANTITY
from kiosk.checkout.outcome import Happened, Outcome, Step, steps_of
from kiosk.checkout.people import Approval, NotAllowed, Person, Right, require
from kiosk.checkout.tender import Tender
from kiosk.checkout.totals import Pricing
from kiosk.i18n import _

UNDO_MS = 60_000
"""A change can be undone for a minute; later it is a visible void. quicktill's default for editing a line."""
MOST_UNDO = 20


class BasketLocked(ValueError):
    """Money was taken or is waited for, or another sale is open; the basket is unchanged."""


class NotReady(ValueError):
    """The sale cannot be paid yet. `steps` says what is missing; none: the basket is empty."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.steps = steps
        super().__init__(
            _("first finish what is asked for on the lines") if steps else _("there is nothing to pay")
        )


class Register:
    """One till, one seller, one basket at a time."""

    def __init__(self, pricing: Pricing, person: Person | None = None) -> None:
        self.pricing = pricing
        self.person = person  # None: nobody is signed in, and nothing can be sold
        self._basket = Basket(pricing)
        self.multiplier = 1  # how many of what comes next: `3 x`
        self.tender: Tender | None = None  # the money side; the screen puts each new state here
        self.approvals: tuple[Approval, ...] = ()  # lent rights used in this sale, for the journal
        self._echo = EchoFilter()
        self._spent: deque[Approval] = deque(maxlen=MOST_UNDO)
        self._past: deque[tuple[int, Basket, int]] = deque(maxlen=MOST_UNDO)
        self._proved_age = 0  # years; the buyer's age was checked against it in this sale

    @property
    def basket(self) -> Basket:
        """What the present customer is about to buy; it changes only through the actions here."""
        return self._basket

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
        approval: Approval | None = None,
    ) -> Outcome:
        """Add what was found or typed. Another price than the catalogue's needs the right to it."""
        approver = None
        if price is not None and item.price is not None and price != item.price:
            approver = self._leave(Right.PRICE, approval)
        outcome = self._add(item, at_ms, quantity, price, source, approver=approver)
        self._spend(approval)
        return outcome

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
        self._leave(Right.AGE_OVERRIDE, approval)
        return self._change("age-checked", self.basket.check_age(uid), at_ms, approval)

    def undo(self, at_ms: int) -> Outcome:
        """Take the last change back, if it was made within the last minute."""
        self._unlock()
        if not self._past or at_ms - self._past[-1][0] > UNDO_MS:
            return Outcome("nothing")
        _, self._basket, self._proved_age = self._past.pop()
        return Outcome("undone", line=self.basket.last)

    # What becomes of it.

    @property
    def steps(self) -> tuple[Step, ...]:
        """What has to be done on the lines before the sale can be paid."""
        return tuple(step for line in self.basket.live for step in steps_of(line))

    def pay(self) -> Tender:
        """Start (or go on) taking money. NotReady when the basket is empty or something is asked for."""
        self._leave(Right.SELL)
        if self.steps or self.basket.is_empty:
            raise NotReady(self.steps)
        if self.tender is None:
            self.tender = Tender(self.basket.totals)
        return self.tender

    def open(self, basket: Basket, tender: Tender | None = None) -> None:
        """Go on with a sale that was parked or left open, with the payments already tried for it."""
        self._leave(Right.SELL)
        if self.basket.lines:
            raise BasketLocked(_("another sale is open: park or finish it first"))
        self.clear()
        self._basket, self.tender = basket, tender

    def clear(self) -> Basket:
        """Make room for the next customer (the sale was committed or parked) and return what was there."""
        left = self.basket
        self._basket, self.tender, self.multiplier = Basket(self.pricing), None, 1
        self.approvals, self._proved_age = (), 0
        self._past.clear()
        return left

    def void_sale(self, approval: Approval | None = None) -> Basket:
        """Throw the whole sale away and return it, for the journal."""
        self._leave(Right.VOID_SALE, approval)
        self._unlock()
        self._spend(approval)
        return self.clear()

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

    def _change(
        self, kind: Happened, basket: Basket, at_ms: int, approval: Approval | None = None
    ) -> Outcome:
        """Take a new basket over, keeping the old one for an undo."""
        self._unlock()
        self._past.append((at_ms, self.basket, self._proved_age))
        self._basket = basket
        self._spend(approval)
        line = None if kind == "sale-discounted" else basket.last
        return Outcome(kind, line, steps=steps_of(line) if line is not None else ())

    def _unlock(self) -> None:
        """Leave the payment screen behind, unless money has moved or may be moving."""
        if self.tender is not None and (self.tender.paid or self.tender.open):
            raise BasketLocked(
                _("money was taken for this sale already; finish the payment, or give it back first")
            )
        self.tender = None

    def _leave(self, right: Right, approval: Approval | None = None) -> int:
        """Return the id of who answers for an action; NotAllowed when nobody does. A loan is good once."""
        if self.person is None:
            raise NotAllowed(right)
        fresh = approval is not None and not any(approval is spent for spent in self._spent)
        return require(self.person, right, [approval] if approval is not None and fresh else []).id

    def _spend(self, approval: Approval | None) -> None:
        """Keep a lent right that was needed, for the journal and so that it is not used twice."""
        if approval is not None and self.person is not None and not self.person.may(approval.right):
            self._spent.append(approval)
            self.approvals = (*self.approvals, approval)

    def _old_enough(self, item: Item) -> bool:
        """Whether the age checked in this sale is enough for an item."""
        return item.min_age is not None and item.min_age <= self._proved_age
