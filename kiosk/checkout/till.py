"""The state of a till in memory: who sells, the basket, the money, and what allows a change of them.

What may be done to it is the register's; this is the ground it stands on. Rights are checked here, and no
change gets past a payment that has moved money.
"""

from __future__ import annotations

from collections import deque

from kiosk.checkout.basket import Basket
from kiosk.checkout.basketline import Item
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


class Till:
    """One seller, one basket, one payment at a time."""

    def __init__(self, pricing: Pricing, person: Person | None = None) -> None:
        self.pricing = pricing
        self.person = person  # None: nobody is signed in, and nothing can be sold
        self._basket = Basket(pricing)
        self.multiplier = 1  # how many of what comes next: `3 x`
        self.tender: Tender | None = None  # the money side; the screen puts each new state here
        self.approvals: tuple[Approval, ...] = ()  # lent rights used in this sale, for the journal
        self._spent: deque[Approval] = deque(maxlen=MOST_UNDO)
        self._past: deque[tuple[int, Basket, int]] = deque(maxlen=MOST_UNDO)
        self.collect = ""  # the pickup order that this sale pays for; empty: it is taken away now
        self.dropped = ""  # one that was held for what the sale is no longer; the screen lets go of it
        self._proved_age = 0  # years; the buyer's age was checked against it in this sale

    @property
    def basket(self) -> Basket:
        """What the present customer is about to buy; it changes only through the actions here."""
        return self._basket

    def undo(self, at_ms: int) -> Outcome:
        """Take the last change back, if it was made within the last minute."""
        self._unlock()
        if not self._past or at_ms - self._past[-1][0] > UNDO_MS:
            return Outcome("nothing")
        _, self._basket, self._proved_age = self._past.pop()
        self._drop_hold()
        return Outcome("undone", line=self.basket.last)

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
        self.approvals, self._proved_age, self.collect = (), 0, ""
        self._past.clear()
        return left

    def void_sale(self, approval: Approval | None = None) -> Basket:
        """Throw the whole sale away and return it, for the journal."""
        self._leave(Right.VOID_SALE, approval)
        self._unlock()
        self._spend(approval)
        self._drop_hold()
        return self.clear()

    def _drop_hold(self) -> None:
        """What is held is no longer what is sold."""
        self.dropped, self.collect = self.collect or self.dropped, ""

    def _change(
        self, kind: Happened, basket: Basket, at_ms: int, approval: Approval | None = None
    ) -> Outcome:
        """Take a new basket over, keeping the old one for an undo."""
        self._unlock()
        self._past.append((at_ms, self.basket, self._proved_age))
        self._basket = basket
        self._drop_hold()
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
