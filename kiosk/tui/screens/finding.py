"""A list that is searched while somebody types: letters, the field above it, the keyboard on the screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.tui.entry import TextEntry
from kiosk.tui.screens.listplace import ListPlace
from kiosk.tui.widgets.field import Field
from kiosk.tui.widgets.picklisting import PickListing

LONGEST = 60
"""Characters of what is searched for."""


class Finding(ListPlace):
    """The part of a list's screen that searches: field and list at the left, `beside` them what was found."""

    query_text = TextEntry(most=LONGEST)
    """What was typed to find one."""

    def content(self) -> ComposeResult:
        """What is searched for and what was found; the chosen one beside."""
        with Horizontal(id="content"):
            with Vertical(id="finding"):
                yield Field(id="query")
                yield PickListing(id="found")
            yield from self.beside()

    def beside(self) -> ComposeResult:
        """The chosen one."""
        raise NotImplementedError

    def question(self) -> tuple[str, str]:
        """What the keyboard on the screen asks: a title, and words below it."""
        raise NotImplementedError

    async def look(self) -> None:
        """Find what fits."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """The field lies on the ground here."""
        self.query_one(Field).surface = "ground"

    def typed(self, character: str, /) -> bool:
        """A letter more to search for; the slash is a command."""
        if character == "/":
            return False
        self.search(self.query_text.press(character))
        return True

    def do_rub_out(self) -> None:
        """A letter less."""
        self.search(self.query_text.back())

    def do_back(self) -> None:
        """First what was typed goes, then the screen."""
        if self.query_text.typed:
            self.search(TextEntry(most=LONGEST))
        else:
            super().do_back()

    async def do_search(self) -> None:
        """Ask for what to search, with a keyboard on the screen."""
        from kiosk.tui.screens.prompts import TextDialogue

        title, words = self.question()
        start = self.query_text.typed
        text = await self.ask(TextDialogue(title, words=words, start=start, most=LONGEST, empty=True))
        if text is not None:
            self.search(TextEntry(text, LONGEST))

    def search(self, entry: TextEntry) -> None:
        """Search for what was typed now."""
        self.query_text = entry
        self.query_one(Field).show(entry.typed)
        self.work_on(self.look(), "look")
