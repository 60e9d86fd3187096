"""A place with a list to choose from: by touch, by the arrow keys, and page by page."""

from __future__ import annotations

from textual import on

from kiosk.tui.screens.place import Place
from kiosk.tui.widgets.listing import Listing


class ListPlace(Place):
    """The one `Listing` of a place. What choosing means is said in `pick`."""

    def pick(self, _id: str, /) -> None:
        """An entry was chosen, by its id."""

    @on(Listing.Chosen)
    def _touched(self, event: Listing.Chosen) -> None:
        event.stop()
        self.pick(event.id)

    def do_above(self) -> None:
        """Choose the one above."""
        self._step(-1)

    def do_below(self) -> None:
        """Choose the one below."""
        self._step(1)

    def _step(self, by: int) -> None:
        wanted = self.query_one(Listing).next_id(by)
        if wanted:
            self.pick(wanted)

    def do_page_up(self) -> None:
        """Show the page before."""
        self.query_one(Listing).turn(-1)

    def do_page_down(self) -> None:
        """Show the next page."""
        self.query_one(Listing).turn(1)
