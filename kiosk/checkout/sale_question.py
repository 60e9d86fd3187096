"""A sale given as JSON, for imports and tests: the words of a quote and a few more, read with its rules.

Beside a quote's fields a sale may have `id` (a UUID: the same one is booked once), `person` (a name),
`training`; a line `name` and `unit` for something the catalogue does not have, `note`, `age_checked`; a
payment `reference`. What the shop's settings say (currency, prices, rounding, tax, cash_rounding) and what
the catalogue says (price, tax) may be left out. The messages are in English, as the keys are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from kiosk.catalogue.goods import Product
from kiosk.checkout.basket import Basket
from kiosk.checkout.basketline import UNITS, BasketLine, Item, QuantityError, Unit, check_whole, clean_text
from kiosk.checkout.fields import Fields, unique
from kiosk.checkout.money import plain_rate
from kiosk.checkout.quote import Quote, QuoteErrors, parse
from kiosk.checkout.tender import CASH, Tender
from kiosk.checkout.totals import Pricing

Lookup = Callable[[str], Product | None]
"""Finds a product by SKU."""

_SALE_ONLY = ("id", "person", "training")
_LINE_ONLY = ("name", "unit", "note", "age_checked")
_PAYMENT_ONLY = ("reference",)
MOST_SALES = 10_000


@dataclass(frozen=True, slots=True)
class AskedSale:
    """One sale that could be read."""

    basket: Basket
    tender: Tender  # settled
    event_id: UUID
    person: str | None
    training: bool


def read_sales(text: str, shop: Pricing | None, lookup: Lookup) -> tuple[list[AskedSale], bool]:
    """Return the sales of a JSON text and whether it was a list; QuoteErrors with every problem of all."""
    try:
        found = json.loads(text, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise QuoteErrors([f"the input: is not JSON: {error}"]) from error
    many = isinstance(found, list)
    sales: list[AskedSale] = []
    problems: list[str] = []
    if many and len(found) > MOST_SALES:
        raise QuoteErrors([f"the input: more than {MOST_SALES} sales"])
    for nth, one in enumerate(found if many else [found]):
        try:
            sales.append(_sale(one, shop, lookup))
        except QuoteErrors as errors:
            problems += [f"[{nth}] {problem}" if many else problem for problem in errors.problems]
    if problems:
        raise QuoteErrors(problems)
    return sales, many


def _sale(found: object, shop: Pricing | None, lookup: Lookup) -> AskedSale:
    """Read one sale; QuoteErrors with all its problems."""
    problems: list[str] = []
    if not isinstance(found, dict):
        raise QuoteErrors(["the sale: must be an object"])
    own, rest = _parted(found, _SALE_ONLY)
    fields = Fields(own, "", problems, _SALE_ONLY)
    event_id = _event_id(fields)
    person = fields.label("person", 40) if fields.has("person") else None
    training = fields.flag("training")
    lines, line_extras = _rows(rest.get("lines"), _LINE_ONLY)
    payments, payment_extras = _rows(rest.get("payments"), _PAYMENT_ONLY)
    products = [_product(line, lookup) for line in lines]
    extras = [Fields(extra, f"lines[{nth}]", problems, _LINE_ONLY) for nth, extra in enumerate(line_extras)]
    names = [_name(*row) for row in zip(extras, lines, products, strict=True)]
    references = [
        clean_text(Fields(extra, f"payments[{nth}]", problems, _PAYMENT_ONLY).text("reference", 64, ""))
        for nth, extra in enumerate(payment_extras)
    ]
    quote = _quote(_from_shop(shop) | _completed(rest, lines, products, payments, shop), problems)
    basket = _basket(quote, extras, products, names, problems)
    return AskedSale(basket, _tender(quote, basket, references), event_id, person, training)


def _quote(asked: dict[str, Any], problems: list[str]) -> Quote:
    """Return what a quote makes of it; QuoteErrors with its problems and those found before."""
    try:
        quote = parse(json.dumps(asked))
    except QuoteErrors as errors:
        raise QuoteErrors([*problems, *errors.problems]) from errors
    if problems:
        raise QuoteErrors(problems)
    return quote


def _parted(found: dict[str, Any], own: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields named in `own`, and the others."""
    return {key: found[key] for key in found if key in own}, {
        key: found[key] for key in found if key not in own
    }


def _rows(found: object, own: Sequence[str]) -> tuple[list[Any], list[dict[str, Any]]]:
    """Return a list's rows as a quote reads them, and what only a sale knows of each."""
    rows, extras = [], []
    for row in found if isinstance(found, list) else []:
        extra, rest = _parted(row, own) if isinstance(row, dict) else ({}, row)
        rows.append(rest)
        extras.append(extra)
    return rows, extras


