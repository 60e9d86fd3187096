"""What a sale comes to: one pure computation that screen, receipt, payment and ledger all read.

The printed price wins. With inclusive prices the gross is the sum of the printed amounts and the tax is a
share of it (a gross of 99.99 at 19 % has no exact net, and no cent is ever added to find one). With exclusive
prices the gross is the net and its taxes. Whatever the rounding, lines, tax classes and totals add up to the
same cent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Literal, NamedTuple, Protocol

from kiosk.checkout.allocation import allocate
from kiosk.checkout.cash import CashRounding, round_cash
from kiosk.checkout.money import Currency
from kiosk.checkout.tax import On, TaxClass, rounded_taxes
from kiosk.checkout.taxspread import taxes_by_class, taxes_by_document, taxes_by_line
from kiosk.i18n import _

Prices = Literal["inclusive", "exclusive"]
Rounding = Literal["line", "rate", "document"]


class UnknownTaxClass(LookupError):
    """A line names a tax class that the settings do not have; the sale cannot be priced."""


@dataclass(frozen=True, slots=True)
class Pricing:
    """How this shop prices a sale."""

    currency: Currency
    prices: Prices
    rounding: Rounding
    """Where tax is rounded: on each line, on each tax class's sum, or on the sum over the document."""
    taxes: Mapping[str, TaxClass]
    cash: CashRounding | None = None


class Priceable(Protocol):
    """What pricing has to know of a line; `kiosk.checkout.basket.BasketLine` is one."""

    @property
    def uid(self) -> int: ...
    @property
    def tax_class(self) -> str: ...
    @property
    def full(self) -> int: ...
    @property
    def line_discount(self) -> int: ...
    @property
    def amount(self) -> int: ...
    @property
    def pieces(self) -> int: ...


class SaleDiscount(Protocol):
    """Something taken off the whole sale; `kiosk.checkout.basket.Discount` is one."""

    def of(self, amount: int) -> int:
        """Return how much comes off an amount; never more than it."""


class PricedLine(NamedTuple):
    """One line with every cent it was sold for. A tuple, because it is made while the customer waits."""

    uid: int  # of the basket's line
    tax_class: str
    full: int  # price x quantity, before any discount
    line_discount: int
    sale_discount: int  # this line's share of the whole-sale discount
    net: int
    tax: int
    gross: int
    parts: tuple[int, ...]  # the tax, one by one in the order of the class

    @property
    def discount(self) -> int:
        """Everything taken off this line."""
        return self.line_discount + self.sale_discount


@dataclass(frozen=True, slots=True)
class RatePart:
    """One tax of a class, summed over the sale."""

    rate: int  # millionths
    on: On
    tax: int


