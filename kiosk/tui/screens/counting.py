"""Counting the drawer: a key for each note and coin, digits for how many. What should be there is not shown.

A count that knows its result is no count, so the sum stands here and the expectation only on the next screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout.denominations import denominations
from kiosk.checkout.money import Currency
from kiosk.i18n import _, amount
from kiosk.tui.drawercount import DrawerCount
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.touchkey import TouchKey

COLUMNS: Final = 3
"""Kinds beside one another: the euro's fifteen make five rows."""
FEWER, MORE, NEXT, DONE, PIECE = "fewer", "more", "next", "done", "piece:"


class CountDialogue(Dialogue[Mapping[int, int]]):
    """Answers with how many of each value were counted."""

    WIDE = True
    CSS_PATH = "counting.tcss"

    def __init__(self, title: str, currency: Currency, counted: Mapping[int, int] | None = None) -> None:
        """Count from nothing, or go on with what was `counted`."""
        super().__init__(title, _("Touch a note or a coin and type how many there are."))
        self.currency = currency
        self.count = DrawerCount(denominations(currency).pieces, counted=dict(counted or {}))

    def content(self) -> ComposeResult:
        """Kinds at the left; sum and digits at the right."""
        with Horizontal(id="drawer"):
            yield PanelKeys(id="pieces")
            with Vertical(id="pad"):
                yield BigDigits(id="sum")
                yield PanelKeys(id="keys")

    def on_mount(self) -> None:
        """Show the empty drawer."""
        self.query_one(BigDigits).surface = "panel"
        self.show_state()

    def show_state(self) -> None:
        """Show what has been counted."""
        pieces = [self._piece(at, value) for at, value in enumerate(self.count.pieces)]
        rows = -(-len(pieces) // COLUMNS)
        self.query_one("#pieces", KeyGrid).show(pieces, columns=COLUMNS, rows=rows)
        self.query_one(BigDigits).show(amount(self.count.total, self.currency))
        self.query_one("#keys", KeyGrid).show(self._pad(), columns=4, rows=5)

    def _piece(self, at: int, value: int) -> TouchKey:
        number = self.count.counted.get(value)
        chosen = at == self.count.at
        return TouchKey(
            f"{PIECE}{at}",
            amount(value, self.currency),
            detail="" if number is None and not chosen else f"× {number or 0}",
            hint=amount(value * number, self.currency) if number else "",
            hue="accent" if chosen else "slate" if number else "plain",
            tile=True,
        )

    @staticmethod
    def _pad() -> list[TouchKey | None]:
        """Digits as on a till; at their right one more, one less, and the way back over a digit."""
        beside = (TouchKey(MORE, "+"), TouchKey(FEWER, "−"), TouchKey("backspace", "←", hint="Bksp"))
        keys: list[TouchKey | None] = []
        for digits, key in zip(("789", "456", "123"), beside, strict=True):
            keys += [*(TouchKey(digit, digit) for digit in digits), key]
        keys += [TouchKey("0", "0", span=2), TouchKey(NEXT, _("next"), hint="Enter", span=2)]
        keys += [TouchKey("cancel", _("back"), hint="Esc", span=2)]
        return [*keys, TouchKey(DONE, _("counted"), hint="F9", hue="accent", span=2)]

    def on_key(self, event: events.Key) -> None:
        """The arrows move among the kinds; F9 is done."""
        steps = {"left": -1, "right": 1, "up": -COLUMNS, "down": COLUMNS, "tab": 1, "shift+tab": -1}
        if event.key in steps:
            self._show(self.count.choose(self.count.at + steps[event.key]))
        elif event.key == "f9":
            self.done()
        else:
            super().on_key(event)
            return
        event.stop()

    def typed(self, character: str, /) -> bool:
        """A digit, one more, one less, or a key of the field."""
        if character.startswith(PIECE):
            self._show(self.count.choose(int(character.removeprefix(PIECE))))
        elif len(character) == 1 and character in "0123456789":
            self._show(self.count.press(character))
        elif character in {"+", MORE}:
            self._show(self.count.step(1))
        elif character in {"-", FEWER}:
            self._show(self.count.step(-1))
        elif character == NEXT:
            self.enter()
        elif character == DONE:
            self.done()
        else:
            return False
        return True

    def back_space(self) -> None:
        """Take the last digit back."""
        self._show(self.count.back())

    def enter(self) -> None:
        """The next kind. Enter never closes the count: a stray scan must not make a Z."""
        self._show(self.count.choose(self.count.at + 1))

    def done(self) -> None:
        """All is counted."""
        self.dismiss(dict(self.count.counted))

    def _show(self, count: DrawerCount) -> None:
        self.count = count
        self.show_state()
