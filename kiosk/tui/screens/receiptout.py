"""The receipt of a sale that was just booked: on paper, as a copy, on the screen, as a code.

How it fares is said by itself: a printer without paper, no printer at all, a clock nobody has confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.checkout import printqueue, stored_sale
from kiosk.i18n import _, amount
from kiosk.station.rendering import enqueue_receipt, rows_of_sale
from kiosk.tui.screens.booking import REFUSALS, Booking

if TYPE_CHECKING:
    from kiosk.checkout.sale import Receipt
    from kiosk.pickup.desk import Ticket


class ReceiptOut(Booking[None]):
    """The part of the change screen that gives the customer a receipt."""

    receipt: Receipt
    ticket: Ticket | None
    """What fetches goods that are collected later."""
    printed: bool
    """Whether the receipt is in the print queue."""
    _told: tuple[str, bool | None] = ("", None)
    """What is wrong with the printer, and how the drawer stands, as it was said last."""

    def say_receipt(self) -> None:
        """Say how the receipt fares, with what else can be done when there is no paper."""
        problem = self._printer_bad() if self.printed else ""
        self._told = (problem, self.station.counter.drawer_open)
        if self.ticket is not None and (problem or not self.station.settings.has_printer):
            words = _("No paper for the ticket: show the customer the code to collect with.")
            self.say(words, "warn", "ticket", _("ticket"))
        elif problem:
            words = _("{problem}: the receipt waits. Show it as a code.").format(problem=problem.capitalize())
            self.say(words, "warn", "code")
        elif not self.printed and self.station.settings.receipt.printing != "never":
            self._offer_receipt()
        elif not self.receipt.clock_trusted and self.can("clock"):
            words = _("The receipt says that the time is not confirmed. Is it right?")
            self.say(words, "note", "clock", _("confirm"))
        else:
            self.say(_("The drawer is open.") if self.station.counter.drawer_open else "")

    def _offer_receipt(self) -> None:
        """Say how the customer gets a receipt that was not printed."""
        if self.station.thrift:
            self.say(_("Power is short: show the receipt as a code?"), "note", "code")
        elif self.station.settings.has_printer:
            self.say(_("Print a receipt?"), "note", "print")
        else:
            self.say(_("No printer here: show the receipt as a code."), "note", "code")

    def _printer_bad(self) -> str:
        """What is wrong with the printer, in its lamp's words; empty when nothing is known to be."""
        lamps = (lamp for lamp in self.station.lamps if lamp.name == "printer" and lamp.state == "bad")
        return next((lamp.words for lamp in lamps), "")

    def refresh_standing(self) -> None:
        """The paper may run out under this very receipt; the drawer opens, and somebody shuts it."""
        super().refresh_standing()
        if self.printed and (self._printer_bad(), self.station.counter.drawer_open) != self._told:
            self.say_receipt()

    async def do_print(self) -> None:
        """Print the receipt, or a copy when it was printed before."""
        if self.printed:
            count = await self.tried(printqueue.reprint, "receipt", self.receipt.id, self.person)
            if count is not None:
                self.say(_("Copy {n} is being printed.").format(n=count))
            return
        self.printed = True  # at once: a second press asks for a copy
        try:
            await self.work(enqueue_receipt, self.receipt.id)
        except REFUSALS as refused:
            self.printed = False
            self.refuse(str(refused))
        else:
            self.say(_("The receipt is being printed."))

    async def do_ticket(self) -> None:
        """Show the customer what fetches their goods."""
        from kiosk.tui.screens.ticket import TicketScreen

        if self.ticket is not None:
            await self.app.push_screen(TicketScreen(self.ticket))

    async def do_view(self) -> None:
        """Show the receipt as paper."""
        from kiosk.tui.screens.slipview import SlipScreen

        settings, key = self.station.settings, self.receipt.id
        await self.app.push_screen(
            SlipScreen(
                _("Receipt {number}").format(number=self.receipt.number),
                lambda ledger, _settings: rows_of_sale(ledger, stored_sale.load(ledger, key), settings),
                figure=amount(self.receipt.total, self.currency),
                caption=_("total, {currency}").format(currency=self.currency.code),
            )
        )

    async def do_code(self) -> None:
        """Show the receipt as a code, with as much of it as fits."""
        from kiosk.checkout.receipt_code import receipt_text
        from kiosk.tui.screens.codeview import CodeScreen

        sold = await self.looked_up(stored_sale.load, self.receipt.id)
        if sold is not None:
            shop = self.station.settings.name
            title = _("Receipt {number}").format(number=sold.number)
            await self.app.push_screen(CodeScreen(title, lambda fits: receipt_text(sold, shop, fits)))
