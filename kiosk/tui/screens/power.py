"""Power: until when it lasts and why, the day as a picture, and the outlets as switches.

A touch on an outlet switches it. What the advisor does not call safe is asked first, with its reason; what
keeps the till alive is never switched off here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.power.advisor import advice_words
from kiosk.tui.commands import bindings
from kiosk.tui.incoming import monotonic_ms
from kiosk.tui.power import STALE_MS, class_word, to_switch_off
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.powerlook import PowerLook

if TYPE_CHECKING:
    from concurrent.futures import Future

    from hardware.power.outlets.reading import OutletReading
    from kiosk.power.view import OutletSeen, PowerView
    from kiosk.tui.commands import Command
    from kiosk.tui.screens.prompts import Option
    from kiosk.tui.widgets.touchkey import TouchKey

ENDING = 3  # of `kiosk.power.thrift.Level`
AT_TIMES = frozenset({"restore", "stay_on"})
"""Keys that are there only while they make sense."""


class PowerScreen(PowerLook):
    """What is."""

    PLACE = "power"
    BINDINGS = bindings("power")

    @property
    def view(self) -> PowerView | None:
        """The newest numbers; None where there are none, or they are too old to be true."""
        view = self.station.headroom
        return view if view is not None and monotonic_ms() - view.at_ms <= STALE_MS else None

    def headline(self, view: PowerView | None, /) -> tuple[str, str]:
        """How far the numbers can be believed."""
        why = _("Nothing is told of the battery: see [power] in shop.toml.")
        if self.station.settings.power is not None:
            why = _("Nothing is heard of the battery.") if view is None else self._grade(view)
        return _("Power"), why

    def _grade(self, view: PowerView) -> str:
        """How far the numbers can be believed."""
        found = view.headroom
        return _("grade {letter}: {why}").format(letter=found.grade, why=found.grade_why)

    def can(self, name: str, /) -> bool:
        """What there is something to do for."""
        view = self.view
        if name == "rescue":
            return bool(view is not None and to_switch_off(view))
        if name == "restore":
            return bool(self._shed)
        if name == "stay_on":
            return self.station.thrift >= ENDING
        if name == "what_if":
            return view is not None
        return super().can(name)

    def bar_keys(self, rows: Sequence[Command]) -> list[TouchKey]:
        """What makes sense now, and what always does."""
        return super().bar_keys([row for row in rows if row.id not in AT_TIMES or self.can(row.id)])

    def refresh_standing(self) -> None:
        """The numbers follow what comes in."""
        super().refresh_standing()
        if self.is_current:
            self.show_state()

    @property
    def _shed(self) -> list[OutletSeen]:
        """What this till switched off to save power, first what is needed most."""
        view = self.view
        shed = [one for one in view.outlets if one.shed] if view is not None else []
        return sorted(shed, key=lambda one: (one.load_class, one.watts or 0.0, one.name))

    # -- switching -------------------------------------------------------------------------------------------

    def turn(self, name: str, /) -> None:
        """Switch an outlet."""
        one = self.outlet(name)
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
        from kiosk.tui.screens.switchon import switch_on_dialogue

        sure = await self.ask(switch_on_dialogue(one, self.clock))
        return bool(sure)

    async def _switch(self, name: str, on: bool) -> None:
        """Switch it and say what was seen."""
        await self._seen(name, self.station.switch(name, on, self.person.name), on=on)

    async def _seen(self, name: str, switched: Future[OutletReading], *, on: bool) -> None:
        """Say what came of switching."""
        self.say(_("Switching {name}…").format(name=name))
        try:
            await asyncio.wrap_future(switched)
        except REFUSALS as refused:
            from kiosk.station.reasons import reason

            self.refuse(_("{name} was not switched: {reason}").format(name=name, reason=reason(refused)))
            return
        words = _("{name} is on.") if on else _("{name} is off.")
        self.say(words.format(name=name), "good")

    async def do_rescue(self) -> None:
        """Switch off what closes the gap to closing time; it is offered again when there is enough."""
        view = self.view
        for name in to_switch_off(view) if view is not None else ():
            await self._seen(name, self.station.shed(name, self.person.name), on=False)

    async def do_restore(self) -> None:
        """Switch on again what was shed: which, where there are several, and with what it costs."""
        from kiosk.tui.screens.prompts import ChoiceDialogue

        shed = self._shed
        name: str | None = shed[0].name if len(shed) == 1 else None
        if len(shed) > 1:
            options = [self._offered(one) for one in shed]
            words = _("What was switched off to save power, and what it costs.")
            name = await self.ask(ChoiceDialogue(_("Bring back what?"), options, words=words, columns=1))
        one = self.outlet(name) if name is not None else None
        if one is not None:
            await self._turned(one)

    def _offered(self, one: OutletSeen) -> Option[str]:
        """An outlet as an answer."""
        from kiosk.tui.screens.prompts import Option

        advice = _("rests for five minutes") if one.resting else _("not known")
        if one.advice is not None and not one.resting:
            advice = advice_words(one.advice, self.clock)
        watts = "" if one.watts is None else _("{watts} W").format(watts=round(one.watts))
        label = " · ".join(part for part in (one.name, watts, class_word(one.load_class)) if part)
        good = one.advice is not None and one.advice.yes and not one.resting
        return Option(one.name, label, advice, "accent" if good else "plain")

    def do_stay_on(self) -> None:
        """The person knows better than the gauge."""
        self.station.stay_on(self.person.name)
        self.say(_("The till stays on for ten minutes at least."), "good")

    async def do_what_if(self) -> None:
        """Ask what would be."""
        from kiosk.tui.screens.whatif import WhatIfScreen

        await self.app.push_screen(WhatIfScreen())
