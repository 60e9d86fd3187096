"""What a basket comes to, asked for in JSON: the same pricing and tender as on the screen, without one.

The messages here are for whoever writes the JSON and are in English, as its keys are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.checkout.basketline import BasketLine, Discount
from kiosk.checkout.fields import Fields, shown
from kiosk.checkout.money import MAX_MINOR, plain_rate
from kiosk.checkout.quotefields import TOP, read_discount, read_lines, read_payments, read_pricing
from kiosk.checkout.tender import CASH, Overpaid, Tender
from kiosk.checkout.totals import Pricing, RateTotal, Totals, compute

MOST_TEXT = 8 * 1024 * 1024
"""Characters of input; the longest basket with the longest names needs less than half."""


class QuoteErrors(ValueError):
    """The question has problems, all of them listed; there is no answer."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Quote:
    """A basket to price and what is handed over for it."""

    pricing: Pricing
    lines: tuple[BasketLine, ...]
    discount: Discount | None
    payments: tuple[tuple[str, int], ...]  # method, minor units

    @property
    def totals(self) -> Totals:
        """What the basket comes to."""
        return compute(self.lines, self.discount, self.pricing)


def parse(text: str) -> Quote:
    """Read a question; QuoteErrors with every problem when it has any."""
    problems: list[str] = []
    fields = Fields(_loaded(text, problems), "", problems, TOP)
    if not fields.found:
        raise QuoteErrors(problems)
    pricing = read_pricing(fields, problems)
    lines = read_lines(fields, pricing, problems)
    worth = sum(line.amount for line in lines)
    discount = read_discount(fields, pricing.currency, MAX_MINOR if problems else worth)
    payments = read_payments(fields, pricing.currency, problems)
    if worth > MAX_MINOR:
        fields.problem("lines", "the sum is beyond any sale")
    if problems:
        raise QuoteErrors(problems)
    quote = Quote(pricing, lines, discount, payments)
    _tendered(quote, quote.totals, problems)
    if problems:
        raise QuoteErrors(problems)
    return quote


def answer(quote: Quote) -> dict[str, object]:
    """Return what a basket comes to, all amounts as plain decimals of the currency.

    `rounding` is what cash rounding adds to what is paid: it is zero until cash settles the sale, and `paid`
    is then the gross and the rounding. `paid` is what stays after change.
    """
    plain, totals = quote.pricing.currency.plain, quote.totals
    tender = _tendered(quote, totals, [])
    return {
        "lines": [
            {
                "sku": line.item.sku,
                "gross": plain(priced.gross),
                "net": plain(priced.net),
                "tax": plain(priced.tax),
                "discount": plain(priced.discount),
            }
            for line, priced in zip(quote.lines, totals.lines, strict=True)
        ],
        "rates": [_rate(rate, quote.pricing) for rate in totals.rates],
        "net": plain(totals.net),
        "tax": plain(totals.tax),
        "gross": plain(totals.gross),
        "discount": plain(totals.discount),
        "due": {"cash": plain(totals.due_cash), "other": plain(totals.due_other)},
        "rounding": plain(tender.rounding),
        "change": plain(tender.change),
        "paid": plain(tender.paid),
    }


def _loaded(text: str, problems: list[str]) -> object:
    """Return what the JSON says; QuoteErrors at once when it is none, since nothing else can be checked."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            often = Counter(name for name, _ in pairs)
            problems.extend(f"{shown(name)}: stands twice in one object" for name in often if often[name] > 1)
        return found

    if len(text) > MOST_TEXT:
        raise QuoteErrors([f"the input: longer than {MOST_TEXT} characters"])
    try:
        return json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as wrong:
        problem = f"the input: is not JSON: {wrong.msg} at line {wrong.lineno}, column {wrong.colno}"
    except RecursionError:
        problem = "the input: is nested too deeply"
    except ValueError:
        problem = "the input: has a number with too many digits"
    raise QuoteErrors([problem])


def _tendered(quote: Quote, totals: Totals, problems: list[str]) -> Tender:
    """Return the tender after all payments: cash last, since it alone may be too much and is rounded."""
    tender = Tender(totals)
    for nth, (method, amount) in enumerate(quote.payments):
        if method != CASH:
            try:
                tender = tender.ask(str(nth), method, amount).confirm(str(nth))
            except Overpaid:
                left = quote.pricing.currency.plain(tender.remaining(method))
                problems.append(f"payments[{nth}].tendered: only cash may be more than what is due ({left})")
    for nth, (method, amount) in enumerate(quote.payments):
        if method == CASH:
            tender = tender.hand_over(str(nth), amount)
    return tender


def _rate(rate: RateTotal, pricing: Pricing) -> dict[str, object]:
    """Return one tax class's row; a class of several taxes lists them."""
    plain = pricing.currency.plain
    row: dict[str, object] = {
        "tax_class": rate.tax_class,
        "rate": plain_rate(rate.rate),
        "net": plain(rate.net),
        "tax": plain(rate.tax),
        "gross": plain(rate.gross),
    }
    if len(rate.parts) > 1:
        row["components"] = [
            {"rate": plain_rate(part.rate), "on": part.on, "tax": plain(part.tax)} for part in rate.parts
        ]
    return row
