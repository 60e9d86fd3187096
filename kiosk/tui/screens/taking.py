"""Taking what is left: by one way after the other, until that was all or somebody goes back."""

from __future__ import annotations

from uuid import uuid4

from kiosk.checkout.tender import CASH
from kiosk.i18n import _
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.cash import CashDialogue
from kiosk.tui.screens.paying import SHOWN
from kiosk.tui.screens.settling import Settling


class Taking(Settling):
    """The part of the tender screen that asks for money."""

    def go_back(self) -> None:
        """Back to the till; what was taken stays taken."""
        register = self.station.register
        if register.tender is not None and not register.tender.attempts:
            register.tender = None
        self.app.pop_screen()

    def say_taken_up(self) -> None:
        """A sale that was taken up again with its payments: say what there is to do about them."""
        if self.tender.open is not None:
            self.say(_("Was it paid? Look, then say so."), "warn", "settle")
        elif self.tender.settled:
            self.say(_("All of it is paid."), "good", "finish")

    async def take(self, name: str) -> None:
        """Take what is left by one way; go on to the commit when that was all."""
        tender = self.tender
        if tender.open is not None:
            self.say_taken_up()
        elif not tender.settled:
            chosen = await self._choose() if name == "other" else name
            begun = chosen is not None and await self._take_by(chosen)
            if not begun and not tender.attempts:
                self.go_back()
                return
        await self.go_on()

    async def _take_by(self, name: str) -> bool:
        """Take what is left by a way; False when the seller went back from it."""
        method = self.station.methods.get(name)
        if method is None:
            self.refuse(self.station.method_problems.get(name) or _("This way to pay cannot be used."))
        elif method.can_overpay:
            return await self._cash()
        else:
            await self.ask_for(method, self.tender.remaining(method.name))
        return True

    async def _choose(self) -> str | None:
        """Ask which of the other ways; one that cannot be used says why when it is chosen."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        others = [name for name in self.station.settings.methods if name not in SHOWN]
        if len(others) == 1:
            return others[0]
        options = [Option(one, self.label(one)) for one in others]
        return await self.ask(ChoiceDialogue(_("Paid how?"), options))

    async def _cash(self) -> bool:
        """Ask how much was handed over; False when the seller went back."""
        tender = self.tender
        due = tender.remaining(CASH)
        given = await self.ask(CashDialogue(due, self.currency, due - tender.remaining("")))
        if given is None:
            return False
        try:
            taken = tender.hand_over(uuid4().hex, given)
        except ValueError as refused:
            self.refuse(str(refused))
            return True
        self.station.register.tender = taken
        if not taken.settled:
            try:
                await self.keep_cash()
            except REFUSALS as refused:
                self.refuse(str(refused))
        return True
