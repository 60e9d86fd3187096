"""A market day of 300 sales: whatever happens to printer, power and clock, it balances to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import i18n
from kiosk.checkout import printqueue
from kiosk.checkout.people import WrongPin
from kiosk.checkout.refund import BackTooMuch, NotRefundable
from kiosk.checkout.sale import NoShift, load
from kiosk.checkout.shift_report import ShiftReport
from kiosk.checkout.z_report import LeftOpen, close_shift
from tests.market.day import DAYS_MS, Day
from tests.market.evening import check_ledger, check_paper, check_reports, check_z
from tests.market.hands import done
from tests.market.market import Market
from tests.market.oracle import Bill, Line, coins

SALES = 300
SEED = 20260509


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    """A stall in the morning; its printer is looked at more often than at a real one."""
    monkeypatch.setattr("hardware.printer.printer.LOOK_S", 0.2)
    with Day(tmp_path) as stall:
        yield stall
    i18n.set_locale("en_GB")


def test_a_market_day_balances_to_the_cent(day: Day) -> None:
    market = Market(day, SEED)
    date = open_up(market)
    busy_morning(market)
    without_paper(market)
    for seed in range(1, 4):
        assert market.kill(seed) >= 6
    market.restart()
    market.hands.sign_in("Mia")
    clock_goes_back(market, date)
    without_paper(market)
    market.serve(SALES - market.books.sales)
    z = cash_up(market)
    assert market.books.sales == SALES + 1
    check_z(market, z, date)
    check_reports(market, date)
    check_ledger(market, date)
    check_paper(market)


def open_up(market: Market) -> str:
    """PIN, float, coins."""
    with pytest.raises(WrongPin):
        market.hands.sign_in("Mia", "9999")
    market.hands.sign_in("Mia")
    bill = market.customers.choose()
    market.customers.pay(bill)
    with pytest.raises(NoShift):
        market.customers.commit(bill)
    date = market.open_shift()
    market.book(bill, market.customers.commit(bill))
    market.move_cash()
    return date


def busy_morning(market: Market) -> None:
    """Sales of every kind, parked ones, practice, returns."""
    market.serve(15)
    waiting = [market.park(f"the lady with hat {n}") for n in range(3)]
    market.practise()
    market.serve(10)
    market.throw_away()
    market.hands.sign_in("Sam")
    market.recall(*waiting[1])
    market.serve(25)
    market.restart()
    market.hands.sign_in("Mia")
    market.recall(*waiting[0])
    market.recall(*waiting[2])
    take_back(market)
    cut_off(market)
    market.serve(10)


def cut_off(market: Market) -> None:
    """The printer's plug is pulled while a receipt comes out."""
    day, read = market.day, market.hands.station.read
    day.printed()
    day.stall.do("printer", act="slow", rate=400)
    bill = market.customers.choose()
    market.customers.card(bill)
    market.book(bill, market.customers.commit(bill))
    day.wait(lambda: [job for job in done(read(printqueue.open_jobs)) if job.kind == "receipt" and job.sent])
    day.stall.do("printer", act="unplug")
    day.wait(lambda: [job for job in done(read(printqueue.open_jobs)) if job.state == "DOUBTFUL"])
    day.stall.do("printer", act="clear")
    day.stall.do("printer", act="replug")
    day.wait(lambda: day.station.lamps[0].state == "ok")


def take_back(market: Market) -> None:
    """Whole and in parts, rounded and not, by every way to pay, and never more than was sold."""
    for paid in (("cash",), ("card",), ("qr",), ("card", "cash"), ("card", "qr")):
        market.all_back(market.latest(*paid, rounded="cash" in paid))
    number = market.four_mugs_and_honey()
    market.some_back(number, 0, 1_000)
    market.hands.sign_in("Sam")
    market.some_back(number, 0, 2_000, before=1_000, method="card")
    with pytest.raises(BackTooMuch):
        market.take_back(number, {1: 2_000})
    with pytest.raises(NotRefundable):
        market.take_back(market.others[0], {1: 1_000})
    market.repair(market.latest("card"), "repair")
    market.hands.sign_in("Mia")
    market.repair(market.latest("cash"), "swap")


def without_paper(market: Market) -> None:
    """The roll ends inside a receipt, selling goes on, a new roll is put in."""
    before = market.books.sales
    market.day.stall.do("printer", act="paper-out", after=9)
    market.serve(12)
    market.day.wait(lambda: market.day.station.lamps[0].words == "no paper")
    market.day.wait(lambda: len(done(market.day.station.read(printqueue.open_jobs))) >= 10)
    assert market.books.sales == before + 12
    market.day.tear_paper()
    market.day.stall.do("printer", act="paper-ok")
    market.serve(12)


def clock_goes_back(market: Market, date: str) -> None:
    """Three days back: order, numbers and the business date go on, and each sale says that nobody knows."""
    last = market.latest("cash")
    market.day.clock.wall_ms -= 3 * DAYS_MS
    market.day.clock.synced = False
    market.serve(9)
    market.all_back(market.latest("cash"))
    market.day.clock.wall_ms += 3 * DAYS_MS
    market.day.clock.synced = True
    market.day.clock.advance()
    assert len(market.untrusted) == 10
    market.serve(5)
    assert len(market.untrusted) == 10, "the network has told the time again"
    ledger = market.hands.station.read
    for number in market.untrusted:
        stored = done(ledger(load, number))
        assert (stored.business_date, stored.clock_trusted) == (date, False)
        assert stored.wall_ms > done(ledger(load, last)).wall_ms, "time does not run backwards in the books"
        assert number > last


def cash_up(market: Market) -> ShiftReport:
    """A payment nobody knows the outcome of holds the Z up; a parked sale does not, and is shown."""
    station, hands = market.hands.station, market.hands
    sam = hands.sign_in("Sam")
    bill = market.customers.choose()
    key = hands.ask("qr")
    hands.answer(key, "unknown")
    draft = hands.park("did it come?")
    drawer = market.books.drawer
    with pytest.raises(LeftOpen):
        done(station.submit(close_shift, counted(drawer), sam, zone=market.day.settings.zone))
    hands.recall(draft)
    hands.answer(key, "confirmed")
    bill.paid.append(("qr", bill.gross))
    market.book(bill, market.customers.commit(bill))
    market.park("tomorrow")
    market.day.printed()
    return done(station.submit(close_shift, counted(drawer), sam, zone=market.day.settings.zone))


def counted(cents: int) -> dict[int, int]:
    """So much money in notes and coins."""
    pieces: dict[int, int] = {}
    for value in (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1):
        pieces[value], cents = divmod(cents, value)
    return pieces


def test_the_second_bookkeeper_reckons_as_on_paper() -> None:
    bill = Bill("x", "Mia", [Line("MUG-BLUE", 2000, 1250, percent=10), Line("OLIVES", 335, 1299)], percent=5)
    assert [line.full for line in bill.lines] == [2500, 435]
    assert (bill.lines[0].off, bill.shares, bill.gross) == (250, [112, 22], 2551)
    assert bill.taxes == {"A": (1797, 341), "B": (386, 27)}
    bill.paid = [("card", 1000), ("cash", 2000)]
    assert bill.money == {"card": 1000, "cash": 1550, "rounding": 1}
    assert (coins(1552), coins(1553), coins(-1553)) == (1550, 1555, -1555)
