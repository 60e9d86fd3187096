"""Who may do what: sellers, supervisors and couriers, their rights, and leave given for one action.

Rights are checked here, in the register and in every service that books something; a screen only asks.
Each right a person lacks can be lent once by somebody who has it (`Approval`), and every such loan is
in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kiosk.i18n import _

Role = Literal["seller", "supervisor", "courier"]


class Right(StrEnum):
    """One thing a person may be allowed to do. The value is what stands in the journal."""

    SELL = "sell"
    """Ring up, take money, park and recall, open a shift."""
    DISCOUNT = "discount"
    """Take something off a line or off the whole sale."""
    PRICE = "price"
    """Charge another price than the catalogue's."""
    REFUND = "refund"
    """Take goods back: repair, swap or money."""
    VOID_SALE = "void_sale"
    """Throw an unpaid sale away as a whole."""
    OPEN_DRAWER = "open_drawer"
    """Open the cash drawer without a sale."""
    CASH_MOVE = "cash_move"
    """Put cash into the drawer or take it out."""
    X_REPORT = "x_report"
    """See the running totals of the shift."""
    CLOSE_DAY = "close_day"
    """Count the drawer and make the Z."""
    EDIT_CATALOGUE = "edit_catalogue"
    EDIT_LISTS = "edit_lists"
    REPORTS = "reports"
    SETTINGS = "settings"
    """Change settings and people."""
    LOCKER = "locker"
    """Work at the cabinet: put in, open with a reason, say what is inside, clear."""
    AGE_OVERRIDE = "age_override"
    """Sell an age-restricted product without the age being checked."""


RIGHTS: dict[Role, frozenset[Right]] = {
    "seller": frozenset({Right.SELL, Right.VOID_SALE, Right.X_REPORT, Right.LOCKER}),
    "supervisor": frozenset(Right),
    "courier": frozenset({Right.LOCKER}),
}
"""What each role may do. A seller can run a stall alone all day, its boxes too; what changes money needs a
supervisor. A courier works at the cabinet and nowhere else."""


class NotAllowed(PermissionError):
    """Somebody without the right tried; nothing was changed."""

    def __init__(self, right: Right, person: str = "") -> None:
        self.right = right
        self.person = person
        message = _("{who} may not do this ({right}); nothing was changed; ask a supervisor to approve")
        super().__init__(message.format(who=person or _("this person"), right=right.value))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the till."""

    id: int
    name: str
    role: Role
    rights: frozenset[Right]
    language: str = ""  # a language code such as "de"; empty: the shop's

    def may(self, right: Right) -> bool:
        """Tell whether this person has `right` without asking anybody."""
        return right in self.rights


@dataclass(frozen=True, slots=True)
class Approval:
    """Leave that `person` gave for one action that needs `right`."""

    person: Person
    right: Right


def require(person: Person, right: Right, approvals: Iterable[Approval] = ()) -> Person:
    """Return who answers for an action: the person, or else the one who approved it; NotAllowed if nobody."""
    if right in person.rights:
        return person
    for approval in approvals:
        if approval.right == right and right in approval.person.rights:
            return approval.person
    raise NotAllowed(right, person.name)
