"""Who may work at the cabinet and at the counter: the one place where that is asked, in the ledger's thread.

What stands in the ledger now counts, not what was true when somebody signed in: who has left meanwhile, or
has another role, opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from kiosk.checkout.people import person_of
from kiosk.checkout.rights import Person, Right, require

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

T = TypeVar("T")


def at_cabinet(
    ledger: Ledger, by: Person, function: Callable[..., T], /, *args: object, **options: object
) -> T:
    """Do `function(ledger, …)` for somebody who may; NotAllowed or NoSuchPerson, and nothing was done."""
    require(person_of(ledger, by.id), Right.LOCKER)
    return function(ledger, *args, **options)


def at_counter(
    ledger: Ledger, by: Person, function: Callable[..., T], /, *args: object, **options: object
) -> T:
    """The same for giving orders out over the counter, which is for whoever may sell."""
    require(person_of(ledger, by.id), Right.SELL)
    return function(ledger, *args, **options)
