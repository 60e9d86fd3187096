"""Cash: there when it is handed over, more than due gives change, the drawer opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.checkout.payments.method import Instruction, Request
from kiosk.i18n import _, money


@dataclass(frozen=True, slots=True)
class Cash:
    """Coins and notes."""

    name: str = "cash"
    opens_drawer: bool = True
    can_overpay: bool = True
    needs_reference: bool = False
    confirmed_by: Literal["seller", "reader"] = "seller"

    @property
    def label(self) -> str:
        """What stands on its key."""
        return _("Cash")

    def start(self, request: Request) -> Instruction:
        """Ask for the amount."""
        return Instruction(_("Take {amount} in cash").format(amount=money(request.amount, request.currency)))


def make(name: str, _table: Mapping[str, object]) -> Cash:
    """Return the method; it has no settings."""
    return Cash(name)
