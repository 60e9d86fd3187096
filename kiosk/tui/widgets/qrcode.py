"""A QR code on the screen: black on white in half blocks, with its quiet zone, whatever the theme.

Inverted codes and codes without a quiet zone were not read by two of two decoders, so neither is possible
here. A cell is twice as high as wide and carries two modules, so that a module is square.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from rich.segment import Segment
from rich.style import Style

from kiosk.i18n import _
from kiosk.tui.widgets.painted import Painted

QUIET = 4
"""Modules of white around the code: ISO/IEC 18004."""
INK = Style(color="#000000", bgcolor="#ffffff")
HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}

Level = Literal["L", "M", "Q", "H"]


@lru_cache(maxsize=8)
def qr_rows(payload: str, level: Level = "M") -> tuple[str, ...]:
    """The rows of a code with its quiet zone: ` `, `▀`, `▄` and `█`, to be painted black on white.

    Raises:
        segno.DataOverflowError: The payload does not fit any code.
    """
    import segno

    made = segno.make(payload, error=level, boost_error=False, micro=False)
    modules = [[0] * QUIET + list(line) + [0] * QUIET for line in made.matrix]
    blank = [0] * len(modules[0])
    field = [blank] * QUIET + modules + [blank] * QUIET
    if len(field) % 2:
        field.append(blank)
    return tuple(
        "".join(HALVES[int(upper) & 1, int(lower) & 1] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(field[::2], field[1::2], strict=True)
    )


class QrCode(Painted):
    """A code in the middle of its box, or words that it does not fit."""

    DEFAULT_CSS = "QrCode { width: 1fr; height: 1fr; }"
    payload = ""
    """What the code says; empty for none."""

    def show(self, payload: str) -> None:
        """Show another code."""
        if payload != self.payload:
            self.payload = payload
            self.repaint()

    @property
    def fits(self) -> bool:
        """Whether there is room for the code; otherwise the customer needs the printed one."""
        rows = self._rows()
        return bool(rows) and len(rows) <= self.size.height and len(rows[0]) <= self.size.width

    def _rows(self) -> tuple[str, ...]:
        """The code at the strongest correction that fits: M survives a scratch, L needs less room."""
        if not self.payload:
            return ()
        rows = qr_rows(self.payload, "M")
        if len(rows) > self.size.height or len(rows[0]) > self.size.width:
            rows = qr_rows(self.payload, "L")
        return rows

    def row(self, y: int, width: int, /) -> list[Segment]:
        """One row of the code, in the middle."""
        rows = self._rows()
        if not rows:
            return []
        if not self.fits:
            words = _("The code needs a larger screen: print it.")
            return [Segment(words[:width], self.ink("warn", bold=True))] if y == self.size.height // 2 else []
        at = y - (self.size.height - len(rows)) // 2
        if not 0 <= at < len(rows):
            return []
        before = (width - len(rows[at])) // 2
        return [Segment(" " * before, self.ink()), Segment(rows[at], INK)]
