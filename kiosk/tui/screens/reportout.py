"""A report leaves the screen: as a slip of paper, or as CSV in the shop's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.checkout.slips import table_rows
from kiosk.i18n import _, amount
from kiosk.station.rendering import enqueue_rows, stationery
from kiosk.tui.reporting import Sums, table_of, title_of
from kiosk.tui.screens.place import Place
from kiosk.tui.screens.slipview import SlipScreen

if TYPE_CHECKING:
    from kiosk.catalogue.paper import Row
    from kiosk.checkout.reports import Report
    from kiosk.checkout.rights import Person
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings
    from kiosk.tui.span import Span

FOLDER: Final = "reports"
"""Beside the ledger, where `kiosk export` and a stick find it."""


class ReportOut(Place):
    """The part of the reports that prints and writes."""

    span: Span | None = None
    """None before the first shift."""
    report: Report | None = None
    days: Report | None = None
    """The same span by day: the sum is made of it."""

    async def do_paper(self) -> None:
        """The report as a slip, with a key to print it."""
        report, span = self.report, self.span
        if report is None or span is None or self.days is None:
            return
        currency, methods = self.currency, self.station.methods
        title = _("Sales by {what}").format(what=title_of(report.by))
        gross = amount(Sums.of(self.days).gross, currency)

        def rows(_ledger: Ledger, settings: Settings) -> list[Row]:
            table = table_of(report, methods, currency)
            return table_rows(title, span.title, table, stationery(settings), (_("total"), "", gross))

        def queue(ledger: Ledger, settings: Settings, _person: Person) -> str:
            enqueue_rows(ledger, rows(ledger, settings))
            return _("It is being printed.")

        await self.app.push_screen(
            SlipScreen(title, rows, words=span.title, figure=gross, caption=currency.code, printing=queue)
        )

    async def do_write(self) -> None:
        """Write the report as CSV; a file of the same report is replaced, whole or not at all."""
        report = self.report
        if report is None:
            return
        days = report.first if report.first == report.last else f"{report.first}-{report.last}"
        path = self.station.settings.folder / FOLDER / f"{report.by}-{days}.csv"

        def write(_ledger: Ledger) -> str:
            from kiosk.export.files import whole

            path.parent.mkdir(exist_ok=True)
            with whole(path) as file:
                file.write("\ufeff" + report.to_csv())
            return f"{FOLDER}/{path.name}"

        written = await self.looked_up(write)
        if written is not None:
            self.say(_("Written to {file} in the shop's folder.").format(file=written), "good")
