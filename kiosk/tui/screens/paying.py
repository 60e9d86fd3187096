"""From the till to the money: finish what the lines ask for, then the tender screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.checkout.till import NotReady
from kiosk.tui.commands import commands
from kiosk.tui.screens.lines import Lines

if TYPE_CHECKING:
    from kiosk.checkout.tender import Tender
    from kiosk.tui.widgets.touchkey import TouchKey

SHOWN = ("cash", "card", "qr")
"""Ways to pay with a key of their own; the others, which plug-ins bring, stand behind `other`."""


class Paying(Lines):
    """The part of the till that begins to take money."""

    def takes(self, method: str) -> bool:
        """Whether the shop takes money this way; `other` is any way without a key of its own."""
        if method == "collect":
            return self.station.settings.pickup is not None and bool(self.station.settings.pickup.points)
        methods = self.station.settings.methods
        return any(name not in SHOWN for name in methods) if method == "other" else method in methods

    def pay_keys(self) -> list[TouchKey]:
        """The ways to pay; a bar below "collect" says that the money is for what is collected later."""
        held = bool(self.register.collect)
        rows = [row.id for row in commands("till", "pay") if self.takes(row.id)]
        return [self.key(name, opened=held and name == "collect") for name in rows]

    async def do_cash(self) -> None:
        """Take cash."""
        await self.pay("cash")

    async def do_card(self) -> None:
        """Take a card."""
        await self.pay("card")

    async def do_qr(self) -> None:
        """Show a payment code."""
        await self.pay("qr")

    async def do_other(self) -> None:
        """Take it another way."""
        await self.pay("other")

    async def do_collect(self) -> None:
        """Hold the goods for somebody who collects them later."""
        from kiosk.tui.screens.collecting import collect_later

        await collect_later(self)

    async def find_hold(self) -> None:
        """A sale was taken up again: it may be one that is held for who collects it."""
        if self.station.settings.pickup is not None:
            from kiosk.tui.screens.collecting import find_hold

            await find_hold(self)

    async def _may_pay(self, tender: Tender) -> bool:
        """Whether money may be taken: what is to be collected must still be there. Money taken stays."""
        if not self.register.collect or tender.paid or tender.open:
            return True
        from kiosk.tui.screens.collecting import still_stands

        return await still_stands(self)

    async def pay(self, method: str) -> None:
        """Finish what the lines still ask for, then take the money; an empty `method` leaves the choice."""
        if method and self.app.screen is not self:
            return  # another press was first
        self.do_back()
        try:
            tender = self.register.pay()
        except NotReady as missing:
            if not missing.steps or not await self.ask_steps(missing.steps):
                self.say(str(missing), "warn")
                return
            await self.pay(method)
            return
        except (ValueError, PermissionError) as refused:
            self.say(str(refused), "bad")
            return
        if not await self._may_pay(tender):
            return
        from kiosk.tui.screens.tender import TenderScreen

        self.say("")  # what was said of these lines, and an undo beside it, would outlive the sale
        await self.app.push_screen(TenderScreen(method))

    async def go_on_paying(self) -> None:
        """A sale was taken up again: if money came for it, or may have, that is the next question."""
        tender = self.register.tender
        moved = tender is not None and (tender.open is not None or tender.paid or tender.change)
        if moved and self.app.screen is self:
            await self.pay("")
