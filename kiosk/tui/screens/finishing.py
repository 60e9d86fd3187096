"""The commit: all of a paid sale at once, or nothing, and then the change screen.

Until the ledger has it, basket and payments stay as they are; asking again with the same id books it once.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kiosk.checkout import attempts, sale
from kiosk.checkout.tender import CASH
from kiosk.i18n import _
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.outside import Outside

if TYPE_CHECKING:
    from kiosk.checkout.tender import Tender
    from kiosk.tui.screens.change import ChangeScreen


class Finishing(Outside):
    """The part of taking money that ends it."""

    shift_open = True
    """Whether there is a day to book on; looked up before any money is asked for."""
    _change: ChangeScreen | None = None
    """What follows a sale that was booked."""

    def on_mount(self) -> None:
        """Money is being taken from here on: the end of the battery waits for it."""
        self.station.taking_money = True

    def on_unmount(self) -> None:
        """It is booked, or given up."""
        self.station.taking_money = False

    def on_screen_resume(self) -> None:
        """Go on to the change, if the sale was booked while the help or a word of warning lay over this."""
        if self._change is not None:
            self.app.switch_screen(self._change)

    async def go_on(self) -> None:
        """Commit the sale once it is paid; the till is free as soon as the ledger has it."""
        if self.busy or not self.tender.settled or not self.shift_open:
            return
        self.busy = True
        tender, new = self.tender, self._new_sale(self.tender)
        self.app.keeper.flush()  # a save after the commit would bring the ended draft back
        collect = self.station.register.collect
        ticket, words = None, ""
        try:
            if collect:
                from kiosk.tui.screens.collecting import book

                booked, words = await book(self, new, collect)
                receipt, ticket = booked.receipt, booked.ticket
            else:
                receipt = await self.work(sale.commit, new)
        except sale.NoShift:
            self.shift_open = False
            with suppress(*REFUSALS):
                await self.keep_cash()
            self.say_no_shift()
            return
        except REFUSALS as failed:
            with suppress(*REFUSALS):  # on a full disk there is nothing more to say
                await self.keep_cash()
            self.refuse(str(failed))
            return
        finally:
            self.busy = False
        from kiosk.tui.screens.change import ChangeScreen

        self.station.register.clear()
        self.app.keeper.begin()
        self._change = ChangeScreen(receipt, tender, printed=new.receipt, collect=words, ticket=ticket)
        if self.app.screen is self:
            self.app.switch_screen(self._change)

    async def keep_cash(self) -> None:
        """Keep on disk what was handed over, in case the power fails before the sale is booked."""
        await self.app.keeper.keep_now()
        for one in self.tender.attempts:
            if one.method == CASH and one.state == "confirmed":
                await self.work(attempts.store_attempt, self.app.keeper.draft, one)

    def say_no_shift(self) -> None:
        """Say what is missing, with the way to it."""
        self.say(_("No shift is open, so nothing can be booked."), "warn", "shift")

    def _prints(self) -> bool:
        """Whether the receipt goes to paper unasked: while power is short it is offered as a code first."""
        settings = self.station.settings
        return settings.receipt.printing == "always" and settings.has_printer and not self.station.thrift

    def _new_sale(self, tender: Tender) -> sale.NewSale:
        """The sale as it is booked."""
        register, keeper, payments = self.station.register, self.app.keeper, tender.payments()
        methods, settings = self.station.methods, self.station.settings
        opens = any(one.method in methods and methods[one.method].opens_drawer for one in payments)
        return sale.NewSale(
            register.basket,
            payments,
            self.person,
            keeper.sale_id,
            approvals=register.approvals,
            attempts=tender.attempts,
            draft=keeper.draft,
            opens_drawer=opens and settings.has_drawer,
            receipt=self._prints(),
        )
