"""Taking goods back: which receipt, which lines, how many; then repair, swap or money, in this order.

The amount that would go back stands large beside the lines while they are chosen; it is what the ledger
would book, asked of it at every change. Nothing is booked before the last question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout import refund as books
from kiosk.checkout import stored_sale
from kiosk.checkout.basketline import ONE
from kiosk.i18n import _, amount, date, quantity, time
from kiosk.tui.commands import bindings, commands
from kiosk.tui.returning import Returning
from kiosk.tui.screens.moneyback import MoneyBack
from kiosk.tui.screens.receipts import ReceiptsScreen
from kiosk.tui.text import clean
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.listing import Column, Entry, Listing, widest
from kiosk.tui.widgets.picklisting import PickListing
from kiosk.tui.widgets.title import Title

if TYPE_CHECKING:
    from kiosk.checkout.stored_sale import StoredLine


class ReturnsScreen(ReceiptsScreen):
    """Which receipt: a scan of its code goes straight to its lines."""

    PLACE = "refund"
    BINDINGS = bindings("refund")

    def about(self) -> tuple[str, str]:
        """The heading."""
        return _("Take goods back"), _("Scan the code on the receipt, or find it by number or product.")

    def scanned(self) -> None:
        """Go on with the receipt at once."""
        self.action_do("take_back")


class RefundScreen(MoneyBack):
    """Which lines of a sale, and how much of each."""

    PLACE = "return"
    BINDINGS = bindings("return")
    CSS_PATH: ClassVar = ["place.tcss", "refund.tcss"]

    goods: Returning | None = None
    goes_back: int | None = None
    """What would be paid back, in minor units; None while it is not known."""

    def __init__(self, sale: int) -> None:
        """Take goods of a sale back."""
        super().__init__()
        self.sale = sale
        self._asked = 0

    def content(self) -> ComposeResult:
        """The lines at the left; the amount and the keys of the chosen line at the right."""
        with Horizontal(id="content"):
            yield PickListing(id="lines")
            with Vertical(id="side"):
                yield Title(_("Money back would be"))
                yield BigDigits(id="amount")
                yield PanelKeys(id="keys")

    def on_mount(self) -> None:
        """Fetch the sale."""
        self.query_one(BigDigits).surface = "panel"
        self.work_on(self.enter_place(), "sale")

    async def enter_place(self) -> None:
        """Read the sale with what came back of it before."""
        sold = await self.looked_up(stored_sale.load, self.sale)
        if sold is None:
            return
        self.goods = Returning(sold)
        if not self.goods.possible:
            self.refuse(_("All of it has come back already."))
        elif sum(1 for line in sold.lines if line.refundable) == 1:
            self.take(self.goods.everything())
        self.show_state()

    def can(self, name: str, /) -> bool:
        """What makes sense with the chosen line."""
        goods = self.goods
        if goods is None:
            return name in {"back", "help", "theme"}
        left = goods.line.refundable
        if name in {"whole_line", "one_more", "how_much"}:
            return goods.amount < left or (name == "how_much" and left > 0)
        if name in {"nothing", "one_less"}:
            return goods.amount > 0
        if name == "everything":
            return goods.possible
        if name == "go_on":
            return bool(goods.back)
        return super().can(name)

    # -- showing ---------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show lines, amount and keys."""
        if self.goods is not None:
            sold = self.goods.sale
            words = _("{date} {time} · sold by {name} · {total}")
            self.heading(
                _("Return from {number}").format(number=sold.number),
                words.format(
                    date=date(sold.wall_ms),
                    time=time(sold.wall_ms),
                    name=clean(sold.person),
                    total=amount(sold.total, self.currency),
                ),
            )
            entries = [self._entry(at, line) for at, line in enumerate(sold.lines)]
            back = widest([_("back"), *(entry.cells[1] for entry in entries)])
            amounts = widest([entry.cells[2] for entry in entries])
            columns = (
                Column(_("sold")),
                Column(_("back"), back, "right"),
                Column(width=amounts, align="right"),
            )
            self.query_one(Listing).show(columns, entries, chosen=str(self.goods.at))
        shown = "" if self.goes_back is None else amount(self.goes_back, self.currency)
        self.query_one(BigDigits).show(shown)
        keys = [self.key(row.id) for row in commands("return", "line")]
        self.query_one("#keys", KeyGrid).show([*keys[:-1], keys[-1]._replace(span=2)], columns=2, rows=3)
        self.show_bar()

    def _entry(self, at: int, line: StoredLine) -> Entry:
        back = self.goods.back.get(line.line, 0) if self.goods else 0
        if not line.refundable:
            count = "✓"
        elif line.unit == "each":
            count = f"{quantity(back)} / {quantity(line.refundable)}"
        else:
            count = quantity(back, line.unit) if back else "-"
        name = line.name
        if line.returned:
            name = _("{name} ({n} back)").format(name=name, n=quantity(line.returned, line.unit))
        tone = "quiet" if not line.refundable else "accent" if back else "ink"
        return Entry(str(at), (name, count, amount(line.gross, self.currency)), tone, strong=bool(back))

    # -- choosing --------------------------------------------------------------------------------------------

    def take(self, goods: Returning) -> None:
        """Another choice: show it, and ask what it would give back."""
        self.goods = goods
        self.show_state()
        self.work_on(self._ask_amount(goods), "amount")

    async def _ask_amount(self, goods: Returning) -> None:
        """Learn what would go back; an answer to an older choice is not shown any more."""
        self._asked += 1
        number = self._asked
        rows = None
        if goods.back:
            rows = await self.looked_up(books.preview, self.sale, goods.back, rounding=self.rounding)
        if number == self._asked:
            paid = [row for row in rows.payments if row[1] != "rounding"] if rows else []
            self.goes_back = -sum(row[2] for row in paid)

    @on(Listing.Chosen)
    def _touched(self, event: Listing.Chosen) -> None:
        """A line touched is chosen; touched again, one more of it comes back, and after the last none."""
        event.stop()
        goods = self.goods
        if goods is None:
            return
        at = int(event.id)
        if at == goods.at:
            again = goods.take(0) if goods.amount == goods.line.refundable else goods.step(1)
            self.take(again)
        else:
            self.take(goods.choose(at))

    def do_above(self) -> None:
        """The line above."""
        if self.goods:
            self.take(self.goods.choose(self.goods.at - 1))

    def do_below(self) -> None:
        """The line below."""
        if self.goods:
            self.take(self.goods.choose(self.goods.at + 1))

    def do_one_more(self) -> None:
        """One more comes back."""
        if self.goods:
            self.take(self.goods.step(1))

    def do_one_less(self) -> None:
        """One less comes back."""
        if self.goods:
            self.take(self.goods.step(-1))

    def do_whole_line(self) -> None:
        """All of the line."""
        if self.goods:
            self.take(self.goods.take(self.goods.line.refundable))

    def do_nothing(self) -> None:
        """None of the line."""
        if self.goods:
            self.take(self.goods.take(0))

    def do_everything(self) -> None:
        """All that is still out."""
        if self.goods:
            self.take(self.goods.everything())

    async def do_how_much(self) -> None:
        """Type how much of the line."""
        from kiosk.tui.screens.prompts import NumberDialogue

        goods = self.goods
        if goods is None:
            return
        line = goods.line
        pieces = line.unit == "each" and line.refundable % ONE == 0
        most = quantity(line.refundable, line.unit)
        unit = "×" if line.unit == "each" else line.unit
        words = _("at most {n}").format(n=most)
        number = await self.ask(
            NumberDialogue(clean(line.name), decimals=0 if pieces else 3, unit=unit, words=words)
        )
        if number is not None:
            self.take(goods.take(number * ONE if pieces else number))

    async def do_go_on(self) -> None:
        """Ask what is done about it, and do it."""
        if self.goods is not None and self.goods.back:
            await self.settle(self.goods)
