"""Text for the screen: cleaned, cut and padded by terminal cells.

Names and notes come from imports, from sync and from scanners. Whatever they hold, they are painted as plain
cells: nothing here is ever parsed as markup, and nothing that could move the cursor or turn the writing
direction reaches a terminal.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, combining

from rich.cells import cell_len, chop_cells, set_cell_size

ELLIPSIS = "…"
LONGEST = 400  # characters looked at; a longer name is cut before any width is measured
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MARKS = 3  # combining marks kept on one letter: more is a stack that leaves its row


@lru_cache(maxsize=2048)
def clean(text: str) -> str:
    """The text without control, format, surrogate and private characters and without bidi overrides.

    Line breaks and tabs become one space, so that a name is always one line.
    """
    kept: list[str] = []
    marks = 0
    for char in text[:LONGEST]:
        if char in "\n\r\t\v\f\u2028\u2029":
            kept.append(" ")
            continue
        if char in BIDI or category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
            continue
        marks = marks + 1 if combining(char) else 0
        if marks <= _MARKS:
            kept.append(char)
    return " ".join("".join(kept).split())


def cut(text: str, width: int) -> str:
    """At most `width` cells of clean text; what was left out is shown as an ellipsis."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def parts(text: str, width: int) -> str:
    """Of parts between middle dots as many as fit whole: a number cut in two is another number."""
    kept = text.split(" · ")
    while len(kept) > 1 and cell_len(" · ".join(kept)) > width:
        kept.pop()
    return " · ".join(kept)


def left(text: str, width: int) -> str:
    """Exactly `width` cells, text at the left."""
    return set_cell_size(cut(text, width), max(width, 0))


def right(text: str, width: int) -> str:
    """Exactly `width` cells, text at the right."""
    short = cut(text, width)
    return " " * (width - cell_len(short)) + short


def centre(text: str, width: int) -> str:
    """Exactly `width` cells, text in the middle."""
    short = cut(text, width)
    before = (width - cell_len(short)) // 2
    return set_cell_size(" " * before + short, max(width, 0))


def wrap(text: str, width: int, most: int) -> list[str]:
    """The text on up to `most` lines of `width` cells, broken at spaces where possible, cut at the end."""
    if width <= 0 or most <= 0:
        return []
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        trial = f"{line} {word}" if line else word
        if cell_len(trial) <= width:
            line = trial
            continue
        if line:
            lines.append(line)
        *whole, line = chop_cells(word, width) or [""]
        lines.extend(whole)
    lines.append(line)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width)]
