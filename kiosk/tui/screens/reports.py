"""What was sold: one figure large, its hours or days as a chart, and the rows of one report beside it.

Reading is one visit: leave, where it is needed, is asked for once. A report can be looked at as paper and
printed, or written as CSV into the shop's folder.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar, Final, Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout import desk
from kiosk.checkout.reports import REPORTS, Report, ReportBy, latest_day
from kiosk.checkout.rights import Right
from kiosk.i18n import _, amount, ngettext
from kiosk.tui.commands import bindings
from kiosk.tui.reporting import BAR, Sums, bar_of, days_of, hours_of, label_of, title_of
from kiosk.tui.screens.reportenergy import ENERGY, EnergyOut
from kiosk.tui.span import Span, Unit
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.chart import Chart
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.listing import Column, Entry, Listing, PanelListing, widest
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

TAB: Final = "tab:"
NARROW: Final = 96
"""Below so many columns eight tabs need short words."""


class ReportsScreen(EnergyOut):
    """One report at a time; the figure and the chart stay."""

    PLACE = "reports"
    BINDINGS = bindings("reports")
    CSS_PATH: ClassVar = ["place.tcss", "reports.tcss"]
    needs = Right.REPORTS

    by: ReportBy = "product"
    on_energy = False
    """The tab of the energy is open, beside which `by` stays what it was."""
    hours: Report | None = None
    """The hours of a single day; None for a longer span."""

    def content(self) -> ComposeResult:
        """Tabs above; the figure and the chart at the left, the rows at the right."""
        with Vertical(id="content"):
            yield KeyGrid(id="tabs")
            with Horizontal(id="report"):
                with Vertical(id="short"):
                    yield Title("", surface="ground")
                    yield BigDigits(id="gross")
                    yield Listing(id="figures")
                    yield Chart(id="chart")
                yield PanelListing(id="rows")

    async def enter_place(self) -> None:
        """Ask for leave once, then show the newest day."""
        if not await self.doorkeeper():
            return
        newest = await self.looked_up(latest_day)
        self.span = Span(date.fromisoformat(newest)) if newest else None
        await self.fetch()

    async def fetch(self) -> None:
        """Read the report, and what the figure and the chart are made of."""
        span = self.span
        if span is None:
            return
        self.report = await self._read(self.by)
        self.days = await self._read("day")
        if self.on_energy:
            await self.fetch_energy()
        self.hours = await self._read("hour") if span.unit == "day" else None
        self.show_state()

    async def _read(self, by: ReportBy) -> Report | None:
        assert self.span is not None  # noqa: S101 - the caller has one
        return await self.looked_up(
            desk.read_report,
            by,
            self.span.first.isoformat(),
            self.span.last.isoformat(),
            self.person,
            approvals=self.leave,
            zone=self.station.settings.zone,
        )

    def can(self, name: str, /) -> bool:
        """Nothing is reported before the first shift."""
        if name in {"range", "earlier", "later", "write", "paper", "next_report", "last_report"}:
            return self.report is not None
        return super().can(name)

    # -- showing ---------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show tabs, figure, chart and rows."""
        self.heading(_("What was sold"), self.span.title if self.span else _("No shift was opened yet."))
        tabs = [self._tab(number, by) for number, by in enumerate(self.tabs, 1)]
        self.query_one("#tabs", KeyGrid).show(tabs, columns=len(tabs), rows=1)
        if self.on_energy:
            self.show_energy()
        elif self.report is not None and self.days is not None:
            self._show_sums(Sums.of(self.days))
            self._show_chart()
            self._show_rows(self.report)
        self.show_bar()

    @property
    def tabs(self) -> tuple[ReportBy | Literal["energy"], ...]:
        """What can be reported, in the order of the tabs."""
        return (*REPORTS, ENERGY) if self.has_energy else REPORTS

    @property
    def tab(self) -> ReportBy | Literal["energy"]:
        """Which of them is open."""
        return ENERGY if self.on_energy else self.by

    def _tab(self, number: int, by: ReportBy | Literal["energy"]) -> TouchKey:
        opened, title = by == self.tab, _("energy") if by == ENERGY else title_of(by)
        if by == "category" and self.has_energy and self.size.width < NARROW:
            title = _("group")
        hue = "accent" if opened else "plain"
        return TouchKey(f"{TAB}{by}", title, hint=str(number), hue=hue, opened=opened)

    def _show_sums(self, sums: Sums) -> None:
        currency = self.currency
        caption = self.query_one("#short Title", Title)
        caption.show("", _("taken, {currency}").format(currency=currency.code))
        self.query_one("#gross", BigDigits).show(amount(sums.gross, currency))
        sales = ngettext("{n} sale", "{n} sales", sums.count).format(n=sums.count)
        average = sums.gross // sums.count if sums.count else 0
        rows = (
            (_("{sales}, average").format(sales=sales), average),
            (_("net"), sums.net),
            (_("tax"), sums.tax),
        )
        entries = [Entry("", (label, amount(value, currency)), "quiet") for label, value in rows]
        self.query_one("#figures", Listing).show((Column(), Column(width=10, align="right")), entries)

    def _show_chart(self) -> None:
        """Hours of a day; days of a week or a month; months of a year."""
        if self.hours is not None:
            self.query_one(Chart).show(*hours_of(self.hours))
        elif self.days is not None and self.span is not None:
            self.query_one(Chart).show(*days_of(self.days, self.span))

    def _show_rows(self, report: Report) -> None:
        most = max((row.gross for row in report.rows), default=0)
        entries = [
            Entry(
                "",
                (
                    label_of(report.by, row, self.station.methods),
                    "" if row.count is None else str(row.count),
                    bar_of(row.gross, most),
                    amount(row.gross, self.currency),
                ),
            )
            for row in report.rows
        ]
        columns = (
            Column(title_of(report.by)),
            Column(_("count"), widest([_("count"), "9999"]), "right", quiet=True),
            Column("", BAR, quiet=True),
            Column(_("gross"), widest([_("gross"), *(entry.cells[3] for entry in entries)]), "right"),
        )
        self.query_one("#rows", Listing).empty_text = _("nothing was sold")
        self.query_one("#rows", Listing).show(columns, entries)

    # -- keys ------------------------------------------------------------------------------------------------

    def pressed(self, key: TouchKey, /) -> None:
        """A tab."""
        for by in self.tabs:
            if key.id == f"{TAB}{by}":
                self._open(by)

    def typed(self, character: str, /) -> bool:
        """A tab by its number."""
        tabs = self.tabs
        if character.isdecimal() and 1 <= int(character) <= len(tabs) and self.report is not None:
            self._open(tabs[int(character) - 1])
            return True
        return False

    def _open(self, by: ReportBy | Literal["energy"]) -> None:
        self.on_energy = by == ENERGY
        self.by = self.by if by == ENERGY else by
        self.work_on(self.fetch(), "report")

    def do_next_report(self) -> None:
        """By the next thing."""
        self._open(self.tabs[(self.tabs.index(self.tab) + 1) % len(self.tabs)])

    def do_last_report(self) -> None:
        """By the thing before."""
        self._open(self.tabs[self.tabs.index(self.tab) - 1])

    async def do_earlier(self) -> None:
        """The span before."""
        await self._step(-1)

    async def do_later(self) -> None:
        """The span after."""
        await self._step(1)

    async def _step(self, by: int) -> None:
        if self.span is not None:
            self.span = self.span.stepped(by)
            await self.fetch()

    async def do_paper(self) -> None:
        """The open report as a slip."""
        await (self.paper_energy() if self.on_energy else super().do_paper())

    async def do_write(self) -> None:
        """The open report as a file."""
        await (self.write_energy() if self.on_energy else super().do_write())

    def do_page_up(self) -> None:
        """The page before."""
        self.query_one("#rows", Listing).turn(-1)

    def do_page_down(self) -> None:
        """The next page."""
        self.query_one("#rows", Listing).turn(1)

    async def do_range(self) -> None:
        """Choose how long a stretch is reported."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        options: tuple[Option[Unit], ...] = (
            Option("day", _("a day")),
            Option("week", _("a week")),
            Option("month", _("a month")),
            Option("year", _("a year")),
        )
        unit = await self.ask(ChoiceDialogue(_("How long?"), options))
        if unit is not None and self.span is not None:
            self.span = replace(self.span, unit=unit)
            await self.fetch()
