"""The taxes by class on a slip: net, tax and gross of each, and the single taxes of a class of several."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.money import Currency
from kiosk.checkout.stationery import INDENT, Stationery
from kiosk.checkout.tax import TaxSum
from kiosk.i18n import _


def tax_rows(taxes: Iterable[TaxSum], paper: Stationery, currency: Currency) -> list[Row]:
    """Return the table, or nothing where no tax was; `taxes` are in the order of class and part."""
    table: list[tuple[str, ...]] = [(_("Rate"), _("Net"), _("Tax"), _("Gross"))]
    for tax_class, group in groupby(taxes, key=lambda tax: tax.tax_class):
        parts = list(group)
        net, tax = parts[0].net, sum(part.tax for part in parts)
        amounts = tuple(i18n.amount(minor, currency) for minor in (net, tax, net + tax))
        single = len(parts) == 1
        table.append((paper.tax(tax_class, parts[0].rate) if single else tax_class, *amounts))
        if not single:
            table += [
                (INDENT + i18n.percent(part.rate), "", i18n.amount(part.tax, currency), "") for part in parts
            ]
    return paper.table(table) if len(table) > 1 else []
