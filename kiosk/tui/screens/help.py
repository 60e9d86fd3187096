"""Help, on every screen.

What can be done here, with which key, in full sentences. Made from the table of commands.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from kiosk.i18n import _
from kiosk.tui.commands import commands
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.screens.frame import used
from kiosk.tui.widgets.keygrid import PanelKeys
from kiosk.tui.widgets.listing import Column, Entry, PanelListing
from kiosk.tui.widgets.touchkey import TouchKey


class HelpScreen(Dialogue[None]):
    """The commands of one screen. What cannot be done at this moment is shown quiet."""

    WIDE = True

    def __init__(self, place: str, possible: tuple[str, ...], words: str = "") -> None:
        """Help for a place; `possible` are the commands that make sense now, `words` a line about it."""
        super().__init__(_("What you can do here"), words)
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
        columns = (Column(_("key"), 9), Column(_("touch"), 15), Column(_("what it does"), quiet=True))
        rows = [
            Entry(
                "",
                (row.hint, row.title, row.tip),
                "ink" if row.id in self.possible else "quiet",
                strong=False,
            )
            for row in commands(self.place)
        ]
        self.query_one(PanelListing).show(columns, rows)
        self.query_one("#foot", PanelKeys).show([TouchKey("cancel", _("back"), hint="Esc")])

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
