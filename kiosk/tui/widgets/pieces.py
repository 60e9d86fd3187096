"""Notes and coins to count out, drawn as what they are: broad for a note, round at the ends for a coin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from kiosk.tui.theme import PALETTES, key_colours
from kiosk.tui.widgets.painted import Painted

GAP = 2  # cells between two pieces
NOTE, COIN = "green", "amber"
"""Their hues; the shape says the same."""
AIR = {"note": 3, "coin": 1}
"""Cells at each side of the number."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One kind of note or coin."""

    kind: Literal["note", "coin"]
    worth: str
    """As it is written on it: `10`, `0.20`."""
    count: int = 1

    @property
    def prefix(self) -> str:
        """How many, before it; nothing for a single one."""
        return f"{self.count} × " if self.count > 1 else ""

    @property
    def body(self) -> int:
        """Cells of the piece itself."""
        return cell_len(self.worth) + 2 * AIR[self.kind] + 2

    @property
    def width(self) -> int:
        """Cells of all of it."""
        return len(self.prefix) + self.body


class Pieces(Painted):
    """A row of pieces in the middle of its box; those there is no room for are told by an ellipsis."""

    DEFAULT_CSS = "Pieces { height: 3; width: 1fr; }"
    surface = "panel"
    _pieces: tuple[Piece, ...] = ()

    def show(self, pieces: Sequence[Piece]) -> None:
        """Show other pieces; the same again costs nothing."""
        if tuple(pieces) != self._pieces:
            self._pieces = tuple(pieces)
            self.repaint()

    def row(self, y: int, width: int, /) -> list[Segment]:
        """The upper edge, the numbers, or the lower edge."""
        shown, rest = fitting(self._pieces, width)
        taken = sum(piece.width for piece in shown) + GAP * max(len(shown) - 1, 0) + 2 * rest
        out = [Segment(" " * ((width - taken) // 2), self.ink())]
        for at, piece in enumerate(shown):
            out += [Segment(" " * GAP, self.ink())] if at else []
            out.append(Segment(piece.prefix if y == 1 else " " * len(piece.prefix), self.ink(bold=True)))
            out += self._drawn(piece, y)
        return [*out, Segment(" …", self.ink())] if rest and y == 1 else out

    def _drawn(self, piece: Piece, y: int) -> list[Segment]:
        fill, ink = self._colours(NOTE if piece.kind == "note" else COIN)
        edge = Style(color=fill, bgcolor=self.ink().bgcolor)
        inner = piece.body - 2
        round_ = piece.kind == "coin"
        if y != 1:
            line = ("▄" if y == 0 else "▀") * inner
            return [Segment(f" {line} " if round_ else line[:1] + line + line[:1], edge)]
        number = Segment(piece.worth.center(inner), Style(color=ink, bgcolor=fill, bold=True))
        return [Segment("▐" if round_ else "█", edge), number, Segment("▌" if round_ else "█", edge)]

    def _colours(self, hue: str) -> tuple[str, str]:
        """Fill and ink: by night the bright edge of a key is the fill, by day its dark body."""
        palette, key = PALETTES[self.palette_name], key_colours(self.palette_name, hue)
        return (key.edge, palette.ground) if palette.dark else (key.fill, key.ink)


def fitting(pieces: Sequence[Piece], width: int) -> tuple[Sequence[Piece], bool]:
    """The pieces there is room for, and whether some are left out."""
    taken = 0
    for at, piece in enumerate(pieces):
        taken += piece.width + (GAP if at else 0)
        if taken > width - 2 * (at < len(pieces) - 1):
            return pieces[:at], True
    return pieces, False
