"""What is too long for its place: pages instead of scrolling, with a mark below that turns them.

A new line changes one row on the screen, not all of them.
"""

from __future__ import annotations

from rich.segment import Segment
from textual import events

from kiosk.i18n import _
from kiosk.tui.text import centre, left, right
from kiosk.tui.widgets.painted import Painted

FOOT = 2
"""Rows of the page mark: high enough for a finger."""


class Paged(Painted):
    """A painted widget of one page or several: by wheel, by keys (`turn`), by touching the mark."""

    page = 0
    """The page shown, from 0."""

    @property
    def pages(self) -> int:
        """How many pages there are at the present height."""
        raise NotImplementedError

    def show_page(self, page: int, /) -> None:
        """Show a page that there is."""
        self.page = page
        self.repaint()

    def turn(self, by: int) -> None:
        """Show a later or an earlier page, as far as there is one."""
        page = min(max(self.page + by, 0), self.pages - 1)
        if page != self.page:
            self.show_page(page)

    def turned_at(self, x: int, y: int) -> bool:
        """Turn the page where its mark was touched: left half back, right half on."""
        if not self.in_foot(y):
            return False
        self.turn(-1 if x < self.size.width // 2 else 1)
        return True

    def in_foot(self, y: int) -> bool:
        """Whether a row is one of the page mark's."""
        return self.pages > 1 and y >= self.size.height - FOOT

    def foot(self, y: int, width: int) -> list[Segment]:
        """A row of the page mark."""
        if y == self.size.height - FOOT:
            return [Segment("▄" * width, self.ink("raised"))]
        return [Segment(page_mark(self.page, self.pages, width), self.ink("ink", "raised"))]

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """A wheel, or a finger drawn down, shows the page before."""
        event.stop()
        self.turn(-1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """A wheel, or a finger drawn up, shows the page after."""
        event.stop()
        self.turn(1)


def page_mark(page: int, pages: int, width: int) -> str:
    """The words of a page mark: back at the left, on at the right, where one is in the middle."""
    wide = width > 44
    before = (_("‹ back") + (" [PgUp]" if wide else "")) if page else ""
    after = (("[PgDn] " if wide else "") + _("more ›")) if page + 1 < pages else ""
    third = width // 3
    middle = centre(f"{page + 1}/{pages}", width - 2 * third)
    return f" {left(before, third - 1)}{middle}{right(after, third - 1)} "
