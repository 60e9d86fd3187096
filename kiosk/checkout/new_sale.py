"""A sale about to be committed, and what is checked once more before it is: money and leave.

The register has checked all this already. It is checked again here, because an import, a plug-in or a mistake
in a screen comes to the ledger by the same door.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.checkout.basket import Basket
from kiosk.checkout.people import Approval, NoSuchPerson, NotAllowed, Person, Right, person_of
from kiosk.checkout.tender import Attempt, Payment
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger


class EmptySale(ValueError):
    """There is no line to sell; nothing was stored."""


class NotPaid(ValueError):
    """The payments do not add up to the total, or one is still open; the basket stands."""


@dataclass(frozen=True, slots=True)
class NewSale:
    """Everything that becomes one sale."""

    basket: Basket
    payments: tuple[Payment, ...]  # as `Tender.payments()` gives them
    person: Person
    event_id: UUID  # made once per sale; committing it again gives the first receipt
    approvals: tuple[Approval, ...] = ()  # rights lent for this sale
    attempts: tuple[Attempt, ...] = ()  # all tries to take money for it, failed ones too
    draft: str | None = None  # the draft that this sale was until now
    training: bool = False  # practice: an own series, and in no total
    opens_drawer: bool = False  # one of the payments needs the drawer
    receipt: bool = True  # print one


@dataclass(frozen=True, slots=True)
class Override:
    """Something that not every seller may do, and who answers for it."""

    right: Right
    line: int  # 1, 2, ...; 0: the whole sale
    by: str
    reason: str
    was: int | None = None  # price: what the catalogue asks for one unit


def check_paid(sale: NewSale) -> None:
    """Refuse an empty sale, an open payment, and payments that do not add up to the total."""
    if not sale.basket.live:
        raise EmptySale(_("there is nothing in this sale; nothing was stored; add something first"))
    if any([attempt.is_open for attempt in sale.attempts]):  # noqa: C419 - a list is quicker here
        raise NotPaid(_("a payment is still open; nothing was stored; ask the terminal, then finish it"))
    if sum([payment.amount for payment in sale.payments]) != sale.basket.totals.gross:
        raise NotPaid(_("the payments do not add up to the total; nothing was stored; take the rest first"))


def overrides(ledger: Ledger, sale: NewSale) -> list[Override]:
    """Return what in this sale needed leave, and who gave it; NotAllowed if for something nobody did."""
    if Right.SELL not in sale.person.rights:
        raise NotAllowed(Right.SELL, sale.person.name)
    return [
        Override(right, line, _answerable(ledger, sale, right, approver), reason, was)
        for right, line, approver, reason, was in _asked(sale.basket)
    ]


def _asked(basket: Basket) -> Iterator[tuple[Right, int, int | None, str, int | None]]:
    """Yield what needs leave: right, line, id of who is said to have given it, reason, price before."""
    for number, line in enumerate(basket.live, 1):
        if line.overridden:
            yield Right.PRICE, number, line.approver, "", line.item.price
        if line.discount is not None:
            yield Right.DISCOUNT, number, line.discount.approver or line.approver, line.discount.reason, None
        if line.needs_age_check:
            yield Right.AGE_OVERRIDE, number, line.age_waived_by, "", None
    if basket.discount is not None:
        yield Right.DISCOUNT, 0, basket.discount.approver, basket.discount.reason, None


def _answerable(ledger: Ledger, sale: NewSale, right: Right, approver: int | None) -> str:
    """Return the name of who answers for it: the seller, who approved it, or who stands on the line."""
    if right in sale.person.rights:
        return sale.person.name
    for approval in sale.approvals:
        if approval.right == right and right in approval.person.rights:
            return approval.person.name
    if (
        approver is not None
    ):  # approved before the sale was parked, so the loan itself is not at hand any more
        try:
            person = person_of(ledger, approver)
        except NoSuchPerson:
            raise NotAllowed(right, sale.person.name) from None
        if right in person.rights:
            return person.name
    raise NotAllowed(right, sale.person.name)
