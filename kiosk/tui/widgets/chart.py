"""Small bars, where a person would rather look than read: sales by hour, watts by minute.

A column chart of eighths of a cell. The largest value fills the height; zero is an empty place and None,
unknown, is a dot on the ground line, so that a gap in the record is never seen as nothing sold.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment

from kiosk.tui.text import centre, clean
from kiosk.tui.widgets.painted import Painted

EIGHTHS = " ▁▂▃▄▅▆▇█"


def columns(values: Sequence[int | None], height: int) -> list[str]:
    """The bars of `values` from top to bottom, one string a row, one character a value.

    Args:
        values: What is to be compared; negative counts as zero, None as unknown.
        height: Rows.
    """
    most = max((value for value in values if value), default=0)
    full = height * 8
    levels = [None if value is None else -(-max(value, 0) * full // most) if most else 0 for value in values]
    rows = []
    for y in range(height):
        floor = (height - 1 - y) * 8
        rows.append("".join(_cell(level, floor) for level in levels))
    return rows


def _cell(level: int | None, floor: int) -> str:
    if level is None:
        return "·" if floor == 0 else " "
    return EIGHTHS[min(max(level - floor, 0), 8)]


class Chart(Painted):
    """Bars with a label below each; as wide as its box allows."""

    DEFAULT_CSS = "Chart { width: 1fr; height: 6; }"
    _values: Sequence[int | None] = ()
    _labels: Sequence[str] = ()
    tone = "accent"
    """The palette role of the bars."""

    def show(self, values: Sequence[int | None], labels: Sequence[str] = ()) -> None:
        """Show values; `labels` are short and stand below their bars."""
        if (tuple(values), tuple(labels)) != (self._values, self._labels):
            self._values, self._labels = tuple(values), tuple(labels)
            self.repaint()

    def row(self, y: int, width: int, /) -> list[Segment]:
        """One row of bars, or the labels."""
        if not self._values:
            return []
        slot = max(width // len(self._values), 1)
        bar = max(slot - 1, 1)
        height = self.size.height - bool(self._labels)
        if y == height:
            text = "".join(centre(clean(label), slot) for label in self._labels)
            return [Segment(text[:width], self.ink("quiet"))]
        cells = columns(self._values, height)[y]
        return [Segment("".join((cell * bar).ljust(slot) for cell in cells)[:width], self.ink(self.tone))]
