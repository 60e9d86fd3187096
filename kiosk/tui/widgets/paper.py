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
    def bars(self) -> str: ...
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
        elif row.bars:
            lines.append([Segment(centre("▌▌▐ ▌▐▌ ▐▐ ▌▐ ▌▌▐", columns), PAPER)])
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


def sheets(rows: Iterable[RowLike], columns: int, fits: int) -> list[list[list[Segment]]]:
    """The lines of a slip page by page; a code stands whole on one page, where a page can hold it."""
    pages: list[list[list[Segment]]] = [[]]
    for row in rows:
        lines = paper_lines([row], columns)
        if len(pages[-1]) + len(lines) > fits >= len(lines) and row.qr is not None:
            pages.append([])
        for line in lines:
            if len(pages[-1]) == fits:
                pages.append([])
            pages[-1].append(line)
    return pages


class Paper(Painted):
    """A slip in the middle of its box, a page at a time."""

    DEFAULT_CSS = "Paper { width: 1fr; height: 1fr; }"
    _rows: Sequence[RowLike] = ()
    _columns = 42
    _laid: tuple[int, list[list[list[Segment]]]] = (0, [])
    """The pages, and for how many rows of the screen they were laid out."""
    page = 0
    """The page shown, from 0."""

    def show(self, rows: Sequence[RowLike], columns: int) -> None:
        """Show a slip from its beginning; `columns` is what it was laid out for."""
        self._rows, self._columns, self.page, self._laid = tuple(rows), columns, 0, (0, [])
        self.repaint()

    @property
    def pages(self) -> int:
        """How many pages the slip has at the present height."""
        return len(self._sheets())

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
        pages = self._sheets()
        page = min(self.page, len(pages) - 1)
        lines, final = pages[page], page == len(pages) - 1
        last = y == self.size.height - 1
        if last and len(pages) > 1:
            return [*before, Segment(centre(f"{page + 1}/{len(pages)} ▾", wide), BOLD)]
        if final and y == len(lines):
            return [
                *before,
                Segment("▀▄" * (wide // 2) + "▀" * (wide % 2), Style(color=PAPER.bgcolor) + self._behind()),
            ]
        if (final and y > len(lines)) or last:
            return []
        line = lines[y] if y < len(lines) else [Segment(" " * self._columns, PAPER)]
        margin = Segment(" " * ((wide - self._columns) // 2), PAPER)
        return [*before, margin, *line, Segment(" " * (wide - self._columns - len(margin.text)), PAPER)]

    def _behind(self) -> Style:
        return Style(bgcolor=self.ink().bgcolor)

    def _fits(self) -> int:
        return max(self.size.height - 1, 1)

    def _sheets(self) -> list[list[list[Segment]]]:
        fits = self._fits()
        if self._laid[0] != fits:
            self._laid = (fits, sheets(self._rows, self._columns, fits))
        return self._laid[1]
