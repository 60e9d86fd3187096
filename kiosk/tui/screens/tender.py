"""Taking the money: one way after the other until nothing is left, then one commit.

The register's tender is the truth; every try by something that may answer late is on disk before it begins.
A payment nobody knows the outcome of keeps the sale here, or parked, until a person settles it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout import shift
from kiosk.i18n import _, amount, money
from kiosk.tui.basketrows import rows_of, sum_of
from kiosk.tui.commands import bindings, commands
from kiosk.tui.messages import CodeScanned
from kiosk.tui.screens.paying import SHOWN
from kiosk.tui.screens.settling import state_words, tone_of
from kiosk.tui.screens.taking import Taking
from kiosk.tui.widgets.basket import BasketView
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.listing import Column, Entry, Listing, widest
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.total import Total

if TYPE_CHECKING:
    from kiosk.checkout.customer import View
    from kiosk.checkout.tender import Attempt

LONGEST_WAY = 16
"""Cells for the name of a way to pay; plug-ins name themselves."""


class TenderScreen(Taking):
    """What is due, what has come, and the ways to take the rest."""

    PLACE = "tender"
    BINDINGS = bindings("tender")
    CSS_PATH = "tender.tcss"

    def __init__(self, first: str = "") -> None:
        """Begin with a way to pay, or with the choice of one."""
        super().__init__()
        self.first = first
        self.busy = True  # until it is known whether there is a shift

    def body(self) -> ComposeResult:
        """What is left, large; what came; the keys."""
        with Horizontal(id="tender"):
            with Vertical(id="sale"):
                yield BasketView(id="basket")
                yield Total(id="total")
            with Vertical(id="money"):
                yield Title(_("To pay"), surface="ground")
                yield BigDigits(id="due")
                yield Listing(id="came")
                yield Flash(id="flash")
                yield KeyGrid(id="bar")
                yield KeyGrid(id="pay")

    def on_mount(self) -> None:
        """Show what is due, then ask for it the way the seller chose."""
        self.query_one(Listing).empty_text = _("Nothing came yet.")
        self.station.look()
        self.show_state()
        self.work_on(self._begin(), "begin")

    def arrived(self) -> None:
        """Back from opening a shift."""
        if not self.shift_open:
            self.work_on(self._begin(), "begin")

    async def _begin(self) -> None:
        """See that there is a shift to book on, before any money is taken; then take it."""
        self.busy = True
        found = await self.looked_up(lambda ledger: shift.current(ledger) is not None)
        self.busy, self.shift_open = False, bool(found)
        self.show_state()
        if found is False:
            self.say_no_shift()
        elif found and self.first:
            first, self.first = self.first, ""
            await self.take(first)
        elif found:
            self.say_taken_up()

    # -- showing ---------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show the sale, what is left of it, what came, and the keys."""
        basket, tender = self.station.register.basket, self.station.register.tender
        if basket.is_empty or tender is None:
            return  # booked, or left
        currency = self.currency
        self.query_one(BasketView).show(rows_of(basket), fresh=0, chosen=0)
        self.query_one(Total).show(sum_of(basket))
        self.query_one("#due", BigDigits).show(amount(tender.remaining(""), currency))
        total = money(tender.totals.gross, currency)
        part = bool(tender.paid or tender.change)
        self.query_one(Title).show(_("To pay"), _("of {total}").format(total=total) if part else "")
        rows = [self._entry(one) for one in tender.attempts if one.state != "cancelled"]
        if tender.change:
            rows.append(Entry("", (_("Change"), "", amount(-tender.change, currency)), "quiet"))
        self.set_class(bool(rows), "-part")
        ways, amounts = (widest([row.cells[at] for row in rows]) for at in (0, 2))
        columns = (
            Column(width=min(ways + 1, LONGEST_WAY)),
            Column(quiet=True),
            Column(width=amounts, align="right"),
        )
        self.query_one(Listing).show(columns, rows)
        self._show_keys()
        self.show_customer()

    def customer_view(self) -> View | None:
        """What is left to pay is the customer's to see, until it is booked."""
        from kiosk.checkout.customer import selling

        basket, tender = self.station.register.basket, self.station.register.tender
        return None if tender is None else selling(basket, tender.remaining(""))

    def _show_keys(self) -> None:
        """The way back and what looks back, then the ways to pay; or first what became of an open payment."""
        pay = [self.key(row.id) for row in commands("tender", "pay") if self.can(row.id)]
        bar = [self.key("back")]
        if self.can("settle") and self.tender.open is not None:
            pay.append(self.key("settle"))
        elif self.can("settle"):
            bar.append(self.key("settle", label=_("correct"), hue="plain"))
        self.query_one("#pay", KeyGrid).show(pay, columns=max(len(pay), 1), rows=1)
        self.query_one("#bar", KeyGrid).show(bar, columns=len(bar), rows=1)

    def _entry(self, one: Attempt) -> Entry:
        size = amount(one.counts or one.asked, self.currency)
        return Entry(one.id, (self.label(one.method), state_words(one), size), tone_of(one))

    def can(self, name: str, /) -> bool:
        """Ways the shop offers, while something is left and nothing is waited for."""
        tender = self.station.register.tender
        if self.busy:
            return name in {"help", "theme"}
        if name == "shift":
            return not self.shift_open
        if name == "settle":
            return bool(self.questionable)
        if name == "finish":
            return tender is not None and tender.settled and self.shift_open
        if name in SHOWN or name == "other":
            free = tender is not None and tender.open is None and not tender.settled and self.shift_open
            return free and (bool(self._others()) if name == "other" else name in self.station.methods)
        return super().can(name)

    def _others(self) -> list[str]:
        return [name for name in self.station.methods if name not in SHOWN]

    # -- commands --------------------------------------------------------------------------------------------

    async def do_cash(self) -> None:
        """Cash."""
        await self.take("cash")

    async def do_card(self) -> None:
        """Card."""
        await self.take("card")

    async def do_qr(self) -> None:
        """Payment code."""
        await self.take("qr")

    async def do_other(self) -> None:
        """A way that a plug-in brings."""
        await self.take("other")

    async def do_finish(self) -> None:
        """Book what is paid."""
        await self.go_on()

    def do_back(self) -> None:
        """Back to the till; what was taken stays taken."""
        self.go_back()

    async def take_code(self, _scan: CodeScanned, /) -> None:
        """Goods scanned now belong to nobody yet."""
        self.say(_("Not added: finish or leave the payment first, then scan again."), "warn")
        self.app.bell()
