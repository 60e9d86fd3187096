"""A dialogue: one question, in the right-hand pane, with the basket still in sight.

It covers the product and pay keys, so that nothing behind it can be touched, and leaves the basket and the
status line as they are: who pays and how much stays in view while a question is open. `result` by
`dismiss`, None for back.

A dialogue is a `Frame`: its commands, keys and codes work the same way. Subclasses give `title`,
`content()` and what their keys do in `pressed`, `typed` and `enter`.
"""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical

from kiosk.i18n import _
from kiosk.tui.messages import CodeScanned
from kiosk.tui.screens.frame import Frame, used
from kiosk.tui.text import clean
from kiosk.tui.widgets.flash import PanelFlash
from kiosk.tui.widgets.keypad import BACK, CANCEL, ENTER
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

Result = TypeVar("Result")


class Dialogue(Frame[Result]):
    """The base of every question asked over a screen."""

    PLACE = "dialogue"
    WIDE = False
    """Whether it takes the whole width, as a keyboard does."""

    def __init__(self, title: str, words: str = "") -> None:
        """Ask `title`; `words` are a line or two more, already translated."""
        super().__init__(classes="-wide" if self.WIDE else "")
        self._modal = True
        self.title_text = title
        self.words = words

    def compose(self) -> ComposeResult:
        """The pane: title, words, content, one line for what went wrong."""
        with Vertical(id="pane"):
            yield Title(self.title_text, self.words)
            yield from self.content()
            yield PanelFlash(id="flash")

    def content(self) -> ComposeResult:
        """What stands between the title and the flash line."""
        yield from ()

    def refresh_standing(self) -> None:
        """The screen behind keeps the status line."""

    def on_key(self, event: events.Key) -> None:
        """Enter, backspace and escape mean the same in every dialogue."""
        if event.key == "enter":
            self.enter()
        elif event.key == "backspace":
            self.back_space()
        elif event.key == "escape":
            self.do_back()
        else:
            super().on_key(event)
            return
        used(event)

    def pressed(self, key: TouchKey, /) -> None:
        """The edit keys by touch; any other key types its id."""
        actions = {ENTER: self.enter, BACK: self.back_space, CANCEL: self.do_back}
        if key.id in actions:
            actions[key.id]()
        else:
            self.typed(key.id)

    def enter(self) -> None:
        """What was entered is meant."""

    def back_space(self) -> None:
        """Take the last character back."""

    def do_back(self) -> None:
        """Leave without an answer; nothing has changed."""
        self.dismiss(None)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with an answer. A second answer, by a touch that was on its way, closes no other screen."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def take_button(self, role: str, long: bool, /) -> None:
        """PAY is Enter, which never agrees to anything by itself; VOID is the way back."""
        if role == "pay" and not long:
            self.enter()
        elif role == "void" and not long:
            self.do_back()
        else:
            super().take_button(role, long)

    async def take_code(self, scan: CodeScanned, /) -> None:
        """A scan while a question is open is not lost silently."""
        self.say(_("Not added: answer this first. {code}").format(code=clean(scan.raw)), "warn")
