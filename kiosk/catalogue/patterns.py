"""Numbers that a shop's scale prints: which digits are the article, and which its weight, price or count.

Numbers that begin with 2 (and 02) are for a shop's own use, and every country lays them out differently, so
the shop says how its scale prints them, one pattern for each layout:

21IIIIIWWWWWC      fixed digits first, then
22IIIIVPPPPPC:2    I  item: which article            W  weight, in thousandths of its unit unless said
2IIIIIVPPPPC       P  price of the packet            N  number of pieces
V  inner check digit of the value X  a digit that means nothing here
C  check digit, always last

A pattern has 13 places (EAN-13) or 12 (UPC-A). `:n` behind it is the number of decimals of the value, for
scales that print kilograms with two decimals or prices without cents; without it a weight has three, a
price those of the shop's currency. A scale that puts something else in the place of V needs an X there.
Layouts by country: biip's `rcn.py` (read 2026-11), after the national GS1 organisations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kiosk.catalogue.gtin import BadCode, check_digit, require_check_digit, shown
from kiosk.catalogue.symbols import Measured
from kiosk.i18n import _

_SHAPE = re.compile(r"([0-9]{1,7})(X*(?:I+[VX]*([WPN])\3*|([WPN])\4*[VX]*I+)X*)C(?::([0-9]))?")
_KINDS = {"W": "weight", "P": "price", "N": "count"}


class BadPattern(ValueError):
    """A pattern in the settings describes no number a scale could print."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One layout, brought to 13 places."""

    text: str  # as written in the settings
    prefix: str  # the fixed digits
    places: str  # a letter for each of the 13 places, digits for the fixed ones
    value: str  # W, P or N
    decimals: int | None  # of the value; None: as usual


@lru_cache(maxsize=64)
def parse(text: str) -> Pattern:
    """Read a pattern as written in the settings; BadPattern says what is wrong with it."""
    found = _SHAPE.fullmatch(text.replace(" ", "").upper())
    if found is None:
        raise BadPattern(
            _(
                "{text}: a pattern is fixed digits, then I for the item and W, P or N for weight, price or "
                "count, then C, such as 21IIIIIWWWWWC"
            ).format(text=shown(text))
        )
    places = f"{found[1]}{found[2]}C"
    if len(places) == 12:
        places = f"0{places}"
    if len(places) != 13:
        raise BadPattern(_("{text}: a pattern has 12 or 13 places").format(text=shown(text)))
    value = found[3] or found[4]
    if places.count("V") > 1 or ("V" in places and places.count(value) not in {4, 5}):
        raise BadPattern(_("{text}: one V, and only beside four or five digits").format(text=shown(text)))
    prefix = places[: len(places) - len(places.lstrip("0123456789"))]
    return Pattern(text, prefix, places, value, int(found[5]) if found[5] else None)


def read(number: str, patterns: tuple[str, ...], exponent: int) -> Measured | None:
    """Read a number of 12 or 13 digits by the first pattern it fits; None when it fits none.

    `exponent` is the number of decimals of the shop's currency. BadCheckDigit when the last digit is wrong,
    BadCode when the inner one is, or when the price has more decimals than the currency.
    """
    code = number.zfill(13)
    for text in patterns:
        pattern = parse(text)
        if code.startswith(pattern.prefix):
            require_check_digit(code)
            return _measured(code, pattern, exponent)
    return None


def _measured(code: str, pattern: Pattern, exponent: int) -> Measured:
    """Read a number that fits a pattern."""
    digits = _digits(code, pattern, pattern.value)
    if inner := _digits(code, pattern, "V"):
        _require_inner(code, inner, digits)
    item = _digits(code, pattern, "I")
    blank = "".join(
        digit if letter in {"I", digit} else "0" for digit, letter in zip(code, pattern.places, strict=True)
    )
    zeroed = f"0{blank[:12]}{check_digit(blank[:12])}"
    keys = dict.fromkeys((zeroed, pattern.prefix + item, item, item.lstrip("0") or "0"))
    usual = {"W": 3, "P": exponent, "N": 0}[pattern.value]
    wanted = 3 if pattern.value == "W" else usual
    value = _scaled(int(digits), usual if pattern.decimals is None else pattern.decimals, wanted)
    return Measured(code, item, tuple(keys), **{_KINDS[pattern.value]: value})


def _digits(code: str, pattern: Pattern, letter: str) -> str:
    """Return the digits of a number that stand at a letter's places."""
    return "".join(digit for digit, place in zip(code, pattern.places, strict=True) if place == letter)


def _scaled(value: int, decimals: int, wanted: int) -> int:
    """Return a value of so many decimals as one with as many as wanted; BadCode when digits would be lost."""
    scaled: int = value * 10**wanted // 10**decimals
    if scaled * 10**decimals != value * 10**wanted:
        raise BadCode(
            _("the value in this number has more decimals than the till can keep; nothing was added")
        )
    return scaled


def _require_inner(code: str, inner: str, digits: str) -> None:
    """Raise BadCode when the check digit of the value inside a number is wrong."""
    if (should := inner_check_digit(digits)) != inner:
        raise BadCode(
            _(
                "{code}: the check digit of the value is {inner} but should be {should}; nothing was added. "
                "If this scale prints something else there, write X instead of V in the pattern"
            ).format(code=code, inner=inner, should=should)
        )


def inner_check_digit(digits: str) -> str:
    """Return the check digit of a price or weight of four or five digits (GS1 sections 7.9.2 to 7.9.4)."""
    two = [(2 * d - 2 * d // 10) % 10 for d in range(10)]  # weight 2-: twice, less its tens
    five_less = [(5 * d - 5 * d // 10) % 10 for d in range(10)]  # weight 5-
    five_more = [(5 * d + 5 * d // 10) % 10 for d in range(10)]  # weight 5+
    places = [int(digit) for digit in digits]
    if len(places) == 4:
        a, b, c, d = places
        return str((two[a] + two[b] + 3 * c + five_less[d]) * 3 % 10)
    a, b, c, d, e = places
    total = five_more[a] + two[b] + five_less[c] + five_more[d] + two[e]
    return str(five_less.index(-total % 10))
