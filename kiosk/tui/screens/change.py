"""The moment the customer looks at: the change, in figures to be read from across the stall.

The sale is committed. A scan, a digit, or Enter begins the next one at once, printed or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout import stored_sale
from kiosk.checkout.cash import change_coins
from kiosk.checkout.denominations import denominations
from kiosk.i18n import _, amount, money, short_amount
from kiosk.station.rendering import rows_of_sale
from kiosk.tui.commands import bindings, commands
from kiosk.tui.messages import CodeScanned
from kiosk.tui.screens.clock import check_clock
from kiosk.tui.screens.frame import Frame
from kiosk.tui.screens.receiptout import ReceiptOut
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
    from kiosk.pickup.desk import Ticket

PAPER_FROM = 120
"""Columns of the screen from which the slip stands beside the change."""
PAPER_AIR = 6
"""Cells beside the slip's own columns: its margins and the panel's; what is left makes the change larger."""


class ChangeScreen(ReceiptOut):
    """What goes back to the customer, and the receipt."""

    PLACE = "change"
    BINDINGS = bindings("change")
    CSS_PATH = "change.tcss"

    def __init__(
        self,
        receipt: Receipt,
        tender: Tender,
        *,
        printed: bool,
        collect: str = "",
        ticket: Ticket | None = None,
    ) -> None:
        """Show what came of a sale; `printed` tells whether its receipt is in the print queue.

        `collect` says how the goods are collected, where they are not taken away now, and `ticket` is what
        fetches them: it is shown to whoever asks, and nowhere else.
        """
        super().__init__()
        self.receipt = receipt
        self.tender = tender
        self.printed = printed
        self.collect, self.ticket = collect, ticket
        self._slip = False
        """Whether the slip was fetched: a terminal that grows shows it later."""

    def body(self) -> ComposeResult:
        """The change over its notes and coins, the slip where there is room; keys below."""
        with Horizontal(id="content"):
            with Vertical(id="change"):
                yield Title(_spread(self._headline()), align="centre")
                yield BigDigits(id="back")
                yield Pieces(id="pieces")
                yield Title(self.collect, self._paid(), align="centre")
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
        self.query_one(Paper).styles.width = self.station.settings.receipt.columns + PAPER_AIR
        self.show_state()
        self.say_receipt()
        self.on_resize()

    def on_resize(self) -> None:
        """The slip stands beside the change where there is room for it."""
        paper = self.query_one(Paper)
        paper.display = self.app.size.width >= PAPER_FROM
        if paper.display and not self._slip:
            self._slip = True
            self.work_on(self._fetch(), "slip")

    async def _fetch(self) -> None:
        settings = self.station.settings
        sold = await self.looked_up(stored_sale.load, self.receipt.id)
        rows = await self.looked_up(rows_of_sale, sold, settings) if sold is not None else None
        if rows is not None:
            self.query_one(Paper).show(rows, settings.receipt.columns)

    def show_state(self) -> None:
        """Show the keys."""
        names = [row.id for row in commands("change", "bar") if self.can(row.id)]
        if self.code_first:
            names.sort(key=lambda name: name != "code")
        keys = [self._key(name) for name in names]
        self.query_one("#bar", KeyGrid).show(keys, columns=sum(key.span for key in keys), rows=1)

    def can(self, name: str, /) -> bool:
        """The clock is asked about only while nobody vouches for it; without a printer nothing is printed."""
        if name == "print":
            return self.station.settings.has_printer
        if name == "ticket":
            return self.ticket is not None
        return not self.station.clock.now().trusted if name == "clock" else super().can(name)

    @property
    def code_first(self) -> bool:
        """Whether the code takes the paper's place, because power is short; paper is one key away."""
        wanted = self.station.settings.receipt.printing != "never"
        return bool(self.station.thrift) and wanted and not self.printed

    def _key(self, name: str) -> TouchKey:
        if name == "code" and self.code_first:
            return self.key(name, hue="accent")
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
        if self.app.screen is self:  # else a second digit came with the first
            self.app.pop_screen()
        till = self.app.screen
        return isinstance(till, Frame) and till.typed(character)

    async def take_code(self, scan: CodeScanned, /) -> None:
        """The next customer's first scan: it goes to the till, before the scans behind it."""
        if self.app.screen is self:
            await self.app.pop_screen()
        till = self.app.screen
        if isinstance(till, Frame):
            await till.take_code(scan)

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
