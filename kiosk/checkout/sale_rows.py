"""A sale as rows and as journal text, made ready before the transaction begins so that it stays short.

The journal body of a `sale` or `training` event, version 1, frozen (a golden test holds it). Keys are there
only when they say something; arrays lose their empty tail:

    n   number as printed, "A-000123"
    w   who sold
    m   how it was priced: "i" or "e" (prices inclusive, exclusive), then "l", "r" or "d" (rounding per line,
        rate, document)
    l   lines: [sku, quantity, price, net, tax, tax class, line discount, share of the sale's discount, note,
        name]; the name only where no catalogue event tells it
    t   taxes: [tax class, part, rate, net, tax]
    p   payments: [method, "t" tender | "c" change | "r" rounding, amount, reference]
    o   overrides: [right, line (0: the whole sale), who answers for it, reason, price before]
    x   lines struck out before payment: [sku, quantity, price]

A `refund` event has also:

    r   number of the sale it takes back
    f   the line of that sale each line takes back, in the order of `l`
    c   reason
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from kiosk.checkout.basketline import BasketLine
    from kiosk.checkout.new_sale import NewSale, Override
    from kiosk.checkout.tender import Payment
    from kiosk.checkout.totals import PricedLine, RateTotal

LineRow = tuple[int | None, int, int, int, int, int, int, int | None, int | None, str | None]
"""article, quantity, price, line_discount, sale_discount, net, tax, refunds_line, approver, note"""
TaxRow = tuple[str, int, int, int, int]
"""tax_class, part, rate, net, tax"""
PaymentRow = tuple[str, str, int, str | None]
"""method, kind, amount, reference"""

_PRICED = {"inclusive": "i", "exclusive": "e"}
_ROUNDED = {"line": "l", "rate": "r", "document": "d"}
_KINDS = {"tender": "t", "change": "c", "rounding": "r"}


class SaleRows(NamedTuple):
    """What is written of one sale; its id and number come inside the transaction.

    A tuple, because it is made while the customer waits: a tenth of the time of a frozen dataclass.
    """

    kind: str  # sale, refund, training
    prices: str
    rounding: str
    net: int
    tax: int
    lines: list[LineRow]
    taxes: list[TaxRow]
    payments: list[PaymentRow]
    body: dict[str, object]  # of the journal, without the number


def rows_of(sale: NewSale, given: Sequence[Override]) -> SaleRows:
    """Return the rows of a sale."""
    basket = sale.basket
    totals, pricing, live = basket.totals, basket.pricing, basket.live
    taxes = tax_rows(totals.rates)
    payments = payment_rows(sale.payments)
    pairs = list(zip(live, totals.lines, strict=True))
    body: dict[str, object] = {
        "w": sale.person.name,
        "m": mode(pricing.prices, pricing.rounding),
        "l": [_line_text(line, priced) for line, priced in pairs],
        "t": taxes,
        "p": payment_texts(payments),
    }
    if given:
        body["o"] = [trimmed([one.right.value, one.line, one.by, one.reason, one.was]) for one in given]
    if len(live) < len(basket.lines):
        body["x"] = [[line.item.sku, line.quantity, line.price] for line in basket.lines if line.voided]
    return SaleRows(
        kind="training" if sale.training else "sale",
        prices=pricing.prices,
        rounding=pricing.rounding,
        net=totals.net,
        tax=totals.tax,
        lines=[_line_row(line, priced) for line, priced in pairs],
        taxes=taxes,
        payments=payments,
        body=body,
    )


def mode(prices: str, rounding: str) -> str:
    """Return how a sale was priced, in two letters."""
    return _PRICED[prices] + _ROUNDED[rounding]


def tax_rows(rates: Iterable[RateTotal]) -> list[TaxRow]:
    """Return the taxes of a sale; the net of a class stands on its first."""
    return [
        (rate.tax_class, part, one.rate, 0 if part else rate.net, one.tax)
        for rate in rates
        for part, one in enumerate(rate.parts)
    ]


def payment_rows(payments: Iterable[Payment]) -> list[PaymentRow]:
    """Return the payments of a sale."""
    return [(one.method, one.kind, one.amount, one.reference or None) for one in payments]


def payment_texts(rows: Iterable[PaymentRow]) -> list[list[Any]]:
    """Return the payments as they stand in the journal."""
    return [trimmed([method, _KINDS[kind], amount, reference]) for method, kind, amount, reference in rows]


def trimmed(row: list[Any]) -> list[Any]:
    """Return a row without what is empty at its end: zeros, empty texts and what is not there."""
    while row and not row[-1]:
        row.pop()
    return row


def _line_row(line: BasketLine, priced: PricedLine) -> LineRow:
    """Return a line as it is stored."""
    asked = line.discount is not None or line.overridden or line.age_waived_by is not None
    return (
        line.item.article,
        line.quantity,
        line.price,
        priced.line_discount,
        priced.sale_discount,
        priced.net,
        priced.tax,
        None,
        line.approver if asked else None,
        line.note or None,
    )


def _line_text(line: BasketLine, priced: PricedLine) -> list[Any]:
    """Return a line as it stands in the journal."""
    item = line.item
    row = [item.sku, line.quantity, line.price, priced.net, priced.tax, item.tax_class]
    if priced.line_discount or priced.sale_discount or line.note or item.product is None:
        row += [priced.line_discount, priced.sale_discount, line.note, "" if item.product else item.name]
    return trimmed(row)
