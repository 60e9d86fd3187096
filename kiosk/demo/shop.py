"""Builds the demo shop: a believable stall with goods, lists, two people, a payment QR and an open shift."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from kiosk import i18n
from kiosk.catalogue.gtin import barcode_key, check_digit
from kiosk.catalogue.lists import Key
from kiosk.catalogue.products import Catalogue, Product
from kiosk.catalogue.quicklists import QuickLists
from kiosk.checkout.money import Currency
from kiosk.checkout.people import everybody
from kiosk.checkout.shift import open_shift
from kiosk.demo.lists import LISTS, read_key
from kiosk.i18n import _
from kiosk.ledger.clock import Clock
from kiosk.ledger.connection import Ledger
from kiosk.settings import Settings
from kiosk.settings.presets import classes
from kiosk.settings.template import Answers, template
from kiosk.setup import NewPerson, make_shop

SELLER = NewPerson("Mia", "seller", "1111")
SUPERVISOR = NewPerson("Sam", "supervisor", "2580")
FLOAT = 10_000
"""Minor units in the drawer when the demo's shift opens."""
DEMO_NUMBERS = "952000000"
"""GS1 keeps the prefix 952 for demonstrations: no real article has such a number."""
IBAN = "DE89370400440532013000"
"""The example of the IBAN registry; it belongs to nobody."""


def build(
    folder: Path, *, clock: Clock | None = None, language: str = "", timezone: str = "", shift: bool = True
) -> Settings:
    """Make the demo shop in a folder and return its settings; ShopExists when there is a shop already."""

    def fill(ledger: Ledger, settings: Settings) -> None:
        """Put in the goods, and open the shift."""
        _stock(ledger)
        if shift:
            sam = next(person for person in everybody(ledger) if person.name == SUPERVISOR.name)
            open_shift(ledger, sam, FLOAT, roll_over_hour=settings.rollover_hour, zone=settings.zone)

    people = (SELLER, SUPERVISOR)
    return make_shop(folder, template(_answers(language, timezone)), people, clock=clock, fill=fill)


def _answers(language: str, timezone: str) -> Answers:
    """Return the demo shop's settings, in the language of the till."""
    spoken = language or i18n.language()
    return Answers(
        name="Willow & Clay",
        currency="EUR",
        locale={"de": "de_DE"}.get(spoken, "en_IE"),
        language=spoken,
        timezone=timezone,
        taxes=classes("A standard 19; B reduced 7; Z zero 0"),
        header=("Willow & Clay", _("Market square, pitch 3")),
        footer=(_("Thank you!"), _("Chipped mugs come back for repair.")),
        base_url="https://stall.example",
        patterns=("21IIIIIWWWWWC",),
        methods=("cash", "card", "qr"),
        qr={"scheme": "epc", "name": "Willow & Clay", "iban": IBAN},
    )


def products() -> Iterator[Product]:
    """Yield the demo shop's goods; those without a code get a number for demonstrations."""
    money = Currency.of("EUR")
    text = files("kiosk.demo").joinpath("goods.csv").read_text("utf-8")
    for number, row in enumerate(csv.DictReader(text.splitlines()), 1):
        yield Product(
            sku=row["sku"],
            name=row["name"],
            category=row["category"],
            price=money.parse(row["price"]) if row["price"] else None,
            unit=row["unit"],
            tax_class=row["tax_class"],
            barcodes=(barcode_key(row["barcodes"] or demo_number(number)),),
            min_age=int(row["min_age"]) if row["min_age"] else None,
            prompt=row["prompt"],
            demo=row["demo"],
            stock_tracked=row["stock_tracked"] == "true",
        )


def demo_number(number: int) -> str:
    """Return the EAN-13 of the demo shop's nth article, such as 9520000000017."""
    payload = f"{DEMO_NUMBERS}{number:03}"
    return f"{payload}{check_digit(payload)}"


def _stock(ledger: Ledger) -> None:
    """Put the goods and the lists into the ledger, the goods in one transaction."""
    catalogue = Catalogue(ledger)
    with ledger.transaction():
        stored = {product.sku: catalogue.store(product) for product in products()}
    lists = QuickLists(ledger)
    for one in LISTS:
        keys = []
        for position, text in enumerate(one.keys.split(), 1):
            sku, label, colour = read_key(text)
            keys.append(Key(1, position, stored[sku].offer, label, colour))
        lists.create(one.name, kind=one.kind, colour=one.colour, keys=keys)
