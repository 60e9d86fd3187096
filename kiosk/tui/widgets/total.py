"""What the customer owes, readable from the other side of the table."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment

from kiosk.tui.text import cut, left
from kiosk.tui.widgets.glyphs import block_rows
from kiosk.tui.widgets.painted import Painted


@dataclass(frozen=True, slots=True)
class Sum:
    """The texts of the total; made by the screen, painted here."""

    amount: str = ""
    """The total without currency, as the locale writes it."""
    currency: str = ""
    left: str = ""
    """What stands small at the left above it: number of items."""
    right: str = ""
    """What stands small at the right above it: tax."""


class Total(Painted):
    """A small line and the sum in block digits below it; only rows that changed are painted."""

    DEFAULT_CSS = "Total { height: 6; width: 1fr; }"
    surface = "panel"
    sum = Sum()
    """What is shown now."""

    def show(self, total: Sum) -> None:
        """Show a total; the same again costs nothing."""
        old, self.sum = self.sum, total
        if (old.left, old.right) != (total.left, total.right):
            self.repaint(0, 1)
        if (old.amount, old.currency) != (total.amount, total.currency):
            self.repaint(1, self.size.height - 1)

    def row(self, y: int, width: int, /) -> list[Segment]:
        """The small line, then the digits with the currency at their foot."""
        told = self.sum
        if y == 0:
            room = max(width - cell_len(told.right) - 2, 0)
            return [
                Segment(left(f" {told.left}", room), self.ink("quiet")),
                Segment(f" {told.right} ", self.ink("quiet")),
            ]
        digits = block_rows(told.amount, width - 3 - cell_len(told.currency), self.size.height - 2)
        if not digits:
            text = cut(f"{told.amount} {told.currency} ", width)
            return (
                [Segment(" " * (width - cell_len(text)) + text, self.ink("accent", bold=True))]
                if y == 1
                else []
            )
        at = y - (self.size.height - 1 - len(digits))
        if not 0 <= at < len(digits):
            return []
        unit = told.currency if at == len(digits) - 1 else ""
        before = width - len(digits[at]) - cell_len(told.currency) - 2
        return [
            Segment(" " * before, self.ink()),
            Segment(digits[at], self.ink("accent", bold=True)),
            Segment(f" {left(unit, cell_len(told.currency))} ", self.ink("quiet")),
        ]
