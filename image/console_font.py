#!/usr/bin/env python3
"""Makes the console font of the till: a stock Terminus with the block glyphs that stock fonts lack.

    console_font.py /usr/share/consolefonts/Uni2-TerminusBold16.psf.gz barrow.psf

A console font has 512 glyphs at the most, and none of Debian's has the eighth blocks that keys, bars and
charts are drawn with. The 512-glyph Terminus fonts carry Cyrillic, Greek and Hebrew beside Latin: letters
that only those scripts use give up their places. Standard library only: it runs before anything is installed.

PSF2 as in kbd's `psf.h`: magic 72 B5 4A 86, seven 32-bit words, the bitmaps, then for each glyph its
characters in UTF-8, ended by FF. PSF1 (36 04), as console-setup ships it, is read as well.
"""

from __future__ import annotations

import gzip
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

MOST = 512
Shape = Callable[[float, float], bool]
"""Whether a point of the cell is ink; x from left and y from the top, each 0 to 1."""


def _box(left: float, top: float, right: float, bottom: float) -> Shape:
    """A filled rectangle."""
    return lambda x, y: left <= x < right and top <= y < bottom


def _any(*shapes: Shape) -> Shape:
    """Several shapes in one glyph."""
    return lambda x, y: any(shape(x, y) for shape in shapes)


def _stroke(x1: float, y1: float, x2: float, y2: float, width: float = 0.17) -> Shape:
    """A thick line between two points."""

    def ink(x: float, y: float) -> bool:
        along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)
        along = min(max(along, 0.0), 1.0)
        dx, dy = x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)
        return dx * dx + (dy * 0.5) ** 2 * 4 < width * width / 2

    return ink


_QUARTERS = {
    "▖": "3", "▗": "4", "▘": "1", "▙": "134", "▚": "14",
    "▛": "123", "▜": "124", "▝": "2", "▞": "23", "▟": "234",
}  # fmt: skip
_PLACES = {
    "1": _box(0, 0, 0.5, 0.5),
    "2": _box(0.5, 0, 1, 0.5),
    "3": _box(0, 0.5, 0.5, 1),
    "4": _box(0.5, 0.5, 1, 1),
}

DRAWN: dict[str, Shape] = {
    "█": _box(0, 0, 1, 1),
    "▀": _box(0, 0, 1, 0.5),
    "▔": _box(0, 0, 1, 1 / 8),
    "▐": _box(0.5, 0, 1, 1),
    "▕": _box(7 / 8, 0, 1, 1),
    **{"▁▂▃▄▅▆▇"[n]: _box(0, 1 - (n + 1) / 8, 1, 1) for n in range(7)},
    **{"▏▎▍▌▋▊▉"[n]: _box(0, 0, (n + 1) / 8, 1) for n in range(7)},
    **{sign: _any(*(_PLACES[place] for place in places)) for sign, places in _QUARTERS.items()},
    "✓": _any(_stroke(0.1, 0.55, 0.38, 0.75), _stroke(0.38, 0.75, 0.9, 0.25)),
    "✗": _any(_stroke(0.15, 0.28, 0.85, 0.74), _stroke(0.85, 0.28, 0.15, 0.74)),
    "●": lambda x, y: (x - 0.5) ** 2 + (2 * (y - 0.5)) ** 2 < 0.16,
    "▸": lambda x, y: 0.2 <= x < 0.8 and abs(y - 0.5) < 0.25 * (0.8 - x) / 0.6,
    "▾": lambda x, y: 0.38 <= y < 0.64 and abs(x - 0.5) < 0.45 * (0.64 - y) / 0.26,
}
"""What the till draws with, over and above letters."""
SAME_AS = {"‹": "<", "›": ">", "…": ".", "−": "-", "\u00a0": " ", "\u202f": " "}
"""Characters that may share the glyph of another where the font has none of their own."""


class NotAFont(ValueError):
    """The file is no PSF font with a Unicode table, or it has no glyphs to spare."""


@dataclass(frozen=True, slots=True)
class Font:
    """Glyphs and the characters each stands for."""

    width: int
    """Pixels."""
    height: int
    glyphs: tuple[bytes, ...]
    """Row by row, each row padded to whole bytes, leftmost pixel in the highest bit."""
    characters: tuple[frozenset[str], ...]
    """Single characters only; a glyph's combining sequences are not kept."""

    @property
    def known(self) -> frozenset[str]:
        """Every character that can be shown."""
        return frozenset().union(*self.characters)


