"""How one touch key looks. A key is a value: the grids paint it, and no key can ever have the focus.

A key has a half row of air above it, so that rows of keys stand apart by as much as columns do (a cell is
twice as high as wide). The bar at its left is what tells it from the ground at night; it also carries "low"
and "none", which are always said in words as well.

    ▄▄▄▄▄▄▄▄▄▄▄▄▄▄
    ▌Beeswax
    ▌candle
    ▌a        8.00
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from kiosk.tui.text import centre, clean, cut, left, right, wrap
from kiosk.tui.theme import PALETTES, key_colours
from kiosk.tui.widgets.glyphs import KEYS, word_rows

UNIT = re.compile(r"(\d) (\w{1,2})\b")
"""A number and its unit, which stay on one line: `0.5 l`."""
SMALLEST = (5, 3)
"""Cells of the smallest key a finger hits.

9 x 9 mm on a 7 inch panel at 80x24; larger grids have smaller cells.
"""


class TouchKey(NamedTuple):
    """One key: what it says and what it stands for."""

    id: str
    """What is reported when it is pressed: a command's id, or any name the screen understands."""
    label: str
    """Its text; cleaned before painting, never parsed."""
    detail: str = ""
    """Right-hand text at its foot: a price, a count."""
    hint: str = ""
    """The key of the keyboard that does the same."""
    hue: str = "plain"
    """A name of `theme.HUES` or `plain`, `accent`, `warn`, `bad`."""
    edge: str = ""
    """Another hue for the bar alone, as on the tab of a list that is not open."""
    mark: str = ""
    """A word of state such as `low`; it is shown with the warning bar."""
    enabled: bool = True
    """A key that can do nothing now is shown flat and says nothing when pressed."""
    opened: bool = False
    """The tab of what is open: a bar below its label says so besides the colour."""
    tile: bool = False
    """True for product keys: label at the top left; else the label stands in the middle."""
    span: int = 1
    """How many columns of its grid it takes."""
    large: bool = False
    """Its label is drawn in block letters where there is room: to be read from two metres."""


@lru_cache(maxsize=1024)
def paint_key(
    key: TouchKey, width: int, height: int, palette: str, surface: str, pressed: bool
) -> tuple[list[Segment], ...]:
    """The rows of a key.

    Args:
        key: The key.
        width: Cells, the gap at the right not included.
        height: Rows; from 2 on the first one is the half row of air.
        palette: The theme's name.
        surface: The palette role behind the key.
        pressed: Whether a finger is on it.
    """
    colours = key_colours(palette, key.hue if key.enabled else "off")
    fill, ink, edge = colours.fill, colours.ink, colours.edge
    if pressed:
        fill, ink, edge = ink, fill, ink
    if key.enabled and not pressed and (key.mark or key.edge):
        edge = key_colours(palette, "warn" if key.mark else key.edge).edge
    body = Style(color=ink, bgcolor=fill, bold=key.enabled)
    faint = Style(color=ink, bgcolor=fill)
    bar = Segment("▌", Style(color=edge, bgcolor=fill))
    air = height > 1
    inner = width - 2
    texts = (
        _tile(key, inner, height - air, body, faint)
        if key.tile
        else _middle(key, inner, height - air, body, faint)
    )
    rows = [[bar, *text, Segment(" ", faint)] for text in texts]
    if air:
        rows.insert(0, [Segment("▄" * width, Style(color=fill, bgcolor=getattr(PALETTES[palette], surface)))])
    return tuple(rows)


def _tile(key: TouchKey, width: int, height: int, body: Style, faint: Style) -> list[list[Segment]]:
    """A product key: the name above, hint and price at the foot."""
    most = max(height - 1, 1)
    names = wrap(UNIT.sub("\\1\u00a0\\2", clean(key.label)), width, min(most, 3))
    rows = [[Segment(left(line, width), body)] for line in names]
    rows += [[Segment(" " * width, faint)] for _blank in range(height - 1 - len(rows))]
    if height > 1:
        foot = " ".join(part for part in (key.mark, key.detail) if part)
        hint = key.hint
        rows.append([Segment(hint, faint), Segment(right(foot, width - len(hint)), body)])
    return rows[:height]


def _middle(key: TouchKey, width: int, height: int, body: Style, faint: Style) -> list[list[Segment]]:
    """A command key: label and hint in the middle; on one row they share it."""
    hint = f"[{key.hint}]" if key.hint and cell_len(key.hint) + 2 <= width else ""
    label = clean(key.label)
    if height == 1:
        tail = f" {hint}" if hint else ""
        return [[Segment(centre(cut(label, width - len(tail)) + tail, width), body)]]
    room = max(height - bool(hint) - bool(key.detail), 1)
    drawn = word_rows(label, width, room, KEYS) if key.large else ()
    whole = all(cell_len(word) <= width for word in label.split())
    plain = wrap(label, width, room) if whole else [cut(label, width)]
    lines = [(line, body) for line in drawn or plain]
    if key.opened:
        lines.append(("▔" * cell_len(lines[-1][0]), body))
    if key.detail:
        lines.append((key.detail, faint))
    if hint:
        lines.append((hint, faint))
    lines = lines[:height]
    before = (height - len(lines)) // 2
    blank = [Segment(" " * width, faint)]
    rows = [blank] * before + [[Segment(centre(line, width), look)] for line, look in lines]
    return rows + [blank] * (height - len(rows))
