"""One line in block letters, and under it what else there is to know: for a reader two metres away.

What has no room in block letters, or is written in letters that are not drawn here, stands there in bold.
"""

from __future__ import annotations

from rich.segment import Segment

from kiosk.tui.text import centre, clean, wrap
from kiosk.tui.widgets.glyphs import word_rows
from kiosk.tui.widgets.painted import Painted

MOST_LINES = 3


class Headline(Painted):
    """The line, and up to three lines of words in the middle of its box."""

    DEFAULT_CSS = "Headline { height: auto; width: 1fr; }"
    title = words = ""
    tone = "accent"
    tallest = 4
    """Rows of a block letter at the most."""

    def show(self, title: str, words: str, tone: str = "accent", tallest: int = 4) -> None:
        """Say something else; the height follows."""
        new = (clean(title), clean(words), tone, tallest)
        if new != (self.title, self.words, self.tone, self.tallest):
            self.title, self.words, self.tone, self.tallest = new
            self.refresh(layout=True)

    def lines(self, width: int) -> list[tuple[str, str]]:
        """Every row with its ink: the line, whose letters end half a row above, and the words."""
        drawn = word_rows(self.title, width - 2, self.tallest) or (self.title,)
        rows = [(line, self.tone) for line in drawn if self.title]
        words = [(line, "ink") for line in wrap(self.words, width - 4, MOST_LINES) if line]
        return rows + words

    def get_content_height(self, _container: object, _viewport: object, width: int, /) -> int:
        """As many rows as that takes."""
        return len(self.lines(width))

    def row(self, y: int, width: int, /) -> list[Segment]:
        """Paint one of them."""
        rows = self.lines(width)
        if not 0 <= y < len(rows):
            return []
        text, tone = rows[y]
        return [Segment(centre(text, width), self.ink(tone, bold=True))]
