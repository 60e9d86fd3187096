"""Laying text out to a number of columns: measured, cut, wrapped, and put left and right on one line.

A column is one cell of a printer's or terminal's fixed-width font. Wide East Asian letters take two, marks
that sit on another letter take none; counting characters would put the amounts of such lines out of place.
"""

from __future__ import annotations

import unicodedata

_ZERO = {"Mn", "Me", "Cf"}
"""Categories that take no column: marks on another letter, joiners."""


def width(text: str) -> int:
    """Return how many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    """Return the columns of one character: 0, 1 or 2."""
    if unicodedata.category(letter) in _ZERO:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def head(text: str, columns: int) -> str:
    """Return as much of a text's beginning as fits, marks kept with their letter."""
    if width(text) <= columns:
        return text
    taken = 0
    for at, letter in enumerate(text):
        taken += _cells(letter)
        if taken > columns:
            return text[:at]
    return text


def wrap(text: str, columns: int) -> list[str]:
    """Break a text at spaces into lines that fit; a word longer than a line is cut. Never empty.

    Spaces at the beginning indent all of its lines.
    """
    indent = text[: len(text) - len(text.lstrip(" "))]
    if indent:
        return [indent + line for line in wrap(text[len(indent) :], columns - len(indent))]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        wider = f"{line} {word}" if line else word
        if width(wider) <= columns:
            line = wider
            continue
        if line:
            lines.append(line)
        while width(word) > columns:
            piece = head(word, columns) or word[:1]  # a wide letter on a line of one column
            lines.append(piece)
            word = word[len(piece) :]  # noqa: PLW2901 - what is left of the word
        line = word
    return [*lines, line] if line or not lines else lines


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill a text with spaces up to a number of columns, on its right side or (`right`) before it."""
    blank = " " * max(0, columns - width(text))
    return blank + text if right else text + blank


def spread(left: str, right: str, columns: int) -> list[str]:
    """Put one text at the left and one at the right edge; what does not fit takes more lines.

    The right text stands on the last line, after at least one space, and is never cut: an amount with a digit
    missing would be a lie.
    """
    if not right:
        return wrap(left, columns)
    lines = wrap(left, columns) if left else []
    if lines and width(lines[-1]) + 1 + width(right) <= columns:
        lines[-1] = pad(lines[-1], columns - width(right)) + right
        return lines
    return [*lines, pad(right, columns, right=True)]
