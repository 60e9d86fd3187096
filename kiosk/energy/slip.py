"""The energy of some days as a slip: hours, what a sale takes, and what showing each product took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.stationery import END, Stationery
from kiosk.energy.words import percent_words, times_words, wh_words
from kiosk.i18n import _, ngettext

if TYPE_CHECKING:
    from kiosk.checkout.money import Currency
    from kiosk.energy.desk import Energy
    from kiosk.energy.spent import Spent


def sums_of(spent: Spent, money: Currency) -> list[tuple[str, str]]:
    """Return what a sale takes, what all of it cost, and how much of the time was measured."""
    sales = ngettext("{n} sale", "{n} sales", spent.sales).format(n=spent.sales)
    cost = _("unknown") if spent.cost is None else i18n.amount(spent.cost, money)
    return [
        (_("{sales}, each").format(sales=sales), wh_words(spent.mwh_per_sale)),
        (_("cost, {currency}").format(currency=money.code), cost),
        (_("measured"), percent_words(spent.measured)),
    ]


def energy_rows(energy: Energy, days: str, paper: Stationery, money: Currency) -> list[Row]:
    """Return the rows of the slip; `days` is what they are called."""
    spent = energy.spent
    rows = [*paper.head(), *paper.text(_("Energy"), align="centre", bold=True)]
    rows += [*paper.text(days, align="centre"), Row(rule=True)]
    for hour in spent.hours:
        sales = ngettext("{n} sale", "{n} sales", hour.sales).format(n=hour.sales)
        rows += paper.pair(f"{hour.hour}:00  {sales}", wh_words(hour.mwh))
    rows += [Row(rule=True), *paper.pair(_("total"), wh_words(spent.mwh))]
    for label, figure in sums_of(spent, money):
        rows += paper.pair(label, figure)
    rows.append(Row(rule=True))
    for one in energy.shown:
        rows += paper.pair(one.name, wh_words(one.mwh))
        cost = [] if one.cost is None else [i18n.amount(one.cost, money)]
        rows += paper.indented(", ".join([times_words(one), *cost]))
    return [*rows, Row(rule=True), END]
