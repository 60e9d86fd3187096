"""The one line that is always true: whose till, who is there, and the state of everything it hangs on.

Sign, word and colour say the same thing. `?` is unknown, which is not "fine". The line is given lamps and
shows them; it does not ask anything itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment

from kiosk.tui.text import clean, cut
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from textual import events

    from kiosk.tui.ports import Lamp, LampState

SIGNS: dict[LampState, tuple[str, str]] = {
    "ok": ("✓", "good"),
    "warn": ("!", "warn"),
    "bad": ("✗", "bad"),
    "unknown": ("?", "quiet"),
    "off": ("·", "quiet"),
}
"""Sign and ink of each state."""


class Standing(NamedTuple):
    """What the line says: place, person, lamps, and the time as it may be shown."""

    place: str = ""
    person: str = ""
    lamps: tuple[Lamp, ...] = ()
    time: str = ""
    clock_trusted: bool = True
    """False puts a question mark behind the time: a till without a set clock says so."""


HELP = " ? F1 "
"""The way to the help at the right end, for eyes, fingers and keyboards alike."""


class StatusLine(Painted):
    """One row at the top of every screen."""

    DEFAULT_CSS = "StatusLine { height: 1; dock: top; }"
    surface = "raised"
    _standing = Standing()

    def show(self, standing: Standing) -> None:
        """Say something new; the same again costs nothing."""
        if standing != self._standing:
            self._standing = standing
            self.repaint(0, 1)

    def row(self, _y: int, width: int, /) -> list[Segment]:
        """Place and person at the left, lamps and time at the right.

        What does not fit goes from the left end: the place before the person.
        """
        told = self._standing
        place, person = clean(told.place), clean(told.person)
        who = f" {place} · {person}" if place and person else f" {place or person}"
        right = self._right(width - 10, min(cell_len(who) + 1, width // 4) - 10)
        taken = sum(cell_len(part.text) for part in right)
        if person and cell_len(who) >= width - taken:
            who = f" {person}"
        left = cut(who, max(width - taken - 1, 0))
        gap = width - taken - cell_len(left)
        return [Segment(left, self.ink(bold=True)), Segment(" " * max(gap, 0), self.ink()), *right]

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """A touch at the right end, over the time as well, asks for help."""
        if event.x >= self.size.width - len(HELP) - 6:
            event.stop()
            self.post_message(Flash.Offered("help"))

    def _right(self, width: int, kept: int) -> list[Segment]:
        told = self._standing
        clock = told.time + ("" if told.clock_trusted else "?")
        tail = (
            [Segment(f" {clock} ", self.ink("ink" if told.clock_trusted else "warn", bold=True))]
            if clock
            else []
        )
        tail.append(Segment(HELP, self.ink("raised", "quiet", bold=True)))
        room = width - sum(cell_len(part.text) for part in tail)
        out: list[Segment] = []
        for lamp, words in fitting(told.lamps, room, kept):
            sign, role = SIGNS[lamp.state]
            out += [
                Segment(f"{sign} ", self.ink(role, bold=True)),
                Segment(f"{words}  ", self.ink()),
            ]
        return out + tail


def fitting(lamps: Sequence[Lamp], room: int, kept: int = 0) -> list[tuple[Lamp, str]]:
    """The lamps there is room for with their words, in their order; the bad ones are placed first.

    As many lamps as possible, each with its fewest words; then more words where there is room left, `kept`
    cells of which they leave alone: a lamp is worth more than the stall's name, its adjectives are not.
    """
    ranks: dict[LampState, int] = {"bad": 0, "warn": 1, "unknown": 2, "ok": 3, "off": 4}
    placed: dict[int, str] = {}
    ranked = sorted(enumerate(lamps), key=lambda one: (ranks[one[1].state], not one[1].briefs))
    for at, lamp in ranked:
        words = clean(lamp.briefs[-1] if lamp.briefs else lamp.words)
        if cell_len(words) + 4 <= room:
            placed[at] = words
            room -= cell_len(words) + 4
    room -= max(kept, 0)
    for at, lamp in ranked:
        for words in map(clean, (lamp.words, *lamp.briefs)):
            more = cell_len(words) - cell_len(placed.get(at, words))
            if at in placed and more <= room:
                placed[at] = words
                room -= more
                break
    return [(lamp, placed[at]) for at, lamp in enumerate(lamps) if at in placed]
