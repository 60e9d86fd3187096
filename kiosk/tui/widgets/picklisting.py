"""A table to choose from by finger: rows as high as a fingertip, the chosen one lit over its whole height."""

from __future__ import annotations

from rich.segment import Segment

from kiosk.tui.widgets.listing import Listing


class PickListing(Listing):
    """Entries of three rows each."""

    ROW_HEIGHT = 3

    def row(self, y: int, width: int, /) -> list[Segment]:
        """A row of the table; above and below the text of the chosen entry its light goes on."""
        painted = super().row(y, width)
        if painted or not self._is_chosen(y):
            return painted
        return [
            Segment("▌", self.ink("accent", "raised")),
            Segment(" " * (width - 1), self.ink("ink", "raised")),
        ]

    def _is_chosen(self, y: int) -> bool:
        fits = self._fits()
        at, rest = divmod(y - self._head(), self.ROW_HEIGHT)
        at += self.page * fits
        inside = y >= self._head() and at < min(len(self._entries), (self.page + 1) * fits)
        return inside and rest < self.ROW_HEIGHT and self._entries[at].id == self.chosen != ""
