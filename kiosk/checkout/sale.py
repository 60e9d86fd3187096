"""Committing a sale: one transaction holds the sale, its number, its journal row and what is to be printed.

Either all of it is on disk when `commit` returns, or nothing is. Constant SQL on the ledger's own connection,
not models: the customer waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from kiosk.checkout.find_sale import Found, find
from kiosk.checkout.new_sale import EmptySale, NewSale, NotPaid, check_paid, overrides
from kiosk.checkout.printqueue import ENQUEUE
from kiosk.checkout.sale_rows import LineRow, SaleRows, rows_of
from kiosk.checkout.stored_sale import NoSuchSale, StoredSale, label_of, load
from kiosk.checkout.tender import CASH
from kiosk.i18n import _
from kiosk.ledger.errors import DuplicateEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.ledger.connection import Ledger

__all__ = [
    "EmptySale",
    "Found",
    "NewSale",
    "NoShift",
    "NoSuchSale",
    "NotPaid",
    "Receipt",
    "StoredSale",
    "commit",
    "find",
    "load",
]


class NoShift(RuntimeError):
    """No shift is open, so there is no day to book on; nothing was stored, the basket stands."""

    def __init__(self) -> None:
        super().__init__(_("no shift is open; nothing was booked; count the float and open one"))


class Receipt(NamedTuple):
    """What came of a commit. `load` reads the whole sale. A tuple for speed, see `SaleRows`."""

    id: int  # journal seq of the sale
    event_id: UUID
    number: str  # A-000123
    kind: str  # sale, refund, training
    total: int
    business_date: str  # ISO
    wall_ms: int
    clock_trusted: bool
    repeated: bool = False  # it was stored before already, and is stored once


TRAINING_PREFIX = "T"
"""Leads the series of training sales, so that practice leaves no gap in the real numbers."""

_SHIFT = """
SELECT s.id, s.business_date, c.id FROM session s LEFT JOIN closing c ON c.session = s.id
ORDER BY s.id DESC LIMIT 1"""
# One step down the index. Asked as max(number) of a series it is ten times dearer.
_LAST = """
SELECT series, number FROM sale WHERE (series, number) <= (?, 9223372036854775807)
ORDER BY series DESC, number DESC LIMIT 1"""
_SALE = """
INSERT INTO sale (id, session, series, number, kind, refunds, person, prices, rounding, net, tax, total)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_LINE = """
INSERT INTO sale_line (sale, line, article, quantity, price, line_discount, sale_discount, net, tax,
                       refunds_line, approver, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_TAX = "INSERT INTO sale_tax (sale, tax_class, part, rate, net, tax) VALUES (?, ?, ?, ?, ?, ?)"
_PAYMENT = "INSERT INTO payment (sale, n, method, kind, amount, reference) VALUES (?, ?, ?, ?, ?, ?)"
_ARTICLE = "INSERT OR IGNORE INTO article (sku, name, unit, tax_class) VALUES (?, ?, ?, ?)"
_ARTICLE_ID = "SELECT id FROM article WHERE sku = ? AND name = ? AND unit = ? AND tax_class = ?"
_NO_DRAFT = "DELETE FROM draft WHERE id = ?"
_OPEN_ATTEMPT = "SELECT 1 FROM payment_attempt WHERE id = ? AND state IN ('pending', 'unknown')"
# Money that came late, unknown to the till, is not the sale's: it stays astray until somebody gives it back.
_PAID_BY = "UPDATE payment_attempt SET sale = ? WHERE id = ? AND (state <> 'confirmed' OR ?)"
_KNOWN = """
SELECT s.id, s.series, s.number, s.kind, s.total, e.business_date, j.wall_ms, j.clock_trusted
FROM journal j JOIN sale s ON s.id = j.seq JOIN session e ON e.id = s.session WHERE j.event_id = ?"""


def commit(ledger: Ledger, sale: NewSale, also: Callable[[Receipt], None] | None = None) -> Receipt:
    """Store a paid sale and return its receipt; the same sale again gives the first receipt.

    `also` is done in the same transaction, and not again for a sale that is known already.
    Raises NotPaid, EmptySale, NotAllowed, NoShift, or the ledger's own errors; nothing is stored then.
    """
    check_paid(sale)
    rows = rows_of(sale, overrides(ledger, sale))
    try:
        with ledger.transaction():
            receipt = _write(ledger, sale, rows)
            if also is not None:
                also(receipt)
            return receipt
    except (DuplicateEvent, NoShift):
        known = stored_receipt(ledger, sale.event_id)
        if known is None or known.total != rows.net + rows.tax:
            raise
        return known


def _write(ledger: Ledger, sale: NewSale, rows: SaleRows) -> Receipt:
    """Write everything of a sale inside the transaction."""
    receipt = write_rows(ledger, rows, sale.event_id, sale.person.id, _articles(ledger, sale, rows))
    jobs = (["drawer"] if sale.opens_drawer and not sale.training else []) + (
        ["receipt"] if sale.receipt else []
    )
    if jobs:
        ledger.executemany(ENQUEUE, [(kind, receipt.id, 0, None) for kind in jobs])
    if sale.draft is not None:
        ledger.execute(_NO_DRAFT, (sale.draft,))
    for attempt in sale.attempts:
        if attempt.method != CASH and ledger.row(_OPEN_ATTEMPT, (attempt.id,)) is not None:
            raise NotPaid(_("a payment is still open; nothing was stored; ask the terminal first"))
        if attempt.method != CASH or sale.draft is not None:  # cash is noted only with a draft
            ledger.execute(_PAID_BY, (receipt.id, attempt.id, attempt.state == "confirmed"))
    return receipt


def write_rows(
    ledger: Ledger,
    rows: SaleRows,
    event_id: UUID,
    person: int,
    lines: list[LineRow],
    refunds: int | None = None,
) -> Receipt:
    """Write journal row, sale, lines, taxes and payments inside the caller's transaction."""
    series = TRAINING_PREFIX + ledger.series if rows.kind == "training" else ledger.series
    shift = ledger.row(_SHIFT)
    if shift is None or shift[2] is not None:
        raise NoShift
    last = ledger.row(_LAST, (series,))
    count = last[1] + 1 if last is not None and last[0] == series else 1
    number = label_of(series, count)
    total = rows.net + rows.tax
    rows.body["n"] = number
    event = ledger.record(rows.kind, rows.body, event_id=event_id)
    key = event.seq
    head = (rows.kind, refunds, person, rows.prices, rows.rounding, rows.net, rows.tax, total)
    ledger.execute(_SALE, (key, shift[0], series, count, *head))
    ledger.executemany(_LINE, [(key, n, *line) for n, line in enumerate(lines, 1)])
    ledger.executemany(_TAX, [(key, *tax) for tax in rows.taxes])
    ledger.executemany(_PAYMENT, [(key, n, *payment) for n, payment in enumerate(rows.payments, 1)])
    return Receipt(key, event_id, number, rows.kind, total, shift[1], event.wall_ms, event.clock_trusted)


def _articles(ledger: Ledger, sale: NewSale, rows: SaleRows) -> list[LineRow]:
    """Return the lines with an article each: something sold without the catalogue gets its own here."""
    if all(line[0] is not None for line in rows.lines):
        return rows.lines
    lines: list[LineRow] = []
    for line, row in zip(sale.basket.live, rows.lines, strict=True):
        article = row[0]
        if article is None:
            called = (line.item.sku, line.item.name, line.item.unit, line.item.tax_class)
            ledger.execute(_ARTICLE, called)
            found = ledger.row(_ARTICLE_ID, called)
            article = None if found is None else int(found[0])
        lines.append((article, *row[1:]))
    return lines


def stored_receipt(ledger: Ledger, event_id: UUID) -> Receipt | None:
    """Return the receipt of a sale that was committed before."""
    row = ledger.row(_KNOWN, (event_id.bytes,))
    if row is None:
        return None
    key, series, number, kind, total, date, wall_ms, trusted = row
    return Receipt(
        key, event_id, label_of(series, number), kind, total, date, wall_ms, bool(trusted), repeated=True
    )
