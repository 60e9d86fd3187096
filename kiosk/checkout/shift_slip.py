"""The X and the Z on paper: what was sold and paid, what should be in the drawer, and what is left undone."""

from __future__ import annotations

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.money import Currency
from kiosk.checkout.shift_report import Leftovers, ShiftReport
from kiosk.checkout.slip_lines import AmountColumn
from kiosk.checkout.stationery import END, INDENT, Stationery
from kiosk.checkout.tax_table import tax_rows
from kiosk.i18n import _

_RULE = Row(rule=True)


def shift_rows(report: ShiftReport, paper: Stationery, currency: Currency, *, copy: int = 0) -> list[Row]:
    """Return an X (not closed yet) or a Z; `copy` is 0 for the original and n for its nth copy."""
    column = AmountColumn(paper, currency)
    return [
        *paper.head(),
        *_title(report, paper, copy),
        _RULE,
        *_sold(report, column),
        _RULE,
        *_paid(report, column),
        _RULE,
        *tax_rows(report.rates, paper, currency),
        _RULE,
        *_drawer(report, column),
        _RULE,
        *_hours(report, paper, currency),
        *_watched(report, column),
        *_left(report.left, report.accepted_by, column),
        *([Row(feed=2), *paper.text(_("Signature") + " " + "_" * 20)] if report.z_number is not None else []),
        END,
    ]


def _title(report: ShiftReport, paper: Stationery, copy: int) -> list[Row]:
    """Return which report it is, of which day, and between which moments."""
    name = _("X REPORT") if report.z_number is None else _("Z REPORT {n}").format(n=report.z_number)
    rows = paper.text(name, align="centre", bold=True, big=True)
    if copy:
        rows += paper.text(_("COPY {n}").format(n=copy), align="centre", bold=True)
    rows += paper.pair(_("Business day"), i18n.day(report.business_date))
    opened = _("Opened by {name}").format(name=report.opened_by)
    rows += paper.pair(opened, f"{i18n.date(report.opened_ms)} {i18n.time(report.opened_ms)}")
    until = _("Until")
    if report.closed_by is not None:
        until = _("Closed by {name}").format(name=report.closed_by)
    rows += paper.pair(until, f"{i18n.date(report.until_ms)} {i18n.time(report.until_ms)}")
    if report.first_number and report.last_number:
        rows += paper.pair(_("Receipts"), f"{report.first_number} - {report.last_number}")
    if report.untrusted:
        rows += paper.pair(_("Sales while the clock was not confirmed"), str(report.untrusted))
    return rows


def _sold(report: ShiftReport, column: AmountColumn) -> list[Row]:
    """Return what was sold and taken back."""
    return [
        *column.row(_("Sales ({n})").format(n=report.sales), report.sales_gross),
        *column.row(_("Refunds ({n})").format(n=report.refunds), report.refunds_gross),
        *column.row(_("Net"), report.net),
        *column.row(_("Tax"), report.tax),
        *column.paper.total(_("TOTAL"), i18n.money(report.gross, column.currency)),
    ]


def _paid(report: ShiftReport, column: AmountColumn) -> list[Row]:
    """Return what was paid by each method, and what the rounding of cash cost or brought."""
    rows: list[Row] = []
    for total in report.methods:
        label = _("{method} ({n})").format(method=column.paper.method(total.method), n=total.count)
        rows += column.row(label, total.amount)
    if report.rounding:
        rows += column.row(_("Cash rounding"), report.rounding)
    return rows


def _drawer(report: ShiftReport, column: AmountColumn) -> list[Row]:
    """Return the way from the float to what should be in the drawer, the count and the difference."""
    cash = sum(total.amount for total in report.methods if total.method == "cash")
    rows = [
        *column.row(_("Float"), report.float_amount),
        *column.row(_("Cash from sales"), cash),
        *column.row(_("Cash in"), report.cash_in),
        *column.row(_("Cash out"), -report.cash_out),
        *column.row(_("Expected in the drawer"), report.expected),
    ]
    for count in report.counts:
        label = f"{INDENT}{count.pieces} × {i18n.amount(count.value, column.currency)}"
        rows += column.row(label, count.pieces * count.value)
    if report.counted is not None and report.difference is not None:
        rows += column.row(_("Counted"), report.counted)
        amount = i18n.amount(report.difference, column.currency)
        rows += column.paper.pair(_("Difference"), amount, bold=report.difference != 0)
    return rows


def _hours(report: ShiftReport, paper: Stationery, currency: Currency) -> list[Row]:
    """Return the sales by hour."""
    if not report.hours:
        return []
    table = [(_("Hour"), _("Sales"), _("Gross"))]
    table += [
        (f"{hour.hour:02}", str(hour.count), i18n.amount(hour.gross, currency)) for hour in report.hours
    ]
    return [*paper.table(table), _RULE]


def _watched(report: ShiftReport, column: AmountColumn) -> list[Row]:
    """Return what an owner looks at twice: discounts, voids, what took a supervisor, the drawer, practice."""
    rows = [
        *column.row(_("Discounts ({n})").format(n=report.discounts), -report.discounts_amount),
        *column.row(_("Voids ({n})").format(n=report.voids), report.voids_amount),
    ]
    for label, number in (
        (_("Needed a supervisor"), report.overrides),
        (_("Drawer opened without a sale"), report.drawer_openings),
        (_("Training sales"), report.training),
    ):
        rows += column.paper.pair(label, str(number))
    return rows


def _left(left: Leftovers, accepted_by: str | None, column: AmountColumn) -> list[Row]:
    """Return what the shift does not finish; nothing of it is lost, and nothing of it is hidden."""
    paper = column.paper
    rows: list[Row] = []
    for label, number in (
        (_("Open baskets"), left.open_baskets),
        (_("Parked sales"), len(left.parked)),
        (_("Payments without an outcome"), len(left.attempts)),
        (_("Prints in doubt"), left.doubtful_prints),
        (_("Prints waiting"), left.waiting_prints),
        (_("Not yet synced"), left.unsynced or 0),
        (_("Refused by the hub"), left.rejected),
    ):
        if number:
            rows += paper.pair(label, str(number), bold=True)
    for name in left.parked:
        rows += paper.indented(name or _("without a name"))
    for attempt in left.attempts:
        method, asked, _state = attempt.rsplit(" ", 2)
        rows += column.row(INDENT + paper.method(method), int(asked))
    if accepted_by:
        rows += paper.text(_("Carried over with the leave of {name}").format(name=accepted_by))
    return [_RULE, *paper.text(_("NOT FINISHED"), bold=True), *rows] if rows else []
