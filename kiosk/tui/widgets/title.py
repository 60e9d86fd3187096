"""The head of a dialogue or a full screen.

One bold line, and under it what there is to know, in quiet text.
"""

from __future__ import annotations

from typing import Literal

from rich.segment import Segment

from kiosk.tui.text import centre, clean, left, wrap
from kiosk.tui.widgets.painted import Painted


class Title(Painted):
    """A title line and up to three lines of words."""

    DEFAULT_CSS = "Title { height: auto; width: 1fr; }"
    surface = "panel"

    def __init__(
        self,
        title: str,
        words: str = "",
        *,
        surface: str = "panel",
        align: Literal["left", "centre"] = "left",
    ) -> None:
        """Show a title; both texts are cleaned here."""
        super().__init__()
        self.surface = surface
        self._place = centre if align == "centre" else left
        self.title = clean(title)
        self.words = clean(words)

    def show(self, title: str, words: str = "") -> None:
        """Say something else; the height follows."""
        self.title, self.words = clean(title), clean(words)
        self.refresh(layout=True)

    def get_content_height(self, _container: object, _viewport: object, width: int, /) -> int:
        """One row for the title and as many as the words need."""
        return 1 + (len(wrap(self.words, width - 2, 3)) if self.words else 0)

    def row(self, y: int, width: int, /) -> list[Segment]:
        """Paint the title, then the words."""
        if y == 0:
            return [Segment(self._place(f" {self.title}", width), self.ink("accent", bold=True))]
        lines = wrap(self.words, width - 2, 3)
        return [Segment(self._place(f" {lines[y - 1]}", width), self.ink("quiet"))] if y <= len(lines) else []
