"""A shift: its date is fixed, its cash is counted, and closing leaves nothing behind."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

import pytest

from kiosk.checkout import printqueue
from kiosk.checkout.attempts import store_attempt
from kiosk.checkout.basket import Basket, Discount
from kiosk.checkout.drafts import drafts, park, save_open
from kiosk.checkout.people import Approval, NotAllowed, Right
from kiosk.checkout.refund import refund
from kiosk.checkout.sale import NoShift, commit
from kiosk.checkout.shift import (
    BadCash,
    ShiftOpen,
    business_day,
    cash_in,
    cash_out,
    current,
    open_drawer,
    open_shift,
)
from kiosk.checkout.shift_report import Count, HourSum, MethodTotal
from kiosk.checkout.tender import Attempt
from kiosk.checkout.z_report import (
    LeftOpen,
    NoSuchReport,
    close_shift,
    x_report,
    z_numbers,
    z_report,
    z_report_of,
)
from tests.checkout.books.stall import PRICING, Stall

DAY_MS = 86_400_000


def test_opening_is_in_the_journal_and_once(shut: Stall) -> None:
    assert current(shut.ledger) is None
    shift = open_shift(shut.ledger, shut.mia, 10_000, zone=UTC)
    assert current(shut.ledger) == shift
    assert (shift.business_date, shift.person, shift.float_amount) == ("2026-01-01", "Mia", 10_000)
    with pytest.raises(ShiftOpen):
        open_shift(shut.ledger, shut.sam, 0)
    assert shut.ledger.rows("SELECT type, body FROM journal WHERE seq = ?", (shift.id,)) == [
        ("shift.open", '{"d":"2026-01-01","float":10000,"w":"Mia"}')
    ]


def test_a_float_is_money(shut: Stall) -> None:
    for amount in (-1, 10**12):
        with pytest.raises(BadCash):
            open_shift(shut.ledger, shut.mia, amount)


def test_before_the_roll_over_hour_it_is_still_yesterday(shut: Stall) -> None:
    midnight = 1_767_312_000_000  # 2026-01-02 00:00 UTC
    assert business_day(midnight - 1, 3, UTC).isoformat() == "2026-01-01"
    assert business_day(midnight, 0, UTC).isoformat() == "2026-01-02"
    assert business_day(midnight + 3 * 3_600_000 - 1, 3, UTC).isoformat() == "2026-01-01"
    assert business_day(midnight + 3 * 3_600_000, 3, UTC).isoformat() == "2026-01-02"
    east = timezone(timedelta(hours=5, minutes=30))
    assert business_day(midnight - 5 * 3_600_000, 0, east).isoformat() == "2026-01-02"
    shut.clock.set_wall(midnight + 3_600_000)
    shift = open_shift(shut.ledger, shut.mia, 0, roll_over_hour=3, zone=UTC)
    assert shift.business_date == "2026-01-01"


def test_the_date_stays_over_midnight(stall: Stall) -> None:
    stall.clock.advance(DAY_MS)
    assert stall.sell("MUG").business_date == "2026-01-01"


def test_a_clock_that_fell_back_keeps_the_last_date(stall: Stall) -> None:
    close_shift(stall.ledger, {}, stall.sam)
    stall.clock.reboot("next boot", wall_ms=stall.clock.wall_ms - 400 * DAY_MS)
    shift = open_shift(stall.ledger, stall.mia, 0)
    assert (shift.business_date, shift.date_kept, shift.clock_trusted) == ("2026-01-01", True, False)
    assert current(stall.ledger) == shift
    assert stall.sell("MUG").number == "A-000001"


def test_cash_movements_need_leave_a_reason_and_a_shift(stall: Stall) -> None:
    with pytest.raises(NotAllowed):
        cash_in(stall.ledger, 100, "coins", stall.mia)
    lent = [Approval(stall.sam, Right.CASH_MOVE)]
    cash_in(stall.ledger, 2_000, "coins", stall.mia, lent)
    cash_out(stall.ledger, 500, "milk", stall.sam)
    open_drawer(stall.ledger, "change a note", stall.sam)
    for amount, reason in ((0, "x"), (-5, "x"), (10**12, "x"), (5, "  ")):
        with pytest.raises(BadCash):
            cash_out(stall.ledger, amount, reason, stall.sam)
    assert stall.ledger.rows("SELECT kind, amount, reason FROM cash_move ORDER BY id") == [
        ("in", 2_000, "coins"),
        ("out", 500, "milk"),
        ("drawer", 0, "change a note"),
    ]
    assert [job.kind for job in printqueue.open_jobs(stall.ledger)] == ["drawer"] * 3
    report = x_report(stall.ledger, stall.mia)
    assert (report.cash_in, report.cash_out, report.drawer_openings, report.expected) == (
        2_000,
        500,
        1,
        11_500,
    )
    close_shift(stall.ledger, {}, stall.sam)
    with pytest.raises(NoShift):
        cash_in(stall.ledger, 100, "coins", stall.sam)


def test_a_day_adds_up(stall: Stall) -> None:
    stall.sell("MUG", "BREAD")  # 15.70 cash
    stall.sell("LAMP", methods=("card",))  # 49.00
    stall.clock.advance(3_600_000)
    half = stall.sell("MUG", "MUG", methods=("card", "cash"))  # 12.50 + 12.50
    cheaper = stall.basket("MUG").discount_sale(Discount(amount=250, reason="scratched"))
    commit(stall.ledger, stall.sale(cheaper, person=stall.sam))  # 10.00 cash
    commit(stall.ledger, stall.sale(stall.basket("BREAD", "WINE").void(2)))  # 3.20 cash
    refund(stall.ledger, half.id, {1: 1000}, "refund", stall.sam)  # -12.50 cash
    stall.sell("LAMP", training=True)
    report = close_shift(stall.ledger, {5_000: 2, 1_000: 2, 20: 7}, stall.sam, zone=UTC)
    assert (report.sales, report.refunds, report.training) == (5, 1, 1)
    assert (report.sales_gross, report.refunds_gross, report.gross) == (10_290, -1_250, 9_040)
    assert report.methods == (MethodTotal("card", 2, 6_150), MethodTotal("cash", 5, 2_890))
    assert sum(rate.net + rate.tax for rate in report.rates) == report.gross == report.net + report.tax
    assert report.hours == (HourSum(9, 2, 6_470), HourSum(10, 4, 2_570))
    assert (report.discounts, report.discounts_amount) == (1, 250)
    assert (report.voids, report.voids_amount, report.overrides) == (1, 850, 1)
    assert (report.first_number, report.last_number) == ("A-000001", "A-000006")
    assert (report.expected, report.counted, report.difference) == (12_890, 12_140, -750)
    assert report.counts == (Count(5_000, 2), Count(1_000, 2), Count(20, 7))
    assert (report.z_number, report.opened_by, report.closed_by) == (1, "Mia", "Sam")


def test_a_z_is_kept_as_it_was_and_numbered_without_gaps(stall: Stall) -> None:
    stall.sell("MUG")
    first = close_shift(stall.ledger, {}, stall.sam)
    for _ in range(2):
        open_shift(stall.ledger, stall.mia, 0)
        close_shift(stall.ledger, {}, stall.sam)
    assert [number for number, *_rest in z_numbers(stall.ledger)] == [3, 2, 1]
    assert z_report(stall.ledger, 1) == first
    job = next(job for job in printqueue.open_jobs(stall.ledger) if job.kind == "z")
    assert job.ref is not None
    assert z_report_of(stall.ledger, job.ref) == first
    with pytest.raises(NoSuchReport):
        z_report(stall.ledger, 4)


def test_an_x_changes_nothing(stall: Stall) -> None:
    stall.sell("MUG")
    before = stall.count("journal")
    report = x_report(stall.ledger, stall.mia)
    assert (report.z_number, report.counted, report.difference) == (None, None, None)
    assert stall.count("journal") == before
    assert current(stall.ledger) is not None


def test_closing_and_looking_need_leave(stall: Stall) -> None:
    with pytest.raises(NotAllowed):
        close_shift(stall.ledger, {}, stall.mia)
    close_shift(stall.ledger, {}, stall.mia, approvals=[Approval(stall.sam, Right.CLOSE_DAY)])
    body = stall.ledger.rows("SELECT body FROM journal WHERE type = 'shift.close'")[0][0]
    assert '"by":"Sam"' in body
    with pytest.raises(NoShift):
        x_report(stall.ledger, stall.sam)
    with pytest.raises(NoShift):
        close_shift(stall.ledger, {}, stall.sam)


@pytest.mark.parametrize("counted", [{0: 1}, {-5: 1}, {5: -1}, {50_000: 10**9}])
def test_a_count_is_of_pieces(stall: Stall, counted: dict[int, int]) -> None:
    with pytest.raises(BadCash):
        close_shift(stall.ledger, counted, stall.sam)
    assert current(stall.ledger) is not None


def test_closing_leaves_no_sale_behind(stall: Stall) -> None:
    save_open(stall.ledger, "d1", stall.basket("MUG"), stall.mia)
    park(stall.ledger, "d2", stall.basket("BREAD"), stall.mia, "blue hat")
    store_attempt(stall.ledger, "d2", Attempt("k1", "card", 320, "unknown"))
    stall.sell("MUG", methods=("card",))
    job = printqueue.open_jobs(stall.ledger)[0]
    printqueue.mark_sending(stall.ledger, job.id)
    printqueue.mark_doubtful(stall.ledger, job.id, "unplugged")
    with pytest.raises(LeftOpen) as refused:
        close_shift(stall.ledger, {}, stall.sam)
    assert (refused.value.left.open_baskets, refused.value.left.attempts) == (1, ("card 320 unknown",))
    with pytest.raises(NotAllowed):
        close_shift(stall.ledger, {}, stall.sam, carry_over=Approval(stall.mia, Right.CLOSE_DAY))
    report = close_shift(stall.ledger, {}, stall.sam, carry_over=Approval(stall.sam, Right.CLOSE_DAY))
    assert report.accepted_by == "Sam"
    assert (report.left.parked, report.left.doubtful_prints) == (("blue hat",), 1)
    assert {draft.id for draft in drafts(stall.ledger)} == {"d1", "d2"}
    assert stall.count("payment_attempt") == 1
    open_shift(stall.ledger, stall.mia, 0)
    assert x_report(stall.ledger, stall.mia).left.attempts == ("card 320 unknown",)


def test_parked_sales_and_empty_screens_do_not_hold_the_day_up(stall: Stall) -> None:
    park(stall.ledger, "d1", stall.basket("MUG"), stall.mia, "blue hat")
    save_open(stall.ledger, "d2", stall.basket("MUG").void(1), stall.mia)
    report = close_shift(stall.ledger, {}, stall.sam)
    assert (report.left.parked, report.left.open_baskets) == (("blue hat",), 0)


def test_what_is_not_synced_or_was_refused_is_shown(stall: Stall) -> None:
    assert x_report(stall.ledger, stall.mia).left.unsynced is None  # nobody to sync with
    seq = stall.sell("MUG").id
    stall.ledger.execute("INSERT INTO cursor VALUES ('hub', ?)", (seq - 2,))
    stall.ledger.execute("INSERT INTO rejected VALUES (?, 'hub', 'unknown tax class')", (seq,))
    left = x_report(stall.ledger, stall.mia).left
    assert (left.unsynced, left.rejected) == (2, 1)


def test_stock_is_rolled_up_at_z(stall: Stall) -> None:
    def level() -> list[tuple[object, ...]]:
        return stall.ledger.rows(
            "SELECT p.sku, l.quantity FROM stock_level l JOIN product p ON p.id = l.product ORDER BY 1"
        )

    with stall.ledger.transaction():
        event = stall.ledger.record("stock.received", {"sku": "MUG", "q": 10_000})
        product = stall.items["MUG"].product
        stall.ledger.execute("INSERT INTO stock_move VALUES (?, ?, 10000, 'received')", (event.seq, product))
    sold = stall.sell("MUG", "MUG", "MUG", ("OLIVES", 250), "BREAD")
    stall.sell("MUG", training=True)
    refund(stall.ledger, sold.id, {1: 1000}, "refund", stall.sam)
    close_shift(stall.ledger, {}, stall.sam)
    assert level() == [("MUG", 8_000), ("OLIVES", -250)]
    open_shift(stall.ledger, stall.mia, 0)
    stall.sell("MUG")
    close_shift(stall.ledger, {}, stall.sam)
    assert level() == [("MUG", 7_000), ("OLIVES", -250)]


def test_finished_originals_leave_the_print_queue_a_shift_later(stall: Stall) -> None:
    stall.sell("MUG", methods=("card",))
    sold = stall.sell("MUG", methods=("card",))
    for job in printqueue.open_jobs(stall.ledger)[:1]:
        printqueue.mark_sending(stall.ledger, job.id)
        printqueue.mark_sent(stall.ledger, job.id, 800)
    printqueue.reprint(stall.ledger, "receipt", sold.id, stall.mia)
    close_shift(stall.ledger, {}, stall.sam)
    assert stall.count("print_job") == 4
    open_shift(stall.ledger, stall.mia, 0)
    close_shift(stall.ledger, {}, stall.sam)
    kinds = [(job.kind, job.state) for job in printqueue.open_jobs(stall.ledger)]
    assert kinds == [("receipt", "QUEUED"), ("copy", "QUEUED"), ("z", "QUEUED"), ("z", "QUEUED")]
    assert stall.count("print_job") == 4
    assert printqueue.reprint(stall.ledger, "receipt", sold.id, stall.mia) == 2


def test_a_sale_of_nothing_but_rounding_balances(stall: Stall) -> None:
    free = Basket(PRICING).add(stall.items["BREAD"]).discount_sale(Discount(percent=1_000_000))
    commit(stall.ledger, stall.sale(free, (), person=stall.sam))
    report = x_report(stall.ledger, stall.mia)
    assert (report.sales, report.gross, report.methods, report.discounts_amount) == (1, 0, (), 320)
