"""One line in the layout that says what just happened, instead of a pop-up over the pay keys.

It never takes a place another thing needs, never goes away while it still matters (an error stays until the
next thing is done) and can be touched for the undo it offers. A style sheet may give it more rows where the
place is narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message

from kiosk.tui.text import clean, left, wrap
from kiosk.tui.widgets.painted import Painted

Tone = Literal["note", "good", "warn", "bad"]

SIGNS: dict[Tone, str] = {"note": "·", "good": "✓", "warn": "!", "bad": "✗"}


class Said(NamedTuple):
    """One thing to say."""

    text: str = ""
    tone: Tone = "note"
    offer: str = ""
    """The command offered with it, such as `undo`; empty for none."""
    offer_text: str = ""
    """What the offer says, with its key: `undo [F2]`."""


class Flash(Painted):
    """The line. `say` replaces what stands there."""

    DEFAULT_CSS = "Flash { height: 1; width: 1fr; }"

    @dataclass
    class Offered(Message):
        """The offer at the right was touched."""

        command: str

    said = Said()
    """What stands there now."""

    def say(self, said: Said) -> None:
        """Say something; saying the same again costs nothing."""
        if said != self.said:
            self.said = said
            self.repaint(0, self.size.height)

    def row(self, y: int, width: int, /) -> list[Segment]:
        """Sign and text at the left in the tone's colour, the offer at the right."""
        said = self.said
        if not said.text:
            return []
        offer = f" {said.offer_text} " if said.offer_text else ""
        room = width - cell_len(offer) - 3
        lines = wrap(clean(said.text), room, max(self.size.height, 1))
        if y >= len(lines):
            return []
        tone = "quiet" if said.tone == "note" else said.tone
        loud = said.tone in {"warn", "bad"}
        body = [
            Segment("   " if y else f" {SIGNS[said.tone]} ", self.ink(tone, bold=True)),
            Segment(left(lines[y], room), self.ink(tone if loud else "ink", bold=loud)),
        ]
        return [*body, Segment(offer, self.ink("panel", "accent", bold=True))] if offer and not y else body

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """A touch anywhere on the right half takes the offer."""
        if self.said.offer and event.x >= self.size.width // 2:
            event.stop()
            self.post_message(self.Offered(self.said.offer))


class PanelFlash(Flash):
    """The same on a panel, as in dialogues."""

    surface = "panel"
