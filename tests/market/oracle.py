"""The market day's second bookkeeper: fractions and plain sums, and nothing of the till's own arithmetic.

It knows the price list (read from the demo's CSV by itself), what the law and the README say about cents, and
what the customers did. `books` adds it up.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files

RATES = {"A": Fraction(19, 100), "B": Fraction(7, 100), "Z": Fraction(0)}
STEP = 5
"""Cash is rounded to five cents, half up."""


@dataclass(frozen=True)
class Good:
    """One row of the price list."""

    sku: str
    name: str
    price: int  # cents; 0: asked for
    unit: str
    tax: str


def price_list() -> dict[str, Good]:
    """The demo's goods by SKU."""
    rows = csv.DictReader(files("kiosk.demo").joinpath("goods.csv").read_text("utf-8").splitlines())
    return {
        row["sku"]: Good(
            row["sku"], row["name"], int(Decimal(row["price"] or 0) * 100), row["unit"], row["tax_class"]
        )
        for row in rows
    }


GOODS = price_list()


def nearest(exact: Fraction) -> int:
    """To the nearest whole number, halves away from zero."""
    size = (abs(exact) * 2 + 1) // 2
    return int(size) if exact >= 0 else -int(size)


def coins(cents: int) -> int:
    """What an amount is in coins that exist."""
    return nearest(Fraction(cents, STEP)) * STEP


@dataclass
class Line:
    """What a customer takes of one thing."""

    sku: str
    milli: int
    price: int  # cents of one unit, as charged
    percent: int = 0
    agreed: bool = False  # somebody had to allow its price or discount

    @property
    def full(self) -> int:
        """Price times quantity."""
        return nearest(Fraction(self.price * self.milli, 1000))

    @property
    def off(self) -> int:
        """Taken off this line."""
        return nearest(Fraction(self.full * self.percent, 100))

    @property
    def tax(self) -> str:
        """Its tax class."""
        return GOODS[self.sku].tax


@dataclass
class Bill:
    """One sale as it should be; amounts in cents."""

    key: str
    who: str
    lines: list[Line]
    percent: int = 0  # off the whole sale
    paid: list[tuple[str, int]] = field(default_factory=list)  # method, and what was asked or handed over
    voids: list[tuple[int, int]] = field(default_factory=list)  # milli, price
    waived: int = 0  # lines sold without looking at the buyer's age
    training: bool = False

    @property
    def overrides(self) -> int:
        """What not every seller may do."""
        return sum(line.agreed for line in self.lines) + bool(self.percent) + self.waived

    @property
    def shares(self) -> list[int]:
        """Each line's share of what is taken off the whole sale, by largest remainder."""
        amounts = [line.full - line.off for line in self.lines]
        total = sum(amounts)
        off = nearest(Fraction(total * self.percent, 100))
        exact = [Fraction(off * amount, total) if total else Fraction(0) for amount in amounts]
        shares = [int(one) for one in exact]
        order = sorted(range(len(exact)), key=lambda nth: (shares[nth] - exact[nth], nth))
        for nth in order[: off - sum(shares)]:
            shares[nth] += 1
        return shares

    @property
    def amounts(self) -> list[int]:
        """What each line costs in the end."""
        return [line.full - line.off - share for line, share in zip(self.lines, self.shares, strict=True)]

    @property
    def gross(self) -> int:
        """What the customer owes."""
        return sum(self.amounts)

    @property
    def taxes(self) -> dict[str, tuple[int, int]]:
        """Net and tax of each class: the tax in a class's gross, rounded once."""
        sums: Counter[str] = Counter()
        for line, amount in zip(self.lines, self.amounts, strict=True):
            sums[line.tax] += amount
        found = {code: nearest(gross * RATES[code] / (1 + RATES[code])) for code, gross in sums.items()}
        return {code: (sums[code] - tax, tax) for code, tax in found.items()}

    @property
    def discounts(self) -> list[int]:
        """What was taken off, by line, where something was."""
        return [
            line.off + share for line, share in zip(self.lines, self.shares, strict=True) if line.off + share
        ]

    @property
    def money(self) -> dict[str, int]:
        """What stays by method, change taken off, and what rounding of cash cost (positive) or brought."""
        moved: Counter[str] = Counter()
        for method, amount in self.paid:
            moved[method] += amount
        if "cash" not in moved:
            return dict(moved) | {"rounding": 0}
        owed = self.gross - sum(amount for method, amount in moved.items() if method != "cash")
        stays = owed if moved["cash"] == owed else coins(owed)
        assert moved["cash"] >= stays, self
        return dict(moved) | {"cash": stays, "rounding": owed - stays}
