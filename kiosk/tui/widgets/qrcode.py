"""A QR code on the screen: black on white in half blocks, with its quiet zone, whatever the theme.

Inverted codes and codes without a quiet zone were not read by two of two decoders, so neither is possible
here. A cell is twice as high as wide and carries two modules, so that a module is square.
"""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style

from kiosk.checkout.qr_matrix import QrTooLong, fit, half_blocks, matrix
from kiosk.i18n import _
from kiosk.tui.text import centre, wrap
from kiosk.tui.widgets.painted import Painted

INK = Style(color="#000000", bgcolor="#ffffff")


@lru_cache(maxsize=8)
def qr_rows(payload: str) -> tuple[str, ...]:
    """The rows of a code with its quiet zone, to be painted black on white; QrTooLong for none there is."""
    return half_blocks(matrix(payload, "M"))


@lru_cache(maxsize=32)
def fitted(payload: str, columns: int, rows: int) -> tuple[str, ...]:
    """The sturdiest drawing of a code that fits a place; empty when none does."""
    try:
        return fit(payload, columns, rows)
    except QrTooLong:
        return ()


class QrCode(Painted):
    """A code in the middle of its box, or words that it does not fit."""

    DEFAULT_CSS = "QrCode { width: 1fr; height: 1fr; }"
    surface = "panel"
    payload = ""
    """What the code says; empty for none."""
    otherwise = ""
    """What to do when there is no room for it."""

    def show(self, payload: str, otherwise: str = "") -> None:
        """Show another code; `otherwise` is said where there is no room for it."""
        if (payload, otherwise) != (self.payload, self.otherwise):
            self.payload, self.otherwise = payload, otherwise
            self.repaint()

    def holds(self, payload: str) -> bool:
        """Whether there is room for a code; otherwise the customer needs the printed one."""
        return bool(fitted(payload, *self.size))

    def row(self, y: int, width: int, /) -> list[Segment]:
        """One row of the code, in the middle."""
        if not self.payload:
            return []
        rows = fitted(self.payload, *self.size)
        if not rows:
            needs = _("The code needs a larger screen.")
            words = wrap(f"{needs} {self.otherwise}", width - 4, 4)
            at = y - (self.size.height - len(words)) // 2
            said = centre(words[at], width) if 0 <= at < len(words) else ""
            return [Segment(said, self.ink("warn", bold=True))]
        at = y - (self.size.height - len(rows)) // 2
        if not 0 <= at < len(rows):
            return []
        before = (width - len(rows[at])) // 2
        return [Segment(" " * before, self.ink()), Segment(rows[at], INK)]
