"""Search as you type over name, number and code.

Enter takes the first; a code nobody knows goes to the till.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from kiosk.i18n import _, amount, language
from kiosk.tui.entry import TextEntry
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.screens.frame import used
from kiosk.tui.widgets.field import Field
from kiosk.tui.widgets.keygrid import PanelKeys
from kiosk.tui.widgets.keypad import SHIFT, letter_keys
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.catalogue.products import Offer


class SearchDialogue(Dialogue["Offer | str"]):
    """Answers with a product, or with what was typed when it is to be looked up as a code."""

    WIDE = True
    CSS_PATH = "search.tcss"

    def __init__(self, start: str = "") -> None:
        """Start with what was typed at the till already."""
        super().__init__(_("Find a product"))
        self.entry = TextEntry(start, 60)
        self.found: Sequence[Offer] = ()
        self.at = 0
        self._asked = 0

    def content(self) -> ComposeResult:
        """What is typed, what was found, a keyboard."""
        yield Field(id="field")
        yield PanelKeys(id="found")
        yield PanelKeys(id="keys")

    def on_mount(self) -> None:
        """Search at once for what was typed already."""
        self.show_state()
        self._search()

    def show_state(self) -> None:
        """Show text, results and keyboard."""
        self.query_one(Field).show(self.entry.typed)
        keys, columns = letter_keys(language())
        self.query_one("#keys", PanelKeys).show(keys, columns=columns, rows=5)
        grid = self.query_one("#found", PanelKeys)
        across, down = self._shape()
        self.at = min(self.at, max(min(len(self.found), across * down) - 1, 0))
        results = [self._result(at, offer) for at, offer in enumerate(self.found[: across * down])]
        grid.show(results, columns=across, rows=down)
        if self.entry.typed and not self.found:
            self.say(_("Nothing found. Enter looks it up as a code."))
        else:
            self.say("")

    def _shape(self) -> tuple[int, int]:
        size = self.query_one("#found", PanelKeys).size
        return max(size.width // 36, 1), max(size.height // 3, 1)

    def _result(self, at: int, offer: Offer) -> TouchKey:
        price = "…" if offer.price is None else amount(offer.price, self.station.settings.currency)
        chosen = at == self.at
        label = f"{offer.name}  ·  {offer.sku}"
        hue, hint = ("accent", "Enter") if chosen else ("plain", "")
        return TouchKey(f"found:{at}", label, detail=price, hint=hint, hue=hue, tile=True)

    def on_key(self, event: events.Key) -> None:
        """The arrows choose among the results; the rest is as in every dialogue."""
        steps = {"down": 1, "up": -1, "right": 1, "left": -1, "tab": 1}
        if event.key in steps:
            across = self._shape()[0] if event.key in {"up", "down"} else 1
            self.at = max(self.at + steps[event.key] * across, 0)
            self.show_state()
            used(event)
        else:
            super().on_key(event)

    def typed(self, character: str, /) -> bool:
        """A letter more, or a result touched."""
        if character.startswith("found:"):
            self.dismiss(self.found[int(character.partition(":")[2])])
        elif character != SHIFT:
            self.entry = self.entry.press(character)
            self._search()
        return True

    def back_space(self) -> None:
        """A letter less."""
        self.entry = self.entry.back()
        self._search()

    def enter(self) -> None:
        """Take the chosen result, or look the text up as a code."""
        if self.found:
            self.dismiss(self.found[self.at])
        elif text := self.entry.typed.strip():
            self.dismiss(text)

    def _search(self) -> None:
        """Ask for results; an answer to an older question is not shown any more."""
        self._asked += 1
        self.query_one(Field).show(self.entry.typed)
        self.work_on(self._fetch(self._asked, self.entry.typed), "search")

    async def _fetch(self, number: int, text: str) -> None:
        found = await asyncio.wrap_future(self.station.search(text)) if text.strip() else ()
        if number == self._asked:
            self.found, self.at = found, 0
