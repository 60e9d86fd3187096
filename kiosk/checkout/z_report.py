"""X and Z: looking at a shift, and closing it with a count of the drawer.

Closing never leaves a sale behind: what is not finished is listed in the Z and carried over. With a basket on
the screen or a payment without an outcome a supervisor has to agree first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import tzinfo
from typing import TYPE_CHECKING

from kiosk.checkout.money import MAX_MINOR
from kiosk.checkout.people import Approval, NotAllowed, Person, Right, require
from kiosk.checkout.printqueue import enqueue, prune
from kiosk.checkout.sale import NoShift
from kiosk.checkout.shift import BadCash, Shift, current
from kiosk.checkout.shift_report import Count, Leftovers, ShiftReport
from kiosk.checkout.shift_sums import add_up
from kiosk.i18n import _, ngettext

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger


class LeftOpen(RuntimeError):
    """Something is unfinished and nobody agreed to carry it over; the shift stays open."""

    def __init__(self, left: Leftovers) -> None:
        self.left = left
        baskets = ngettext("{n} open basket", "{n} open baskets", left.open_baskets)
        payments = ngettext(
            "{n} payment without an outcome", "{n} payments without an outcome", len(left.attempts)
        )
        text = _(
            "the shift stays open: {baskets}, {payments}; finish them, or let a supervisor carry them over"
        )
        super().__init__(
            text.format(
                baskets=baskets.format(n=left.open_baskets), payments=payments.format(n=len(left.attempts))
            )
        )


class NoSuchReport(LookupError):
    """There is no Z with this number."""


_CLOSING = """
INSERT INTO closing (session, id, z_number, person, expected, counted, report) VALUES (?, ?, ?, ?, ?, ?, ?)"""
_NEXT_Z = "SELECT coalesce(max(z_number), 0) + 1, coalesce(max(id), 0) FROM closing"
_BY_NUMBER = "SELECT report FROM closing WHERE z_number = ?"
_BY_ID = "SELECT report FROM closing WHERE id = ?"
_NUMBERS = """
SELECT c.z_number, c.id, s.business_date FROM closing c JOIN session s ON s.id = c.session
ORDER BY c.z_number DESC LIMIT ?"""
# The lines of a sale are its stock movements. Practice moves nothing.
_ROLL_UP = """
INSERT INTO stock_level (product, quantity, upto)
SELECT product, sum(quantity), ?2 FROM (
    SELECT p.id AS product, -l.quantity AS quantity
    FROM sale s JOIN sale_line l ON l.sale = s.id JOIN article a ON a.id = l.article
    JOIN product p ON p.sku = a.sku AND p.stock_tracked
    WHERE s.id > ?1 AND s.kind <> 'training'
    UNION ALL
    SELECT product, quantity FROM stock_move WHERE id > ?1
) WHERE true GROUP BY product
ON CONFLICT (product) DO UPDATE SET quantity = quantity + excluded.quantity, upto = excluded.upto"""


def x_report(
    ledger: Ledger, person: Person, *, approvals: Iterable[Approval] = (), zone: tzinfo | None = None
) -> ShiftReport:
    """Return the running totals of the open shift; NoShift if there is none."""
    require(person, Right.X_REPORT, approvals)
    return add_up(ledger, _open_shift(ledger), zone)


def close_shift(
    ledger: Ledger,
    counted: Mapping[int, int],
    person: Person,
    *,
    approvals: Iterable[Approval] = (),
    carry_over: Approval | None = None,
    zone: tzinfo | None = None,
    slip: bool = True,
) -> ShiftReport:
    """Close the shift with the pieces counted (value in minor units: how many) and return the Z.

    LeftOpen when a basket is open or a payment has no outcome, unless `carry_over` is a supervisor's leave to
    close the day all the same. `slip` queues the Z for the printer; false where nothing can be printed.
    """
    by = require(person, Right.CLOSE_DAY, approvals)
    counts = _counts(counted)
    if carry_over is not None and Right.CLOSE_DAY not in carry_over.person.rights:
        raise NotAllowed(Right.CLOSE_DAY, carry_over.person.name)
    with ledger.transaction():
        shift = _open_shift(ledger)
        report = replace(
            add_up(ledger, shift, zone),
            closed_by=person.name,
            counted=sum(count.value * count.pieces for count in counts),
            counts=counts,
            accepted_by=carry_over.person.name if carry_over else None,
        )
        if report.left.holds_up and carry_over is None:
            raise LeftOpen(report.left)
        report, closing = _close(ledger, shift, report, person, by)
        if slip:
            enqueue(ledger, "z", closing)
        return report


def z_report(ledger: Ledger, number: int) -> ShiftReport:
    """Return a Z by its number."""
    return _kept(ledger.row(_BY_NUMBER, (number,)))


def z_report_of(ledger: Ledger, closing: int) -> ShiftReport:
    """Return a Z by the journal seq of its closing, as a print job refers to it."""
    return _kept(ledger.row(_BY_ID, (closing,)))


def z_numbers(ledger: Ledger, limit: int = 50) -> list[tuple[int, int, str]]:
    """Return the latest Zs: number, journal seq of the closing, business date."""
    return [(int(row[0]), int(row[1]), str(row[2])) for row in ledger.rows(_NUMBERS, (limit,))]


def _open_shift(ledger: Ledger) -> Shift:
    """Return the open shift; NoShift if there is none."""
    shift = current(ledger)
    if shift is None:
        raise NoShift
    return shift


def _counts(counted: Mapping[int, int]) -> tuple[Count, ...]:
    """Return the count of the drawer, largest pieces first; BadCash when it cannot be one."""
    for value, pieces in counted.items():
        if value <= 0 or pieces < 0 or value * pieces > MAX_MINOR:
            raise BadCash(_("this count is negative or beyond any drawer; nothing was booked; count again"))
    return tuple(Count(value, counted[value]) for value in sorted(counted, reverse=True) if counted[value])


def _close(
    ledger: Ledger, shift: Shift, report: ShiftReport, person: Person, by: Person
) -> tuple[ShiftReport, int]:
    """Write the closing and bring the stock up to date; return the Z and the journal seq of the closing."""
    row = ledger.row(_NEXT_Z)
    number, last_closing = (1, 0) if row is None else row
    report = replace(report, z_number=number)
    event = ledger.record("shift.close", _body(report, by))
    values = (shift.id, event.seq, number, person.id, report.expected, report.counted, report.to_json())
    ledger.execute(_CLOSING, values)
    ledger.execute(_ROLL_UP, (last_closing, event.seq))
    prune(ledger, shift.id)
    return report, event.seq


def _body(report: ShiftReport, by: Person) -> dict[str, object]:
    """Return the journal text of a closing."""
    body: dict[str, object] = {
        "z": report.z_number,
        "d": report.business_date,
        "w": report.closed_by,
        "float": report.float_amount,
        "in": report.cash_in,
        "out": report.cash_out,
        "expected": report.expected,
        "counted": report.counted,
        "c": [[count.value, count.pieces] for count in report.counts],
        "net": report.net,
        "tax": report.tax,
        "gross": report.gross,
        "rounding": report.rounding,
        "p": [[total.method, total.amount] for total in report.methods],
        "t": [[rate.tax_class, rate.part, rate.rate, rate.net, rate.tax] for rate in report.rates],
        "numbers": [report.first_number, report.last_number],
    }
    if by.name != report.closed_by:
        body["by"] = by.name
    if report.accepted_by is not None:
        body["carried"] = [report.left.open_baskets, len(report.left.attempts), report.accepted_by]
    return body


def _kept(row: tuple[object, ...] | None) -> ShiftReport:
    """Return the report of a row."""
    if row is None:
        raise NoSuchReport(_("there is no such Z report; look at the list of them"))
    return ShiftReport.from_json(str(row[0]))
