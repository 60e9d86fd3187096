"""Small slips: cash put in or taken out, goods given in or swapped, a code to pay with, a quick report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.money import Currency
from kiosk.checkout.payments.method import Instruction
from kiosk.checkout.stationery import END, Stationery
from kiosk.checkout.stored_sale import StoredSale
from kiosk.i18n import _


def cash_rows(
    kind: Literal["in", "out", "drawer"],
    amount: int,
    reason: str,
    person: str,
    wall_ms: int,
    paper: Stationery,
    currency: Currency,
) -> list[Row]:
    """Return the slip of a movement of cash, to be signed and put into the drawer."""
    titles = {"in": _("CASH IN"), "out": _("CASH OUT"), "drawer": _("DRAWER OPENED")}
    rows = [*paper.head(), *paper.text(titles[kind], align="centre", bold=True)]
    rows += paper.pair(person, f"{i18n.date(wall_ms)} {i18n.time(wall_ms)}")
    if kind != "drawer":
        rows += paper.total(_("Amount"), i18n.money(amount, currency))
    return [*rows, *paper.text(reason), Row(feed=2), *_signature(paper), END]


def return_rows(
    sale: StoredSale,
    back: Mapping[int, int],
    remedy: Literal["repair", "swap"],
    reason: str,
    person: str,
    wall_ms: int,
    paper: Stationery,
) -> list[Row]:
    """Return the customer's proof of goods given in for repair or swapped (thousandths by line)."""
    titles = {"repair": _("TAKEN IN FOR REPAIR"), "swap": _("SWAPPED")}
    rows = [*paper.head(), *paper.text(titles[remedy], align="centre", bold=True)]
    rows += paper.text(_("Sold with receipt {number}").format(number=sale.number))
    rows += [*paper.pair(person, f"{i18n.date(wall_ms)} {i18n.time(wall_ms)}"), Row(rule=True)]
    for line in sale.lines:
        if quantity := back.get(line.line):
            rows += paper.pair(line.name, i18n.quantity(quantity, line.unit))
    rows.append(Row(rule=True))
    return [*rows, *(paper.text(reason) if reason else []), Row(feed=2), *_signature(paper), END]


def pay_rows(ask: Instruction, amount: int, currency: Currency, paper: Stationery) -> list[Row]:
    """Return the code and what it asks for, for a customer who cannot read it from the screen."""
    unpaid = paper.text(_("NOT PAID - this is no receipt"), align="centre", bold=True)
    return [
        *paper.head(),
        Row(),
        *paper.text(_("Scan to pay"), align="centre"),
        Row(qr=ask.qr, align="centre"),
        *paper.text(i18n.money(amount, currency), align="centre", bold=True, big=True),
        *(paper.text(ask.payee, align="centre") if ask.payee else []),
        *unpaid,
        END,
    ]


def table_rows(
    title: str,
    subtitle: str,
    table: Sequence[tuple[str, ...]],
    paper: Stationery,
    totals: tuple[str, ...] = (),
) -> list[Row]:
    """Return a quick report; the first row of the table is its heading, `totals` its last line."""
    rows = [*paper.head(), *paper.text(title, align="centre", bold=True)]
    rows += paper.text(subtitle, align="centre") if subtitle else []
    made = paper.table([*table, *([totals] if totals else [])])
    rows += [Row(rule=True), *made, Row(rule=True)]
    return [*rows, END]


def _signature(paper: Stationery) -> list[Row]:
    """Return a line to sign on."""
    return paper.text(_("Signature") + " " + "_" * 20)
