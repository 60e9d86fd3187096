"""Digits and letters drawn of blocks, to be read from across the stall.

A letter four rows high is 12 mm on a 7 inch panel of 80x24: 1/170 of two metres, where 1/200 is the least
that is usually asked for signs. Two shapes: 5x7 pixels with strokes of two, and 3x5 pixels for what is long.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache

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
    "!": "11 11 11 11 11 00 11",
    "A": "01110 11011 11011 11111 11011 11011 11011", "B": "11110 11011 11011 11110 11011 11011 11110",
    "C": "01111 11000 11000 11000 11000 11000 01111", "D": "11110 11011 11011 11011 11011 11011 11110",
    "E": "11111 11000 11000 11110 11000 11000 11111", "F": "11111 11000 11000 11110 11000 11000 11000",
    "G": "01111 11000 11000 11011 11011 11011 01111", "H": "11011 11011 11011 11111 11011 11011 11011",
    "I": "11 11 11 11 11 11 11", "J": "00011 00011 00011 00011 11011 11011 01110",
    "K": "11011 11011 11110 11100 11110 11011 11011", "L": "1100 1100 1100 1100 1100 1100 1111",
    "M": "1100011 1110111 1111111 1101011 1100011 1100011 1100011",
    "N": "110011 111011 111111 111111 110111 110011 110011",
    "O": "01110 11011 11011 11011 11011 11011 01110", "P": "11110 11011 11011 11110 11000 11000 11000",
    "Q": "01110 11011 11011 11011 11011 01110 00011", "R": "11110 11011 11011 11110 11110 11011 11011",
    "S": "01111 11000 11000 01110 00011 00011 11110", "T": "1111 0110 0110 0110 0110 0110 0110",
    "U": "11011 11011 11011 11011 11011 11011 01110", "V": "11011 11011 11011 11011 11011 01110 00100",
    "W": "1100011 1100011 1100011 1101011 1111111 1110111 1100011",
    "X": "11011 11011 01110 00100 01110 11011 11011", "Y": "11011 11011 11011 01110 00100 00100 00100",
    "Z": "11111 00011 00110 01100 11000 11000 11111",
    "Ä": "11011 00000 01110 11011 11111 11011 11011", "Ö": "11011 00000 01110 11011 11011 11011 01110",
    "Ü": "11011 00000 11011 11011 11011 11011 01110", "←": "00000 00100 01100 11111 01100 00100 00000",
}  # fmt: skip
SMALL = {
    "0": "111 101 101 101 111", "1": "010 110 010 010 111", "2": "111 001 111 100 111",
    "3": "111 001 111 001 111",
    "4": "101 101 111 001 001", "5": "111 100 111 001 111", "6": "111 100 111 101 111",
    "7": "111 001 010 010 010",
    "8": "111 101 111 101 111", "9": "111 101 111 001 111", "-": "000 000 111 000 000", ".": "0 0 0 0 1",
    ",": "00 00 00 01 10", " ": "0 0 0 0 0", ":": "0 1 0 1 0", "/": "001 001 010 100 100",
    "'": "1 1 0 0 0", "?": "111 001 011 000 010", "!": "1 1 1 0 1",
    "A": "010 101 111 101 101", "B": "110 101 110 101 110", "C": "011 100 100 100 011",
    "D": "110 101 101 101 110", "E": "111 100 110 100 111", "F": "111 100 110 100 100",
    "G": "011 100 101 101 011", "H": "101 101 111 101 101", "I": "1 1 1 1 1", "J": "001 001 001 101 010",
    "K": "101 101 110 101 101", "L": "100 100 100 100 111", "M": "10001 11011 10101 10001 10001",
    "N": "1001 1101 1011 1001 1001", "O": "111 101 101 101 111", "P": "110 101 110 100 100",
    "Q": "111 101 101 111 001", "R": "110 101 110 101 101", "S": "011 100 010 001 110",
    "T": "111 010 010 010 010", "U": "101 101 101 101 111", "V": "101 101 101 101 010",
    "W": "10001 10001 10101 11011 10001", "X": "101 101 010 101 101", "Y": "101 101 010 010 010",
    "Z": "111 001 010 100 111", "Ä": "101 010 101 111 101", "Ö": "101 000 111 101 111",
    "Ü": "101 000 101 101 111", "←": "00100 01000 11111 01000 00100",
}  # fmt: skip
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "−": "-"})

SIZES = ((LARGE, 4, 4), (LARGE, 3, 3), (LARGE, 2, 2), (LARGE, 1, 2), (LARGE, 1, 1), (SMALL, 1, 1))
"""Glyphs and how wide and high their pixels are, in half cells high; as high as wide is a square."""
WORDS = (2, 4, 5)
"""Sizes for words: beside letters as wide as high, tall narrow ones look like another hand's."""
KEYS = WORDS[1:]
"""And for the words of keys, which stand beside one another and should look alike."""
FIGURES = frozenset("0123456789-., :/'?")
"""What an amount, a time or a code is made of."""


@lru_cache(maxsize=256)
def block_rows(text: str, width: int, height: int) -> tuple[str, ...]:
    """The rows of a number in the largest size that fits; empty when even the smallest does not.

    Args:
        text: Digits, signs and the separators of any locale; other characters are left out.
        width: Cells to fill.
        height: Rows to fill.
    """
    figures = "".join(char for char in text.translate(SPACES) if char in FIGURES)
    return _drawn(figures, width, height, range(len(SIZES)))


@lru_cache(maxsize=256)
def word_rows(text: str, width: int, height: int, sizes: tuple[int, ...] = WORDS) -> tuple[str, ...]:
    """The same of words, in capitals, on two lines if need be; empty also for letters that are not drawn."""
    capitals = text.upper().translate(SPACES)
    if any(char not in LARGE for char in capitals):
        return ()
    words = capitals.split(" ")
    for size in sizes:
        if rows := _drawn(capitals, width, height, (size,)):
            return rows
        for at in range(1, len(words)):
            halves = (" ".join(words[:at]), " ".join(words[at:]))
            upper, lower = (_drawn(half, width, height // 2, (size,)) for half in halves)
            if upper and lower:
                wide = max(len(upper[0]), len(lower[0]))
                return tuple(row.center(wide) for row in upper + lower)
    return ()


def _drawn(plain: str, width: int, height: int, sizes: Collection[int]) -> tuple[str, ...]:
    """The rows in the largest of some sizes that fits."""
    for size in sizes if plain else ():
        _glyphs, wide, _high = SIZES[size]
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
