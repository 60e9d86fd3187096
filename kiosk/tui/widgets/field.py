"""What is being entered, large enough to check at a glance.

It shows; it does not edit and cannot have the focus.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment

from kiosk.tui.text import clean, cut
from kiosk.tui.widgets.painted import Painted


class Field(Painted):
    """Three rows: air, the text with its unit and a still cursor, a rule below.

    The text comes from an entry, which takes printable characters only; its spaces are kept.
    """

    DEFAULT_CSS = "Field { height: 3; width: 1fr; }"
    surface = "panel"
    text = ""
    _unit = ""

    def show(self, text: str, unit: str = "") -> None:
        """Show the text; the end of a long one stays in sight."""
        if (text, unit) != (self.text, self._unit):
            self.text, self._unit = text, unit
            self.repaint(0, self.size.height)

    def row(self, y: int, width: int, /) -> list[Segment]:
        """Paint text, cursor and unit in the middle row."""
        y += 3 - self.size.height  # two rows have no air
        if y == 0:
            return []
        if y != 1:
            return [
                Segment(" ", self.ink()),
                Segment("▔" * (width - 2), self.ink("accent")),
                Segment(" ", self.ink()),
            ]
        unit = f" {clean(self._unit)} " if self._unit else " "
        room = width - cell_len(unit) - 3
        text = self.text if cell_len(self.text) <= room else "…" + self.text[-(room - 1) :]
        text = cut(text, room)
        gap = " " * (room - cell_len(text))
        return [
            Segment(f"  {text}", self.ink(bold=True)), Segment("▏", self.ink("accent")),
            Segment(gap, self.ink()), Segment(unit, self.ink("quiet")),
        ]  # fmt: skip
