"""Any day that can be sold balances to the cent: Z, reports, lines, taxes and payments say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.checkout.basket import Discount
from kiosk.checkout.cash import CashRounding
from kiosk.checkout.refund import refund, remaining
from kiosk.checkout.reports import REPORTS, report
from kiosk.checkout.sale import commit, load
from kiosk.checkout.shift import cash_in, cash_out, current, open_shift
from kiosk.checkout.shift_report import ShiftReport
from kiosk.checkout.totals import Prices, Rounding
from kiosk.checkout.z_report import close_shift
from kiosk.ledger.verify import verify
from tests.checkout.books.stall import PRICING, Stall

SKUS = ("MUG", "BREAD", "OLIVES", "LAMP", "WINE")
LINE = st.tuples(st.sampled_from(SKUS), st.integers(1, 9_999))
SALE = st.tuples(
    st.lists(LINE, min_size=1, max_size=5),
    st.sampled_from([("cash",), ("card",), ("card", "cash"), ("card", "qr"), ("qr", "cash")]),
    st.integers(0, 2_000),  # cash handed over too much
    st.integers(0, 999_999),  # discount on the whole sale
    st.sampled_from(["sale", "sale", "sale", "void", "training", "refund", "part"]),
)
RULES = st.tuples(
    st.sampled_from(["inclusive", "exclusive"]),
    st.sampled_from(["line", "rate", "document"]),
    st.sampled_from([None, CashRounding(5), CashRounding(10, "down"), CashRounding(100, "up")]),
)


FLOAT = 100_000_000
"""Enough to take any day's card sales back in cash: a drawer holds no less than nothing."""
Sold = tuple[list[tuple[str, int]], tuple[str, ...], int, int, str]
Rules = tuple[Prices, Rounding, CashRounding | None]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.lists(SALE, min_size=1, max_size=8), rules=RULES, moved=st.integers(2, 5_000), data=st.data())
def test_every_day_balances(
    shut: Stall, day: list[Sold], rules: Rules, moved: int, data: st.DataObject
) -> None:
    prices, rounding, cash = rules
    shut.pricing = replace(PRICING, prices=prices, rounding=rounding, cash=cash)
    if current(shut.ledger) is not None:  # left by a day that did not balance
        close_shift(shut.ledger, {}, shut.sam)
    shift = open_shift(shut.ledger, shut.mia, FLOAT)
    cash_in(shut.ledger, moved, "coins", shut.sam)
    cash_out(shut.ledger, moved // 2, "milk", shut.sam)
    drawer = FLOAT + moved - moved // 2 + sum(sell(shut, one, data) for one in day)
    check(shut, close_shift(shut.ledger, {1: drawer}, shut.sam, zone=UTC), shift.id)


def sell(stall: Stall, sold: Sold, data: st.DataObject) -> int:
    """Sell (and perhaps take back) something; return the coins that came into the drawer."""
    lines, methods, extra, share, kind = sold
    basket = stall.basket(
        *[(sku, milli if sku == "OLIVES" else milli % 9 * 1000 + 1000) for sku, milli in lines]
    )
    if share % 3 == 0:
        basket = basket.discount_sale(Discount(percent=share))
    if kind == "void" and len(basket.lines) > 1:
        basket = basket.void(1)
    sale = stall.sale(basket, methods, extra, person=stall.sam, training=kind == "training")
    receipt = commit(stall.ledger, sale)
    coins = 0 if kind == "training" else coins_of(stall, receipt.id)
    if kind in ("refund", "part"):
        left = remaining(stall.ledger, receipt.id)
        if kind == "part":
            line = data.draw(st.sampled_from(sorted(left)))
            step = 1000 if left[line] % 1000 == 0 else 1  # by the piece, or by weight
            left = {line: step * data.draw(st.integers(1, left[line] // step))}
        back = refund(stall.ledger, receipt.id, left, "refund", stall.sam, rounding=stall.pricing.cash)
        coins += coins_of(stall, back.id)
    return coins


def coins_of(stall: Stall, sale: int) -> int:
    """Cash that a sale moved."""
    return sum(
        one.amount
        for one in load(stall.ledger, sale).payments
        if one.method == "cash" and one.kind != "rounding"
    )


def check(stall: Stall, z: ShiftReport, after: int) -> None:
    """Every way of adding the shift up comes to the same."""
    assert z.difference == 0
    assert z.gross == z.net + z.tax == z.sales_gross + z.refunds_gross
    assert z.gross == sum(rate.net + rate.tax for rate in z.rates)
    assert z.gross == sum(total.amount for total in z.methods) + z.rounding
    assert z.gross == sum(hour.gross for hour in z.hours)
    span = (after, stall.ledger.rows("SELECT max(id) FROM closing")[0][0])
    for sql in (
        "SELECT sum(l.net + l.tax) FROM sale s JOIN sale_line l ON l.sale = s.id",
        "SELECT sum(p.amount) FROM sale s JOIN payment p ON p.sale = s.id",
    ):
        where = " WHERE s.kind <> 'training' AND s.id BETWEEN ? AND ?"
        assert (stall.ledger.rows(sql + where, span)[0][0] or 0) == z.gross
    everything = stall.ledger.rows("SELECT coalesce(sum(total), 0) FROM sale WHERE kind <> 'training'")[0][0]
    for by in REPORTS:
        rows = report(stall.ledger, by, z.business_date, zone=UTC).rows
        assert sum(row.gross for row in rows) == everything, by
    verdict = verify(stall.ledger)
    assert verdict.first_bad is None
