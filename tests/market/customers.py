"""The customers of a market day, one after the other, as chance (with a fixed seed) sends them.

Each says what it wants as a `Bill` and does it at the till. What the till asks for is compared with the bill
before a coin moves.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import count

import pytest

from kiosk.checkout.basket import Discount
from kiosk.checkout.outcome import Outcome
from kiosk.checkout.rights import Right
from kiosk.checkout.sale import Receipt
from kiosk.checkout.tender import NotSettled
from kiosk.demo import products
from tests.market.hands import Hands
from tests.market.oracle import GOODS, Bill, Line, coins

PERCENT = 10_000
"""Millionths in one percent."""
CODES = {product.sku: product.barcodes[0] for product in products()}


class Customers:
    """Sends customers to a till."""

    def __init__(
        self, hands: Hands, chance: random.Random, about_to_pay: Callable[[Bill], None] = lambda _bill: None
    ) -> None:
        """`about_to_pay` is told of every bill before it is saved, and again before it is committed."""
        self.hands = hands
        self.chance = chance
        self.about_to_pay = about_to_pay
        self.notes = 0
        self.turn = count()

    def one(self) -> tuple[Bill, Receipt]:
        """One customer from the first thing to the receipt."""
        bill = self.choose()
        self.pay(bill)
        return bill, self.commit(bill)

    def commit(self, bill: Bill) -> Receipt:
        """Book a sale that is paid."""
        self.about_to_pay(bill)
        receipt = self.hands.commit(training=bill.training)
        assert receipt.total == bill.gross, bill
        return receipt

    def choose(self, most: int = 5) -> Bill:
        """Fill the basket, and agree about prices."""
        hands, chance = self.hands, self.chance
        assert hands.register.person is not None
        bill = Bill(hands.draft, hands.register.person.name, [])
        for sku in chance.sample(sorted(GOODS), chance.randint(1, most)):
            bill.lines.append(self.take(sku))
            if chance.random() < 0.15:
                self.agree(bill)
        if len(bill.lines) > 1 and chance.random() < 0.1:
            self.strike_out(bill)
        if chance.random() < 0.1:
            bill.percent = chance.choice((5, 10, 15))
            off = Discount(percent=bill.percent * PERCENT, reason="market friends")
            hands.register.discount_sale(off, hands.pause(), hands.lent(Right.DISCOUNT))
        bill.waived = self.waive_an_age_check()
        self.notes += 1
        hands.finish_steps(f"for Zoë {self.notes}")
        self.about_to_pay(bill)
        hands.save()
        assert hands.register.basket.totals.gross == bill.gross, bill
        return bill

    def take(self, sku: str) -> Line:
        """Take one thing (or several of it) by one of the ways there are."""
        good = GOODS[sku]
        if good.unit != "each":
            return self.take_loose(sku, self.chance.randint(40, 1_999))
        if not good.price:
            cents = self.chance.randint(250, 1_500)
            self.hands.price(self.hands.tap(sku), cents)
            return Line(sku, 1000, cents)
        times = self.chance.choice((1, 1, 1, 1, 2, 3))
        if times > 1:
            self.hands.register.times(times)
        way = self.chance.choice((self.by_scan, self.by_scan, self.by_tap, self.by_search))
        return Line(sku, (times + way(sku)) * 1000, good.price)

    def by_scan(self, sku: str) -> int:
        """Scan it; sometimes the trigger is pulled twice. Returns how many more that made."""
        hands, code = self.hands, CODES[sku].removeprefix("0")
        hands.scan(code)
        twice = self.chance.random()
        if twice < 0.1:
            assert hands.scan(code, after_ms=150).kind == "echo"
        elif twice < 0.2:
            again = hands.scan(code, after_ms=900)
            assert again.undo
            if GOODS[sku].name.startswith("Mug with"):  # each of these is a line of its own
                hands.register.undo(hands.pause(100))
                return 0
            if twice < 0.15:
                return 1
            assert hands.register.undo(hands.pause(100)).kind == "undone"
        return 0

    def by_tap(self, sku: str) -> int:
        """Touch its key."""
        self.hands.tap(sku)
        return 0

    def by_search(self, sku: str) -> int:
        """Type the beginning of its name."""
        words = re.findall(r"\w+", GOODS[sku].name)
        self.hands.search(" ".join(words[:2]).lower(), sku)
        return 0

    def take_loose(self, sku: str, milli: int) -> Line:
        """Something weighed or measured: a packet with a code of the scale, or a typed weight."""
        if CODES[sku].startswith("21") and self.chance.random() < 0.6:
            self.hands.scan(packet(CODES[sku], milli))
        else:
            asked: Outcome = self.hands.tap(sku)
            self.hands.weigh(asked, milli)
        return Line(sku, milli, GOODS[sku].price)

    def agree(self, bill: Bill) -> None:
        """Take something off the line just added, or charge another price; who may not, asks Sam."""
        register, line = self.hands.register, bill.lines[-1]
        last = register.basket.last
        assert last is not None
        line.agreed = True
        if self.chance.random() < 0.6 or not GOODS[line.sku].price:
            line.percent = self.chance.choice((5, 10, 25, 33))
            off = Discount(percent=line.percent * PERCENT, reason="chipped")
            register.discount_line(last.uid, off, self.hands.pause(), self.hands.lent(Right.DISCOUNT))
        else:
            line.price = line.price * 4 // 5 + 1
            register.override_price(last.uid, line.price, self.hands.pause(), self.hands.lent(Right.PRICE))

    def strike_out(self, bill: Bill) -> None:
        """The customer does not want one of the things after all."""
        nth = self.chance.randrange(len(bill.lines))
        gone = bill.lines.pop(nth)
        bill.voids.append((gone.milli, gone.price))
        live = [line for line in self.hands.register.basket.live if line.item.sku == gone.sku]
        self.hands.register.void(live[0].uid, self.hands.pause())

    def waive_an_age_check(self) -> int:
        """Now and then Sam knows the customer; returns how many lines were sold without looking."""
        ages = [step for step in self.hands.register.steps if step.kind == "age"]
        if len(ages) != 1 or self.chance.random() < 0.6:
            return 0
        leave = self.hands.lent(Right.AGE_OVERRIDE)
        self.hands.register.skip_age(ages[0].uid, self.hands.pause(), leave)
        return 1

    def pay(self, bill: Bill) -> None:
        """Pay by one of the ways there are."""
        hands, chance = self.hands, self.chance
        assert hands.tender.remaining("cash") == coins(bill.gross)
        assert hands.tender.remaining("card") == bill.gross
        plain: list[Callable[[Bill], None]] = [self.even, self.note, self.note, self.card, self.code]
        odd = [self.cents, self.refused, self.nobody_knows, self.split, self.card_and_code]
        nth = next(self.turn)
        way = chance.choice(plain) if nth % 3 else odd[nth // 3 % len(odd)]
        way(bill)
        assert hands.tender.settled

    def even(self, bill: Bill) -> None:
        """The coins that are due."""
        self.cash(bill, coins(bill.gross - sum(amount for _method, amount in bill.paid)))

    def note(self, bill: Bill) -> None:
        """The next note, for change."""
        owed = bill.gross - sum(amount for _method, amount in bill.paid)
        self.cash(bill, (owed // 1_000 + 1) * 1_000)

    def cents(self, bill: Bill) -> None:
        """Counted out to the cent in small coins."""
        self.cash(bill, bill.gross)

    def cash(self, bill: Bill, given: int) -> None:
        """Hand coins over."""
        self.hands.cash(given)
        bill.paid.append(("cash", given))

    def card(self, bill: Bill, amount: int | None = None) -> None:
        """A card on the reader."""
        key = self.hands.ask("card", amount)
        self.hands.answer(key, "confirmed", f"TX-{key[:8]}")
        bill.paid.append(("card", bill.gross if amount is None else amount))

    def code(self, bill: Bill, amount: int | None = None) -> None:
        """A payment code, and a look at the seller's phone."""
        self.hands.answer(self.hands.ask("qr", amount), "confirmed")
        bill.paid.append(("qr", bill.gross if amount is None else amount))

    def refused(self, bill: Bill) -> None:
        """The card is refused, and nothing of it counts; then cash."""
        self.hands.answer(self.hands.ask("card"), "failed")
        self.note(bill)

    def nobody_knows(self, bill: Bill) -> None:
        """The code is paid, or not: until somebody knows, the sale cannot be closed."""
        key = self.hands.ask("qr")
        with pytest.raises(NotSettled):
            self.hands.commit()
        self.hands.answer(key, "unknown")
        with pytest.raises(NotSettled):
            self.hands.commit()
        if self.chance.random() < 0.5:
            self.hands.answer(key, "confirmed", "seen on the statement")
            bill.paid.append(("qr", bill.gross))
        else:
            self.hands.answer(key, "failed")
            self.even(bill)

    def split(self, bill: Bill) -> None:
        """A third by card, the rest in cash."""
        self.card(bill, bill.gross // 3)
        self.note(bill)

    def card_and_code(self, bill: Bill) -> None:
        """Half by code, half by card."""
        self.code(bill, bill.gross // 2)
        self.card(bill, bill.gross - bill.gross // 2)


def packet(prefix: str, milli: int) -> str:
    """The code that a scale prints: 21, five digits of item, five of weight, a check digit."""
    digits = f"{prefix}{milli:05}"
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"