def read(raw: bytes) -> Font:
    """Read a PSF1 or PSF2 font with a Unicode table, gzipped or not; NotAFont otherwise."""
    raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    if raw[:2] == b"\x36\x04" and raw[2] & 6:
        count, height, size, width, start = MOST if raw[2] & 1 else 256, raw[3], raw[3], 8, 4
        rows = _rows_of_psf1(raw[start + count * size :])
    elif raw[:4] == b"\x72\xb5\x4a\x86" and raw[12] & 1:
        start, _flags, count, size, height, width = struct.unpack_from("<6I", raw, 8)
        rows = _rows_of_psf2(raw[start + count * size :])
    else:
        raise NotAFont("no PSF font with a Unicode table")
    glyphs = tuple(raw[start + n * size : start + (n + 1) * size] for n in range(count))
    characters = tuple(rows)
    if len(characters) != count or any(len(glyph) != size for glyph in glyphs):
        raise NotAFont("the font is cut short")
    return Font(width, height, glyphs, characters)


def _rows_of_psf1(table: bytes) -> Iterator[frozenset[str]]:
    """UCS-2 words: FFFF ends a glyph, FFFE begins a sequence."""
    held: list[str] = []
    in_sequence = False
    for (word,) in struct.iter_unpack("<H", table[: len(table) // 2 * 2]):
        if word == 0xFFFF:
            yield frozenset(held)
            held, in_sequence = [], False
        elif word == 0xFFFE:
            in_sequence = True
        elif not in_sequence:
            held.append(chr(word))


def _rows_of_psf2(table: bytes) -> Iterator[frozenset[str]]:
    """UTF-8: FF ends a glyph, FE begins a sequence."""
    for row in table.split(b"\xff")[:-1]:
        yield frozenset(row.split(b"\xfe")[0].decode("utf-8"))


def write(font: Font) -> bytes:
    """The font as PSF2 with its Unicode table."""
    words = (0, 32, 1, len(font.glyphs), len(font.glyphs[0]), font.height, font.width)
    head = struct.pack("<4s7I", b"\x72\xb5\x4a\x86", *words)
    table = b"".join("".join(sorted(row)).encode() + b"\xff" for row in font.characters)
    return head + b"".join(font.glyphs) + table


def extend(font: Font) -> Font:
    """Draw what is missing in the places of letters no Latin script uses; NotAFont when there are too few."""
    glyphs, characters = list(font.glyphs), list(font.characters)
    spare = (n for n, row in enumerate(characters) if row and all(_is_foreign(sign) for sign in row))
    for sign, shape in DRAWN.items():
        # Where the font has an approximation of the sign, ours takes the sign away from it.
        characters = [row - {sign} for row in characters]
        place = next((n for n, row in enumerate(characters) if not row), None)
        place = next(spare, None) if place is None else place
        if place is None:
            raise NotAFont(f"no glyph to spare for {sign}")
        glyphs[place], characters[place] = _draw(shape, font.width, font.height), frozenset(sign)
    extended = replace(font, glyphs=tuple(glyphs), characters=tuple(characters))
    return _alias(extended)


def _alias(font: Font) -> Font:
    """Let characters that are still missing share the glyph of their nearest relative."""
    rows = list(font.characters)
    for sign, like in SAME_AS.items():
        if sign not in font.known:
            at = next(n for n, row in enumerate(rows) if like in row)
            rows[at] = rows[at] | {sign}
    return replace(font, characters=tuple(rows))


def _is_foreign(sign: str) -> bool:
    """Greek, Cyrillic, Armenian, Hebrew, Vietnamese: a till that speaks one of those brings its own font."""
    return "\u0370" <= sign <= "\u05ff" or "\u1e00" <= sign <= "\u1fff"


def _draw(shape: Shape, width: int, height: int) -> bytes:
    """A shape as pixels, each taken at its middle."""
    rows = bytearray()
    for y in range(height):
        bits = 0
        for x in range(width):
            bits = bits << 1 | shape((x + 0.5) / width, (y + 0.5) / height)
        rows += (bits << -width % 8).to_bytes((width + 7) // 8, "big")
    return bytes(rows)


def main(argv: list[str]) -> int:
    """Read one font, write the other; exit code 2 for wrong arguments or a font that will not do."""
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        made = write(extend(read(Path(argv[0]).read_bytes())))
    except (NotAFont, OSError) as error:
        print(f"{argv[0]}: {error}", file=sys.stderr)
        return 2
    Path(argv[1]).write_bytes(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
