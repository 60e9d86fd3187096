"""The command palette: type a part of what you want to do, Enter does the first that fits.

It knows the table of commands and nothing else, so it cannot do what a key could not.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from kiosk.i18n import _, language
from kiosk.tui.commands import Command
from kiosk.tui.entry import TextEntry
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.screens.frame import used
from kiosk.tui.widgets.field import Field
from kiosk.tui.widgets.keygrid import PanelKeys
from kiosk.tui.widgets.keypad import SHIFT, letter_keys
from kiosk.tui.widgets.listing import Column, Entry, Listing, PanelListing


def fitting(rows: tuple[Command, ...], typed: str) -> list[Command]:
    """The commands whose label, help or key holds every word typed; those that begin with it first."""
    words = typed.casefold().split()
    kept = [
        row for row in rows if all(word in f"{row.title} {row.tip} {row.hint}".casefold() for word in words)
    ]
    return sorted(kept, key=lambda row: not row.title.casefold().startswith(typed.casefold().strip()))


class PaletteDialogue(Dialogue[str]):
    """Answers with the id of a command."""

    WIDE = True
    CSS_PATH = "search.tcss"

    def __init__(self, rows: tuple[Command, ...]) -> None:
        """Offer these commands, all of which make sense now."""
        super().__init__(_("What do you want to do?"))
        self.rows = tuple(row for row in rows if row.id not in {"palette", "back"})
        self.entry = TextEntry()
        self.at = ""

    def content(self) -> ComposeResult:
        """What is typed, what fits, a keyboard."""
        yield Field(id="field")
        yield PanelListing(id="found")
        yield PanelKeys(id="keys")

    def on_mount(self) -> None:
        """Show everything that can be done."""
        self.show_state()

    def show_state(self) -> None:
        """Show the text and what fits it."""
        self.query_one(Field).show(self.entry.typed)
        fits = fitting(self.rows, self.entry.typed)
        if self.at not in {row.id for row in fits}:
            self.at = fits[0].id if fits else ""
        columns = (Column(width=18), Column(quiet=True), Column(width=10, align="right", quiet=True))
        entries = [Entry(row.id, (row.title, row.tip, row.hint), strong=row.id == self.at) for row in fits]
        listing = self.query_one(PanelListing)
        listing.empty_text = _("nothing of that name")
        listing.show(columns, entries, chosen=self.at)
        keys, across = letter_keys(language())
        self.query_one("#keys", PanelKeys).show(keys, columns=across, rows=5)

    def on_key(self, event: events.Key) -> None:
        """The arrows choose; the rest is as in every dialogue."""
        if event.key in {"down", "up"}:
            self.at = self.query_one(PanelListing).next_id(1 if event.key == "down" else -1)
            self.show_state()
            used(event)
        else:
            super().on_key(event)

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """A command was touched."""
        event.stop()
        self.dismiss(event.id)

    def typed(self, character: str, /) -> bool:
        """A letter more."""
        if character != SHIFT:
            self.entry = self.entry.press(character)
            self.show_state()
        return True

    def back_space(self) -> None:
        """A letter less."""
        self.entry = self.entry.back()
        self.show_state()

    def enter(self) -> None:
        """Do what is chosen."""
        if self.at:
            self.dismiss(self.at)
