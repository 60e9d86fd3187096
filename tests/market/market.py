"""The market day as a list of things that happen, each booked by the second bookkeeper as well."""

from __future__ import annotations

import random
from uuid import UUID

from kiosk.checkout import drafts
from kiosk.checkout.people import Person, Right
from kiosk.checkout.refund import refund, remaining
from kiosk.checkout.return_case import Remedy
from kiosk.checkout.sale import Receipt
from kiosk.checkout.shift import cash_in, cash_out, open_drawer, open_shift
from tests.market.books import Books, Refund, part, whole
from tests.market.customers import Customers
from tests.market.day import Day
from tests.market.hands import done
from tests.market.oracle import Bill, Line

FLOAT = 20_000


class Market:
    """One day, its till of the moment, and the books beside it."""

    def __init__(self, day: Day, seed: int) -> None:
        """Open the till; nobody is signed in yet."""
        self.day = day
        self.chance = random.Random(seed)
        self.books = Books(FLOAT)
        self.sold: dict[str, Bill] = {}
        """Every sale by its number."""
        self.untrusted: set[str] = set()
        """Numbers of what was booked while nobody vouched for the clock."""
        self.touched: set[str] = set()
        """Numbers of sales of which something came back."""
        self.others: list[str] = []
        """Numbers of refunds."""
        self.restart()

    def restart(self) -> None:
        """Close the till, if it is open, and open it again."""
        self.day.close_till()
        self.hands = self.day.open_till()
        self.customers = Customers(self.hands, self.chance)

    @property
    def who(self) -> Person:
        """Who sells."""
        assert self.hands.register.person is not None
        return self.hands.register.person

    def open_shift(self) -> str:
        """Count the float; returns the business date."""
        zone = self.day.settings.zone
        shift = done(self.hands.station.submit(open_shift, self.who, FLOAT, roll_over_hour=3, zone=zone))
        return shift.business_date

    def serve(self, customers: int) -> None:
        """So many customers, one after the other."""
        for _customer in range(customers):
            self.book(*self.customers.one())
        self.day.tear_paper()

    def book(self, bill: Bill, receipt: Receipt) -> None:
        """Enter a sale into the books, under its number."""
        self.enter(bill, receipt.number)
        if not receipt.clock_trusted:
            self.untrusted.add(receipt.number)
        self.day.clock.advance()

    def enter(self, bill: Bill, number: str) -> None:
        """Enter a sale that was committed by whichever till."""
        assert number not in self.sold
        self.sold[number] = bill
        self.books.sold(bill)

    def practise(self) -> None:
        """A sale that is none."""
        bill = self.customers.choose()
        bill.training = True
        self.customers.even(bill)
        self.book(bill, self.customers.commit(bill))

    def park(self, name: str) -> tuple[Bill, str]:
        """A customer has to fetch money."""
        bill = self.customers.choose()
        return bill, self.hands.park(name)

    def recall(self, bill: Bill, draft: str) -> None:
        """And comes back, perhaps to another seller."""
        self.hands.recall(draft)
        bill.who = self.who.name
        self.customers.pay(bill)
        self.book(bill, self.customers.commit(bill))

    def throw_away(self) -> None:
        """A customer leaves without buying."""
        bill = self.customers.choose()
        self.hands.throw_away()
        self.books.struck(bill.voids)
        self.books.struck((line.milli, line.price) for line in bill.lines)

    def move_cash(self) -> None:
        """Coins are fetched, milk is bought, and the drawer is opened for a look."""
        submit, hands = self.hands.station.submit, self.hands

        def leave(right: Right) -> list[object]:
            return [one for one in (hands.lent(right),) if one is not None]

        done(submit(cash_in, 5_000, "coins", self.who, leave(Right.CASH_MOVE)))  # type: ignore[arg-type]
        done(submit(cash_out, 1_235, "milk", self.who, leave(Right.CASH_MOVE)))  # type: ignore[arg-type]
        done(submit(open_drawer, "a look", self.who, leave(Right.OPEN_DRAWER)))  # type: ignore[arg-type]
        self.books.cash_in += 5_000
        self.books.cash_out += 1_235
        self.books.drawer_openings += 1
        self.books.pulses += 3

    # -- goods that come back --------------------------------------------------------------------------------

    def take_back(
        self, number: str, back: dict[int, int], remedy: Remedy = "refund", method: str = "cash"
    ) -> Receipt:
        """Take goods back against a receipt, with a supervisor's leave where it is needed."""
        leave = self.hands.lent(Right.REFUND)
        return done(
            self.hands.station.submit(
                refund,
                number,
                back,
                remedy,
                self.who,
                approvals=[leave] if leave else [],
                method=method,
                rounding=self.day.settings.pricing.cash,
            )
        )

    @property
    def lent(self) -> int:
        """1 when a supervisor has to agree to a refund."""
        return int(self.who.name != "Sam")

    def book_back(self, receipt: Receipt, refunded: Refund) -> None:
        """Enter a refund."""
        assert receipt.total == -refunded.gross
        self.others.append(receipt.number)
        if not receipt.clock_trusted:
            self.untrusted.add(receipt.number)
        self.books.took_back(refunded)
        self.day.clock.advance()

    def all_back(self, number: str) -> None:
        """Everything of a sale comes back."""
        bill = self.sold[number]
        self.touched.add(number)
        left = done(self.hands.station.read(remaining, number))
        assert left == {nth: line.milli for nth, line in enumerate(bill.lines, 1)}
        self.book_back(self.take_back(number, left), whole(bill, self.who.name, self.lent))
        assert done(self.hands.station.read(remaining, number)) == {}

    def some_back(self, number: str, nth: int, milli: int, before: int = 0, method: str = "cash") -> None:
        """Some of one line comes back."""
        receipt = self.take_back(number, {nth + 1: milli}, method=method)
        back = part(self.sold[number], nth, milli, before, method, self.who.name, self.lent)
        self.book_back(receipt, back)

    def repair(self, number: str, remedy: Remedy) -> None:
        """Something comes back to be mended or swapped: no money moves."""
        self.touched.add(number)
        assert self.take_back(number, {1: self.sold[number].lines[0].milli}, remedy).total == 0
        self.books.overrides += self.lent

    def latest(self, *methods: str, rounded: bool = False) -> str:
        """The newest sale that was paid by exactly these ways, rounded if wanted."""
        for number, bill in reversed(self.sold.items()):
            paid = sorted(method for method, _amount in bill.paid)
            if (
                number not in self.touched
                and paid == sorted(methods)
                and not bill.training
                and (not rounded or bill.money["rounding"])
            ):
                return number
        raise AssertionError(methods)

    def four_mugs_and_honey(self) -> str:
        """A sale of which parts will come back; returns its number."""
        bill = Bill(
            self.hands.draft, self.who.name, [Line("MUG-GREEN", 4_000, 1_250), Line("HONEY", 1_000, 780)]
        )
        self.hands.register.times(4)
        self.hands.tap("MUG-GREEN")
        self.hands.tap("HONEY")
        self.customers.even(bill)
        receipt = self.customers.commit(bill)
        self.book(bill, receipt)
        self.touched.add(receipt.number)
        return receipt.number

    # -- a till that is killed -------------------------------------------------------------------------------

    def kill(self, seed: int) -> int:
        """Sell with another process until it is killed, restart, and take up what it left."""
        self.day.close_till()
        bills, acknowledged = self.day.killed(seed, self.chance)
        self.restart()
        self.hands.sign_in("Sam")
        left = next(iter(done(self.hands.station.read(drafts.drafts, "open"))), None)
        for bill in bills:
            number = self.day.stored(bill.key)
            assert number == acknowledged.get(bill.key, number), "an acknowledged sale is lost"
            if number is not None:
                assert left is None or left.id != bill.key, "a paid sale is still on the screen"
                self.enter(bill, number)
        if left is not None:
            self.go_on(next(bill for bill in bills if bill.key == left.id))
        return len(acknowledged)

    def go_on(self, bill: Bill) -> None:
        """Pay what stood on the screen when the till was killed, with the tries already made for it."""
        self.hands.recall(bill.key)
        assert self.hands.register.basket.totals.gross == bill.gross
        bill.who = self.who.name
        if (attempt := self.hands.tender.open) is not None:
            self.hands.answer(attempt.id, "failed")
        bill.paid = [
            (one.method, one.counts) for one in self.hands.tender.attempts if one.state == "confirmed"
        ]
        if not self.hands.tender.settled:
            self.customers.even(bill)
        receipt = self.customers.commit(bill)
        assert receipt.event_id == UUID(hex=bill.key)
        self.book(bill, receipt)
