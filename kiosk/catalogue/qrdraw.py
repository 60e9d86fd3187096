"""A sheet of QR codes to cut out and stick on a box: A4, as SVG or as PDF, twelve codes a page."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from kiosk.catalogue.lists import QuickList
from kiosk.catalogue.qrsheet import caption, url

if TYPE_CHECKING:
    from fpdf import FPDF

_QUIET = 4
"""Light modules around a code (ISO/IEC 18004)."""
_PAGE = (210, 297)
"""A4, millimetres."""
_ACROSS = 3
_DOWN = 4
_TILE = (_PAGE[0] / _ACROSS, _PAGE[1] / _DOWN)
_CODE = 48.0
"""Edge of a code with its quiet zone, millimetres: modules of 1.3 mm, read from half a metre."""
_CODE_TOP = 5.0
_NAME_WIDTH = 28
"""Letters of a name on one line; a second line takes the rest."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A line under a code: its baseline from the tile's top and its size, in millimetres."""

    text: str
    down: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Tile:
    """One list on the sheet."""

    page: int  # from 0
    middle: float  # millimetres from the left
    top: float  # millimetres from the top of its page
    address: str
    words: tuple[_Words, ...]


def _tiles(quicklists: Sequence[QuickList], base: str) -> Iterator[_Tile]:
    """Yield the lists in their places, row by row."""
    for number, quicklist in enumerate(quicklists):
        page, place = divmod(number, _ACROSS * _DOWN)
        left, top = place % _ACROSS * _TILE[0], place // _ACROSS * _TILE[1]
        name = textwrap.wrap(quicklist.name, _NAME_WIDTH)[:2]
        words = [_Words(line, 57.0 + 4.6 * n, 4.0, bold=True) for n, line in enumerate(name)]
        words += [_Words(caption(quicklist), 66.6, 2.8), _Words(quicklist.token, 70.4, 2.8)]
        yield _Tile(page, left + _TILE[0] / 2, top, url(base, quicklist.token), tuple(words))


def _dark_runs(text: str) -> tuple[int, list[tuple[int, int, int]]]:
    """Return a QR code's edge in modules with its quiet zone, and its dark runs as column, row, length."""
    import segno

    code = segno.make_qr(text, error="m")
    runs = []
    for y, line in enumerate(code.matrix, _QUIET):
        start = None
        for x, dark in enumerate((*line, 0), _QUIET):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append((start, y, x - start))
                start = None
    return len(code.matrix) + 2 * _QUIET, runs


def svg(quicklists: Sequence[QuickList], base: str = "") -> str:
    """Return a sheet of all codes as one SVG picture, A4 wide and as many pages long as it takes."""
    tiles = list(_tiles(quicklists, base))
    width, height = _PAGE[0], _PAGE[1] * (tiles[-1].page + 1 if tiles else 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for tile in tiles:
        parts += _svg_tile(tile)
    return "\n".join([*parts, "</svg>\n"])


def _svg_tile(tile: _Tile) -> Iterator[str]:
    """Yield the elements of one list."""
    edge, runs = _dark_runs(tile.address)
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs)
    top = tile.top + tile.page * _PAGE[1]
    where = f"translate({tile.middle - _CODE / 2:.3f} {top + _CODE_TOP:.3f}) scale({_CODE / edge:.5f})"
    yield f'<path transform="{where}" d="{path}"><title>{escape(tile.address)}</title></path>'
    for words in tile.words:
        weight = "bold" if words.bold else "normal"
        yield (
            f'<text x="{tile.middle:.2f}" y="{top + words.down:.2f}" font-size="{words.size}" '
            f'font-weight="{weight}" font-family="sans-serif" text-anchor="middle">'
            f"{escape(words.text)}</text>"
        )


def pdf(quicklists: Sequence[QuickList], base: str = "") -> bytes:
    """Return the same sheet as PDF.

    The fonts every PDF viewer has know Western letters only; the accents of others are dropped, and a name
    they cannot write at all is left out, for the token below it still tells which list it is.
    """
    from fpdf import FPDF

    sheet = FPDF(unit="mm", format="A4")
    sheet.set_auto_page_break(auto=False)
    sheet.set_creator("Barrow")
    for tile in _tiles(quicklists, base):
        while sheet.pages_count <= tile.page:
            sheet.add_page()
        _pdf_tile(sheet, tile)
    if not sheet.pages_count:
        sheet.add_page()
    return bytes(sheet.output())


def _pdf_tile(sheet: FPDF, tile: _Tile) -> None:
    """Draw one list."""
    edge, runs = _dark_runs(tile.address)
    module = _CODE / edge
    left, top = tile.middle - _CODE / 2, tile.top + _CODE_TOP
    for x, y, length in runs:
        sheet.rect(left + x * module, top + y * module, length * module, module, style="F")
    for words in tile.words:
        text = western(words.text)
        sheet.set_font("Helvetica", "B" if words.bold else "", words.size / 0.3528)  # points are 0.3528 mm
        sheet.text(tile.middle - sheet.get_string_width(text) / 2, tile.top + words.down, text)


def western(text: str) -> str:
    """Return a text in Latin-1, other letters without their accents or left out."""
    kept = []
    for letter in text:
        if ord(letter) < 256:
            kept.append(letter)
        else:
            plain = unicodedata.normalize("NFKD", letter).encode("latin-1", "ignore").decode("latin-1")
            kept.append(plain)
    return "".join(kept).strip()
