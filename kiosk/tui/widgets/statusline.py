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

        What does not fit goes from the left end.
        """
        told = self._standing
        right = self._right(width - 10)
        taken = sum(cell_len(part.text) for part in right)
        who = " · ".join(clean(part) for part in (told.place, told.person) if part)
        left = cut(f" {who}", max(width - taken - 1, 0))
        gap = width - taken - cell_len(left)
        return [Segment(left, self.ink(bold=True)), Segment(" " * max(gap, 0), self.ink()), *right]

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """A touch at the right end, over the time as well, asks for help."""
        if event.x >= self.size.width - len(HELP) - 6:
            event.stop()
            self.post_message(Flash.Offered("help"))

    def _right(self, width: int) -> list[Segment]:
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
        for lamp in fitting(told.lamps, room):
            sign, role = SIGNS[lamp.state]
            out += [
                Segment(f"{sign} ", self.ink(role, bold=True)),
                Segment(f"{clean(lamp.words)}  ", self.ink()),
            ]
        return out + tail


def fitting(lamps: Sequence[Lamp], room: int) -> list[Lamp]:
    """The lamps there is room for, in their order; the bad ones are placed first, whatever their rank."""
    ranks: dict[LampState, int] = {"bad": 0, "warn": 1, "unknown": 2, "ok": 3, "off": 4}
    kept: list[Lamp] = []
    for lamp in sorted(lamps, key=lambda lamp: ranks[lamp.state]):
        need = cell_len(clean(lamp.words)) + 4
        if need <= room:
            kept.append(lamp)
            room -= need
    return [lamp for lamp in lamps if lamp in kept]
