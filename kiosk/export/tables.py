"""What is exported of a day: one table a kind of row, with what each column holds.

Everything is read as it was committed up to one event, so that a till that goes on selling meanwhile cannot
put a line into one file whose sale is missing in another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from kiosk.checkout.money import plain_quantity, plain_rate, plain_scaled
from kiosk.checkout.stored_sale import label_of

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

Holds = Literal["text", "number", "amount", "quantity", "rate", "time", "truth", "receipt"]
"""How a column's stored value is written; amounts as plain decimals of the ledger's currency."""
Cell = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of row."""

    name: str
    columns: tuple[tuple[str, Holds], ...]
    sql: str
    """Constant; takes the first and last business date, and the seq of the last event."""


def _table(name: str, columns: str, sql: str) -> Table:
    """Make a table whose columns are written `name:what it holds`; without a colon it holds text."""
    pairs = (column.partition(":") for column in columns.split())
    return Table(name, tuple((head, holds or "text") for head, _colon, holds in pairs), sql)  # type: ignore[misc]


TABLES = (
    _table(
        "sales",
        "receipt:receipt kind business_date time:time clock_trusted:truth seller prices rounding "
        "net:amount tax:amount total:amount refunds:receipt",
        """
SELECT s.series || '/' || s.number, s.kind, e.business_date, j.wall_ms, j.clock_trusted, p.name, s.prices,
       s.rounding, s.net, s.tax, s.total, o.series || '/' || o.number
FROM sale s JOIN session e ON e.id = s.session JOIN journal j ON j.seq = s.id
JOIN person p ON p.id = s.person LEFT JOIN sale o ON o.id = s.refunds
WHERE e.business_date BETWEEN ?1 AND ?2 AND s.id <= ?3 ORDER BY s.id""",
    ),
    _table(
        "lines",
        "receipt:receipt line:number sku name unit tax_class quantity:quantity price:amount "
        "line_discount:amount sale_discount:amount net:amount tax:amount refunds_line:number approved_by "
        "note",
        """
SELECT s.series || '/' || s.number, l.line, a.sku, a.name, a.unit, a.tax_class, l.quantity, l.price,
       l.line_discount, l.sale_discount, l.net, l.tax, l.refunds_line, p.name, l.note
FROM sale s JOIN session e ON e.id = s.session JOIN sale_line l ON l.sale = s.id
JOIN article a ON a.id = l.article LEFT JOIN person p ON p.id = l.approver
WHERE e.business_date BETWEEN ?1 AND ?2 AND s.id <= ?3 ORDER BY s.id, l.line""",
    ),
    _table(
        "taxes",
        "receipt:receipt tax_class part:number rate:rate net:amount tax:amount",
        """
SELECT s.series || '/' || s.number, t.tax_class, t.part, t.rate, t.net, t.tax
FROM sale s JOIN session e ON e.id = s.session JOIN sale_tax t ON t.sale = s.id
WHERE e.business_date BETWEEN ?1 AND ?2 AND s.id <= ?3 ORDER BY s.id, t.tax_class, t.part""",
    ),
    _table(
        "payments",
        "receipt:receipt n:number method kind amount:amount reference",
        """
SELECT s.series || '/' || s.number, y.n, y.method, y.kind, y.amount, y.reference
FROM sale s JOIN session e ON e.id = s.session JOIN payment y ON y.sale = s.id
WHERE e.business_date BETWEEN ?1 AND ?2 AND s.id <= ?3 ORDER BY s.id, y.n""",
    ),
    _table(
        "cash",
        "business_date time:time kind amount:amount reason seller",
        """
SELECT e.business_date, j.wall_ms, c.kind, c.amount, c.reason, p.name
FROM cash_move c JOIN session e ON e.id = c.session JOIN journal j ON j.seq = c.id
JOIN person p ON p.id = c.person WHERE e.business_date BETWEEN ?1 AND ?2 AND c.id <= ?3 ORDER BY c.id""",
    ),
    _table(
        "shifts",
        "business_date opened:time opened_by float:amount z_number:number closed:time closed_by "
        "expected:amount counted:amount",
        """
SELECT e.business_date, j.wall_ms, p.name, e.float_amount, c.z_number, k.wall_ms, q.name, c.expected,
       c.counted
FROM session e JOIN journal j ON j.seq = e.id JOIN person p ON p.id = e.person
LEFT JOIN closing c ON c.session = e.id AND c.id <= ?3 LEFT JOIN journal k ON k.seq = c.id
LEFT JOIN person q ON q.id = c.person
WHERE e.business_date BETWEEN ?1 AND ?2 AND e.id <= ?3 ORDER BY e.id""",
    ),
)


def rows(ledger: Ledger, table: Table, first: str, last: str, upto: int) -> Iterator[tuple[Cell, ...]]:
    """Yield a table's rows between two business dates (ISO), as they are written."""
    for row in ledger.execute(table.sql, (first, last, upto)):
        pairs = zip(table.columns, row, strict=True)
        yield tuple(written(value, holds, ledger.exponent) for (_name, holds), value in pairs)


def written(value: Any, holds: Holds, exponent: int) -> Cell:
    """Return a stored value as it is exported; None stays None."""
    if value is None:
        return None
    match holds:
        case "amount":
            return plain_scaled(value, exponent)
        case "quantity":
            return plain_quantity(value)
        case "rate":
            return plain_rate(value)
        case "truth":
            return bool(value)
        case "time":
            return datetime.fromtimestamp(value / 1000, UTC).isoformat(timespec="milliseconds")
        case "receipt":
            series, _slash, number = value.partition("/")
            return label_of(series, int(number))
        case "number":
            return int(value)
        case "text":
            return str(value)


def newest_day(ledger: Ledger) -> str | None:
    """Return the newest business date, or None before the first shift."""
    row = ledger.row("SELECT max(business_date) FROM session")
    return None if row is None else row[0]


def has_shift(ledger: Ledger, first: str, last: str) -> bool:
    """Whether any shift has a business date between two (ISO)."""
    return ledger.row("SELECT 1 FROM session WHERE business_date BETWEEN ? AND ?", (first, last)) is not None


def newest_event(ledger: Ledger) -> int:
    """Return the journal seq up to which an export reads."""
    row = ledger.row("SELECT coalesce(max(seq), 0) FROM journal")
    return int(row[0]) if row else 0
