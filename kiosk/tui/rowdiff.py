"""Which cells of a row differ from those that stand on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from rich.segment import Segment
    from textual.strip import Strip

ALONE = re.compile("[ -~\u00a0-\u02ff\u2010-\u203a\u20a0-\u20bf\u2500-\u25ff✓✗]*")
"""Characters of one cell that join with no other: Latin letters, signs of money, lines, blocks, our signs."""


def difference(old: Strip | None, new: Strip) -> tuple[int, int]:
    """The first cell that differs and the one behind the last; the same twice when none does.

    With letters that terminals do not agree about, a row is written to its end.
    """
    width = new.cell_length
    if old is None or old.cell_length != width:
        return 0, width
    left = _alike(old, new, 1)
    if left == width or not all(ALONE.fullmatch(part.text) for part in (*old, *new)):
        return left, width
    return left, max(left, width - _alike(reversed([*old]), reversed([*new]), -1))


def _alike(old: Iterable[Segment], new: Iterable[Segment], step: int) -> int:
    """How many cells from one end on are the same; `step` is 1 from the left, -1 from the right."""
    cells = 0
    for one, two in zip(old, new, strict=False):
        if one == two:
            cells += cell_len(one.text)
        elif one.style == two.style and ALONE.fullmatch(one.text) and ALONE.fullmatch(two.text):
            pairs = enumerate(zip(one.text[::step], two.text[::step], strict=False))
            shorter = min(len(one.text), len(two.text))
            return cells + next((at for at, (a, b) in pairs if a != b), shorter)
        else:
            break
    return cells
