"""Text to the bytes of a printer's code page, without ever handing the printer a command.

Names and prices come from outside. Control characters (an ESC in a product name would be a printer command),
joiners and direction marks vanish; a letter the page lacks becomes its closest ASCII; only what has none
becomes ``?``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CODECS = {"CP437": "cp437", "CP850": "cp850", "CP852": "cp852", "CP858": "cp858", "CP1252": "cp1252"}
"""The pages receipt printers have and Python can write, by the name the settings use."""

_AMOUNT = re.compile(r" ([^ ]*[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}(?![0-9]))*[^ ]*(?: [^ 0-9]{1,8})?)$")
"""At the end of a line, its thousands perhaps apart, a currency or a tax class perhaps behind it."""

ASCII = "ASCII"
"""The page of a device whose upper half nobody knows: everything becomes its closest ASCII."""
_EVERY = {**CODECS, ASCII: "ascii"}

_SIGNS = """
€ EUR £ GBP ¥ JPY ₹ Rs ₽ RUB ₩ KRW ₺ TL ₴ UAH ₫ VND ฿ THB ¢ c ¤ *
‘ ' ’ ' ‚ ' ‛ ' ′ ' ʻ ' ʼ ' “ " ” " „ " ″ " « " » " ‹ < › >
‐ - ‑ - ‒ - – - — - ― - − - ─ - ━ - ═ = │ | → -> ← <- ≤ <= ≥ >= ≈ ~
× x ÷ / ⁄ / · . • * … ... ° o ✓ v ✔ v ✗ x ¡ ! ¿ ? © (c) ® (R) № No § S µ u
ß ss ẞ SS œ oe Œ OE ð d Ð D þ th Þ Th ı i ĸ k ŋ ng Ŋ NG ſ s ə e Ə E
"""
_LETTERS = """
а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch
ш sh щ shch ъ _ ы y ь _ э e ю yu я ya ё yo є ye і i ї yi ґ g ў u
α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o
"""
"""Cyrillic and Greek as passports and road signs romanise them; ``_`` is a letter without a sound."""


def _pairs(table: str) -> dict[str, str]:
    """A table of character and ASCII pairs."""
    words = table.split()
    return {character: plain.strip("_") for character, plain in zip(words[::2], words[1::2], strict=True)}


_CLOSEST = (
    _pairs(_SIGNS)
    | _pairs(_LETTERS)
    | {letter.upper(): plain.capitalize() for letter, plain in _pairs(_LETTERS).items()}
)
"""Written out where Unicode itself has no decomposition to ASCII."""

_NAMED = re.compile(r"LATIN (CAPITAL|SMALL) LETTER ([A-Z]|AE|DZ|IJ|LJ|NJ|OE|OU)(?: WITH .*)?")
"""Letters whose very name says what they are an A, B or C of: ł, ø, đ, ħ and hundreds more."""


def encode(text: str, page: str) -> bytes:
    """Text as bytes of a code page named as in `CODECS`, or `ASCII`. Every byte is 0x20 or above."""
    if text.isascii() and text.isprintable():
        return text.encode("ascii")
    codec = _EVERY[page]
    return b"".join(_one(character, codec) for character in unicodedata.normalize("NFC", text))


def narrowed(line: bytes, columns: int) -> bytes:
    """Take back from the widest gaps what transliteration added ("€" to "EUR"): amounts stay in line.

    Still too long where there is no gap of two blanks.
    """
    while len(line) > columns and (gap := max(re.findall(rb" {2,}", line), key=len, default=b"")):
        line = line.replace(gap, gap[: -min(len(line) - columns, len(gap) - 1)], 1)
    return line


def before_amount(text: str) -> tuple[str, str] | None:
    """A line parted before the amount, or the row of amounts, at its end; None for one that is indented.

    None as well where a line ends with no amount.
    """
    gap = text.rstrip().find("  ")
    if gap > 0:
        word, amount = text[:gap], text[gap:].strip()
        return (word, amount) if any(char.isdecimal() for char in amount) else None
    found = _AMOUNT.search(text) if gap < 0 else None
    return None if found is None else (text[: found.start()], found[1])


@lru_cache(maxsize=4096)
def _one(character: str, codec: str) -> bytes:
    """One character's bytes: itself, else its closest ASCII; nothing if invisible, ``?`` if there is none."""
    category = unicodedata.category(character)
    if character in "\t\n\r" or category.startswith("Z"):
        return b" "
    if category.startswith("C"):
        return b""
    try:
        return character.encode(codec)
    except UnicodeEncodeError:
        return closest(character)


def closest(character: str) -> bytes:
    """The closest ASCII of one character that the page lacks."""
    if character in _CLOSEST:
        return _CLOSEST[character].encode("ascii")
    if named := _NAMED.fullmatch(unicodedata.name(character, "")):
        return (named[2] if named[1] == "CAPITAL" else named[2].lower()).encode("ascii")
    plain = "".join(
        _CLOSEST.get(part, part)
        for part in unicodedata.normalize("NFKD", character)
        if not unicodedata.category(part).startswith(("M", "C"))
    )
    if plain.isascii() and (plain.isprintable() or not plain):
        return plain.encode("ascii")
    return b"?"
