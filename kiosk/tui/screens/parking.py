"""Putting a sale aside and taking it up again, by hand or after the power went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _, time
from kiosk.tui.screens.paying import Paying
from kiosk.tui.text import clean

if TYPE_CHECKING:
    from kiosk.checkout.rights import Person


class Parking(Paying):
    """The part of the till that keeps sales for later."""

    parked = 0
    """How many sales are put aside."""
    taken_up = False
    """The sale on the screen stood here before a restart, and was not yet asked about."""
    greeted: Person | None = None
    """Who was asked for the float after signing in: who goes back without an answer is only reminded."""
    clock_asked = False
    """Whether the time was asked about since the start."""

    async def do_park(self) -> None:
        """Put this sale aside under a name; without a sale, take one up again."""
        if self.register.basket.is_empty:
            await self._recall()
            return
        from kiosk.tui.screens.prompts import TextDialogue

        start = clean(self.register.basket.name)
        name = await self.ask(TextDialogue(_("Park this sale as"), start=start, most=40, empty=True))
        if name is None:
            return
        name = name or time(self.station.clock.now().wall_ms)
        try:
            await self.app.keeper.park(name)
        except (ValueError, PermissionError, OSError) as refused:
            self.say(str(refused), "bad")
        else:
            self.do_back()
            self.say(_("Parked: {name}").format(name=name), "good")
        await self.count_parked()

    async def _recall(self) -> None:
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        drafts = await self.app.keeper.parked()
        options = [
            Option(draft.id, draft.name or _("no name"), detail=time(draft.updated_ms)) for draft in drafts
        ]
        chosen = await self.ask(ChoiceDialogue(_("Take up which sale?"), options))
        if chosen is not None:
            await self._take_up(chosen)
        await self.count_parked()

    async def _take_up(self, draft_id: str) -> None:
        try:
            await self.app.keeper.recall(draft_id)
        except (ValueError, LookupError, PermissionError, OSError) as refused:
            self.say(str(refused), "bad")
        else:
            name = clean(self.register.basket.name)
            self.say(_("Back again: {name}").format(name=name), "good")
            await self.find_hold()
            await self.go_on_paying()

    async def settle_in(self) -> None:
        """After signing in: take up what stood here when the power went, and see that a shift is open."""
        from kiosk.checkout import shift

        try:
            if await self.app.keeper.resume():
                self.taken_up = True
                self.say(_("Back again: the sale that was open"), "good")
                await self.find_hold()
        except (ValueError, LookupError, PermissionError, OSError) as refused:
            self.say(str(refused), "bad")
        await self.count_parked()
        if await self.read(shift.current) is not None:
            if self.taken_up:
                self.taken_up = False
                await self.go_on_paying()
            else:
                self.ask_for_clock()
            return
        if self.greeted is self.register.person:
            self.say(_("No shift is open yet"), "warn", "shift")
        else:
            self.greeted = self.register.person
            self.app.go("shift")

    def ask_for_clock(self) -> None:
        """Say, once, what an unconfirmed time means, and offer to confirm it."""
        now = self.station.clock.now()
        if not now.trusted and not self.clock_asked:
            self.clock_asked = True
            words = _("Is it {time}? Sales go on meanwhile.")
            self.say(words.format(time=time(now.wall_ms)), "note", "clock", _("confirm"))

    async def count_parked(self) -> None:
        """Learn how many sales are put aside."""
        self.parked = len(await self.app.keeper.parked())
