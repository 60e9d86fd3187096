"""The basket, painted row by row and page by page.

Pages instead of scrolling: a new line changes one row on the screen, not all of them (two against five
milliseconds, 355 against 4,700 bytes). A new page begins when one is full; lines and what belongs to them
are never torn apart unless one line alone is longer than a page.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message

from kiosk.tui.basketrows import BasketRow
from kiosk.tui.text import centre, left, right
from kiosk.tui.widgets.paged import FOOT, Paged

COUNT = 4  # cells for "how many": 9999


def pages_of(rows: Sequence[BasketRow], height: int) -> list[Sequence[BasketRow]]:
    """The rows cut into pages that fit `height`, with room left for the page mark when there are several."""
    if len(rows) <= height:
        return [rows]
    room = max(height - FOOT, 1)
    pages, start = [], 0
    while start < len(rows):
        end = cut = start + room
        while start < cut < len(rows) and rows[cut].uid and rows[cut].uid == rows[cut - 1].uid:
            cut -= 1
        end = cut if cut > start else end  # a line longer than a page is torn
        pages.append(rows[start:end])
        start = end
    return pages


class BasketView(Paged):
    """What is being sold. It is shown rows; it knows nothing of products and prices."""

    DEFAULT_CSS = "BasketView { height: 1fr; width: 1fr; }"
    surface = "panel"

    @dataclass
    class LinePicked(Message):
        """A line was touched; 0 is the discount on the whole sale."""

        uid: int

    _rows: tuple[BasketRow, ...] = ()
    _on_page: tuple[BasketRow, ...] = ()
    pages = 1
    _chosen = 0
    _fresh = 0
    empty_text = ""
    """What an empty basket says: the next thing to do."""

    def show(self, rows: Sequence[BasketRow], *, fresh: int, chosen: int = 0) -> None:
        """Show rows; only those that differ from what stands there are painted.

        Args:
            rows: All rows of the basket.
            fresh: The line changed last: its page is shown, and it is marked.
            chosen: The line the keys act upon, whose page is shown then; 0 for none.
        """
        told = (tuple(rows), fresh, chosen)
        if told != (self._rows, self._fresh, self._chosen):
            marks = (
                {self._fresh, fresh, self._chosen, chosen}
                if told[1:] != (self._fresh, self._chosen)
                else set()
            )
            self._rows, self._fresh, self._chosen = told
            self._lay(marks=marks)

    def _lay(self, page: int | None = None, marks: Collection[int] = ()) -> None:
        """Put a page on the screen: a given one, or that of the chosen or the fresh line.

        Rows that were there already are left alone, unless they are of a line in `marks`.
        """
        pages = pages_of(self._rows, self.size.height)
        at = self._page_with(pages, self._chosen or self._fresh) if page is None else page
        new, old = tuple(pages[at]), self._on_page
        around = (self.page, self.pages, not old) != (at, len(pages), not new)
        self._on_page, self.page, self.pages = new, at, len(pages)
        for y in range(max(len(old), len(new))):
            before, after = (part[y] if y < len(part) else None for part in (old, new))
            if before != after or (after is not None and after.uid in marks):
                self.repaint(y, 1)
        if around:
            self.repaint()

    @staticmethod
    def _page_with(pages: Sequence[Sequence[BasketRow]], uid: int) -> int:
        """The page a line stands on; the last one when it stands on none."""
        for at, page in enumerate(pages):
            if any(row.uid == uid for row in page):
                return at
        return len(pages) - 1

    def show_page(self, page: int, /) -> None:
        """Show a page that there is."""
        self._lay(page)

    def on_resize(self) -> None:
        """What fits has changed."""
        self._lay()
        self.repaint()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Touch a line to choose it, or the page mark to turn the page."""
        event.stop()
        if not self.turned_at(event.x, event.y) and event.y < len(self._on_page):
            self.post_message(self.LinePicked(self._on_page[event.y].uid))

    def row(self, y: int, width: int, /) -> list[Segment]:
        """A row of the page, the page mark, or the words of an empty basket."""
        if y < len(self._on_page):
            return self._line(self._on_page[y], width)
        if self.in_foot(y):
            return self.foot(y, width)
        if not self._on_page and y == self.size.height // 2:
            return [Segment(centre(self.empty_text, width), self.ink("quiet"))]
        return []

    def _line(self, row: BasketRow, width: int) -> list[Segment]:
        chosen = bool(row.uid) and row.uid == self._chosen
        ground = "raised" if chosen else self.surface
        fresh = row.uid == self._fresh and not self._chosen
        bar = Segment("▌" if chosen or (fresh and row.uid) else " ", self.ink("accent", ground))
        first, rest = self._looks(row, ground, fresh or chosen)
        room = width - 1 - COUNT - 1 - cell_len(row.sum) - 2
        return [
            bar,
            Segment(right(row.count, COUNT) + " ", first),
            Segment(left(row.text, room), rest),
            Segment(f" {row.sum} ", first if row.kind != "void" else self.ink("quiet", ground)),
        ]

    def _looks(self, row: BasketRow, ground: str, lit: bool) -> tuple[Style, Style]:
        if row.kind == "void":
            return self.ink("quiet", ground, strike=True), self.ink("quiet", ground, strike=True)
        if row.kind == "more":
            return self.ink("quiet", ground), self.ink("quiet", ground)
        if row.kind in {"ask", "sale"}:
            tone = "warn" if row.kind == "ask" else "ink"
            return self.ink(tone, ground, bold=True), self.ink(tone, ground, bold=True)
        return self.ink("ink", ground, bold=True), self.ink("ink", ground, bold=lit)
