"""The simulated printer's paper as a picture, dot for dot as wide as the real one, to be looked at.

Drawn by whoever asks for it, never in the stall: it needs Pillow, and the stall may live in a till.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont, ImageFont

MARGIN = 32
"""White dots around the printed area: 4 mm at 203 dpi."""
CELLS = {"a": (12, 24), "b": (9, 17)}
"""Dots of one letter of font A and B (Epson TM-T20)."""
SPACING = 30
"""Dots from line to line: 3.75 mm, as most printers begin."""
FONTS = ("DejaVuSansMono.ttf", "LiberationMono-Regular.ttf", "Menlo.ttc", "consola.ttf", "cour.ttf")
"""Looked for in this machine's fonts; letters with accents need one of them (Debian: fonts-dejavu-core)."""

MOST_LINES = 1000
"""Lines drawn: 4 m of paper, a picture of 30,000 dots."""

Line = Mapping[str, object]
"""One thing on the paper as the stall tells it; see `hardware.simulated.paper.PaperLine`."""


def png(paper: Mapping[str, object]) -> bytes:
    """The last metres of the paper as a PNG file, from what the stall answers to ``paper`` with ``drawn``."""
    from PIL import Image

    lines = cast("Sequence[Line]", paper["drawn"])[-MOST_LINES:]
    dots, cell = cast("int", paper["dots"]), CELLS[str(paper["font"])]
    strips = [_drawn(line, dots, cell) for line in lines] or [_blank(dots, SPACING)]
    whole = Image.new("L", (dots + 2 * MARGIN, sum(strip.height for strip in strips) + 2 * MARGIN), 255)
    top = MARGIN
    for strip in strips:
        whole.paste(strip, (MARGIN, top))
        top += strip.height
    file = BytesIO()
    whole.save(file, "PNG")
    return file.getvalue()


def _blank(dots: int, height: int) -> Image:
    """Paper with nothing on it."""
    from PIL import Image

    return Image.new("L", (dots, height), 255)


def _drawn(line: Line, dots: int, cell: tuple[int, int]) -> Image:
    """One thing on the paper, as wide as the paper."""
    kind = line["kind"]
    if kind == "cut":
        return _cut(dots)
    draw = {"text": lambda one: _words(one, cell), "qr": _code, "bars": _bars}.get(str(kind), _raster)
    drawn = draw(line)
    strip = _blank(dots, max(drawn.height, SPACING) if kind == "text" else drawn.height)
    room = max(0, dots - drawn.width)
    strip.paste(drawn, ({"left": 0, "centre": room // 2, "right": room}[str(line["align"])], 0))
    return strip


def _cut(dots: int) -> Image:
    """Where the knife went: a dashed line."""
    from PIL import ImageDraw

    strip = _blank(dots, 48)
    draw = ImageDraw.Draw(strip)
    for left in range(0, dots, 24):
        draw.line((left, 24, left + 12, 24), fill=128, width=2)
    return strip


def _words(line: Line, cell: tuple[int, int]) -> Image:
    """Letters, each in its own cell, as a printer sets them."""
    from PIL import Image, ImageDraw

    wide, high = cell
    text = str(line["text"])
    strip = Image.new("L", (max(1, wide * len(text)), high), 255)
    draw = ImageDraw.Draw(strip)
    for number, letter in enumerate(text):
        _letter(draw, letter, (wide * number, 0), cell, bold=bool(line["bold"]))
    return _enlarged(strip, 2) if line["big"] else strip


def _letter(draw: object, letter: str, at: tuple[int, int], cell: tuple[int, int], *, bold: bool) -> None:
    """One letter in the middle of its cell; a letter the font lacks as its closest ASCII."""
    from PIL import ImageDraw

    assert isinstance(draw, ImageDraw.ImageDraw)  # noqa: S101  Pillow's type is not loaded before
    (left, top), (wide, high) = at, cell
    if letter == "─":
        draw.line((left, top + high // 2, left + wide, top + high // 2), fill=0, width=2)
        return
    font, has_all = _font(high * 3 // 4)
    if not has_all and not letter.isascii():
        from hardware.printer.codepage import closest

        letter = closest(letter).decode("ascii")[:1]
    middle = (left + wide // 2, top + high * 3 // 4)
    for right in range(1 + bold):  # bold is printed twice, one dot apart
        draw.text((middle[0] + right, middle[1]), letter, fill=0, font=font, anchor="ms")


@cache
def _font(size: int) -> tuple[FreeTypeFont | ImageFont, bool]:
    """A font of this machine with even letters, and whether it has more than ASCII."""
    from PIL import ImageFont

    for name in FONTS:
        try:
            return ImageFont.truetype(name, size), True
        except OSError:
            continue
    return ImageFont.load_default(size), False


def _code(line: Line) -> Image:
    """The QR code that the printer drew itself, at correction M, with its quiet zone left to the paper."""
    import segno
    from PIL import Image

    matrix = segno.make(
        str(line["text"]).encode("utf-8", "surrogateescape"),
        error="m",
        mode="byte",
        micro=False,
        boost_error=False,
    ).matrix
    code = Image.new("L", (len(matrix), len(matrix)), 255)
    code.putdata([0 if module else 255 for row in matrix for module in row])
    scale = int(str(line["scale"]))
    return _enlarged(code, scale)


def _bars(line: Line) -> Image:
    """The Code 128 that the printer drew itself, by python-barcode's table."""
    from barcode.charsets.code128 import CODES, STOP
    from PIL import Image

    text, scale = str(line["text"]), int(str(line["scale"]))
    signs = [int(text[at : at + 2]) for at in range(0, len(text), 2)]
    check = sum((at + 1) * sign for at, sign in enumerate(signs)) + 105
    modules = "".join(CODES[sign] for sign in (105, *signs, check % 103)) + STOP + "11"
    code = Image.new("L", (len(modules), 1), 255)
    code.putdata([0 if module == "1" else 255 for module in modules])
    return code.resize((len(modules) * scale, int(str(line["high"]))))


def _enlarged(picture: Image, times: int) -> Image:
    """Every dot a square of dots, as a print head does it."""
    from PIL.Image import Resampling

    return picture.resize((picture.width * times, picture.height * times), Resampling.NEAREST)


def _raster(line: Line) -> Image:
    """A picture that was sent dot by dot."""
    from PIL import Image, ImageOps

    dots, across = b64decode(str(line["dots"])), int(str(line["across"]))
    picture = Image.frombytes("1", (across, len(dots) * 8 // across), dots)
    return ImageOps.invert(picture.convert("L"))
