"""Help, on every screen.

What can be done here, with which key, in full sentences. Made from the table of commands.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.app import ComposeResult

from kiosk.i18n import _
from kiosk.tui.commands import Command, commands
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.screens.frame import used
from kiosk.tui.text import wrap
from kiosk.tui.widgets.keygrid import PanelKeys
from kiosk.tui.widgets.listing import Column, Entry, PanelListing
from kiosk.tui.widgets.touchkey import TouchKey

KEY, TOUCH = 9, 17
"""Cells of the first two columns."""
MOST_LINES = 3
"""Lines of one sentence."""


class HelpScreen(Dialogue[None]):
    """The commands of one screen. What cannot be done at this moment is shown quiet."""

    WIDE = True

    def __init__(self, place: str, possible: tuple[str, ...]) -> None:
        """Help for a place; `possible` are the commands that make sense now."""
        super().__init__(_("What you can do here"))
        self.place = place
        self.possible = possible

    def content(self) -> ComposeResult:
        """The table, then the way back."""
        yield PanelListing(id="commands")
        yield PanelKeys(id="foot")

    def on_mount(self) -> None:
        """Fill the table."""
        self.show_state()

    def on_resize(self) -> None:
        """Pages depend on the height."""
        self.show_state()

    def show_state(self) -> None:
        """Show the rows and the way back."""
        listing = self.query_one(PanelListing)
        columns = (Column(_("key"), KEY), Column(_("touch"), TOUCH), Column(_("what it does"), quiet=True))
        room = listing.size.width - KEY - TOUCH - 4
        rows = [entry for row in commands(self.place) for entry in self._entries(row, room)]
        listing.show(columns, rows)
        self.query_one("#foot", PanelKeys).show([TouchKey("cancel", _("back"), hint="Esc")])

    def _entries(self, row: Command, room: int) -> Iterator[Entry]:
        """One command, its sentence on as many lines as it takes."""
        tone = "ink" if row.id in self.possible else "quiet"
        first, *more = wrap(row.tip, max(room, 1), MOST_LINES) or [""]
        yield Entry("", (row.hint, row.title, first), tone)
        for line in more:
            yield Entry("", ("", "", line), tone)

    def on_key(self, event: events.Key) -> None:
        """Page keys turn the page; Enter and F1 close."""
        if event.key in {"pagedown", "pageup", "down", "up"}:
            self.query_one(PanelListing).turn(1 if event.key in {"pagedown", "down"} else -1)
            used(event)
        elif event.key in {"enter", "f1"}:
            self.do_back()
            used(event)
        else:
            super().on_key(event)
