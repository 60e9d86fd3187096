"""What was sold, by day, product, category, hour, seller, payment method or tax rate.

Constant SQL instead of models: a report of a day of a thousand sales is on the screen within milliseconds,
also after years, because business dates map to a range of journal numbers and only that range is read.
Refunds count against what they take back; practice counts nowhere.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, Literal, get_args

from kiosk.catalogue.spreadsheet import harmless
from kiosk.checkout.money import Currency, plain_quantity

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

ReportBy = Literal["day", "product", "category", "hour", "seller", "method", "rate"]
REPORTS: tuple[ReportBy, ...] = get_args(ReportBy)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of a report; a figure that such a report does not have is None."""

    key: str  # date, SKU, category, hour, name, method, or tax class and rate in millionths
    label: str  # for people: a product's name; else the key
    count: int | None  # sales and refunds; by method: payments
    quantity: int | None  # thousandths
    net: int | None
    tax: int | None
    gross: int


@dataclass(frozen=True, slots=True)
class Report:
    """One report over a range of business dates, both included."""

    by: ReportBy
    first: str  # ISO
    last: str
    currency: str
    exponent: int
    rows: tuple[ReportRow, ...]

    def to_json(self) -> str:
        """Return the report as JSON; amounts and quantities as decimal strings."""
        body = {name: value for name, value in asdict(self).items() if name != "rows"}
        body["rows"] = [asdict(row) | self._plain(row) for row in self.rows]
        return json.dumps(body, ensure_ascii=False)

    def to_csv(self) -> str:
        """Return the report as CSV with a heading; what a spreadsheet would run gets an apostrophe."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow((self.by, "label", "count", "quantity", "net", "tax", "gross"))
        for row in self.rows:
            plain = self._plain(row)
            figures = [plain[name] for name in ("quantity", "net", "tax", "gross")]
            writer.writerow((harmless(row.key), harmless(row.label), row.count, *figures))
        return out.getvalue()

    def _plain(self, row: ReportRow) -> dict[str, str | None]:
        """Return the figures of a row as decimal strings."""
        plain = Currency(self.currency, self.exponent).plain
        amounts: dict[str, int | None] = {"net": row.net, "tax": row.tax, "gross": row.gross}
        figures = {name: None if amount is None else plain(amount) for name, amount in amounts.items()}
        return figures | {"quantity": None if row.quantity is None else plain_quantity(row.quantity)}


_RANGE = """
SELECT min(s.id), max(coalesce(c.id, 9223372036854775807))
FROM session s LEFT JOIN closing c ON c.session = s.id
WHERE s.business_date BETWEEN ? AND ?"""
_LAST_DAY = "SELECT business_date FROM session ORDER BY id DESC LIMIT 1"
_DAY = """
SELECT e.business_date, e.business_date, count(*), NULL, sum(s.net), sum(s.tax), sum(s.total)
FROM sale s JOIN session e ON e.id = s.session
WHERE s.id BETWEEN ? AND ? AND s.kind <> 'training' GROUP BY 1 ORDER BY 1"""
_PRODUCT = """
SELECT a.sku, max(a.name), count(DISTINCT l.sale), sum(l.quantity), sum(l.net), sum(l.tax), sum(l.net + l.tax)
FROM sale s JOIN sale_line l ON l.sale = s.id JOIN article a ON a.id = l.article
WHERE s.id BETWEEN ? AND ? AND s.kind <> 'training' GROUP BY 1 ORDER BY 7 DESC, 1"""
_CATEGORY = """
SELECT coalesce(p.category, ''), coalesce(p.category, ''), count(DISTINCT l.sale), sum(l.quantity),
       sum(l.net), sum(l.tax), sum(l.net + l.tax)
FROM sale s JOIN sale_line l ON l.sale = s.id JOIN article a ON a.id = l.article
LEFT JOIN product p ON p.sku = a.sku
WHERE s.id BETWEEN ? AND ? AND s.kind <> 'training' GROUP BY 1 ORDER BY 7 DESC, 1"""
_SELLER = """
SELECT p.name, p.name, count(*), NULL, sum(s.net), sum(s.tax), sum(s.total)
FROM sale s JOIN person p ON p.id = s.person
WHERE s.id BETWEEN ? AND ? AND s.kind <> 'training' GROUP BY 1 ORDER BY 7 DESC, 1"""
_METHOD = """
SELECT iif(p.kind = 'rounding', 'rounding', p.method), iif(p.kind = 'rounding', 'rounding', p.method),
       count(*) FILTER (WHERE p.kind <> 'change'), NULL, NULL, NULL, sum(p.amount)
FROM sale s JOIN payment p ON p.sale = s.id
WHERE s.id BETWEEN ? AND ? AND s.kind <> 'training' GROUP BY 1 ORDER BY 7 DESC, 1"""
_RATE = """
SELECT t.tax_class || ' ' || t.rate, t.tax_class, count(*), NULL, sum(t.net), sum(t.tax), sum(t.net + t.tax)
FROM sale s JOIN sale_tax t ON t.sale = s.id
WHERE s.id BETWEEN ? AND ? AND s.kind <> 'training' GROUP BY t.tax_class, t.part, t.rate ORDER BY 1"""
# By quarter of an hour, because the world's time zones differ by such; the hour is made of four of them.
_QUARTER = """
SELECT j.wall_ms / 900000, count(*), sum(s.net), sum(s.tax), sum(s.total)
FROM sale s JOIN journal j ON j.seq = s.id
WHERE s.id BETWEEN ? AND ? AND s.kind <> 'training' GROUP BY 1"""
_SQL: dict[ReportBy, str] = {
    "day": _DAY,
    "product": _PRODUCT,
    "category": _CATEGORY,
    "seller": _SELLER,
    "method": _METHOD,
    "rate": _RATE,
}


def latest_day(ledger: Ledger) -> str | None:
    """Return the business date of the newest shift; None before the first."""
    row = ledger.row(_LAST_DAY)
    return None if row is None else str(row[0])


def report(
    ledger: Ledger, by: ReportBy, first: str, last: str | None = None, *, zone: tzinfo | None = None
) -> Report:
    """Return a report from the business date `first` to `last` (ISO; None: the same day).

    Hours are those of `zone`; None is this machine's.
    """
    last = last or first
    span = ledger.row(_RANGE, (first, last))
    rows: tuple[ReportRow, ...] = ()
    if span is not None and span[0] is not None:
        if by == "hour":
            rows = _hours(ledger.rows(_QUARTER, span), zone)
        else:
            rows = tuple(ReportRow(*row) for row in ledger.rows(_SQL[by], span))
    return Report(by, first, last, ledger.currency, ledger.exponent, rows)


def _hours(quarters: list[tuple[Any, ...]], zone: tzinfo | None) -> tuple[ReportRow, ...]:
    """Return the sums by hour of the day, "00" to "23"."""
    sums: dict[str, list[int]] = {}
    for quarter, *figures in quarters:
        hour = f"{datetime.fromtimestamp(quarter * 900, UTC).astimezone(zone).hour:02}"
        sums[hour] = [before + now for before, now in zip(sums.get(hour, (0, 0, 0, 0)), figures, strict=True)]
    return tuple(
        ReportRow(hour, hour, count, None, net, tax, gross)
        for hour, (count, net, tax, gross) in sorted(sums.items())
    )
