"""A small shop for the rules' tests: two tax classes, a few things to sell, two people."""

from __future__ import annotations

from kiosk.checkout.basket import Basket, Item
from kiosk.checkout.cash import CashRounding
from kiosk.checkout.money import Currency
from kiosk.checkout.people import RIGHTS, Approval, Person, Right
from kiosk.checkout.tax import Tax, TaxClass
from kiosk.checkout.totals import Prices, Pricing, Rounding

EUR = Currency.of("EUR")
STANDARD = TaxClass("A", (Tax(190_000),))
REDUCED = TaxClass("B", (Tax(70_000),))
FREE = TaxClass("Z", (Tax(0),))
STACKED = TaxClass("S", (Tax(60_000), Tax(60_000), Tax(30_000, "base+earlier")))
TAXES = {tax_class.code: tax_class for tax_class in (STANDARD, REDUCED, FREE, STACKED)}

MUG = Item("MUG", "Mug, blue glaze", "each", 1250, "A", article=1, product=1)
BREAD = Item("BREAD", "Bread", "each", 320, "B", article=2, product=2)
OLIVES = Item("OLIVES", "Olives", "kg", 1299, "B", article=3, product=3)
WINE = Item("WINE", "Red wine", "each", 850, "A", article=4, product=4, min_age=16)
GIN = Item("GIN", "Gin", "each", 2450, "A", article=5, product=5, min_age=18)
ENGRAVED = Item("CUP", "Engraved cup", "each", 3900, "A", article=6, product=6, prompt="name on the cup")
ANYTHING = Item("MISC", "Anything", "each", None, "A", article=7, product=7)

SELLER = Person(1, "Mia", "seller", RIGHTS["seller"])
SUPERVISOR = Person(2, "Sam", "supervisor", RIGHTS["supervisor"])


def pricing(
    rounding: Rounding = "rate",
    prices: Prices = "inclusive",
    cash: CashRounding | None = None,
    taxes: dict[str, TaxClass] | None = None,
    currency: Currency = EUR,
) -> Pricing:
    """A shop's rules, as little said as needed."""
    return Pricing(currency, prices, rounding, taxes or TAXES, cash)


def basket_of(rules: Pricing, *lines: tuple[int, str]) -> Basket:
    """A basket with one piece of something at each price and tax class."""
    basket = Basket(rules)
    for nth, (price, tax_class) in enumerate(lines):
        basket = basket.add(Item(f"X{nth}", f"Thing {nth}", "each", price, tax_class))
    return basket


def approval(right: Right) -> Approval:
    """What the supervisor's PIN gives for one action."""
    return Approval(SUPERVISOR, right)
