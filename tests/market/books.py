"""All of a market day, added up by the second bookkeeper: what the Z has to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tests.market.oracle import Bill, coins, nearest


@dataclass
class Books:
    """All of a day."""

    float_cents: int
    sales: int = 0
    sales_gross: int = 0
    refunds: int = 0
    refunds_gross: int = 0
    training: int = 0
    discounts: int = 0
    discounts_cents: int = 0
    voids: int = 0
    voids_cents: int = 0
    overrides: int = 0
    rounding: int = 0
    cash_in: int = 0
    cash_out: int = 0
    drawer_openings: int = 0
    pulses: int = 0
    net: Counter[str] = field(default_factory=Counter)
    tax: Counter[str] = field(default_factory=Counter)
    money: Counter[str] = field(default_factory=Counter)
    tenders: Counter[str] = field(default_factory=Counter)
    sellers: Counter[str] = field(default_factory=Counter)
    pieces: Counter[str] = field(default_factory=Counter)
    takings: Counter[str] = field(default_factory=Counter)

    def sold(self, bill: Bill) -> None:
        """Book a sale."""
        if bill.training:
            self.training += 1
            return
        self.sales += 1
        self.sales_gross += bill.gross
        self.discounts += len(bill.discounts)
        self.discounts_cents += sum(bill.discounts)
        self.struck(bill.voids)
        self.overrides += bill.overrides
        self.tenders.update(method for method, _amount in bill.paid)
        self.pulses += any(method == "cash" for method, _amount in bill.paid)
        self._move(bill.who, bill.gross, bill.taxes, bill.money)
        for line, amount in zip(bill.lines, bill.amounts, strict=True):
            self.pieces[line.sku] += line.milli
            self.takings[line.sku] += amount

    def struck(self, voids: Iterable[tuple[int, int]]) -> None:
        """Count lines that were struck out, or thrown away with their basket."""
        for milli, price in voids:
            self.voids += 1
            self.voids_cents += nearest(Fraction(price * milli, 1000))

    def took_back(self, refund: Refund) -> None:
        """Book a refund."""
        self.refunds += 1
        self.refunds_gross -= refund.gross
        self.overrides += refund.lent
        taxes = {code: (-net, -tax) for code, (net, tax) in refund.taxes.items()}
        money = {method: -amount for method, amount in refund.money.items()}
        self.tenders.update(method for method, amount in money.items() if method != "rounding" and amount)
        self.pulses += bool(money.get("cash"))
        self._move(refund.who, -refund.gross, taxes, money)
        for sku, milli, amount in refund.lines:
            self.pieces[sku] -= milli
            self.takings[sku] -= amount

    def _move(self, who: str, gross: int, taxes: dict[str, tuple[int, int]], money: dict[str, int]) -> None:
        """Add to the sums that sales and refunds share."""
        assert gross == sum(map(sum, taxes.values())) == sum(money.values())
        self.sellers[who] += gross
        for code, (net, tax) in taxes.items():
            self.net[code] += net
            self.tax[code] += tax
        for method, amount in money.items():
            if method == "rounding":
                self.rounding += amount
            else:
                self.money[method] += amount

    @property
    def drawer(self) -> int:
        """What should lie in the drawer."""
        return self.float_cents + self.money["cash"] + self.cash_in - self.cash_out


@dataclass(frozen=True)
class Refund:
    """Goods that came back; all amounts are positive."""

    who: str
    lines: Sequence[tuple[str, int, int]]  # sku, milli, cents
    taxes: dict[str, tuple[int, int]]
    money: dict[str, int]
    lent: int  # 1 when a supervisor had to agree

    @property
    def gross(self) -> int:
        """What goes back, before the rounding of cash."""
        return sum(cents for _sku, _milli, cents in self.lines)


def whole(bill: Bill, who: str, lent: int) -> Refund:
    """Everything back, the way it was paid."""
    lines = [(line.sku, line.milli, amount) for line, amount in zip(bill.lines, bill.amounts, strict=True)]
    return Refund(who, lines, bill.taxes, bill.money, lent)


def part(bill: Bill, nth: int, milli: int, before: int, method: str, who: str, lent: int) -> Refund:
    """Some of one line back, the only one of its tax class; `before` came back earlier."""
    line, amount = bill.lines[nth], bill.amounts[nth]

    def share(cents: int) -> int:
        upto = nearest(Fraction(cents * (before + milli), line.milli))
        return upto - nearest(Fraction(cents * before, line.milli))

    cents, tax = share(amount), share(bill.taxes[line.tax][1])
    money = {method: cents} if method != "cash" else {"cash": coins(cents), "rounding": cents - coins(cents)}
    return Refund(who, [(line.sku, milli, cents)], {line.tax: (cents - tax, tax)}, money, lent)
