"""The shift: what was taken so far, what is left to finish, cash in and out, X, and the close of the day.

Takings stand here large; what should be in the drawer does not, because the drawer is counted blind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout import shift as books
from kiosk.checkout.rights import Right
from kiosk.checkout.shift_sums import leftovers
from kiosk.checkout.z_report import x_report, z_numbers, z_report
from kiosk.i18n import _, amount, day, money, ngettext, time
from kiosk.tui.commands import bindings, commands
from kiosk.tui.leftovers import COLUMNS, left_entries
from kiosk.tui.places import WHERE
from kiosk.tui.screens.cashmoves import CashMoves
from kiosk.tui.screens.closing import Closing
from kiosk.tui.screens.slipview import SlipScreen
from kiosk.tui.text import clean
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.chart import Chart
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.listing import Column, Entry, Listing, PanelListing
from kiosk.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.checkout.shift import Shift
    from kiosk.checkout.shift_report import Leftovers, ShiftReport
    from kiosk.tui.commands import Command
    from kiosk.tui.widgets.touchkey import TouchKey

OLD = 20
"""Earlier Zs that are offered to look at."""


class ShiftScreen(CashMoves, Closing):
    """The shift that is open, or the way to open one."""

    PLACE = "shift"
    BINDINGS = bindings("shift")
    CSS_PATH: ClassVar = ["place.tcss", "shift.tcss"]

    shift: Shift | None = None
    report: ShiftReport | None = None
    """The running totals; None while no shift is open, or for somebody who may not see them."""
    left: Leftovers | None = None
    """What is not finished, whatever the shift."""

    def content(self) -> ComposeResult:
        """Takings and hours at the left, what is left over at the right."""
        with Horizontal(id="content"):
            with Vertical(id="takings"):
                yield Title("", surface="ground")
                yield BigDigits(id="gross")
                yield Listing(id="figures")
                yield Chart(id="hours")
            with Vertical(id="side"):
                yield Title(_("Not finished"))
                yield PanelListing(id="left")
                yield PanelKeys(id="more")

    async def enter_place(self) -> None:
        """Learn what the shift is; with none open, ask for the float at once."""
        await self.refresh_shift()
        self.show_state()
        if self.shift is None and self.is_current:
            await self.do_open_shift()

    async def refresh_shift(self) -> None:
        """Read the shift and its running totals."""
        self.shift = await self.read(books.current)
        self.left = await self.read(leftovers)
        self.report = None
        if self.shift is not None and self.person.may(Right.X_REPORT):
            self.report = await self.looked_up(x_report, self.person, zone=self.station.settings.zone)

    def can(self, name: str, /) -> bool:
        """With a shift open, all but opening one; without, only that."""
        if name == "open_shift":
            return self.shift is None
        if name == "waiting":
            return "prints" in WHERE
        if name in {"cash_in", "cash_out", "drawer", "x_report", "close_day"}:
            return self.shift is not None
        return super().can(name)

    # -- showing ---------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show shift, figures, hours and what is left."""
        shift, report = self.shift, self.report
        self.query_one("#takings").display = report is not None
        self.query_one("#side").set_class(report is None, "-alone")
        if shift is None:
            self.heading(
                _("No shift is open"),
                _("Open one to sell."),
            )
        else:
            words = _("open since {time} by {name} · float {amount}").format(
                time=time(shift.opened_ms),
                name=clean(shift.person),
                amount=money(shift.float_amount, self.currency),
            )
            self.heading(_("Shift of {day}").format(day=day(shift.business_date)), words)
        if report is not None:
            self._show_report(report)
        if self.left is not None:
            self.query_one("#left", Listing).show(COLUMNS, left_entries(self.left))
        keys = [self.key(row.id) for row in commands("shift", "line")]
        self.query_one("#more", KeyGrid).show(keys, columns=len(keys), rows=1)
        self.show_bar()

    def _show_report(self, report: ShiftReport) -> None:
        currency = self.currency
        self.query_one("#gross", BigDigits).show(amount(report.gross, currency))
        sales = ngettext("{n} sale", "{n} sales", report.sales).format(n=report.sales)
        back = ngettext("{n} return", "{n} returns", report.refunds).format(n=report.refunds)
        self.query_one("#takings Title", Title).show(
            "", _("taken so far, {currency}").format(currency=currency.code)
        )
        rows = [(sales, amount(report.sales_gross, currency))]
        if report.refunds:
            rows.append((back, amount(report.refunds_gross, currency)))
        if report.sales:
            rows.append((_("average sale"), amount(report.sales_gross // report.sales, currency)))
        rows.append((_("tax in it"), amount(report.tax, currency)))
        entries = [Entry("", row, strong=at == 0) for at, row in enumerate(rows)]
        self.query_one("#figures", Listing).show((Column(), Column(width=14, align="right")), entries)
        hours = {hour.hour: hour.gross for hour in report.hours}
        span = range(min(hours), max(hours) + 1) if hours else range(0)
        self.query_one(Chart).show([hours.get(hour, 0) for hour in span], [f"{hour:02}" for hour in span])

    def bar_keys(self, rows: Sequence[Command]) -> list[TouchKey]:
        """Opening and closing share one place: only one of them can be done."""
        gone = "open_shift" if self.shift else "close_day"
        return super().bar_keys([row for row in rows if row.id != gone])

    # -- commands --------------------------------------------------------------------------------------------

    async def do_open_shift(self) -> None:
        """Ask for the float and open a shift; then the till is next."""
        from kiosk.tui.screens.prompts import NumberDialogue

        float_amount = await self.ask(
            NumberDialogue(
                _("Change in the drawer"),
                decimals=self.currency.exponent,
                unit=self.currency.code,
                words=_("Count the float. 0 is an answer too."),
            )
        )
        if float_amount is None:
            return
        settings = self.station.settings
        opened = await self.tried(
            books.open_shift,
            self.person,
            float_amount,
            roll_over_hour=settings.rollover_hour,
            zone=settings.zone,
        )
        if opened is None:
            return
        await self.refresh_shift()
        if opened.date_kept:
            words = _("The clock is behind: the shift keeps the date {day}.")
            self.say(words.format(day=day(opened.business_date)), "warn")
        else:
            self.app.go("till")

    async def do_x_report(self) -> None:
        """Show the X as it would be printed, with a key to print it."""
        report = await self.booked(x_report, self.person, zone=self.station.settings.zone)
        if report is not None:
            await self.app.push_screen(SlipScreen.of_shift(report, self.currency))

    async def do_old_z(self) -> None:
        """Choose an earlier Z and look at it."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        known = await self.looked_up(z_numbers, OLD)
        if not known:
            self.say(_("There is no Z yet."), "note")
            return
        options = [
            Option((number, closing), _("Z {n}").format(n=number), detail=day(date))
            for number, closing, date in known
        ]
        chosen = await self.ask(ChoiceDialogue(_("Which Z?"), options, columns=3))
        if chosen is None:
            return
        report = await self.looked_up(z_report, chosen[0])
        if report is not None:
            await self.app.push_screen(SlipScreen.of_shift(report, self.currency, chosen[1]))
