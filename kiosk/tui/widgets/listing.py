"""Tables of our own lines: columns that fit, pages instead of scrolling, a line to choose by touch or key.

Not a DataTable: that one needs two taps, paints every visible cell anew for one change, and takes the focus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message

from kiosk.tui.text import centre, clean, left, right
from kiosk.tui.widgets.paged import FOOT, Paged


class Column(NamedTuple):
    """One column."""

    title: str = ""
    width: int = 0
    """Cells; 0 shares what is left over. One column at least should have 0."""
    align: Literal["left", "right", "centre"] = "left"
    quiet: bool = False
    """Secondary text."""


class Entry(NamedTuple):
    """One row of a listing."""

    id: str
    """What is reported when it is chosen; empty for a row that cannot be."""
    cells: tuple[str, ...]
    tone: str = "ink"
    """Ink of the row: `ink`, `quiet`, `good`, `warn`, `bad`, `accent`."""
    strong: bool = False


class Listing(Paged):
    """A table: titles, rows, and a page mark when they do not fit."""

    DEFAULT_CSS = "Listing { height: 1fr; width: 1fr; }"
    ROW_HEIGHT = 1
    """Rows of the screen for each entry; 3 where entries are chosen by finger."""

    @dataclass
    class Chosen(Message):
        """An entry was touched."""

        listing: Listing
        id: str

        @property
        def control(self) -> Listing:
            """The table it stands in."""
            return self.listing

    _columns: tuple[Column, ...] = ()
    _entries: tuple[Entry, ...] = ()
    chosen = ""
    """The id of the marked entry."""
    empty_text = ""

    def show(self, columns: Sequence[Column], entries: Sequence[Entry], *, chosen: str = "") -> None:
        """Show a table; the page of the chosen entry comes to the front."""
        told = (tuple(columns), tuple(entries), chosen)
        if told == (self._columns, self._entries, self.chosen):
            return
        self._columns, self._entries, self.chosen = told
        found = next((at for at, entry in enumerate(entries) if entry.id and entry.id == chosen), None)
        self.page = min(self.page, self.pages - 1) if found is None else found // self._fits()
        self.repaint()

    @property
    def pages(self) -> int:
        """How many pages there are at the present height."""
        return max(-(-len(self._entries) // self._fits()), 1)

    def next_id(self, by: int) -> str:
        """The id of the entry after (or before) the chosen one, for the arrow keys.

        Empty when there is none.
        """
        ids = [entry.id for entry in self._entries if entry.id]
        if not ids:
            return ""
        at = ids.index(self.chosen) + by if self.chosen in ids else 0
        return ids[min(max(at, 0), len(ids) - 1)]

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Choose an entry, or turn the page."""
        event.stop()
        if self.turned_at(event.x, event.y):
            return
        at = self.page * self._fits() + (event.y - self._head()) // self.ROW_HEIGHT
        if event.y >= self._head() and at < len(self._entries) and self._entries[at].id:
            self.post_message(self.Chosen(self, self._entries[at].id))

    def row(self, y: int, width: int, /) -> list[Segment]:
        """Titles, an entry, or the page mark."""
        if y < self._head():
            return self._cells([column.title for column in self._columns], width, "quiet", strong=False)
        if self.in_foot(y):
            return self.foot(y, width)
        at, part = divmod(y - self._head(), self.ROW_HEIGHT)
        at += self.page * self._fits()
        if not self._entries and y == self.size.height // 2:
            return [Segment(centre(self.empty_text, width), self.ink("quiet"))]
        if at >= len(self._entries) or at >= (self.page + 1) * self._fits() or part != self.ROW_HEIGHT // 2:
            return []
        entry = self._entries[at]
        return self._cells(
            entry.cells, width, entry.tone, strong=entry.strong, chosen=entry.id == self.chosen != ""
        )

    def _cells(
        self, cells: Sequence[str], width: int, tone: str, *, strong: bool, chosen: bool = False
    ) -> list[Segment]:
        ground = "raised" if chosen else self.surface
        out = [Segment("▌" if chosen else " ", self.ink("accent", ground))]
        for column, cell, wide in zip(self._columns, cells, self._widths(width - 1), strict=False):
            lay = {"left": left, "right": right, "centre": centre}[column.align]
            role = "quiet" if column.quiet and tone == "ink" else tone
            out.append(
                Segment(lay(clean(cell), wide - 1) + " ", self.ink(role, ground, bold=strong or chosen))
            )
        return out

    def _widths(self, width: int) -> list[int]:
        fixed = sum(column.width + 1 for column in self._columns if column.width)
        free = [column for column in self._columns if not column.width]
        share = max((width - fixed) // len(free), 2) if free else 0
        return [column.width + 1 if column.width else share for column in self._columns]

    def _head(self) -> int:
        return 1 if any(column.title for column in self._columns) else 0

    def _fits(self) -> int:
        room = self.size.height - self._head()
        if len(self._entries) * self.ROW_HEIGHT > room:
            room -= FOOT
        return max(room // self.ROW_HEIGHT, 1)


def widest(texts: Sequence[str]) -> int:
    """Cells of the widest text, for a column that fits its cells."""
    return max((cell_len(clean(text)) for text in texts), default=0)


class PanelListing(Listing):
    """The same on a panel, as in dialogues."""

    surface = "panel"
