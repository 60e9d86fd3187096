"""What is true in the evening: Z, reports, ledger, paper and drawer say what the second bookkeeper says."""

from __future__ import annotations

from collections import Counter

from kiosk.checkout import drafts, printqueue
from kiosk.checkout.matching import first_stray
from kiosk.checkout.reports import report
from kiosk.checkout.sale import load
from kiosk.checkout.shift_report import ShiftReport
from kiosk.ledger.verify import verify
from tests.market.hands import done
from tests.market.market import Market
from tests.market.oracle import Bill
from tests.market.paper import Slip, slips


def check_z(market: Market, z: ShiftReport, date: str) -> None:
    """Every figure of the Z is that of the second bookkeeper."""
    books = market.books
    assert (z.business_date, z.z_number, z.difference) == (date, 1, 0)
    assert (z.sales, z.sales_gross) == (books.sales, books.sales_gross)
    assert (z.refunds, z.refunds_gross, z.training) == (books.refunds, books.refunds_gross, books.training)
    assert (z.net, z.tax) == (books.net.total(), books.tax.total())
    assert z.gross == books.sales_gross + books.refunds_gross
    assert {rate.tax_class: (rate.net, rate.tax) for rate in z.rates} == {
        code: (books.net[code], books.tax[code]) for code in books.net
    }
    assert {one.method: (one.count, one.amount) for one in z.methods} == {
        method: (books.tenders[method], amount) for method, amount in books.money.items()
    }
    assert z.rounding == books.rounding
    assert (z.cash_in, z.cash_out, z.drawer_openings) == (
        books.cash_in,
        books.cash_out,
        books.drawer_openings,
    )
    assert (z.expected, z.counted) == (books.drawer, books.drawer)
    assert (z.discounts, z.discounts_amount) == (books.discounts, books.discounts_cents)
    assert (z.voids, z.voids_amount, z.overrides) == (books.voids, books.voids_cents, books.overrides)
    assert z.untrusted == len(market.untrusted)
    assert sum(hour.gross for hour in z.hours) == z.gross
    assert sum(hour.count for hour in z.hours) == z.sales + z.refunds
    assert (z.first_number, z.last_number) == ("A-000001", f"A-{z.sales + z.refunds:06}")
    assert (z.left.parked, z.left.open_baskets, z.left.attempts) == (("tomorrow",), 0, ())


def check_reports(market: Market, date: str) -> None:
    """The reports say the same, by product, seller and method."""
    books, read = market.books, market.hands.station.read
    by_product = {row.key: (row.quantity, row.gross) for row in done(read(report, "product", date)).rows}
    assert by_product == {sku: (books.pieces[sku], books.takings[sku]) for sku in books.pieces}
    assert {row.key: row.gross for row in done(read(report, "seller", date)).rows} == books.sellers
    by_method = {row.key: row.gross for row in done(read(report, "method", date)).rows}
    assert by_method == dict(books.money) | {"rounding": books.rounding}
    (whole,) = done(read(report, "day", date)).rows
    assert (whole.key, whole.gross, whole.tax) == (
        date,
        books.money.total() + books.rounding,
        books.tax.total(),
    )


def check_ledger(market: Market, date: str) -> None:
    """The chain holds, numbers have no gap and follow the order of events, and nothing is there twice."""
    read = market.hands.station.read
    verdict = done(read(verify))
    assert verdict.ok, verdict.reason
    assert done(read(first_stray)) is None
    rows = done(read(lambda ledger: ledger.rows("SELECT series, number, kind FROM sale ORDER BY id")))
    real = [row[1] for row in rows if row[0] == "A"]
    assert real == list(range(1, len(real) + 1))
    numbers = {f"A-{number:06}" for number in real} | {
        f"{row[0]}-{row[1]:06}" for row in rows if row[0] != "A"
    }
    assert numbers == {*market.sold, *market.others}
    ranks = done(read(lambda ledger: ledger.rows("SELECT hlc FROM journal ORDER BY seq")))
    assert ranks == sorted(set(ranks))
    dates = done(read(lambda ledger: ledger.rows("SELECT DISTINCT business_date FROM session")))
    assert dates == [(date,)]
    assert [one.name for one in done(read(drafts.drafts, None))] == ["tomorrow"]
    assert done(
        read(lambda ledger: ledger.row("SELECT count(*) FROM payment_attempt WHERE state = 'pending'"))
    ) == (0,)


def check_paper(market: Market) -> None:
    """Each receipt came out once; what was cut off, or may have been, comes again as a copy."""
    station, day = market.hands.station, market.day
    day.printed()
    doubtful = [job for job in done(station.read(printqueue.open_jobs)) if job.kind == "receipt"]
    again = {done(station.read(load, job.ref)).number for job in doubtful if job.ref}
    for job in doubtful:
        done(station.submit(printqueue.retry, job.id, market.who))
    day.printed()
    found = slips(day.paper)
    assert day.stall.do("paper")["unknown"] == []
    originals = Counter(slip.number for slip in found if slip.whole and not slip.copy)
    copies = Counter(slip.number for slip in found if slip.whole and slip.copy)
    assert set(originals) | set(copies) == {*market.sold, *market.others}
    assert set(copies) == again != set()
    assert set(copies.values()) <= {1}
    assert set(originals.values()) == {1}
    assert {slip.number for slip in found if not slip.whole} <= again
    for slip in found:
        if slip.whole and slip.number in market.sold:
            check_slip(slip, market.sold[slip.number], slip.number in market.untrusted)
    check_drawer(market)


def check_slip(slip: Slip, bill: Bill, untrusted: bool) -> None:
    """The paper says what the customer owed, who sold it, and what is not sure."""
    assert slip.says(f"TOTAL€{bill.gross // 100:,}.{bill.gross % 100:02}")
    assert slip.says(f"Served by {bill.who}")
    assert slip.says("TRAINING") == bill.training
    assert slip.says("clock not confirmed") == untrusted
    assert slip.says(f"R/{slip.number}")


def check_drawer(market: Market) -> None:
    """The drawer opened once for each reason to; a pulse that a power cut met came then or never."""
    station = market.hands.station
    jobs = done(
        station.read(lambda ledger: ledger.rows("SELECT state, tries FROM print_job WHERE kind = 'drawer'"))
    )
    assert len(jobs) == market.books.pulses
    sent = sum(state == "SENT" for state, _tries in jobs)
    perhaps = sum(state == "CANCELLED" and tries > 0 for state, tries in jobs)
    pulses = market.day.stall.do("paper")["pulses"]
    assert isinstance(pulses, int)
    assert sent <= pulses <= sent + perhaps
    assert sent >= len(jobs) - 40, "only around the kills are pulses dropped"