@dataclass(frozen=True, slots=True)
class RateTotal:
    """One tax class, summed over the sale."""

    tax_class: str
    rate: int  # millionths; of all its taxes together
    net: int
    tax: int
    gross: int
    parts: tuple[RatePart, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What a sale comes to. Lines, rates and totals add up to the same cent."""

    rates: tuple[RateTotal, ...]  # the classes that occur, in the order of the settings
    net: int
    tax: int
    gross: int
    discount: int  # all discounts together
    due_cash: int  # if all is paid in cash
    due_other: int
    count: int  # pieces; a weighed line counts as one
    cash: CashRounding | None
    price_lines: Callable[[], tuple[PricedLine, ...]] = field(repr=False, compare=False)

    @property
    def lines(self) -> tuple[PricedLine, ...]:
        """The lines as booked, in basket order; computed when first asked for."""
        return self.price_lines()


def compute(lines: Iterable[Priceable], sale_discount: SaleDiscount | None, pricing: Pricing) -> Totals:
    """Price a sale. Lines that count zero (void) are left out by the caller."""
    lines = tuple(lines)
    amounts = [line.amount for line in lines]
    shares: Sequence[int] = ()
    if sale_discount is not None:
        shares = allocate(sale_discount.of(sum(amounts)), amounts)
        amounts = [amount - share for amount, share in zip(amounts, shares, strict=True)]
    rates, price_lines = _tax(lines, amounts, shares, pricing)
    gross = sum([rate.gross for rate in rates])
    return Totals(
        rates=rates,
        net=sum([rate.net for rate in rates]),
        tax=sum([rate.tax for rate in rates]),
        gross=gross,
        discount=sum([line.line_discount for line in lines]) + sum(shares),
        due_cash=round_cash(gross, pricing.cash),
        due_other=gross,
        count=sum([line.pieces for line in lines]),
        cash=pricing.cash,
        price_lines=price_lines,
    )


def _tax(
    lines: tuple[Priceable, ...], amounts: list[int], shares: Sequence[int], pricing: Pricing
) -> tuple[tuple[RateTotal, ...], Callable[[], tuple[PricedLine, ...]]]:
    """Return the totals by class, and what makes the booked lines when somebody asks for them."""
    codes = [line.tax_class for line in lines]
    inclusive = pricing.prices == "inclusive"
    sums = _class_sums(codes, amounts, pricing)
    if pricing.rounding == "line":
        by_line = [
            rounded_taxes(pricing.taxes[code], amount, inclusive)
            for code, amount in zip(codes, amounts, strict=True)
        ]
        booked = _class_taxes(codes, by_line)
        spread: Callable[[], list[tuple[int, ...]]] = partial(list, by_line)
    else:
        by_class = taxes_by_document if pricing.rounding == "document" else taxes_by_class
        booked = by_class(sums, pricing.taxes, inclusive)
        spread = partial(taxes_by_line, codes, amounts, booked, pricing.taxes, inclusive)
    rates = tuple(
        [_rate_total(code, pricing.taxes[code], sums[code], booked[code], inclusive) for code in sums]
    )
    return rates, cache(partial(_priced, lines, amounts, shares, spread, inclusive))


def _class_sums(codes: Sequence[str], amounts: Sequence[int], pricing: Pricing) -> dict[str, int]:
    """Return the summed amounts of each tax class that occurs, in the order of the settings."""
    sums: dict[str, int] = {}
    for code, amount in zip(codes, amounts, strict=True):
        sums[code] = sums.get(code, 0) + amount
    if unknown := sums.keys() - pricing.taxes.keys():
        raise UnknownTaxClass(
            _("the tax class {code} is not in the settings; add it there or change the product").format(
                code=min(unknown)
            )
        )
    return {code: sums[code] for code in pricing.taxes if code in sums}


def _class_taxes(codes: Sequence[str], by_line: Sequence[tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return the sums of the lines' taxes, by class and tax."""
    columns: dict[str, list[tuple[int, ...]]] = {}
    for code, taxes in zip(codes, by_line, strict=True):
        columns.setdefault(code, []).append(taxes)
    return {code: tuple(map(sum, zip(*rows, strict=True))) for code, rows in columns.items()}


def _rate_total(
    code: str, tax_class: TaxClass, amount: int, taxes: tuple[int, ...], inclusive: bool
) -> RateTotal:
    """Return one class's total from the sum of its amounts (a gross or a net) and its booked taxes."""
    tax = sum(taxes)
    return RateTotal(
        tax_class=code,
        rate=tax_class.rate,
        net=amount - tax if inclusive else amount,
        tax=tax,
        gross=amount if inclusive else amount + tax,
        parts=tuple(
            [RatePart(one.rate, one.on, part) for one, part in zip(tax_class.taxes, taxes, strict=True)]
        ),
    )


def _priced(
    lines: Sequence[Priceable],
    amounts: Sequence[int],
    shares: Sequence[int],
    spread: Callable[[], list[tuple[int, ...]]],
    inclusive: bool,
) -> tuple[PricedLine, ...]:
    """Return the booked lines: the gross (inclusive) or the net is the amount, the taxes make the other."""
    booked = []
    for line, amount, share, parts in zip(lines, amounts, shares or [0] * len(lines), spread(), strict=True):
        tax = sum(parts)
        net = amount - tax if inclusive else amount
        booked.append(
            PricedLine(
                line.uid, line.tax_class, line.full, line.line_discount, share, net, tax, net + tax, parts
            )
        )
    return tuple(booked)
