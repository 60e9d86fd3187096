"""A card on a reader that the till does not talk to: the seller types the amount there and says what it said.

The reference is what the reader's slip shows (its receipt or authorisation number): with it a charge that
nobody remembers can be found again on the reader's own report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.checkout.payments.method import Instruction, Request
from kiosk.i18n import _, money


@dataclass(frozen=True, slots=True)
class Card:
    """A card, confirmed by hand with a reference."""

    name: str = "card"
    opens_drawer: bool = False
    can_overpay: bool = False
    needs_reference: bool = True
    confirmed_by: Literal["seller", "reader"] = "seller"

    @property
    def label(self) -> str:
        """What stands on its key."""
        return _("Card")

    def start(self, request: Request) -> Instruction:
        """Ask for the amount on the reader."""
        words = _("Type {amount} into the card reader. Paid: note the number on its slip.")
        return Instruction(words.format(amount=money(request.amount, request.currency)))


def make(name: str, _table: Mapping[str, object]) -> Card:
    """Return the method; it has no settings."""
    return Card(name)
