"""Amounts as whole minor units, and how they are read and written as plain text.

No float ever touches money (1.005 is not a number a float can hold). An amount is an int in the currency's
minor unit, a quantity an int in thousandths, a rate an int in millionths. Writing amounts for people, with
signs and separators, is `kiosk.i18n.money`; here is the plain form that files and commands use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.i18n import _

MAX_MINOR = 10**10
"""No price, line or sale may be worth more minor units than this: beyond it somebody mistyped."""
MAX_QUANTITY = 9_999_999
"""Thousandths: 9,999.999 kg, or 9,999 pieces."""
MILLION = 1_000_000
"""A rate of 1 (100 %) in millionths."""
MOST_EXPONENT = 4
"""The widest exponent in ISO 4217 (CLF, UYW)."""

_TWO = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR "
    "RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD "
    "TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
)
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"
EXPONENTS: dict[str, int] = {
    code: exponent
    for codes, exponent in ((_TWO, 2), (_NONE, 0), (_THREE, 3), (_FOUR, 4))
    for code in codes.split()
}
"""Decimals of each currency's minor unit: ISO 4217, list one."""

_PLAIN = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,15}))?")
"""ASCII digits only: `\\d` would let Arabic and other digits through."""


class AmountError(ValueError):
    """A text is no amount, quantity or rate; nothing was taken over from it."""


class UnknownCurrency(ValueError):
    """A currency code that ISO 4217 does not list, given without its number of decimals."""


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round to the nearest whole number, halves away from zero, exactly and for either sign."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    if numerator >= 0:
        return (2 * numerator + denominator) // (2 * denominator)
    return -((denominator - 2 * numerator) // (2 * denominator))


def parse_scaled(text: str, decimals: int) -> int:
    """Read a plain decimal such as `12.50` as a whole number of 10^-decimals; AmountError when it is not one.

    Refused: signs other than a leading minus, exponents, separators, spaces, digits of other scripts, and
    more decimals than there are. Fewer decimals are fine.
    """
    found = _PLAIN.fullmatch(text)
    if found is None:
        raise AmountError(_("“{text}” is not a plain number such as 12.50").format(text=_shown(text)))
    sign, whole, fraction = found[1], found[2], found[3] or ""
    if len(fraction) > decimals:
        raise AmountError(
            _("“{text}” has more than {n} decimals").format(text=_shown(text), n=decimals)
            if decimals
            else _("“{text}” must be a whole number").format(text=_shown(text))
        )
    scaled = int(whole + fraction.ljust(decimals, "0"))
    return -scaled if sign else scaled


def plain_scaled(value: int, decimals: int) -> str:
    """Write a whole number of 10^-decimals with all its decimals: 1250 and 2 give `12.50`."""
    whole, fraction = divmod(abs(value), 10**decimals)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{fraction:0{decimals}d}" if decimals else f"{sign}{whole}"


def _shown(text: str) -> str:
    """Return what may be repeated in a message: short, and without control characters."""
    return "".join(letter if letter.isprintable() else "·" for letter in text[:24])


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency, known by its code and the decimals of its minor unit."""

    code: str  # ISO 4217 letters
    exponent: int  # decimals: 2 for EUR, 0 for JPY, 3 for KWD

    @classmethod
    def of(cls, code: str, exponent: int | None = None) -> Currency:
        """Return a currency by its code; one that ISO 4217 does not list needs its exponent (0 to 4)."""
        if re.fullmatch("[A-Z]{3}", code) is None:
            raise UnknownCurrency(_("a currency is three capital letters such as EUR"))
        if exponent is None:
            exponent = EXPONENTS.get(code)
        if exponent is None:
            raise UnknownCurrency(
                _("the currency {code} is unknown: give its number of decimals").format(code=code)
            )
        if not 0 <= exponent <= MOST_EXPONENT:
            raise UnknownCurrency(_("a currency has 0 to {most} decimals").format(most=MOST_EXPONENT))
        return cls(code, exponent)

    def parse(self, text: str) -> int:
        """Read a plain decimal amount as minor units: `12.50` gives 1250 for EUR; AmountError otherwise."""
        return parse_scaled(text, self.exponent)

    def plain(self, minor: int) -> str:
        """Write minor units as a plain decimal with all decimals: 1250 gives `12.50` for EUR."""
        return plain_scaled(minor, self.exponent)


def parse_quantity(text: str) -> int:
    """Read a quantity with up to three decimals as thousandths: `0.335` gives 335; AmountError otherwise."""
    return parse_scaled(text, 3)


def plain_quantity(quantity: int) -> str:
    """Write thousandths without idle zeros: 335 gives `0.335`, 2000 gives `2`."""
    return plain_scaled(quantity, 3).rstrip("0").rstrip(".")


def parse_rate(text: str) -> int:
    """Read a rate given as a fraction with up to six decimals as millionths: `0.19` gives 190000."""
    return parse_scaled(text, 6)


def plain_rate(rate: int) -> str:
    """Write millionths as a fraction without idle zeros: 190000 gives `0.19`, 0 gives `0`."""
    return plain_scaled(rate, 6).rstrip("0").rstrip(".")
