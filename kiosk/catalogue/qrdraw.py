"""A sheet of QR codes to cut out and stick on a box: A4, twelve codes a page; here as SVG.

An SVG carries its words as text: whoever opens it draws them with fonts of their own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from kiosk.catalogue.lists import QuickList
from kiosk.catalogue.qrsheet import caption, url

_QUIET = 4
"""Light modules around a code (ISO/IEC 18004)."""
PAGE = (210, 297)
"""A4, millimetres."""
_ACROSS = 3
_DOWN = 4
TILE = (PAGE[0] / _ACROSS, PAGE[1] / _DOWN)
CODE = 48.0
"""Edge of a code with its quiet zone, millimetres: modules of 1.3 mm, read from half a metre."""
CODE_TOP = 5.0
_NAME_WIDTH = 28
"""Letters of a name on one line; a second line takes the rest."""


@dataclass(frozen=True, slots=True)
class Words:
    """A line under a code: its baseline from the tile's top and its size, in millimetres."""

    text: str
    down: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One list on the sheet."""

    page: int  # from 0
    middle: float  # millimetres from the left
    top: float  # millimetres from the top of its page
    address: str
    words: tuple[Words, ...]


def tiles(quicklists: Sequence[QuickList], base: str) -> Iterator[Tile]:
    """Yield the lists in their places, row by row."""
    for number, quicklist in enumerate(quicklists):
        page, place = divmod(number, _ACROSS * _DOWN)
        left, top = place % _ACROSS * TILE[0], place // _ACROSS * TILE[1]
        name = textwrap.wrap(quicklist.name, _NAME_WIDTH)[:2]
        words = [Words(line, 57.0 + 4.6 * n, 4.0, bold=True) for n, line in enumerate(name)]
        words += [Words(caption(quicklist), 66.6, 2.8), Words(quicklist.token, 70.4, 2.8)]
        yield Tile(page, left + TILE[0] / 2, top, url(base, quicklist.token), tuple(words))


def dark_runs(text: str) -> tuple[int, list[tuple[int, int, int]]]:
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
    drawn = list(tiles(quicklists, base))
    width, height = PAGE[0], PAGE[1] * (drawn[-1].page + 1 if drawn else 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for tile in drawn:
        parts += _svg_tile(tile)
    return "\n".join([*parts, "</svg>\n"])


def _svg_tile(tile: Tile) -> Iterator[str]:
    """Yield the elements of one list."""
    edge, runs = dark_runs(tile.address)
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs)
    top = tile.top + tile.page * PAGE[1]
    where = f"translate({tile.middle - CODE / 2:.3f} {top + CODE_TOP:.3f}) scale({CODE / edge:.5f})"
    yield f'<path transform="{where}" d="{path}"><title>{escape(tile.address)}</title></path>'
    for words in tile.words:
        weight = "bold" if words.bold else "normal"
        yield (
            f'<text x="{tile.middle:.2f}" y="{top + words.down:.2f}" font-size="{words.size}" '
            f'font-weight="{weight}" font-family="sans-serif" text-anchor="middle">'
            f"{escape(words.text)}</text>"
        )
