"""Power: until when it lasts and why, the day as a picture, and the outlets as switches.

A touch on an outlet switches it. What the advisor does not call safe is asked first, with its reason; what
keeps the till alive is never switched off here.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk import i18n
from kiosk.i18n import _
from kiosk.power.advisor import briefly, told
from kiosk.tui.commands import bindings
from kiosk.tui.incoming import monotonic_ms
from kiosk.tui.power import (
    STALE_MS,
    closing_line,
    ends_line,
    health_line,
    left_line,
    rescue_line,
    source_line,
    to_switch_off,
)
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.place import Place
from kiosk.tui.widgets.daychart import DayChart
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.listing import Column, Entry, Listing
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.power.view import OutletSeen, PowerView

OUTLET = "outlet:"
ACROSS = 4
"""Outlets beside one another; a stall has three or four."""


class PowerScreen(Place):
    """The numbers above, the day in the middle, the switches below."""

    PLACE = "power"
    BINDINGS = bindings("power")
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
        super().on_mount()
        self.query_one("#numbers", Listing).empty_text = _("power unknown")

    @property
    def view(self) -> PowerView | None:
        """The newest numbers; None where there are none, or they are too old to be true."""
        view = self.station.headroom
        return view if view is not None and monotonic_ms() - view.at_ms <= STALE_MS else None

    def can(self, name: str, /) -> bool:
        """There is something that should go off."""
        if name == "rescue":
            view = self.view
            return bool(view is not None and to_switch_off(view))
        return super().can(name)

    def refresh_standing(self) -> None:
        """The numbers follow what comes in."""
        super().refresh_standing()
        if self.is_current:
            self.show_state()

    # -- showing ---------------------------------------------------------------------------------------------

    def clock(self, seconds: float) -> str:
        """Seconds from now as a time of day."""
        return i18n.time(self.station.clock.now().wall_ms + int(seconds * 1000))

    def show_state(self) -> None:
        """Show everything anew."""
        view = self.view
        why = _("Nothing is told of the battery: see [power] in shop.toml.")
        if self.station.settings.power is not None:
            why = _("Nothing is heard of the battery.") if view is None else self._grade(view)
        self.heading(_("Power"), why)
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

    def _grade(self, view: PowerView) -> str:
        """How far the numbers can be believed."""
        found = view.headroom
        return _("grade {letter}: {why}").format(letter=found.grade, why=found.grade_why)

    def _show_words(self, view: PowerView | None) -> None:
        """The numbers at the left, where they come from at the right."""
        numbers, sources = self.query_one("#numbers", Listing), self.query_one("#sources", Listing)
        if view is None:
            numbers.show((Column(),), ())
            sources.show((Column(),), ())
            return
        lines = (ends_line(view, self.clock), left_line(view), closing_line(view, self.clock))
        entries = [Entry("", (line,), strong=at == 0) for at, line in enumerate(lines)]
        if gap := rescue_line(view):
            entries.append(Entry("", (gap,), "warn"))
        numbers.show((Column(),), entries)
        heard = [source_line(source) for source in view.sources]
        rows = [
            Entry("", (line,), "warn" if bad else "quiet")
            for line, bad in [*heard, health_line(view)]
            if line
        ]
        if view.shed:
            order = _("goes off first: {names}").format(names=", ".join(view.shed))
            rows.append(Entry("", (order,), "quiet"))
        sources.show((Column(),), rows[: sources.size.height or len(rows)])

    def _outlet_key(self, number: int, one: OutletSeen) -> TouchKey:
        """An outlet: what it draws, or whether it may be switched on."""
        if one.on is None:
            return self._key(number, one, _("no answer"), "warn")
        if one.on:
            return self._key(number, one, _("on"), "accent")
        words = briefly(one.advice, self.clock) if one.advice is not None else ""
        return self._key(number, one, " · ".join(part for part in (_("off"), words) if part), "plain")

    def _key(self, number: int, one: OutletSeen, state: str, hue: str) -> TouchKey:
        watts = "" if one.watts is None else _("{watts} W").format(watts=round(one.watts))
        return TouchKey(
            f"{OUTLET}{one.name}",
            f"{one.name} {watts}".rstrip(),
            detail=state,
            hint=str(number),
            hue=hue,
            opened=bool(one.on),
            enabled=one.on is not None,
        )

    # -- switching -------------------------------------------------------------------------------------------

    def pressed(self, key: TouchKey, /) -> None:
        """An outlet."""
        if key.id.startswith(OUTLET):
            self._turn(key.id.removeprefix(OUTLET))

    def typed(self, character: str, /) -> bool:
        """An outlet by its number."""
        outlets = self.view.outlets if self.view is not None else ()
        if character.isdecimal() and 1 <= int(character) <= len(outlets):
            self._turn(outlets[int(character) - 1].name)
            return True
        return False

    def _turn(self, name: str) -> None:
        view = self.view
        one = next((one for one in view.outlets if one.name == name), None) if view is not None else None
        if one is not None and one.on is not None and not self.under_way(f"turn {name}"):
            self.work_on(self._turned(one), f"turn {name}")

    async def _turned(self, one: OutletSeen) -> None:
        """Switch an outlet, after asking where it is not safe."""
        if one.on and one.load_class == 0:
            self.refuse(_("{name} keeps the till alive and stays on.").format(name=one.name))
        elif one.on:
            await self._switch(one.name, False)
        elif one.resting:
            self.refuse(_("{name} rests for five minutes before it starts again.").format(name=one.name))
        elif one.advice is None or one.advice.yes or await self._sure(one):
            await self._switch(one.name, True)

    async def _sure(self, one: OutletSeen) -> bool:
        """Ask before something is switched on that is not known to be safe."""
        from kiosk.tui.screens.prompts import ConfirmDialogue

        words = told(one.advice, self.clock) if one.advice is not None else ""
        sure = await self.ask(
            ConfirmDialogue(
                _("Switch {name} on?").format(name=one.name),
                words=words,
                yes=_("Switch it on all the same"),
                no=_("Leave it off"),
                hue="warn",
            )
        )
        return bool(sure)

    async def _switch(self, name: str, on: bool) -> None:
        """Switch it and say what was seen."""
        self.say(_("Switching {name}…").format(name=name))
        try:
            await asyncio.wrap_future(self.station.switch(name, on, self.person.name))
        except REFUSALS as refused:
            self.refuse(_("{name} was not switched: {reason}").format(name=name, reason=refused))
            return
        words = _("{name} is on.") if on else _("{name} is off.")
        self.say(words.format(name=name), "good")

    async def do_rescue(self) -> None:
        """Switch off what closes the gap to closing time."""
        view = self.view
        for name in to_switch_off(view) if view is not None else ():
            await self._switch(name, False)
