"""Finding a receipt again: scan its code, type its number, or what was on it; the slip stands beside.

Printing one again is a copy, marked and counted. Without paper it goes to the customer's phone as a code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from kiosk.checkout import printqueue, stored_sale
from kiosk.checkout.find_sale import Found, find
from kiosk.checkout.receipt_code import receipt_text
from kiosk.i18n import _, amount, date, time
from kiosk.station.rendering import rows_of_sale
from kiosk.tui.commands import bindings
from kiosk.tui.entry import TextEntry
from kiosk.tui.screens.finding import LONGEST, Finding
from kiosk.tui.text import clean
from kiosk.tui.widgets.field import Field
from kiosk.tui.widgets.listing import Column, Entry, Listing, widest
from kiosk.tui.widgets.paper import Paper

if TYPE_CHECKING:
    from kiosk.checkout.stored_sale import StoredSale
    from kiosk.tui.messages import CodeScanned

MOST = 50
"""Receipts listed; who does not find it there types one letter more."""


class ReceiptsScreen(Finding):
    """The latest receipts, or those that fit what was typed."""

    PLACE = "receipts"
    BINDINGS = bindings("receipts")
    CSS_PATH: ClassVar = ["place.tcss", "finding.tcss", "receipts.tcss"]

    found: Sequence[Found] = ()
    chosen = 0
    """The id of the sale whose slip is shown; 0 for none."""
    sold: StoredSale | None = None
    """That sale."""
    _asked = 0

    def beside(self) -> ComposeResult:
        """The slip."""
        yield Paper(id="paper")

    def on_mount(self) -> None:
        """Say so when there is none."""
        self.query_one(Listing).empty_text = _("no such receipt")

    async def enter_place(self) -> None:
        """Begin with the latest ones."""
        self.query_text = TextEntry(most=LONGEST)
        await self.look()

    async def look(self) -> None:
        """Find what fits; an answer to an older question is not shown any more."""
        self._asked += 1
        number = self._asked
        found = await self.looked_up(find, self.query_text.typed, MOST)
        if found is not None and number == self._asked:
            self.found = found
            await self.choose(found[0].id if found else 0)

    async def choose(self, sale: int) -> None:
        """Show the slip of a sale."""
        self.chosen = sale
        self.sold = await self.looked_up(stored_sale.load, sale) if sale else None
        settings = self.station.settings
        rows = await self.looked_up(rows_of_sale, self.sold, settings) if self.sold else None
        self.query_one(Paper).show(rows or [], settings.receipt.columns)
        self.show_state()

    def can(self, name: str, /) -> bool:
        """Most things need a receipt; goods come back from sales only."""
        if name == "take_back":
            return self.sold is not None and self.sold.kind == "sale"
        if name == "copy":
            return self.sold is not None and self.station.settings.has_printer
        if name == "code":
            return self.sold is not None
        if name == "rub_out":
            return bool(self.query_text.typed)
        return super().can(name)

    # -- showing ---------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show heading, list and keys."""
        self.heading(*self.about())
        self.query_one(Field).show(self.query_text.typed)
        entries = [self._entry(found) for found in self.found]
        numbers, amounts = (widest([entry.cells[at] for entry in entries]) for at in (0, 2))
        columns = (Column(width=numbers), Column(quiet=True), Column(width=amounts, align="right"))
        self.query_one(Listing).show(columns, entries, chosen=str(self.chosen))
        self.query_one(Paper).display = self.sold is not None
        self.show_bar()

    def about(self) -> tuple[str, str]:
        """The heading."""
        return _("Receipts"), _("Scan the code on a receipt, or type a number, a product or a reference.")

    def _entry(self, found: Found) -> Entry:
        today = date(self.station.clock.now().wall_ms)
        moment = time(found.wall_ms) if date(found.wall_ms) == today else date(found.wall_ms)
        tone = {"refund": "warn", "training": "quiet"}.get(found.kind, "ink")
        return Entry(str(found.id), (found.number, moment, amount(found.total, self.currency)), tone)

    # -- finding ---------------------------------------------------------------------------------------------

    def question(self) -> tuple[str, str]:
        """For the keyboard on the screen."""
        return _("Find a receipt"), ""

    async def take_code(self, scan: CodeScanned, /) -> None:
        """The code on a receipt finds it; any other code is looked for like words."""
        found = await self.looked_up(find, scan.raw, 1)
        if not found:
            self.refuse(_("There is no receipt {code}.").format(code=clean(scan.raw)))
            return
        self._asked += 1  # what was looked up before is not shown any more
        self.query_text, self.found = TextEntry(most=LONGEST), found
        self.say("")
        await self.choose(found[0].id)
        self.scanned()

    def scanned(self) -> None:
        """A receipt's code was scanned, and its slip is shown."""

    def pick(self, sale: str, /) -> None:
        """Choose a receipt."""
        self.work_on(self.choose(int(sale)), "choose")

    def do_paper_back(self) -> None:
        """Earlier on the slip."""
        self.query_one(Paper).turn(-1)

    def do_paper_on(self) -> None:
        """Later on the slip."""
        self.query_one(Paper).turn(1)

    # -- what can be done ------------------------------------------------------------------------------------

    async def do_copy(self) -> None:
        """Print it again."""
        copy = await self.tried(printqueue.reprint, "receipt", self.chosen, self.person)
        if copy is not None:
            self.say(_("Copy {n} is being printed.").format(n=copy), "good")

    async def do_code(self) -> None:
        """Show it as a code, with as much of it as fits."""
        from kiosk.tui.screens.codeview import CodeScreen

        sold = self.sold
        if sold is not None:
            name = self.station.settings.name
            title = _("Receipt {number}").format(number=sold.number)
            await self.app.push_screen(CodeScreen(title, lambda fits: receipt_text(sold, name, fits)))

    def do_take_back(self) -> None:
        """Take goods of it back."""
        from kiosk.tui.screens.refund import RefundScreen

        self.app.push_screen(RefundScreen(self.chosen))
