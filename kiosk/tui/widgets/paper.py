"""Paper on the screen: the very rows that are printed, on white, with its torn edge.

Rows come from `kiosk.catalogue.paper.Row` or anything shaped like it. A QR row is painted as a code; a long
slip is paged, and the page keys and a touch turn it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events

from kiosk.i18n import _
from kiosk.tui.text import centre, left, right
from kiosk.tui.widgets.painted import Painted
from kiosk.tui.widgets.qrcode import INK as QR_INK
from kiosk.tui.widgets.qrcode import qr_rows

PAPER = Style(color="#16181a", bgcolor="#fdfcf7")
BOLD = PAPER + Style(bold=True)
MARGIN = 2  # cells of blank paper at each side


class RowLike(Protocol):
    """What a row of paper says of itself."""

    @property
    def text(self) -> str: ...
    @property
    def bold(self) -> bool: ...
    @property
    def big(self) -> bool: ...
    @property
    def align(self) -> str: ...
    @property
    def qr(self) -> str | None: ...
    @property
    def cut(self) -> bool: ...
    @property
    def feed(self) -> int: ...
    @property
    def rule(self) -> bool: ...
    @property
    def logo(self) -> bool: ...


def paper_lines(rows: Iterable[RowLike], columns: int) -> list[list[Segment]]:
    """The rows laid out as screen lines of `columns` cells, without margins."""
    lines: list[list[Segment]] = []
    for row in rows:
        if row.qr is not None:
            lines += [_middle(code, columns) for code in qr_rows(row.qr)]
        elif row.rule:
            lines.append([Segment("─" * columns, PAPER)])
        elif row.logo:
            lines.append([Segment(centre(_("[logo]"), columns), PAPER)])
        elif row.text or not (row.cut or row.feed):
            lines.append([Segment(_laid(row, columns), BOLD if row.bold or row.big else PAPER)])
        lines += [[Segment(" " * columns, PAPER)]] * min(row.feed, 3)
    return lines


def _laid(row: RowLike, columns: int) -> str:
    text = " ".join(row.text) if row.big and 2 * cell_len(row.text) <= columns else row.text
    return {"left": left, "centre": centre, "right": right}[row.align](text, columns)


def _middle(code: str, columns: int) -> list[Segment]:
    before = max((columns - len(code)) // 2, 0)
    after = max(columns - before - len(code), 0)
    return [Segment(" " * before, PAPER), Segment(code[:columns], QR_INK), Segment(" " * after, PAPER)]


class Paper(Painted):
    """A slip in the middle of its box, a page at a time."""

    DEFAULT_CSS = "Paper { width: 1fr; height: 1fr; }"
    _rows: Sequence[RowLike] = ()
    _columns = 42
    page = 0
    """The page shown, from 0."""

    def show(self, rows: Sequence[RowLike], columns: int) -> None:
        """Show a slip from its beginning; `columns` is what it was laid out for."""
        self._rows, self._columns, self.page = tuple(rows), columns, 0
        self.repaint()

    @property
    def pages(self) -> int:
        """How many pages the slip has at the present height."""
        return max(-(-len(self._lines()) // self._fits()), 1)

    def turn(self, by: int = 1) -> None:
        """Show a later or an earlier page; past the last comes the first."""
        self.page = (self.page + by) % self.pages
        self.repaint()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """A touch turns the page."""
        event.stop()
        self.turn()

    def row(self, y: int, width: int, /) -> list[Segment]:
        """One line of paper between its margins; the torn edge after the last."""
        wide = min(self._columns + 2 * MARGIN, width)
        before = [Segment(" " * ((width - wide) // 2), self.ink())]
        lines = self._lines()
        at = self.page * self._fits() + y
        last = y == self.size.height - 1
        if last and self.pages > 1:
            return [*before, Segment(centre(f"{self.page + 1}/{self.pages} ▾", wide), BOLD)]
        if at == len(lines):
            return [
                *before,
                Segment("▀▄" * (wide // 2) + "▀" * (wide % 2), Style(color=PAPER.bgcolor) + self._behind()),
            ]
        if at > len(lines) or last:
            return []
        margin = Segment(" " * ((wide - self._columns) // 2), PAPER)
        return [*before, margin, *lines[at], Segment(" " * (wide - self._columns - len(margin.text)), PAPER)]

    def _behind(self) -> Style:
        return Style(bgcolor=self.ink().bgcolor)

    def _fits(self) -> int:
        return max(self.size.height - 1, 1)

    def _lines(self) -> list[list[Segment]]:
        return paper_lines(self._rows, self._columns)
