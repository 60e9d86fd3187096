"""What is on the screen, as text for golden files and as a picture for people.

`strips(app)` is what the compositor would send; `text_of` keeps the letters, `picture` paints letters,
colours and block characters pixel by pixel the way a terminal such as foot does (box and block characters
fill their cell).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.color import Color
from rich.segment import Segment

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "BARROW_UPDATE_GOLDEN"


def strips(app: Any) -> list[list[Segment]]:
    """The rows of the whole screen, dialogues and what is behind them together."""
    from textual._context import visible_screen_stack

    visible_screen_stack.set(app._background_screens)
    width, height = app.size
    rows = app.screen._compositor.render_strips(app.size)
    return [list(row.adjust_cell_length(width)) for row in rows[:height]]


def text_of(app: Any) -> str:
    """The letters on the screen, one line a row, blanks at the end left out."""
    return "\n".join("".join(part.text for part in row).rstrip() for row in strips(app)) + "\n"


def same_as_golden(app: Any, name: str) -> None:
    """Compare the screen with `golden/<name>.txt`; BARROW_UPDATE_GOLDEN=1 writes it, but never in CI."""
    found = text_of(app)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get(UPDATE):
        assert not os.environ.get("CI"), "golden screens are looked at by a person, not updated in CI"
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert path.exists(), f"{path} is missing: look at the screen, then write it with {UPDATE}=1"
    assert found == path.read_text(encoding="utf-8"), f"{name} looks different; {UPDATE}=1 accepts it"


FONTS = Path("/usr/share/fonts/truetype/dejavu")
BLOCKS = {
    "█": [(0, 0, 8, 8)], "▀": [(0, 0, 8, 4)], "▄": [(0, 4, 8, 8)], "▌": [(0, 0, 4, 8)], "▐": [(4, 0, 8, 8)],
    "▁": [(0, 7, 8, 8)], "▂": [(0, 6, 8, 8)], "▃": [(0, 5, 8, 8)], "▅": [(0, 3, 8, 8)], "▆": [(0, 2, 8, 8)],
    "▇": [(0, 1, 8, 8)], "▔": [(0, 0, 8, 1)], "▏": [(0, 0, 1, 8)], "▕": [(7, 0, 8, 8)], "▎": [(0, 0, 2, 8)],
    "▘": [(0, 0, 4, 4)], "▝": [(4, 0, 8, 4)], "▖": [(0, 4, 4, 8)], "▗": [(4, 4, 8, 8)],
    "▍": [(0, 0, 3, 8)], "▊": [(0, 0, 6, 8)],
}  # fmt: skip
"""Block characters as rectangles in eighths of a cell."""


def picture(app: Any, path: Path, cell: tuple[int, int] = (10, 20)) -> None:
    """Paint the screen to a PNG; needs Pillow and the DejaVu fonts."""
    from PIL import ImageFont

    size = next(
        s
        for s in range(cell[1], 4, -1)
        if ImageFont.truetype(FONTS / "DejaVuSansMono.ttf", s).getlength("M") <= cell[0]
    )
    fonts = {
        bold: ImageFont.truetype(FONTS / f"DejaVuSansMono{'-Bold' * bold}.ttf", size)
        for bold in (False, True)
    }
    painted(app, cell, fonts, size).save(path)


def painted(app: Any, cell: tuple[int, int], fonts: Mapping[bool, Any] | None = None, size: int = 0) -> Any:
    """The screen as a picture; without fonts only colours and blocks, which is all a code is made of."""
    from PIL import Image, ImageDraw

    wide, high = cell
    image = Image.new("RGB", (app.size.width * wide, app.size.height * high))
    draw = ImageDraw.Draw(image)
    for y, row in enumerate(strips(app)):
        x = 0
        for part in row:
            ink, ground = _colours(part)
            for letter in part.text:
                width = max(Segment(letter).cell_length, 1)
                left, top = x * wide, y * high
                draw.rectangle((left, top, left + width * wide - 1, top + high - 1), fill=ground)
                if letter in BLOCKS:
                    for a, b, c, d in BLOCKS[letter]:
                        box = (
                            left + a * wide // 8,
                            top + b * high // 8,
                            left + c * wide // 8 - 1,
                            top + d * high // 8 - 1,
                        )
                        draw.rectangle(box, fill=ink)
                elif letter != " " and fonts:
                    draw.text(
                        (left, top + (high - size) // 2 - 2),
                        letter,
                        fill=ink,
                        font=fonts[bool(part.style and part.style.bold)],
                    )
                    if part.style and part.style.strike:
                        draw.line((left, top + high // 2, left + wide, top + high // 2), fill=ink)
                x += width
    return image


def _colours(part: Segment) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    style = part.style
    ink = (style and style.color) or Color.parse("white")
    ground = (style and style.bgcolor) or Color.parse("black")
    pair = (tuple(ink.get_truecolor()), tuple(ground.get_truecolor()))
    return pair[::-1] if style and style.reverse else pair  # type: ignore[return-value]
