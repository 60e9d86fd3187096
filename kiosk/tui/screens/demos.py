"""Demonstrations: one key a product that is shown with an appliance; a touch begins, another ends.

Where the appliance's outlet is what begins and ends a demonstration, the touch switches it; what the advisor
does not call safe is asked first.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk import i18n
from kiosk.energy.desk import ToShow, read_to_show
from kiosk.energy.words import wh_words
from kiosk.i18n import _, ngettext
from kiosk.tui.commands import bindings
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.place import Place
from kiosk.tui.text import clean
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.power.view import OutletSeen

DEMO = "demo:"
ACROSS, MOST = 3, 9
"""Keys beside one another, and on a page: as many as there are digits."""


class DemosScreen(Place):
    """Products that are shown, as keys."""

    PLACE = "demos"
    BINDINGS = bindings("demos")
    CSS_PATH: ClassVar = ["place.tcss", "demos.tcss"]

    rows: tuple[ToShow, ...] = ()
    page = 0

    def content(self) -> ComposeResult:
        """The keys."""
        with Vertical(id="content"):
            yield KeyGrid(id="demos")

    async def enter_place(self) -> None:
        """Read what can be shown, from its first page."""
        self.page = 0
        await self.look()

    async def look(self) -> None:
        """Read what can be shown, and what is."""
        found = await self.looked_up(read_to_show)
        if found is not None:
            self.rows = found

    def refresh_standing(self) -> None:
        """What is shown follows what comes in."""
        super().refresh_standing()
        if self.is_current and self.rows and not self.under_way("look"):
            self.work_on(self.look(), "look")

    # -- showing ---------------------------------------------------------------------------------------------

    @property
    def here(self) -> tuple[ToShow, ...]:
        """The products of this page."""
        return self.rows[self.page * MOST : (self.page + 1) * MOST]

    def show_state(self) -> None:
        """Show the keys."""
        running = sum(one.running is not None for one in self.rows)
        words = _("Touch a product when you begin to show it, and again when you are done.")
        if not self.rows:
            words = _("No product names its outlet yet: `kiosk catalogue add --demo OUTLET`.")
        elif running:
            words = ngettext("{n} is being shown", "{n} are being shown", running).format(n=running)
        self.heading(_("Demonstrations"), words)
        keys = [self._key(number, one) for number, one in enumerate(self.here, 1)]
        columns = max(1, min(ACROSS, len(keys)))
        rows = max(2, -(-len(keys) // columns))
        self.query_one("#demos", KeyGrid).show(keys, columns=columns, rows=rows)
        self.show_bar()

    def _key(self, number: int, one: ToShow) -> TouchKey:
        """A product: since when it is shown, or what it took since the last closing."""
        demo = one.running
        return TouchKey(
            f"{DEMO}{one.sku}",
            clean(one.name),
            detail=self._since(one) if demo else self._day(one),
            hint=str(number),
            hue="accent" if demo else "plain",
            opened=demo is not None,
        )

    def _since(self, one: ToShow) -> str:
        """For how long it is shown, and what it took."""
        demo = one.running
        if demo is None:
            return ""
        stamp = self.station.clock.now()
        since_ms = stamp.boot_ms - demo.boot_ms if stamp.boot_id == demo.boot_id else 0
        minutes = _("{n} min").format(n=max(0, since_ms) // 60_000)
        metered = demo.figures.mwh
        return minutes if metered is None else f"{minutes} · {wh_words(metered)}"

    def _day(self, one: ToShow) -> str:
        """What it took since the last closing."""
        if not one.demos:
            return _("not shown yet")
        times = ngettext("{n} demo", "{n} demos", one.demos).format(n=one.demos)
        return times if one.mwh is None else f"{times} · {wh_words(one.mwh)}"

    # -- beginning and ending --------------------------------------------------------------------------------

    def pressed(self, key: TouchKey, /) -> None:
        """A product."""
        if key.id.startswith(DEMO):
            self._turn(key.id.removeprefix(DEMO))

    def typed(self, character: str, /) -> bool:
        """A product by its number."""
        if character.isdecimal() and 1 <= int(character) <= len(self.here):
            self._turn(self.here[int(character) - 1].sku)
            return True
        return False

    def _turn(self, sku: str) -> None:
        one = next((one for one in self.rows if one.sku == sku), None)
        if one is not None and not self.under_way(f"show {sku}"):
            self.work_on(self._ended(one) if one.running else self._begun(one), f"show {sku}")

    def _outlet(self, one: ToShow) -> OutletSeen | None:
        """The outlet whose switch makes a demonstration; None where a hand does."""
        view, power = self.station.headroom, self.station.settings.power
        if view is None or power is None or power.outlet(one.outlet).by_hand:
            return None
        return next((seen for seen in view.outlets if seen.name == one.outlet), None)

    async def _begun(self, one: ToShow) -> None:
        """Switch the outlet on and begin; where that is not safe it is asked, and no begins nothing."""
        seen, showing = self._outlet(one), self.station.showing
        if showing is None:
            return
        wanted = seen is not None and seen.on is False
        if seen is not None and wanted and not await self._may_go_on(seen):
            return
        try:
            if seen is not None and wanted:  # first: an outlet that does not answer begins nothing
                await asyncio.wrap_future(self.station.switch(seen.name, True, self.person.name))
            await asyncio.wrap_future(showing.begin(one.sku, self.person, self.leave))
        except REFUSALS as refused:
            self.refuse(str(refused))
        else:
            self.say(_("{name} is being shown.").format(name=clean(one.name)), "good")
        await self.look()

    async def _may_go_on(self, seen: OutletSeen) -> bool:
        """Whether an outlet may be switched on; asked where it is not known to be safe."""
        from kiosk.tui.screens.switchon import switch_on_dialogue

        if seen.resting:
            self.refuse(_("{name} rests for five minutes before it starts again.").format(name=seen.name))
            return False
        if seen.advice is None or seen.advice.yes:
            return True
        sure = await self.ask(switch_on_dialogue(seen, self.clock))
        return bool(sure)

    def clock(self, seconds: float) -> str:
        """Seconds from now as a time of day."""
        return i18n.time(self.station.clock.now().wall_ms + int(seconds * 1000))

    async def _ended(self, one: ToShow) -> None:
        """End it, and switch the outlet off."""
        seen, showing = self._outlet(one), self.station.showing
        if showing is None:
            return
        try:
            await asyncio.wrap_future(showing.end(one.sku, self.person, self.leave))
            if seen is not None and seen.on and seen.load_class:
                await asyncio.wrap_future(self.station.switch(seen.name, False, self.person.name))
        except REFUSALS as refused:
            self.refuse(str(refused))
        else:
            self.say(_("{name} was shown.").format(name=clean(one.name)), "good")
        await self.look()

    def do_page_up(self) -> None:
        """The page before."""
        self.page = max(0, self.page - 1)

    def do_page_down(self) -> None:
        """The next page."""
        self.page = min(self.page + 1, max(0, len(self.rows) - 1) // MOST)
