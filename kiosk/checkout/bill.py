"""What is still to be paid, on paper: the basket, the amount and the code to pay it with. Never a receipt."""

from __future__ import annotations

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.basket import Basket
from kiosk.checkout.money import Currency
from kiosk.checkout.payments.method import Instruction
from kiosk.checkout.slip_lines import AmountColumn, of_basket
from kiosk.checkout.stationery import END, Stationery
from kiosk.i18n import _


def bill_rows(
    basket: Basket, paper: Stationery, *, ask: Instruction | None = None, amount: int | None = None
) -> list[Row]:
    """Return a bill for an unpaid basket.

    Args:
        basket: What was taken; void lines are not printed.
        paper: The shop's paper.
        ask: How to pay; its code is printed.
        amount: What the code asks for, if it is not the whole.
    """
    currency, totals = basket.pricing.currency, basket.totals
    rows = [*paper.head(), *_unpaid(paper)]
    if basket.name:
        rows += paper.text(basket.name)
    rows.append(Row(rule=True))
    lines = of_basket(basket.lines)
    column = AmountColumn.of(paper, currency, lines)
    for line in lines:
        rows += column.goods(line)
    rows.append(Row(rule=True))
    if off := sum(line.sale_discount for line in totals.lines):
        rows += column.row(_("Discount on the sale"), -off)
    if basket.pricing.prices == "exclusive":
        rows += column.row(_("Net"), totals.net)
    rows += column.row(_("Tax") if basket.pricing.prices == "exclusive" else _("Tax included"), totals.tax)
    rows += paper.total(_("TO PAY"), i18n.money(totals.gross, currency))
    if ask is not None and ask.qr:
        rows += _code(ask, amount if amount is not None else totals.gross, currency, paper)
    return [*rows, *_unpaid(paper), END]


def pay_rows(ask: Instruction, amount: int, currency: Currency, paper: Stationery) -> list[Row]:
    """Return only the code and the amount, for a customer who cannot read it from the screen."""
    return [*paper.head(), *_code(ask, amount, currency, paper), *_unpaid(paper), END]


def _unpaid(paper: Stationery) -> list[Row]:
    """Say that this proves nothing."""
    return paper.text(_("NOT PAID - this is no receipt"), align="centre", bold=True)


def _code(ask: Instruction, amount: int, currency: Currency, paper: Stationery) -> list[Row]:
    """Return the code to pay with, and beside it in words what it asks for."""
    total = paper.text(i18n.money(amount, currency), align="centre", bold=True, big=True)
    payee = paper.text(ask.payee, align="centre") if ask.payee else []
    return [
        Row(),
        *paper.text(_("Scan to pay"), align="centre"),
        Row(qr=ask.qr, align="centre"),
        *total,
        *payee,
    ]
