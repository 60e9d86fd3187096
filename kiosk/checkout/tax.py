"""Taxes of a product: one or several, each on the net price or on the net price and the taxes before it.

All factors are kept as exact whole-number fractions, so that nothing is rounded before the law (or the
setting) says so. A class with 5 % and then 9.975 % on base and earlier taxes, as Quebec once had, stays
exact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kiosk.checkout.money import MILLION, half_up
from kiosk.i18n import _

On = Literal["base", "base+earlier"]
"""What a tax is taken on: the net price, or the net price with the class's earlier taxes."""

MOST_TAXES = 8
"""Taxes in one class: three is the most we know of in any country."""


class TaxError(ValueError):
    """A tax class that no till can apply."""


@dataclass(frozen=True, slots=True)
class Tax:
    """One tax of a class."""

    rate: int  # millionths: 190000 is 19 %
    on: On = "base"

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= MILLION:
            raise TaxError(_("a tax rate is a fraction from 0 to 1, such as 0.19 for 19 %"))


@dataclass(frozen=True, slots=True)
class TaxClass:
    """The taxes that a group of products bears, in the order they are applied."""

    code: str  # as printed beside a line: A, B, reduced
    taxes: tuple[Tax, ...]
    label: str = ""
    factors: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Each tax on a net of `scale`, exactly."""
    scale: int = field(init=False, repr=False, compare=False)
    gross_scale: int = field(init=False, repr=False, compare=False)
    """What a net of `scale` costs with all its taxes."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.taxes) <= MOST_TAXES:
            raise TaxError(_("a tax class has 1 to {most} taxes").format(most=MOST_TAXES))
        scale = MILLION ** len(self.taxes)
        factors: list[int] = []
        for tax in self.taxes:
            base = scale + sum(factors) if tax.on == "base+earlier" else scale
            factors.append(tax.rate * base // MILLION)  # exact: base holds a MILLION for each tax
        object.__setattr__(self, "factors", tuple(factors))
        object.__setattr__(self, "scale", scale)
        object.__setattr__(self, "gross_scale", scale + sum(factors))

    @property
    def rate(self) -> int:
        """All taxes together as millionths of the net price, rounded half up."""
        return half_up((self.gross_scale - self.scale) * MILLION, self.scale)

    def divisor(self, inclusive: bool) -> int:
        """Return what to divide `amount * factor` by: the amount is a gross (inclusive) or a net."""
        return self.gross_scale if inclusive else self.scale


@dataclass(frozen=True, slots=True)
class TaxSum:
    """One tax of one class, summed over a sale or a shift."""

    tax_class: str
    part: int  # 0, 1, ...: the taxes of a class, in order
    rate: int  # millionths
    net: int  # of the class, on part 0; 0 on the others
    tax: int


def rounded_taxes(tax_class: TaxClass, amount: int, inclusive: bool) -> tuple[int, ...]:
    """Return each tax on one amount, rounded by itself (half up): the way of the `line` setting.

    Inclusive: the amount is the gross and stays so; each tax is its exact share of it. Exclusive: the amount
    is the net, and a tax on earlier taxes is taken on those as rounded, because they are on the receipt.
    """
    if inclusive:
        divisor = tax_class.gross_scale
        return tuple([half_up(amount * factor, divisor) for factor in tax_class.factors])
    taxes: list[int] = []
    for tax in tax_class.taxes:
        base = amount + sum(taxes) if tax.on == "base+earlier" else amount
        taxes.append(half_up(base * tax.rate, MILLION))
    return tuple(taxes)


def summed_taxes(tax_class: TaxClass, amount: int, inclusive: bool) -> tuple[int, ...]:
    """Return each tax on the sum of a class, from exact earlier taxes, rounded once: the `rate` setting."""
    divisor = tax_class.divisor(inclusive)
    return tuple([half_up(amount * factor, divisor) for factor in tax_class.factors])
