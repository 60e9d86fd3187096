"""Do the rows that reports count still say what the journal says of each sale?

The chain shows a changed journal. Reports, the Z and exports count the rows of sales beside it. Triggers keep
those as they were written, but whoever drops the triggers could take money out of a sale and leave the
journal alone: here each sale is put together again from its rows and held against its journal text.
"""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kiosk.checkout.sale_rows import mode, payment_texts, trimmed
from kiosk.checkout.stored_sale import label_of
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

PAGE = 1_000
"""Sales of one read: a till that runs meanwhile waits for none of them."""

_SALES = """
SELECT j.seq, j.type, j.body, s.kind, s.series, s.number, s.prices, s.rounding, s.net, s.tax
FROM journal j LEFT JOIN sale s ON s.id = j.seq
WHERE j.seq > ? AND (j.type IN ('sale', 'refund', 'training') OR s.id IS NOT NULL) ORDER BY j.seq LIMIT ?"""
_LINES = """
SELECT sale, sku, quantity, price, net, tax, tax_class, line_discount, sale_discount, note
FROM sale_line l JOIN article a ON a.id = l.article WHERE sale > ? AND sale <= ? ORDER BY sale, line"""
_TAXES = """
SELECT sale, tax_class, part, rate, net, tax FROM sale_tax WHERE sale > ? AND sale <= ?
ORDER BY sale, tax_class, part"""
_PAYMENTS = """
SELECT sale, method, kind, amount, reference FROM payment WHERE sale > ? AND sale <= ? ORDER BY sale, n"""

Rows = dict[int, list[list[Any]]]
"""The rows of one table by sale."""


class Stray(NamedTuple):
    """The first sale whose rows are not those it was booked with."""

    seq: int  # of its journal row
    reason: str


def first_stray(ledger: Ledger) -> Stray | None:
    """Return the first sale that was changed, taken out or slipped in beside an unbroken journal; or None."""
    before = 0
    while page := ledger.rows(_SALES, (before, PAGE)):
        last = page[-1][0]
        lines, taxes, payments = (_by_sale(ledger, sql, before, last) for sql in (_LINES, _TAXES, _PAYMENTS))
        for seq, *sale in page:
            reason = _reason(sale, lines.get(seq, []), taxes.get(seq, []), payments.get(seq, []))
            if reason:
                return Stray(seq, reason)
        before = last
    return None


def _by_sale(ledger: Ledger, sql: str, before: int, last: int) -> Rows:
    """Return the rows of one table for the sales of a page."""
    found = ledger.rows(sql, (before, last))
    return {sale: [list(row[1:]) for row in rows] for sale, rows in groupby(found, key=itemgetter(0))}


def _reason(
    sale: list[Any], lines: list[list[Any]], taxes: list[list[Any]], payments: list[list[Any]]
) -> str:
    """Return what of a sale is not as its journal row says, or nothing."""
    event, text, kind, series, number, prices, rounding, net, tax = sale
    if kind is None:
        return _("the sale of this row is missing among the sales")
    if event != kind:
        return _("a sale stands at this row that it does not tell of")
    body = json.loads(text)
    if [body["n"], body["m"]] != [label_of(series, number), mode(prices, rounding)]:
        return _("the sale {number} was changed after it was written: number or prices").format(
            number=body["n"]
        )
    told = (
        (_("lines"), [trimmed(line) for line in lines], [trimmed(line[:9]) for line in body["l"]]),
        (_("taxes"), sorted(taxes), sorted(body["t"])),
        (_("payments"), payment_texts(tuple(row) for row in payments), body["p"]),
        (_("totals"), [net, tax], [sum(line[at] for line in lines) for at in (3, 4)]),
    )
    wrong = [name for name, stored, written in told if stored != written]
    if not wrong:
        return ""
    return _("the sale {number} was changed after it was written: {what}").format(
        number=body["n"], what=", ".join(wrong)
    )
