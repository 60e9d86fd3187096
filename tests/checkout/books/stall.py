"""A stall in a folder for the books' tests: people, goods, an open shift, and quick ways to sell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from kiosk.catalogue.goods import Product
from kiosk.catalogue.products import Catalogue
from kiosk.checkout.basket import Basket, Item
from kiosk.checkout.cash import CashRounding
from kiosk.checkout.money import Currency
from kiosk.checkout.people import RIGHTS, Person
from kiosk.checkout.sale import NewSale, Receipt, commit
from kiosk.checkout.tax import Tax, TaxClass
from kiosk.checkout.tender import Tender
from kiosk.checkout.totals import Pricing
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger

TAXES = {
    "A": TaxClass("A", (Tax(190_000),)),
    "B": TaxClass("B", (Tax(70_000),)),
    "S": TaxClass("S", (Tax(60_000), Tax(30_000, "base+earlier"))),
}
PRICING = Pricing(Currency.of("EUR"), "inclusive", "rate", TAXES)
FIVE_CENTS = CashRounding(5)
GOODS = (
    Product("MUG", "Mug, blue glaze", 1250, tax_class="A", category="Pottery", stock_tracked=True),
    Product("BREAD", "Bread", 320, tax_class="B", category="Food"),
    Product("OLIVES", "Olives", 1299, unit="kg", tax_class="B", category="Food", stock_tracked=True),
    Product("LAMP", "Lamp", 4900, tax_class="S", category="Light"),
    Product("WINE", "Red wine", 850, tax_class="A", category="Food", min_age=16),
)


@dataclass
class Stall:
    """A ledger with goods and people on it."""

    ledger: Ledger
    clock: FakeClock
    mia: Person
    sam: Person
    items: dict[str, Item]
    pricing: Pricing = field(default=PRICING)

    def basket(self, *what: str | tuple[str, int]) -> Basket:
        """A basket of SKUs, or SKUs with a quantity in thousandths; everybody is old enough."""
        basket = Basket(self.pricing)
        for one in what:
            sku, quantity = (one, 1000) if isinstance(one, str) else one
            basket = basket.add(self.items[sku], quantity, age_checked=True)
        return basket

    def paid(self, basket: Basket, methods: Sequence[str] = ("cash",), extra: int = 0) -> Tender:
        """A tender that pays a basket: what is not the last method takes half of the rest."""
        tender = Tender(basket.totals)
        for method in methods:
            if method == "cash":
                tender = tender.hand_over(uuid4().hex, tender.remaining("cash") + extra)
            else:
                rest = tender.remaining(method)
                key = uuid4().hex
                asked = rest if method is methods[-1] else rest // 2
                if asked:
                    tender = tender.ask(key, method, asked).confirm(key, f"ref-{method}")
        return tender

    def sale(
        self, basket: Basket, methods: Sequence[str] = ("cash",), extra: int = 0, **more: object
    ) -> NewSale:
        """A sale of a basket, ready to be committed."""
        tender = self.paid(basket, methods, extra)
        fields: dict[str, object] = {
            "person": self.mia,
            "event_id": uuid4(),
            "opens_drawer": "cash" in methods,
        }
        fields["attempts"] = tender.attempts
        fields |= more
        return NewSale(basket, tender.payments(), **fields)  # type: ignore[arg-type]

    def sell(
        self, *what: str | tuple[str, int], methods: Sequence[str] = ("cash",), **more: object
    ) -> Receipt:
        """Sell some SKUs."""
        return commit(self.ledger, self.sale(self.basket(*what), methods, 0, **more))

    def count(self, table: str) -> int:
        """How many rows a table has."""
        row = self.ledger.row(f"SELECT count(*) FROM {table}")  # noqa: S608 - names from the tests
        assert row is not None
        return int(row[0])


def build(folder: Path, clock: FakeClock | None = None) -> Stall:
    """A stall in a new folder, its shift not open yet."""
    clock = clock or FakeClock()
    ledger = Ledger.create(folder / "ledger.db", clock=clock)
    catalogue = Catalogue(ledger)
    items = {product.sku: Item.of(catalogue.put(product).offer) for product in GOODS}
    return Stall(ledger, clock, _person(ledger, "Mia", "seller"), _person(ledger, "Sam", "supervisor"), items)


def again(ledger: Ledger, clock: FakeClock) -> Stall:
    """The stall of a ledger that was opened again."""
    catalogue = Catalogue(ledger)
    items = {product.sku: Item.of(product.offer) for product in catalogue.all()}
    rows = dict(ledger.rows("SELECT name, id FROM person"))
    mia = Person(rows["Mia"], "Mia", "seller", RIGHTS["seller"])
    sam = Person(rows["Sam"], "Sam", "supervisor", RIGHTS["supervisor"])
    return Stall(ledger, clock, mia, sam, items)


def event(number: int) -> UUID:
    """An event id that is the same in every run."""
    return UUID(int=number)


def _person(ledger: Ledger, name: str, role: str) -> Person:
    """Somebody without a PIN: argon2 is slow on purpose, and most tests do not sign in."""
    from kiosk.checkout.people import add_person

    return add_person(ledger, name, "seller" if role == "seller" else "supervisor", None)
