"""The moment the customer looks at: the change, in figures to be read from across the stall.

The sale is committed. A scan, or Enter, begins the next one at once, printed or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.checkout import printqueue, stored_sale
from kiosk.checkout.cash import change_coins
from kiosk.checkout.receipt_code import receipt_text
from kiosk.i18n import _, amount, money
from kiosk.station.rendering import enqueue_receipt
from kiosk.tui.commands import bindings, commands
from kiosk.tui.messages import CodeScanned
from kiosk.tui.screens.frame import Frame
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.checkout.money import Currency
    from kiosk.checkout.sale import Receipt
    from kiosk.checkout.tender import Tender

MOST_PIECES = 6
"""Kinds of notes and coins proposed on one line."""


class ChangeScreen(Frame[None]):
    """What goes back to the customer, and the receipt."""

    PLACE = "change"
    BINDINGS = bindings("change")
    CSS_PATH = "change.tcss"

    def __init__(self, receipt: Receipt, tender: Tender, *, printed: bool) -> None:
        """Show what came of a sale; `printed` tells whether its receipt is in the print queue."""
        super().__init__()
        self.receipt = receipt
        self.tender = tender
        self.printed = printed

    def body(self) -> ComposeResult:
        """Words, the change, the coins, what was paid; keys below."""
        with Vertical(id="change"):
            yield Title(self._headline(), surface="ground", align="centre")
            yield BigDigits(id="back")
            yield Title(self._coins(), self._paid(), surface="ground", align="centre")
        yield Flash(id="flash")
        yield KeyGrid(id="bar")

    def on_mount(self) -> None:
        """Show the figure."""
        super().on_mount()
        digits = self.query_one(BigDigits)
        digits.align = "centre"
        currency = self._currency
        digits.show(amount(self.tender.change or abs(self.tender.totals.gross), currency))
        self.show_state()
        self._say_receipt()

    def show_state(self) -> None:
        """Show the keys."""
        keys = [self._key(row.id) for row in commands("change", "bar")]
        self.query_one("#bar", KeyGrid).show(keys, columns=len(keys), rows=1)

    def _key(self, name: str) -> TouchKey:
        if name == "print" and self.printed:
            return self.key(name, label=_("copy"))
        return self.key(name)

    def _headline(self) -> str:
        return _("Change") if self.tender.change else _("Paid")

    def _coins(self) -> str:
        """The fewest notes and coins for the change."""
        currency = self._currency
        pieces = change_coins(self.tender.change, currency)[:MOST_PIECES]
        return "  ·  ".join(f"{count} × {amount(piece, currency)}" for piece, count in pieces)

    def _paid(self) -> str:
        currency = self._currency
        total, paid = (
            money(self.tender.totals.gross, currency),
            money(self.tender.paid + self.tender.change, currency),
        )
        return _("{number} · total {total} · received {paid}").format(
            number=self.receipt.number, total=total, paid=paid
        )

    @property
    def _currency(self) -> Currency:
        return self.station.settings.currency

    def _say_receipt(self) -> None:
        """Say how the receipt fares, with what else can be done when there is no paper."""
        if not self.receipt.clock_trusted:
            self.say(_("The clock is not confirmed; the receipt says so."), "warn")
        elif self.printed and self._printer_bad():
            self.say(
                _("{problem}: the receipt waits. Show it as a code.").format(problem=self._printer_bad()),
                "warn",
                "code",
            )
        elif not self.printed and self.station.settings.receipt.printing == "ask":
            self.say(_("Print a receipt?"), "note", "print")

    def _printer_bad(self) -> str:
        """What is wrong with the printer, in its lamp's words; empty when nothing is known to be."""
        return next(
            (lamp.words for lamp in self.station.lamps if lamp.name == "printer" and lamp.state == "bad"), ""
        )

    def do_next(self) -> None:
        """The next customer."""
        self.app.pop_screen()

    def do_back(self) -> None:
        """The same."""
        self.do_next()

    async def take_code(self, scan: CodeScanned, /) -> None:
        """The next customer's first scan: it goes to the till."""
        self.app.pop_screen()
        self.app.post_message(scan)

    async def do_print(self) -> None:
        """Print the receipt, or a copy when it was printed before."""
        person = self.station.register.person
        if person is None:
            return
        if self.printed:
            count = await self.work(printqueue.reprint, "receipt", self.receipt.id, person)
            self.say(_("Copy {n} is being printed.").format(n=count))
            return
        await self.work(enqueue_receipt, self.receipt.id)
        self.printed = True
        self.say(_("The receipt is being printed."))

    async def do_view(self) -> None:
        """Show the receipt as paper."""
        from kiosk.tui.screens.paperview import PaperScreen, rows_of_sale

        await self.app.push_screen(PaperScreen(self.receipt.number, rows_of_sale(self.receipt.id)))

    async def do_code(self) -> None:
        """Show the receipt as a code, with as much of it as fits."""
        from kiosk.tui.screens.codeview import CodeScreen

        sold = await self.read(stored_sale.load, self.receipt.id)
        settings = self.station.settings
        await self.app.push_screen(
            CodeScreen(
                _("Receipt {number}").format(number=sold.number),
                lambda fits: receipt_text(sold, settings.name, fits),
            )
        )
