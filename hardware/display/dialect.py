"""The two languages pole displays speak, as bytes: how to begin, and how to write one of the two lines.

Sources: Epson DM-D110 specification p. 42 to 45 (``ESC @``, ``ESC t``, ``US $``, ``US X``, ``US C``); CD5220
user's manual 7.2 (``ESC Q A``, ``ESC Q B``, ``ESC *``, ``ESC _``, and its remark that only ``CLR`` and
``CAN`` lead out of the string mode those two begin); lcdproc ``serialPOS_epson.c``, ``serialPOS_cd5220.c``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hardware.printer.codepage import ASCII, before_amount, encode, narrowed

WIDTH = 20
"""Characters of a line. There are two of them."""
ROWS = (0, 1)


@dataclass(frozen=True, slots=True)
class Dialect:
    """One language."""

    start: Callable[[str, int], bytes]
    """Given the code page and the brightness, 1 to 4: awake, empty, without a cursor."""
    line: Callable[[int, bytes], bytes]
    """Given the row, 0 or 1, and exactly 20 bytes: that line anew, the other one untouched."""
    pages: Mapping[str, int]
    """The code pages it can be told, with their numbers."""
    page: str
    """The page it is told unless the shop says otherwise."""


def fit(text: str, page: str) -> bytes:
    """Exactly one line: 20 bytes of a page, cut or filled; every byte is 0x20 or above.

    A letter of a script that the page has nothing near to is a blank: a row of question marks is no name.
    What becomes longer than it was ("ß" to "ss") costs blanks, then the end of the word, never the figure.
    """
    shown = "".join(" " if char != "?" and encode(char, page) == b"?" else char for char in text)
    line = encode(shown, page)
    if len(line) > WIDTH >= len(text):
        line = narrowed(line, WIDTH)
        if len(line) > WIDTH and (parted := before_amount(shown)):
            word, amount = (encode(part, page) for part in parted)
            line = word[: max(WIDTH - 1 - len(amount), 0)] + b" " + amount
    return line[:WIDTH].ljust(WIDTH)


def _escpos_start(page: str, brightness: int) -> bytes:
    select = bytes((0x1B, 0x74, ESCPOS.pages[page])) if page in ESCPOS.pages else b""
    return b"\x1b@" + select + bytes((0x1F, 0x58, brightness)) + b"\x1fC\x00" + b"\x0c"


def _escpos_line(row: int, text: bytes) -> bytes:
    return bytes((0x1F, 0x24, 1, row + 1)) + text


def _cd5220_start(_page: str, brightness: int) -> bytes:
    return b"\x18\x1b@" + bytes((0x1B, 0x2A, brightness)) + b"\x1b_\x00" + b"\x0c"


def _cd5220_line(row: int, text: bytes) -> bytes:
    return b"\x1bQ" + b"AB"[row : row + 1] + text + b"\r"


ESCPOS = Dialect(
    _escpos_start,
    _escpos_line,
    MappingProxyType({"CP437": 0, "CP850": 2, "CP1252": 16, "CP852": 18, "CP858": 19}),
    "CP858",
)
CD5220 = Dialect(_cd5220_start, _cd5220_line, MappingProxyType({}), ASCII)
"""It has no code pages that two makers agree on: plain ASCII, unless the shop knows better."""
