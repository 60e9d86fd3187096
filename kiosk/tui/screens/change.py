"""The moment the customer looks at: the change, in figures to be read from across the stall.

The sale is committed. A scan, a digit, or Enter begins the next one at once, printed or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout import printqueue, stored_sale
from kiosk.checkout.cash import change_coins
from kiosk.checkout.denominations import denominations
from kiosk.i18n import _, amount, money, short_amount
from kiosk.station.rendering import enqueue_receipt, rows_of_sale
from kiosk.tui.commands import bindings, commands
from kiosk.tui.messages import CodeScanned
from kiosk.tui.screens.booking import REFUSALS, Booking
from kiosk.tui.screens.clock import check_clock
from kiosk.tui.screens.frame import Frame
from kiosk.tui.text import clean
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.paper import Paper
from kiosk.tui.widgets.pieces import Piece, Pieces
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.checkout.customer import View
    from kiosk.checkout.money import Currency
    from kiosk.checkout.sale import Receipt
    from kiosk.checkout.tender import Tender

PAPER_FROM = 120
"""Columns of the screen from which the slip stands beside the change."""
PAPER_AIR = 6
"""Cells beside the slip's own columns: its margins and the panel's; what is left makes the change larger."""


class ChangeScreen(Booking[None]):
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
        self._told: tuple[str, bool | None] = ("", None)
        """What is wrong with the printer, and how the drawer stands, as it was said last."""

    def body(self) -> ComposeResult:
        """The change over its notes and coins, the slip where there is room; keys below."""
        with Horizontal(id="content"):
            with Vertical(id="change"):
                yield Title(_spread(self._headline()), align="centre")
                yield BigDigits(id="back")
                yield Pieces(id="pieces")
                yield Title("", self._paid(), align="centre")
            yield Paper(id="paper")
        yield Flash(id="flash")
        yield KeyGrid(id="bar")

    def on_mount(self) -> None:
        """Show the figure."""
        digits = self.query_one(BigDigits)
        digits.align, digits.surface = "centre", "panel"
        digits.show(amount(self.tender.change or abs(self.tender.totals.gross), self.currency))
        self.query_one(Pieces).show(_pieces(self.tender.change, self.currency))
        self.query_one(Pieces).display = bool(self.tender.change)
        paper = self.query_one(Paper)
        paper.display = self.app.size.width >= PAPER_FROM
        paper.styles.width = self.station.settings.receipt.columns + PAPER_AIR
        self.show_state()
        self._say_receipt()
        self.work_on(self._fetch(), "slip")

    async def _fetch(self) -> None:
        settings = self.station.settings
        if self.query_one(Paper).display:
            sold = await self.looked_up(stored_sale.load, self.receipt.id)
            if sold is not None:
                self.query_one(Paper).show(rows_of_sale(sold, settings), settings.receipt.columns)

    def show_state(self) -> None:
        """Show the keys."""
        keys = [self._key(row.id) for row in commands("change", "bar") if self.can(row.id)]
        self.query_one("#bar", KeyGrid).show(keys, columns=sum(key.span for key in keys), rows=1)

    def can(self, name: str, /) -> bool:
        """The clock is asked about only while nobody vouches for it; without a printer nothing is printed."""
        if name == "print":
            return self.station.settings.has_printer
        return not self.station.clock.now().trusted if name == "clock" else super().can(name)

    def _key(self, name: str) -> TouchKey:
        if name == "print" and self.printed:
            return self.key(name, label=_("copy"))
        return self.key(name, span=2 if name == "next" else 1)

    # -- words -----------------------------------------------------------------------------------------------

    def _headline(self) -> str:
        return _("Change") if self.tender.change else _("Paid")

    def _paid(self) -> str:
        """What it came to and how it was paid."""
        methods = self.station.methods
        parts = [
            self.receipt.number,
            _("total {total}").format(total=money(self.receipt.total, self.currency)),
        ]
        if self.tender.rounding:
            parts.append(_("rounded to {amount}").format(amount=amount(self._rounded(), self.currency)))
        for one in self.tender.attempts:
            if one.counts:
                label = clean(methods[one.method].label if one.method in methods else one.method)
                parts.append(f"{label} {amount(one.counts, self.currency)}")
        return " · ".join(parts)

    def _rounded(self) -> int:
        """What the sale came to once its cash was rounded."""
        return abs(self.receipt.total) + self.tender.rounding

    def _say_receipt(self) -> None:
        """Say how the receipt fares, with what else can be done when there is no paper."""
        problem = self._printer_bad() if self.printed else ""
        self._told = (problem, self.station.counter.drawer_open)
        if problem:
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
        if self.station.settings.has_printer:
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
            self._say_receipt()

    def customer_view(self) -> View:
        """The change is the customer's."""
        from kiosk.checkout.customer import paid

        given = sum(one.counts for one in self.tender.attempts)
        return paid(self.receipt.total, given, self.tender.change)

    # -- commands --------------------------------------------------------------------------------------------

    def do_next(self) -> None:
        """The next customer."""
        self.app.pop_screen()

    def do_back(self) -> None:
        """The same."""
        self.do_next()

    def typed(self, character: str, /) -> bool:
        """A digit is the next customer's first."""
        if not (character.isascii() and character.isdigit()):
            return False
        self.app.pop_screen()
        till = self.app.screen
        return isinstance(till, Frame) and till.typed(character)

    async def take_code(self, scan: CodeScanned, /) -> None:
        """The next customer's first scan: it goes to the till, before the scans behind it."""
        await self.app.pop_screen()
        till = self.app.screen
        if isinstance(till, Frame):
            await till.take_code(scan)

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

    async def do_view(self) -> None:
        """Show the receipt as paper."""
        from kiosk.tui.screens.slipview import SlipScreen

        settings, key = self.station.settings, self.receipt.id
        await self.app.push_screen(
            SlipScreen(
                _("Receipt {number}").format(number=self.receipt.number),
                lambda ledger, _settings: rows_of_sale(stored_sale.load(ledger, key), settings),
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

    async def do_clock(self) -> None:
        """Ask whether the clock is right."""
        await check_clock(self)


def _spread(word: str) -> str:
    """A word in capitals with air between them, as a headline."""
    return " ".join(word.upper())


def _pieces(change: int, currency: Currency) -> list[Piece]:
    """The fewest notes and coins for a change."""
    notes = denominations(currency).notes
    return [
        Piece("note" if piece in notes else "coin", short_amount(piece, currency), count)
        for piece, count in change_coins(change, currency)
    ]
