"""Adding a shift up, in constant SQL over the range of journal numbers it covers.

Everything of a shift lies between its opening and its closing in the journal, so no index on dates is needed
and the clock plays no part.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from kiosk.checkout.attempts import open_attempts
from kiosk.checkout.drafts import drafts
from kiosk.checkout.shift import Shift
from kiosk.checkout.shift_report import HourSum, Leftovers, MethodTotal, ShiftReport
from kiosk.checkout.stored_sale import label_of
from kiosk.checkout.tax import TaxSum
from kiosk.checkout.tender import CASH

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_KINDS = "SELECT kind, count(*), sum(net), sum(tax), sum(total) FROM sale WHERE id > ? GROUP BY kind"
_FIRST = "SELECT series, number FROM sale WHERE id > ? AND kind <> 'training' ORDER BY id LIMIT 1"
_LAST = "SELECT series, number FROM sale WHERE id > ? AND kind <> 'training' ORDER BY id DESC LIMIT 1"
_METHODS = """
SELECT p.method, count(*) FILTER (WHERE p.kind = 'tender'), sum(p.amount) FILTER (WHERE p.kind <> 'rounding'),
       sum(p.amount) FILTER (WHERE p.kind = 'rounding')
FROM sale s JOIN payment p ON p.sale = s.id WHERE s.id > ? AND s.kind <> 'training'
GROUP BY p.method ORDER BY p.method"""
_RATES = """
SELECT t.tax_class, t.part, t.rate, sum(t.net), sum(t.tax) FROM sale s JOIN sale_tax t ON t.sale = s.id
WHERE s.id > ? AND s.kind <> 'training' GROUP BY t.tax_class, t.part, t.rate ORDER BY 1, 2, 3"""
# By quarter of an hour, because the world's time zones differ by such; the hour is made of four of them.
_QUARTERS = """
SELECT j.wall_ms / 900000, count(*), sum(s.total), sum(NOT j.clock_trusted) FROM sale s
JOIN journal j ON j.seq = s.id WHERE s.id > ? AND s.kind <> 'training' GROUP BY 1 ORDER BY 1"""
_DISCOUNTS = """
SELECT count(*), coalesce(sum(l.line_discount + l.sale_discount), 0)
FROM sale s JOIN sale_line l ON l.sale = s.id
WHERE s.id > ? AND s.kind = 'sale' AND (l.line_discount OR l.sale_discount)"""
_VOIDS = """
SELECT count(*), coalesce(sum(((x.value ->> 1) * (x.value ->> 2) + 500) / 1000), 0)
FROM journal j, json_each(j.body, '$.x') x WHERE j.seq > ? AND j.type IN ('sale', 'sale.discarded')"""
_OVERRIDES = """
SELECT coalesce(sum(json_array_length(body, '$.o')), 0) FROM journal
WHERE seq > ? AND (type IN ('sale', 'refund') OR type GLOB 'return.*')"""
_MOVES = "SELECT kind, count(*), sum(amount) FROM cash_move WHERE session = ? GROUP BY kind"
_PRINTS = """
SELECT coalesce(sum(state = 'DOUBTFUL'), 0), coalesce(sum(state <> 'DOUBTFUL'), 0) FROM print_job
WHERE state IN ('QUEUED', 'SENDING', 'DOUBTFUL')"""
_UNSYNCED = "SELECT (SELECT max(seq) FROM journal) - min(acked) FROM cursor"
_REJECTED = "SELECT count(*) FROM rejected"


def add_up(ledger: Ledger, shift: Shift, zone: tzinfo | None = None) -> ShiftReport:
    """Return the figures of the open shift up to now; hours in `zone` (None: this machine's)."""
    after = (shift.id,)
    kinds = {row[0]: row[1:] for row in ledger.rows(_KINDS, after)}
    sold, back = kinds.get("sale", (0, 0, 0, 0)), kinds.get("refund", (0, 0, 0, 0))
    methods = ledger.rows(_METHODS, after)
    moves = {row[0]: row[1:] for row in ledger.rows(_MOVES, after)}
    quarters = ledger.rows(_QUARTERS, after)
    money_in, money_out = moves.get("in", (0, 0))[1], moves.get("out", (0, 0))[1]
    cash = sum(amount or 0 for method, _count, amount, _rounding in methods if method == CASH)
    discounts, voids = _two(ledger, _DISCOUNTS, after), _two(ledger, _VOIDS, after)
    return ShiftReport(
        session=shift.id,
        business_date=shift.business_date,
        opened_by=shift.person,
        opened_ms=shift.opened_ms,
        until_ms=ledger.clock.now().wall_ms,
        float_amount=shift.float_amount,
        cash_in=money_in,
        cash_out=money_out,
        drawer_openings=moves.get("drawer", (0, 0))[0],
        sales=sold[0],
        sales_gross=sold[3],
        refunds=back[0],
        refunds_gross=back[3],
        training=kinds.get("training", (0,))[0],
        net=sold[1] + back[1],
        tax=sold[2] + back[2],
        gross=sold[3] + back[3],
        discounts=discounts[0],
        discounts_amount=discounts[1],
        voids=voids[0],
        voids_amount=voids[1],
        overrides=_one(ledger, _OVERRIDES, after),
        rounding=sum(row[3] or 0 for row in methods),
        untrusted=sum(row[3] for row in quarters),
        first_number=_number(ledger, _FIRST, after),
        last_number=_number(ledger, _LAST, after),
        methods=tuple(MethodTotal(row[0], row[1], row[2] or 0) for row in methods if row[2] is not None),
        rates=tuple(TaxSum(*row) for row in ledger.rows(_RATES, after)),
        hours=_hours(quarters, zone),
        expected=shift.float_amount + cash + money_in - money_out,
        left=leftovers(ledger),
    )


def leftovers(ledger: Ledger) -> Leftovers:
    """Return what is not finished, whatever the shift."""
    waiting = drafts(ledger)
    doubtful, queued = _two(ledger, _PRINTS, ())
    unsynced = ledger.row(_UNSYNCED)
    return Leftovers(
        open_baskets=sum(draft.state == "open" and not draft.is_empty for draft in waiting),
        parked=tuple(draft.name for draft in waiting if draft.state == "parked"),
        attempts=tuple(
            f"{one.attempt.method} {one.attempt.asked} {one.attempt.state}" for one in open_attempts(ledger)
        ),
        doubtful_prints=doubtful,
        waiting_prints=queued,
        unsynced=None if unsynced is None or unsynced[0] is None else int(unsynced[0]),
        rejected=_one(ledger, _REJECTED, ()),
    )


def local_hour(quarter: int, zone: tzinfo | None) -> int:
    """Return the local hour (0 to 23) of a quarter of an hour since 1970."""
    return datetime.fromtimestamp(quarter * 900, UTC).astimezone(zone).hour


def _hours(quarters: list[tuple[Any, ...]], zone: tzinfo | None) -> tuple[HourSum, ...]:
    """Return the sums by hour, in the order of the day as it went."""
    sums: dict[int, tuple[int, int]] = {}
    for quarter, count, gross, _untrusted in quarters:
        hour = local_hour(quarter, zone)
        before = sums.get(hour, (0, 0))
        sums[hour] = (before[0] + count, before[1] + gross)
    return tuple(HourSum(hour, *both) for hour, both in sums.items())


def _number(ledger: Ledger, sql: str, after: tuple[int]) -> str | None:
    """Return one receipt number as printed."""
    row = ledger.row(sql, after)
    return None if row is None else label_of(*row)


def _one(ledger: Ledger, sql: str, params: tuple[int, ...]) -> int:
    """Return the one number that a sum gives."""
    row = ledger.row(sql, params)
    return int(row[0]) if row else 0


def _two(ledger: Ledger, sql: str, params: tuple[int, ...]) -> tuple[int, int]:
    """Return the two numbers that a sum gives."""
    row = ledger.row(sql, params)
    return (int(row[0]), int(row[1])) if row else (0, 0)
