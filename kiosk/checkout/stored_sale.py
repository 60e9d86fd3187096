"""A sale as it stands in the ledger: everything a receipt prints and a refund needs.

Read with constant SQL, because a customer waits for the receipt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.checkout.tax import TaxSum
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_LABEL = re.compile(r"([A-Za-z0-9]{1,8})-([0-9]{6,12})")


class NoSuchSale(LookupError):
    """No sale has this number; nothing was changed."""

    def __init__(self, wanted: str | int) -> None:
        self.wanted = wanted
        words = _("there is no sale {number}; nothing was changed; check the number on the receipt")
        super().__init__(words.format(number=wanted))


@dataclass(frozen=True, slots=True)
class StoredLine:
    """One sold (or, in a refund, returned) line with every cent as it was computed at the till."""

    line: int
    article: int
    sku: str
    name: str
    unit: str
    tax_class: str
    quantity: int  # thousandths; negative in a refund
    price: int  # of one unit
    line_discount: int
    sale_discount: int  # this line's share of the whole-sale discount
    net: int
    tax: int
    refunds_line: int | None
    note: str
    returned: int  # thousandths refunded since, by later refunds

    @property
    def gross(self) -> int:
        """What the customer paid for the line."""
        return self.net + self.tax

    @property
    def discount(self) -> int:
        """Everything taken off the line."""
        return self.line_discount + self.sale_discount

    @property
    def refundable(self) -> int:
        """Thousandths that can still come back; 0 for a line of a refund."""
        return max(0, self.quantity - self.returned)


@dataclass(frozen=True, slots=True)
class StoredPayment:
    """One row of money: handed over, given back as change, or lost and won by cash rounding."""

    method: str
    kind: str  # tender, change, rounding
    amount: int  # signed; a sale's payments sum to its total
    reference: str


@dataclass(frozen=True, slots=True)
class StoredSale:
    """One committed sale, refund or training sale."""

    id: int  # journal seq
    number: str  # as printed: A-000123
    kind: str  # sale, refund, training
    refunds: str | None  # the number of the sale this refund takes back
    remedy: str | None  # refund: why the goods came back; None on a sale
    session: int
    business_date: str  # ISO
    wall_ms: int
    clock_trusted: bool
    person: str
    prices: str  # inclusive, exclusive
    rounding: str  # line, rate, document
    net: int
    tax: int
    total: int
    lines: tuple[StoredLine, ...]
    rates: tuple[TaxSum, ...]
    payments: tuple[StoredPayment, ...]
    currency: str
    exponent: int

    @property
    def training(self) -> bool:
        """Whether this was only practice: it counts in no total."""
        return self.kind == "training"

    @property
    def discount(self) -> int:
        """Everything taken off, over all lines."""
        return sum(line.discount for line in self.lines)


def label_of(series: str, number: int) -> str:
    """Return a receipt number as it is printed and journalled: six digits or more behind the series."""
    return f"{series}-{number:06d}"


def sale_id(ledger: Ledger, wanted: int | str) -> int:
    """Return the id of the sale with this id or this printed number; NoSuchSale if there is none."""
    if isinstance(wanted, int):
        row = ledger.row("SELECT id FROM sale WHERE id = ?", (wanted,))
    else:
        match = _LABEL.fullmatch(wanted.strip())
        if match is None:
            raise NoSuchSale(wanted)
        series, number = match[1].upper(), int(match[2])
        row = ledger.row("SELECT id FROM sale WHERE series = ? AND number = ?", (series, number))
    if row is None:
        raise NoSuchSale(wanted)
    return int(row[0])


_HEAD = """
SELECT s.series, s.number, s.kind, o.series, o.number, s.session, e.business_date, j.wall_ms, j.clock_trusted,
       p.name, s.prices, s.rounding, s.net, s.tax, s.total,
       (SELECT remedy FROM return_case WHERE id = s.id LIMIT 1)
FROM sale s JOIN journal j ON j.seq = s.id JOIN session e ON e.id = s.session JOIN person p ON p.id = s.person
LEFT JOIN sale o ON o.id = s.refunds WHERE s.id = ?"""
_LINES = """
SELECT l.line, l.article, a.sku, a.name, a.unit, a.tax_class, l.quantity, l.price, l.line_discount,
       l.sale_discount, l.net, l.tax, l.refunds_line, coalesce(l.note, ''),
       coalesce((SELECT -sum(b.quantity) FROM sale r JOIN sale_line b ON b.sale = r.id
                 WHERE r.refunds = l.sale AND b.refunds_line = l.line), 0)
FROM sale_line l JOIN article a ON a.id = l.article WHERE l.sale = ? ORDER BY l.line"""
_TAXES = "SELECT tax_class, part, rate, net, tax FROM sale_tax WHERE sale = ? ORDER BY tax_class, part"
_PAYMENTS = "SELECT method, kind, amount, coalesce(reference, '') FROM payment WHERE sale = ? ORDER BY n"


def load(ledger: Ledger, wanted: int | str) -> StoredSale:
    """Return one sale by its id or printed number; NoSuchSale if there is none."""
    key = sale_id(ledger, wanted)
    head = ledger.row(_HEAD, (key,))
    if head is None:
        raise NoSuchSale(wanted)
    series, number, kind, first_series, first_number, session, date, wall_ms, trusted, *rest = head
    person, prices, rounding, net, tax, total, remedy = rest
    return StoredSale(
        id=key,
        number=label_of(series, number),
        kind=kind,
        refunds=None if first_number is None else label_of(first_series, first_number),
        remedy=remedy,
        session=session,
        business_date=date,
        wall_ms=wall_ms,
        clock_trusted=bool(trusted),
        person=person,
        prices=prices,
        rounding=rounding,
        net=net,
        tax=tax,
        total=total,
        lines=tuple(StoredLine(*row) for row in ledger.rows(_LINES, (key,))),
        rates=tuple(TaxSum(*row) for row in ledger.rows(_TAXES, (key,))),
        payments=tuple(StoredPayment(*row) for row in ledger.rows(_PAYMENTS, (key,))),
        currency=ledger.currency,
        exponent=ledger.exponent,
    )
