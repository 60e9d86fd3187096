"""One line of paper, said without a printer: what receipts, slips and QR sheets are made of.

A row is neutral on purpose. The catalogue and the checkout lay text out to a number of columns and hand
rows over; the screen shows them as a preview and the printer's encoder turns the same rows into bytes, so
that what was previewed is what is printed. Neither side imports the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "centre", "right"]
"""Where a row stands on the paper."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of paper: text, or a code, or a rule, or blank paper, or the cut."""

    text: str = ""
    """Plain text, already laid out to the column count; never markup, never printer codes."""
    bold: bool = False
    """Printed in bold."""
    big: bool = False
    """Double height and double width: half as many columns fit."""
    align: Align = "left"
    """Where the text, or the code, stands."""
    qr: str | None = None
    """The payload of a QR code printed in place of text."""
    bars: str = ""
    """Digits, an even number, printed as a Code 128 in place of text: for scanners without a camera."""
    cut: bool = False
    """Cut the paper after this row."""
    feed: int = 0
    """Blank lines after this row, 0 to 255."""
    rule: bool = False
    """A line across the paper in place of text."""
    logo: bool = False
    """The shop's logo in place of text."""