def _event_id(fields: Fields) -> UUID:
    """Return the sale's id; a new one when it has none."""
    text = fields.label("id", 45) if fields.has("id") else None
    try:
        return uuid4() if text is None else UUID(text)
    except ValueError:
        fields.problem("id", "must be a UUID")
        return uuid4()


def _product(line: object, lookup: Lookup) -> Product | None:
    """Return the product of a line, if the catalogue has it."""
    sku = line.get("sku") if isinstance(line, dict) else None
    return lookup(sku) if isinstance(sku, str) and sku.isprintable() else None


def _from_shop(shop: Pricing | None) -> dict[str, Any]:
    """Return what a quote asks for and the shop's settings know."""
    if shop is None:
        return {}
    asked: dict[str, Any] = {
        "currency": shop.currency.code,
        "exponent": shop.currency.exponent,
        "prices": shop.prices,
        "rounding": shop.rounding,
        "tax": {
            code: [{"rate": plain_rate(tax.rate), "on": tax.on} for tax in tax_class.taxes]
            for code, tax_class in shop.taxes.items()
        },
    }
    if shop.cash is not None:
        asked["cash_rounding"] = {"step": shop.currency.plain(shop.cash.step), "method": shop.cash.method}
    return asked


def _completed(
    rest: dict[str, Any],
    lines: Sequence[Any],
    products: Sequence[Product | None],
    payments: Sequence[Any],
    shop: Pricing | None,
) -> dict[str, Any]:
    """Return what a quote reads, with the catalogue's price and tax class on lines that have none."""
    asked = dict(rest)
    if isinstance(rest.get("lines"), list):
        asked["lines"] = [_known(product, shop) | line if isinstance(line, dict) else line
                          for line, product in zip(lines, products, strict=True)]  # fmt: skip
    if isinstance(rest.get("payments"), list):
        asked["payments"] = payments
    return asked


def _known(product: Product | None, shop: Pricing | None) -> dict[str, Any]:
    """Return the price and tax class that the catalogue knows."""
    if product is None:
        return {}
    if product.price is None or shop is None:
        return {"tax": product.tax_class}
    return {"tax": product.tax_class, "price": shop.currency.plain(product.price)}


def _name(extra: Fields, line: object, product: Product | None) -> str:
    """Return what something is called that the catalogue does not have: its SKU, where there is no name."""
    name = clean_text(extra.text("name", 200, ""))
    if product is not None or name or not isinstance(line, dict):
        return name
    if "price" not in line or "tax" not in line:
        extra.problem("sku", "is not in the catalogue: give a price and tax to sell it all the same")
    sku = line.get("sku")
    return clean_text(sku) if isinstance(sku, str) else ""


def _basket(
    quote: Quote,
    lines: Sequence[Fields],
    products: Sequence[Product | None],
    names: Sequence[str],
    problems: list[str],
) -> Basket:
    """Return the basket of a quote, selling what the catalogue (or else the line) says."""
    sold: list[BasketLine] = []
    for line, extra, product, name in zip(quote.lines, lines, products, names, strict=True):
        item = _item(line, extra, product, name)
        note = clean_text(extra.text("note", 200, ""))
        try:
            check_whole(item, line.quantity)
        except QuantityError as error:
            extra.problem("qty", str(error))
        sold.append(
            replace(line, item=item, note=note, age_checked=extra.flag("age_checked"), source="typed")
        )
    if problems:
        raise QuoteErrors(problems)
    return Basket(quote.pricing, tuple(sold), quote.discount, next_uid=len(sold) + 1, last_uid=len(sold))


def _item(line: BasketLine, extra: Fields, product: Product | None, name: str) -> Item:
    """Return what a line sells: the catalogue's product, or an article of its own."""
    asked = line.item
    if product is not None:
        item = Item.of(product.offer)
        same = asked.tax_class == item.tax_class
        return item if same else replace(item, tax_class=asked.tax_class, article=None)
    guessed: Unit = "each" if line.quantity % 1000 == 0 else "kg"
    return replace(asked, name=name, unit=extra.choice("unit", UNITS, guessed))


def _tender(quote: Quote, basket: Basket, references: Sequence[str]) -> Tender:
    """Return the tender after all payments: cash last, since it alone may be too much and is rounded."""
    tender = Tender(basket.totals)
    by_hand = [(method, amount, nth) for nth, (method, amount) in enumerate(quote.payments)]
    for method, amount, nth in by_hand:
        if method != CASH:
            key = uuid4().hex
            tender = tender.ask(key, method, amount).confirm(key, references[nth])
    for method, amount, _nth in by_hand:
        if method == CASH:
            tender = tender.hand_over(uuid4().hex, amount)
    if not tender.settled:
        left = quote.pricing.currency.plain(tender.remaining(""))
        raise QuoteErrors([f"payments: {left} is still to be paid"])
    return tender
