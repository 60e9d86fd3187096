"""What comes back of a sale while it is being chosen: thousandths by line. Every key gives a new value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.checkout.basketline import ONE

if TYPE_CHECKING:
    from kiosk.checkout.stored_sale import StoredLine, StoredSale


@dataclass(frozen=True, slots=True)
class Returning:
    """The lines of one sale and how much of each comes back."""

    sale: StoredSale
    at: int = 0
    """Which line the keys are for, counted from 0."""
    back: Mapping[int, int] = field(default_factory=dict)
    """Thousandths by line number; lines of which nothing comes back are not there."""

    @property
    def line(self) -> StoredLine:
        """The line the keys are for."""
        return self.sale.lines[self.at]

    @property
    def amount(self) -> int:
        """How much of it comes back."""
        return self.back.get(self.line.line, 0)

    @property
    def possible(self) -> bool:
        """Whether anything of the sale can still come back."""
        return any(line.refundable for line in self.sale.lines)

    def choose(self, at: int) -> Returning:
        """Another line; past an end nothing changes."""
        return replace(self, at=at) if 0 <= at < len(self.sale.lines) else self

    def take(self, quantity: int) -> Returning:
        """So much of the line comes back, as far as so much is still out."""
        kept = {line: milli for line, milli in self.back.items() if line != self.line.line}
        quantity = min(max(quantity, 0), self.line.refundable)
        return replace(self, back={**kept, self.line.line: quantity} if quantity else kept)

    def step(self, by: int) -> Returning:
        """One piece more or less; a weighed line comes back whole or not at all."""
        piece = ONE if self.line.unit == "each" else self.line.refundable
        return self.take(self.amount + by * piece)

    def everything(self) -> Returning:
        """All that is still out."""
        return replace(self, back={line.line: line.refundable for line in self.sale.lines if line.refundable})
