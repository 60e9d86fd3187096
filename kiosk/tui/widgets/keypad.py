"""Keys for numbers and letters by touch. The keyboard does the same; nothing here can have the focus."""

from __future__ import annotations

from typing import Literal

from kiosk.i18n import _
from kiosk.tui.widgets.touchkey import TouchKey

BACK, ENTER, CLEAR, CANCEL, SHIFT = "backspace", "enter", "clear", "cancel", "shift"
"""Ids of the keys that are not a character; every other key's id is what it types."""

LETTERS = ("1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm.,@")
GERMAN = ("1234567890", "qwertzuiopü", "asdfghjklöä", "yxcvbnm.-ß")


def number_keys(
    *, point: str = "", layout: Literal["till", "phone"] = "till", ready: bool = True, word: str = ""
) -> list[TouchKey | None]:
    """Twelve digit keys in three columns and four rows, then cancel and enter in a fifth.

    Args:
        point: The decimal separator shown; empty for whole numbers, which get a `00` key.
        layout: `till` has 7 8 9 above, as till keyboards do; `phone` has 1 2 3 above, as PIN pads do.
        ready: Whether what was typed can be entered.
        word: The text of the enter key; "OK" without.
    """
    rows = ("789", "456", "123") if layout == "till" else ("123", "456", "789")
    keys: list[TouchKey | None] = [TouchKey(digit, digit) for row in rows for digit in row]
    keys.append(TouchKey(".", point) if point else TouchKey("00", "00") if layout == "till" else None)
    keys += [TouchKey("0", "0"), TouchKey(BACK, "←", hint="Bksp")]
    keys.append(TouchKey(CANCEL, _("back"), hint="Esc"))
    keys.append(TouchKey(ENTER, word or _("OK"), hint="Enter", hue="accent", enabled=ready, span=2))
    return keys


def letter_keys(language: str = "en", *, upper: bool = False) -> tuple[list[TouchKey | None], int]:
    """A keyboard of four rows and one of edit keys, and its number of columns.

    Args:
        language: `de` has the umlauts.
        upper: Capital letters.
    """
    rows = GERMAN if language.startswith("de") else LETTERS
    columns = max(len(row) for row in rows)
    keys: list[TouchKey | None] = []
    for row in rows:
        letters = (
            row.upper() if upper and "ß" not in row else row.upper().replace("SS", "ß") if upper else row
        )
        keys += [TouchKey(letter, letter) for letter in letters]
        keys += [None] * (columns - len(row))
    keys += [
        TouchKey(CANCEL, _("back"), hint="Esc", span=2),
        TouchKey(SHIFT, "Aa", hue="accent" if upper else "plain"),
        TouchKey(" ", _("space"), span=columns - 7),
        TouchKey(BACK, "←", hint="Bksp", span=2),
        TouchKey(ENTER, _("OK"), hint="Enter", hue="accent", span=2),
    ]
    return keys, columns
