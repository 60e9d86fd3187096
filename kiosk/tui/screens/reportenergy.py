"""The energy beside the sales: what showing goods, an hour and a sale took, and how much of it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from kiosk.energy.slip import energy_rows, sums_of
from kiosk.energy.words import wh_words
from kiosk.i18n import _, amount, ngettext, quantity
from kiosk.station.rendering import enqueue_rows, stationery
from kiosk.tui.screens.reportout import FOLDER, ReportOut
from kiosk.tui.screens.slipview import SlipScreen
from kiosk.tui.text import clean
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.chart import Chart
from kiosk.tui.widgets.listing import Column, Entry, Listing, widest
from kiosk.tui.widgets.title import Title

if TYPE_CHECKING:
    from kiosk.catalogue.paper import Row
    from kiosk.checkout.rights import Person
    from kiosk.energy.desk import Energy
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings

ENERGY: Final[Literal["energy"]] = "energy"


class EnergyOut(ReportOut):
    """The part of the reports that tells of energy; only where the settings tell of a battery."""

    energy: Energy | None = None

    @property
    def has_energy(self) -> bool:
        """Whether there is anything to tell."""
        return self.station.settings.power is not None

    async def fetch_energy(self) -> None:
        """Read the energy of the span."""
        from kiosk.energy.desk import read_energy

        span, settings = self.span, self.station.settings
        if span is None or settings.power is None:
            return
        self.energy = await self.looked_up(
            read_energy,
            settings.folder,
            span.first.isoformat(),
            span.last.isoformat(),
            self.person,
            approvals=self.leave,
            price=settings.power.price,
            zone=settings.zone,
        )

    def show_energy(self) -> None:
        """The Wh large, what a sale takes, the hours, and product by product."""
        energy = self.energy
        if energy is None:
            return
        spent = energy.spent
        self.query_one("#short Title", Title).show("", _("taken, Wh"))
        self.query_one("#gross", BigDigits).show(_large(spent.mwh))
        rows = [Entry("", row, "quiet") for row in sums_of(spent, self.currency)]
        self.query_one("#figures", Listing).show((Column(), Column(width=10, align="right")), rows)
        hours = [None if hour.mwh is None else hour.mwh // 1000 for hour in spent.hours]
        self.query_one(Chart).show(hours, [hour.hour for hour in spent.hours])
        self._show_shown(energy)

    def _show_shown(self, energy: Energy) -> None:
        """A row a product that was shown, then, quietly, a row an hour."""
        entries = [
            Entry(
                "",
                (
                    clean(row.name),
                    wh_words(row.mwh),
                    str(row.demos),
                    quantity(row.sold),
                    "" if row.cost is None else amount(row.cost, self.currency),
                ),
            )
            for row in energy.shown
        ]
        entries += [Entry("", hour, "quiet") for hour in _hours(energy)]
        heads = (_("shown"), "", _("demos"), _("sold"), _("cost"))
        wide = [widest([head, *(entry.cells[at] for entry in entries)]) for at, head in enumerate(heads)]
        columns = (Column(heads[0]), *(Column(heads[at], max(wide[at], 4), "right") for at in (1, 2, 3, 4)))
        listing = self.query_one("#rows", Listing)
        listing.empty_text = _("nothing was shown")
        listing.show(columns, entries)

    async def paper_energy(self) -> None:
        """The energy as a slip, with a key to print it."""
        energy, span = self.energy, self.span
        if energy is None or span is None:
            return
        large, money = _large(energy.spent.mwh), self.currency

        def rows(_ledger: Ledger, settings: Settings) -> list[Row]:
            return energy_rows(energy, span.title, stationery(settings), money)

        def queue(ledger: Ledger, settings: Settings, _person: Person) -> str:
            enqueue_rows(ledger, rows(ledger, settings))
            return _("It is being printed.")

        await self.app.push_screen(
            SlipScreen(_("Energy"), rows, words=span.title, figure=large, caption="Wh", printing=queue)
        )

    async def write_energy(self) -> None:
        """Write hours and products as CSV; files of the same days are replaced, whole or not at all."""
        energy, span = self.energy, self.span
        if energy is None or span is None:
            return
        folder, money = self.station.settings.folder / FOLDER, self.currency
        first, last = span.first.isoformat(), span.last.isoformat()
        days = first if first == last else f"{first}-{last}"

        def write(_ledger: Ledger) -> str:
            from kiosk.energy import tell
            from kiosk.export.files import whole

            folder.mkdir(exist_ok=True)
            hours = tell.to_csv(tell.hour_table(energy.spent), tell.HOUR_HEADS)
            demos = tell.to_csv(tell.demo_table(energy.shown, money), tell.DEMO_HEADS)
            for name, text in (("energy", hours), ("demo", demos)):
                with whole(folder / f"{name}-{days}.csv") as file:
                    file.write("\ufeff" + text)
            return f"{FOLDER}/energy-{days}.csv, demo-{days}.csv"

        written = await self.looked_up(write)
        if written is not None:
            self.say(_("Written to {file} in the shop's folder.").format(file=written), "good")


def _large(mwh: int | None) -> str:
    """Whole Wh to be read from afar."""
    return "?" if mwh is None else str(round(mwh / 1000))


def _hours(energy: Energy) -> list[tuple[str, ...]]:
    """What each hour took, and how many sales it saw."""
    rows: list[tuple[str, ...]] = []
    for hour in energy.spent.hours:
        sales = ngettext("{n} sale", "{n} sales", hour.sales).format(n=hour.sales)
        rows.append((f"{hour.hour}:00  {sales}", wh_words(hour.mwh), "", "", ""))
    return rows
