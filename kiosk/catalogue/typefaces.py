"""Finds fonts on this machine that can write a text: those of every PDF viewer know Western letters only.

Letters that change their shape or place among others (Sinhala, Tamil, Arabic and the like) need the shaping
engine HarfBuzz as well. What cannot be written rightly is refused: a name in boxes is worse than none.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.i18n import _

NAMES = (
    "DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSansSinhala-Regular.ttf", "NotoSansTamil-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf", "NotoSansBengali-Regular.ttf", "NotoSansGujarati-Regular.ttf",
    "NotoSansGurmukhi-Regular.ttf", "NotoSansKannada-Regular.ttf", "NotoSansMalayalam-Regular.ttf",
    "NotoSansTelugu-Regular.ttf", "NotoSansThai-Regular.ttf", "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf", "NotoSansGeorgian-Regular.ttf", "NotoSansArmenian-Regular.ttf",
    "NotoSansEthiopic-Regular.ttf", "NotoSansKhmer-Regular.ttf", "NotoSansMyanmar-Regular.ttf",
    "lklug.ttf", "Lohit-Tamil.ttf", "DroidSansFallbackFull.ttf",  # Debian and its relatives
    "arial.ttf", "Nirmala.ttf", "LeelawUI.ttf", "ebrima.ttf",  # Windows
    "Arial Unicode.ttf", "Arial.ttf",  # macOS
)  # fmt: skip
"""Files that are worth looking into, the first of them first."""


class NoFont(LookupError):
    """No font on this machine writes these letters; nothing was written."""

    def __init__(self, letters: Iterable[str]) -> None:
        some = " ".join(sorted(letters)[:5])
        words = _(
            "no font here writes {letters}; nothing was written. On Debian and Raspberry Pi OS: "
            "sudo apt install fonts-noto-core. Or write --svg: a browser draws it with its own fonts."
        )
        super().__init__(words.format(letters=some))


class NoShaping(LookupError):
    """These letters need HarfBuzz, which is not installed; nothing was written."""

    def __init__(self, text: str) -> None:
        words = _(
            "{text}: this script needs HarfBuzz to be written rightly; nothing was written. "
            "pip install uharfbuzz. Or write --svg: a browser draws it with its own fonts."
        )
        super().__init__(words.format(text=text))


def folders(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[Path]:
    """Return where this system keeps its fonts."""
    home = Path.home()
    if platform == "win32":
        local = Path(environment.get("LOCALAPPDATA", home)) / "Microsoft" / "Windows" / "Fonts"
        return [Path(environment.get("WINDIR", r"C:\Windows")) / "Fonts", local]
    if platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*shared, home / ".local" / "share" / "fonts", home / ".fonts"]


def installed(places: Sequence[Path]) -> list[Path]:
    """Return the fonts of `NAMES` that are there, in that order."""
    there = {file.name: file for place in places for file in place.rglob("*.ttf")}
    return [there[name] for name in NAMES if name in there]


def is_western(text: str) -> bool:
    """Whether the fonts of every viewer write a text: their 8-bit table is Latin-1."""
    return all(ord(letter) < 256 for letter in text)


def needs_shaping(text: str) -> bool:
    """Whether letters of a text join, stack or run from the right."""
    return any(
        unicodedata.category(letter) in {"Mc", "Mn"} or unicodedata.bidirectional(letter) in {"R", "AL"}
        for letter in text
    )


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font file and the letters it has."""

    file: Path
    letters: frozenset[str]


def covering(text: str, files: Iterable[Path]) -> list[Typeface]:
    """Return the fewest fonts, taken in order, that together write a text; NoFont when they do not.

    Marks that are never seen, such as joiners, do not count.
    """
    from fontTools.ttLib import TTFont, TTLibError

    left = {letter for letter in text if unicodedata.category(letter) not in {"Cf", "Zs"}}
    chosen = []
    for file in files:
        if not left:
            break
        try:
            with TTFont(file, lazy=True) as font:
                letters = frozenset(chr(code) for code in font.getBestCmap())
        except TTLibError:  # a damaged file: the next one will do
            continue
        if left & letters:
            chosen.append(Typeface(file, letters))
            left -= letters
    if left:
        raise NoFont(left)
    return chosen


def shaper_is_here() -> bool:
    """Whether HarfBuzz can be asked."""
    from importlib.util import find_spec

    return find_spec("uharfbuzz") is not None
