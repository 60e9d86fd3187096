"""How power looks: the numbers, where they come from, the day as a picture, and a key for each outlet.

What is, and what would be, are shown the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk import i18n
from kiosk.i18n import _
from kiosk.power.advisor import advice_words
from kiosk.tui.power import (
    class_word,
    closing_line,
    ends_line,
    health_line,
    left_line,
    outage_line,
    rescue_line,
    source_line,
)
from kiosk.tui.screens.place import Place
from kiosk.tui.text import parts
from kiosk.tui.widgets.daychart import DayChart
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.listing import Column, Entry, Listing
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.power.view import OutletSeen, PowerView

OUTLET = "outlet:"
ACROSS = 4
"""Outlets beside one another; a stall has three or four."""
AIR = 2
"""Cells of a list's row that are not its text."""
KEY_AIR = 4
"""Cells of a key that its words do not have."""


class PowerLook(Place):
    """The numbers above, the day in the middle, the outlets below."""

    CSS_PATH: ClassVar = ["place.tcss", "power.tcss"]

    def content(self) -> ComposeResult:
        """Numbers and sources, the picture, the outlets."""
        with Vertical(id="content"):
            with Horizontal(id="words"):
                yield Listing(id="numbers")
                yield Listing(id="sources")
            yield DayChart(id="day")
            yield KeyGrid(id="outlets")

    def on_mount(self) -> None:
        """Say so when there is nothing."""
        self.query_one("#numbers", Listing).empty_text = _("power unknown")

    @property
    def view(self) -> PowerView | None:
        """The numbers to show; None where there are none."""
        raise NotImplementedError

    def headline(self, view: PowerView | None, /) -> tuple[str, str]:
        """What is shown, and the one thing to know about it."""
        raise NotImplementedError

    def turn(self, name: str, /) -> None:
        """An outlet was touched, or its number typed."""
        raise NotImplementedError

    # -- showing ---------------------------------------------------------------------------------------------

    def clock(self, seconds: float) -> str:
        """Seconds from now as a time of day."""
        return i18n.time(self.station.clock.now().wall_ms + int(seconds * 1000))

    def show_state(self) -> None:
        """Show everything anew."""
        view = self.view
        self.heading(*self.headline(view))
        self._show_words(view)
        wall_s = self.station.clock.now().wall_ms / 1000
        self.query_one(DayChart).show(view, wall_s, self.clock)
        outlets = view.outlets if view is not None else ()
        keys = [self._outlet_key(number, one) for number, one in enumerate(outlets, 1)]
        columns = max(1, min(ACROSS, len(keys)))
        grid = self.query_one("#outlets", KeyGrid)
        grid.display = bool(keys)
        grid.show(keys, columns=columns, rows=max(1, -(-len(keys) // columns)))
        self.show_bar()

    def _show_words(self, view: PowerView | None) -> None:
        """The numbers at the left, where they come from at the right."""
        numbers, sources = self.query_one("#numbers", Listing), self.query_one("#sources", Listing)
        if view is None:
            numbers.show((Column(),), ())
            sources.show((Column(),), ())
            return
        lines = (ends_line(view, self.clock), left_line(view), closing_line(view, self.clock))
        room = numbers.size.width - AIR
        entries = [Entry("", (parts(line, room),), strong=at == 0) for at, line in enumerate(lines)]
        if gap := rescue_line(view):
            entries.append(Entry("", (gap,), "warn"))
        numbers.show((Column(),), entries)
        heard = [source_line(source) for source in view.sources]
        order = _("off first: {names}").format(names=", ".join(view.shed)) if view.shed else ""
        words = [outage_line(view), (order, False), *heard, health_line(view)]
        words.sort(key=lambda one: not one[1])  # what is wrong first, where not everything has room
        room = sources.size.width - AIR
        rows = [Entry("", (parts(line, room),), "warn" if bad else "quiet") for line, bad in words if line]
        sources.show((Column(),), rows[: sources.size.height or len(rows)])

    def _outlet_key(self, number: int, one: OutletSeen) -> TouchKey:
        """An outlet: what it draws and how needed it is, or whether it may be switched on."""
        watts = "" if one.watts is None else _("{watts} W").format(watts=round(one.watts))
        columns = max(1, min(ACROSS, len(self.view.outlets) if self.view is not None else 1))
        return TouchKey(
            f"{OUTLET}{one.name}",
            f"{one.name} {watts}".rstrip(),
            detail=self._state(one, self.size.width // columns - KEY_AIR),
            hint=str(number),
            hue=self.hue(one),
            opened=bool(one.on),
            enabled=one.on is not None,
        )

    def hue(self, one: OutletSeen) -> str:
        """The colour of an outlet's key."""
        return "warn" if one.on is None else "accent" if one.on else "plain"

    def _state(self, one: OutletSeen, room: int) -> str:
        """How an outlet is; its class as far as there is room."""
        if one.on is None:
            return _("no answer")
        words = _("on") if one.on else _("shed") if one.shed else _("off")
        if one.advice is not None and not one.on:
            words = f"{words} · {advice_words(one.advice, self.clock, briefly=True)}"
        whole = f"{words} · {class_word(one.load_class)}"
        return whole if cell_len(whole) <= room else words

    # -- touching --------------------------------------------------------------------------------------------

    def pressed(self, key: TouchKey, /) -> None:
        """An outlet."""
        if key.id.startswith(OUTLET):
            self.turn(key.id.removeprefix(OUTLET))

    def typed(self, character: str, /) -> bool:
        """An outlet by its number."""
        outlets = self.view.outlets if self.view is not None else ()
        if character.isdecimal() and 1 <= int(character) <= len(outlets):
            self.turn(outlets[int(character) - 1].name)
            return True
        return False

    def outlet(self, name: str) -> OutletSeen | None:
        """An outlet of the numbers that are shown."""
        view = self.view
        return None if view is None else next((one for one in view.outlets if one.name == name), None)
