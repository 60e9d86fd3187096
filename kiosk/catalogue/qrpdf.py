"""The sheet of QR codes as PDF, with the fonts embedded that its names need."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fpdf import FPDF

from kiosk.catalogue import typefaces
from kiosk.catalogue.qrdraw import CODE, CODE_TOP, TILE, Tile, Words, dark_runs, tiles

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.catalogue.lists import QuickList
    from kiosk.catalogue.typefaces import Typeface

POINT = 0.3528
"""Millimetres."""
ASCENT = 0.8
"""Of the letters' size: from the top of a line to its baseline, as the library draws it."""
WIDEST = TILE[0] - 4
"""Millimetres a line may take."""
SPACE = 0.28
"""Of the letters' size: between two words."""


class Sheet(FPDF):
    """A document whose letters stay together.

    The library cuts a text wherever the script changes, and takes a joiner for a script of its own: that
    tears the letters it joins, such as the first two of "Sri Lanka" in Sinhala.
    """

    def _parse_chars(self, *args: Any, **options: Any) -> Iterator[Any]:
        """Cut a text into fragments, and put those together again that a joiner or a mark has parted."""
        whole = None
        for fragment in super()._parse_chars(*args, **options):
            if whole is not None and whole.font is fragment.font and _joined(whole, fragment):
                whole.characters = [*whole.characters, *fragment.characters]
                continue
            if whole is not None:
                yield whole
            whole = fragment
        if whole is not None:
            yield whole


def _joined(before: Any, after: Any) -> bool:
    """Whether the seam of two fragments is at a letter that has no life of its own."""
    seam = [*before.characters[-1:], *after.characters[:1]]
    return any(unicodedata.category(letter) in {"Cf", "Mn"} for letter in seam)


def pdf(quicklists: Sequence[QuickList], base: str = "", fonts: Sequence[Path] | None = None) -> bytes:
    """Return a sheet of all codes; NoFont or NoShaping when a name cannot be written rightly.

    `fonts` are the font files there are; without any, those of this machine.
    """
    sheet = Sheet(unit="mm", format="A4")
    sheet.set_auto_page_break(auto=False)
    sheet.set_creator("Barrow")
    sheet.set_margin(0)
    sheet.c_margin = 0
    drawn = list(tiles(quicklists, base))
    faces = _embed(sheet, "".join(words.text for tile in drawn for words in tile.words), fonts)
    for tile in drawn:
        while sheet.pages_count <= tile.page:
            sheet.add_page()
        _draw(sheet, tile, faces)
    if not sheet.pages_count:
        sheet.add_page()
    return bytes(sheet.output())


def _embed(sheet: Sheet, text: str, fonts: Sequence[Path] | None) -> list[Typeface]:
    """Add the fonts that a text needs besides the Western ones: `face0`, `face1` and so on, in order."""
    text = unicodedata.normalize("NFC", text)
    if typefaces.is_western(text):
        return []
    if typefaces.needs_shaping(text):
        if not typefaces.shaper_is_here():
            raise typefaces.NoShaping(next(word for word in text.split() if typefaces.needs_shaping(word)))
        sheet.set_text_shaping(True)
    there = typefaces.installed(typefaces.folders()) if fonts is None else fonts
    chosen = typefaces.covering(text, there)
    for number, face in enumerate(chosen):
        plain = face.file
        bold = plain.with_name(plain.name.replace("-Regular", "").removesuffix(".ttf") + "-Bold.ttf")
        sheet.add_font(f"face{number}", "", plain)
        sheet.add_font(f"face{number}", "B", bold if bold.exists() else plain)
    return chosen


def _draw(sheet: Sheet, tile: Tile, faces: Sequence[Typeface]) -> None:
    """Draw one list."""
    edge, runs = dark_runs(tile.address)
    module = CODE / edge
    left, top = tile.middle - CODE / 2, tile.top + CODE_TOP
    for x, y, length in runs:
        sheet.rect(left + x * module, top + y * module, length * module, module, style="F")
    for words in tile.words:
        _write(sheet, words, tile, faces)


def _write(sheet: Sheet, words: Words, tile: Tile, faces: Sequence[Typeface]) -> None:
    """Write one line under its code, in one piece or word by word where no font has all of it.

    A line of wide letters is written smaller, not over its neighbours.
    """
    text = unicodedata.normalize("NFC", words.text)
    parts = [text] if _family(text, faces) or _runs_left(text) else text.split(" ")
    style, points = "B" if words.bold else "", words.size / POINT
    widths = []
    for part in parts:
        _take_font(sheet, part, faces, style, points)
        widths.append(sheet.get_string_width(part))
    total = sum(widths) + SPACE * words.size * (len(parts) - 1)
    if total > WIDEST:
        _write(sheet, replace(words, size=words.size * WIDEST / total * 0.99), tile, faces)
        return
    x = tile.middle - total / 2
    for part, width in zip(parts, widths, strict=True):
        _take_font(sheet, part, faces, style, points)
        sheet.set_xy(x, tile.top + words.down - ASCENT * words.size)
        sheet.cell(width, words.size, part)
        x += width + SPACE * words.size


def _take_font(sheet: Sheet, text: str, faces: Sequence[Typeface], style: str, points: float) -> None:
    """Set the font that has all of a text, else the first with the help of the others."""
    family = _family(text, faces)
    sheet.set_fallback_fonts([] if family else [f"face{number}" for number in range(len(faces))])
    sheet.set_font(family or "face0", style, points)


def _family(text: str, faces: Sequence[Typeface]) -> str:
    """The font that has all of a text, joiners too; empty when none has."""
    if typefaces.is_western(text):
        return "Helvetica"
    whole = (f"face{number}" for number, face in enumerate(faces) if face.letters.issuperset(text))
    return next(whole, "")


def _runs_left(text: str) -> bool:
    """Whether a text has letters that run from the right, so that its words may change places."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
