"""Amounts and door numbers to be read from across the stall: digits drawn of blocks.

Six sizes, the largest that fits is taken: 5x7 square pixels four, three or two cells wide (with two, five
metres away on a 7 inch panel), of one cell each (tall and narrow), of half a cell each (two metres), and 3x5
pixels of half a cell, which is what still fits a long amount in a narrow place.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from rich.segment import Segment

from kiosk.tui.widgets.painted import Painted

LARGE = {
    "0": "01110 11011 11011 11011 11011 11011 01110", "1": "0110 1110 0110 0110 0110 0110 1111",
    "2": "01110 11011 00011 00110 01100 11000 11111", "3": "11110 00011 00011 01110 00011 00011 11110",
    "4": "00011 00111 01111 11011 11111 00011 00011", "5": "11111 11000 11110 00011 00011 11011 01110",
    "6": "01110 11000 11000 11110 11011 11011 01110", "7": "11111 00011 00110 00110 01100 01100 01100",
    "8": "01110 11011 11011 01110 11011 11011 01110", "9": "01110 11011 11011 01111 00011 00011 01110",
    "-": "0000 0000 0000 1111 0000 0000 0000", ".": "00 00 00 00 00 11 11", ",": "00 00 00 00 11 11 01",
    " ": "00 00 00 00 00 00 00", ":": "00 11 11 00 11 11 00",
    "/": "00011 00011 00110 00110 01100 11000 11000",
    "'": "11 01 00 00 00 00 00", "?": "01110 11011 00011 00110 01100 00000 01100",
}  # fmt: skip
SMALL = {
    "0": "111 101 101 101 111", "1": "010 110 010 010 111", "2": "111 001 111 100 111",
    "3": "111 001 111 001 111",
    "4": "101 101 111 001 001", "5": "111 100 111 001 111", "6": "111 100 111 101 111",
    "7": "111 001 010 010 010",
    "8": "111 101 111 101 111", "9": "111 101 111 001 111", "-": "000 000 111 000 000", ".": "0 0 0 0 1",
    ",": "00 00 00 01 10", " ": "0 0 0 0 0", ":": "0 1 0 1 0", "/": "001 001 010 100 100",
    "'": "1 1 0 0 0", "?": "111 001 011 000 010",
}  # fmt: skip
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "−": "-"})


SIZES = ((LARGE, 4, 4), (LARGE, 3, 3), (LARGE, 2, 2), (LARGE, 1, 2), (LARGE, 1, 1), (SMALL, 1, 1))
"""Glyphs and how wide and high their pixels are, in half cells high; as high as wide is a square."""


@lru_cache(maxsize=256)
def block_rows(text: str, width: int, height: int) -> tuple[str, ...]:
    """The rows of a number in the largest size that fits; empty when even the smallest does not.

    Args:
        text: Digits, signs and the separators of any locale; other characters are left out.
        width: Cells to fill.
        height: Rows to fill.
    """
    plain = [char for char in text.translate(SPACES) if char in LARGE]
    for size, (_glyphs, wide, _high) in enumerate(SIZES if plain else ()):
        drawn = [_glyph(char, size) for char in plain]
        cells = sum(len(glyph[0]) + wide for glyph in drawn) - wide
        if cells <= width and len(drawn[0]) <= height:
            gap = " " * wide
            return tuple(gap.join(glyph[y] for glyph in drawn) for y in range(len(drawn[0])))
    return ()


@cache
def _glyph(char: str, size: int) -> tuple[str, ...]:
    """The rows of one character: each pixel grown, then two pixel rows to one text row."""
    glyphs, wide, high = SIZES[size]
    rows = ["".join(pixel * wide for pixel in line) for line in glyphs[char].split() for _row in range(high)]
    rows += ["0" * len(rows[0])] * (len(rows) % 2)
    return tuple(
        "".join(HALVES[above == "1", below == "1"] for above, below in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    )


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
