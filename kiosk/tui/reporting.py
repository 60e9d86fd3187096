"""Reports in words: what the figures of `kiosk.checkout.reports` are called on the screen and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.i18n import _, amount
from kiosk.tui.text import clean

if TYPE_CHECKING:
    from kiosk.checkout.money import Currency
    from kiosk.checkout.payments.method import PaymentMethod
    from kiosk.checkout.reports import Report, ReportBy, ReportRow
    from kiosk.tui.span import Span

Bars = tuple[list[int], list[str]]
"""Values of a chart and the labels below them."""
WEEK = 7
BAR = 8
"""Cells of the longest bar beside a row."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What a whole report comes to."""

    gross: int
    net: int
    tax: int
    count: int  # sales and refunds

    @classmethod
    def of(cls, days: Report) -> Sums:
        """Add up a report by day, which every sale is in exactly once."""
        return cls(
            gross=sum(row.gross for row in days.rows),
            net=sum(row.net or 0 for row in days.rows),
            tax=sum(row.tax or 0 for row in days.rows),
            count=sum(row.count or 0 for row in days.rows),
        )


def title_of(by: ReportBy) -> str:
    """What a report is by, on its tab."""
    return {
        "day": _("day"),
        "product": _("product"),
        "category": _("category"),
        "hour": _("hour"),
        "seller": _("seller"),
        "method": _("paid by"),
        "rate": _("tax"),
    }[by]


def label_of(by: ReportBy, row: ReportRow, methods: Mapping[str, PaymentMethod]) -> str:
    """What a row is about, for people."""
    if by == "day":
        return i18n.day(row.key)
    if by == "hour":
        return f"{row.key}:00"
    if by == "category":
        return clean(row.label) or _("no category")
    if by == "method":
        if row.key == "rounding":
            return _("cash rounding")
        known = methods.get(row.key)
        return clean(known.label if known else row.label)
    if by == "rate":
        tax_class, _space, rate = row.key.rpartition(" ")
        return f"{clean(tax_class)} {i18n.percent(int(rate))}"
    return clean(row.label)


def bar_of(value: int, most: int) -> str:
    """A bar that compares a value with the largest one; what is not nothing has at least one cell."""
    if value <= 0 or most <= 0:
        return ""
    return "▄" * max((value * BAR + most // 2) // most, 1)


def hours_of(hours: Report) -> Bars:
    """The hours of a day from the first sale to the last; hours without a sale have an empty place."""
    sold = {int(row.key): row.gross for row in hours.rows}
    shown = range(min(sold), max(sold) + 1) if sold else range(0)
    return [sold.get(hour, 0) for hour in shown], [f"{hour:02}" for hour in shown]


def days_of(days: Report, span: Span) -> Bars:
    """The days of a week or a month, or the months of a year."""
    sold = {date.fromisoformat(row.key): row.gross for row in days.rows}
    if span.unit == "year":
        months = range(1, 13)
        sums = [sum(gross for day, gross in sold.items() if day.month == month) for month in months]
        return sums, [str(month) for month in months]
    length = (span.last - span.first).days + 1
    shown = [span.first + timedelta(days=at) for at in range(length)]
    labels = [str(day.day) for day in shown] if length <= WEEK else []
    return [sold.get(day, 0) for day in shown], labels


def table_of(
    report: Report, methods: Mapping[str, PaymentMethod], currency: Currency
) -> Sequence[tuple[str, ...]]:
    """The report as a table for paper, with its heading."""
    rows: list[tuple[str, ...]] = [(title_of(report.by), _("count"), _("gross"))]
    for row in report.rows:
        count = "" if row.count is None else str(row.count)
        rows.append((label_of(report.by, row, methods), count, amount(row.gross, currency)))
    return rows
