"""What stands on the terminal while the screen is being loaded: written before anything heavy is imported."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size

LOGO = (
    "      ______________      ",
    "     /  /  /  /  /  \\     ",
    "    /__/__/__/__/____\\    ",
    "    |  B a r r o w   |    ",
    "  __|________________|__  ",
    "    O                O    ",
)


def splash(shop: str, words: str) -> None:
    """Show the stall, its name and what is going on, in the middle of a cleared terminal."""
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return
    columns, lines = get_terminal_size((80, 24))
    name = "".join(letter for letter in shop if letter.isprintable())
    shown = (*LOGO, "", name, words)
    above = max(0, (lines - len(shown)) // 2)
    body = "\r\n".join(line.center(columns)[: columns - 1].rstrip() for line in shown)
    sys.stdout.write("\x1b[?25l\x1b[2J\x1b[H" + "\r\n" * above + body)
    sys.stdout.flush()


def wipe() -> None:
    """Leave the terminal as it is wanted afterwards: empty, with its cursor."""
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        sys.stdout.write("\x1b[2J\x1b[H\x1b[?25h")
        sys.stdout.flush()
