"""The receipt of a stored sale as rows of paper: what is printed, and what the screen shows of it, are these.

It prints what the ledger stored and computes nothing anew. Void lines are not in the ledger's sale and so not
here. A second print says COPY, practice says TRAINING, a time nobody vouches for says so.
"""

from __future__ import annotations

import re

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.money import Currency
from kiosk.checkout.slip_lines import AmountColumn, of_sale
from kiosk.checkout.stationery import END, Stationery
from kiosk.checkout.stored_sale import StoredSale
from kiosk.checkout.tax_table import tax_rows
from kiosk.i18n import _

_TOKEN = re.compile(r"[Rr]/([0-9A-Za-z]{1,8}-[0-9]{6,12})")


def receipt_token(number: str) -> str:
    """Return what a receipt's QR code says: `R/A-000123`, short enough for the smallest code on paper."""
    return f"R/{number.upper()}"


def number_of_token(scanned: str) -> str | None:
    """Return the receipt number in a scanned text, or None when it is no receipt's code."""
    found = _TOKEN.fullmatch(scanned.strip())
    return found[1].upper() if found else None


def receipt_rows(sale: StoredSale, paper: Stationery, *, copy: int = 0) -> list[Row]:
    """Return a sale's receipt; `copy` is 0 for the original and n for its nth copy."""
    currency = Currency(sale.currency, sale.exponent)
    lines = of_sale(sale)
    column = AmountColumn.of(paper, currency, lines)
    rows = [
        *([Row(align="centre", logo=True)] if paper.logo else []),
        *paper.head(),
        *_marks(sale, paper, copy),
        *_particulars(sale, paper),
        Row(rule=True),
    ]
    for line in lines:
        rows += column.goods(line)
    rows += [Row(rule=True), *_sums(sale, column), *_payments(sale, column)]
    rows += [Row(), *tax_rows(sale.rates, paper, currency)]
    rows += _marks(sale, paper, copy) if copy or sale.training else []
    if paper.footer:
        rows += [Row(), *paper.foot()]
    if paper.code:
        rows += [Row(qr=receipt_token(sale.number), align="centre"), Row(sale.number, align="centre")]
    return [*rows, END]


def _marks(sale: StoredSale, paper: Stationery, copy: int) -> list[Row]:
    """Return what a reader must not overlook: practice, a copy, a refund."""
    rows: list[Row] = []
    if sale.training:
        rows += paper.text(_("TRAINING - not a receipt"), align="centre", bold=True)
    if copy:
        rows += paper.text(_("COPY {n}").format(n=copy), align="centre", bold=True)
    if sale.refunds:
        text = _("REFUND of {number}").format(number=sale.refunds)
        rows += paper.text(text, align="centre", bold=True)
    return rows


def _particulars(sale: StoredSale, paper: Stationery) -> list[Row]:
    """Return number, time and seller."""
    moment = f"{i18n.date(sale.wall_ms)} {i18n.time(sale.wall_ms)}"
    rows = paper.text(_("Receipt {number}").format(number=sale.number))
    rows += paper.pair(_("Served by {name}").format(name=sale.person), moment)
    return rows if sale.clock_trusted else rows + paper.pair("", _("clock not confirmed"))


def _sums(sale: StoredSale, column: AmountColumn) -> list[Row]:
    """Return the discount on the sale, the net and taxes where prices are without tax, and the total."""
    rows: list[Row] = []
    if off := sum(line.sale_discount for line in sale.lines):
        rows += column.row(_("Discount on the sale"), -off)
    if sale.prices == "exclusive":
        rows += [*column.row(_("Net"), sale.net), *column.row(_("Tax"), sale.tax)]
    return [*rows, *column.paper.total(_("TOTAL"), i18n.money(sale.total, column.currency))]


def _payments(sale: StoredSale, column: AmountColumn) -> list[Row]:
    """Return how it was paid: the rounding of cash first, because it says what was due."""
    rows: list[Row] = []
    if rounding := -sum(one.amount for one in sale.payments if one.kind == "rounding"):
        rows += column.row(_("Cash rounding"), rounding)
        rows += column.row(_("To pay"), sale.total + rounding)
    for payment in sale.payments:
        if payment.kind == "tender":
            rows += column.row(column.paper.method(payment.method), payment.amount)
            if payment.reference:
                rows += column.paper.indented(_("reference {text}").format(text=payment.reference))
    if change := -sum(one.amount for one in sale.payments if one.kind == "change"):
        rows += column.row(_("Change"), change)
    return rows
