"""Amounts and door numbers to be read from across the stall: digits drawn of blocks.

The largest size that fits is taken: 5x7 square pixels four, three or two cells wide (with two, five
metres away on a 7 inch panel), of one cell each (tall and narrow), of half a cell each (two metres), and 3x5
pixels of half a cell, which is what still fits a long amount in a narrow place.
"""

from __future__ import annotations

from typing import Literal

from rich.segment import Segment

from kiosk.tui.widgets.glyphs import block_rows
from kiosk.tui.widgets.painted import Painted


class BigDigits(Painted):
    """A number in block digits, at the right or in the middle of its box.

    Plain bold text when there is no room.
    """

    DEFAULT_CSS = "BigDigits { height: 4; width: 1fr; }"
    text = ""
    """What is shown now."""
    tone = "accent"
    """The palette role of its ink."""
    align: Literal["right", "centre"] = "right"

    def show(self, text: str, tone: str | None = None) -> None:
        """Show another number; the same again costs nothing."""
        if (text, tone or self.tone) != (self.text, self.tone):
            self.text = text
            self.tone = tone or self.tone
            self.repaint(0, self.size.height)

    def row(self, y: int, width: int, /) -> list[Segment]:
        """Paint one row of pixels."""
        height = self.size.height
        rows = block_rows(self.text, width, height) or (self.text[:width],)
        top = (height - len(rows)) // 2
        if not 0 <= y - top < len(rows):
            return []
        line = rows[y - top]
        before = width - len(line) if self.align == "right" else (width - len(line)) // 2
        return [Segment(" " * before, self.ink()), Segment(line, self.ink(self.tone, bold=True))]
