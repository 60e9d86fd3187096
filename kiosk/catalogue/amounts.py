"""Prices as people and their programs write them: `1.234,50`, `$1,234.50`, `1'234.50`, `12.500000`.

What the comma means is decided once for a whole file, by the prices that leave no doubt; `1,234` alone
does. From then on a price that does not fit is refused rather than taken for a thousand times as much.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from kiosk.catalogue.gtin import shown
from kiosk.i18n import _

_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'’"))
"""Spaces and apostrophes that set thousands apart."""
_CODE = re.compile(r"^(-?)[A-Z]{3}(?=[-0-9.,])|(?<=[0-9])[A-Z]{3}$")
_NUMBER = re.compile(r"(-?)([0-9.,]*[0-9])")
_MOST_DIGITS = 18


def bare(text: str) -> str:
    """Return a price without currency sign or code and without the spaces in it."""
    kept = "".join(letter for letter in text if unicodedata.category(letter) != "Sc")
    kept = kept.replace("\u2212", "-").translate(_SPACES)
    return _CODE.sub(r"\1", kept.strip())


def decimal_sign(texts: Iterable[str]) -> str:
    """Return which sign is the decimal one in most of the prices that leave no doubt; "." when all do."""
    votes = Counter(sign for text in texts if (sign := _vote(bare(text))))
    return votes.most_common(1)[0][0] if votes else "."


def _vote(text: str) -> str:
    """Return the decimal sign of one price, or "" when it could be either."""
    points, commas = text.count("."), text.count(",")
    if points and commas:
        return "." if text.rindex(".") > text.rindex(",") else ","
    if not points and not commas:
        return ""
    sign, other = (".", ",") if points else (",", ".")
    if points + commas > 1:
        return other
    whole, _sign, fraction = text.lstrip("-").partition(sign)
    return "" if len(fraction) == 3 and whole.lstrip("0") and len(whole) <= 3 else sign


def parse(text: str, sign: str, exponent: int) -> int:
    """Return a price in minor units; ValueError says why it is none.

    `sign` is the decimal sign of the file, `exponent` the decimals of the currency. Zeros beyond them are
    fine.
    """
    found = _NUMBER.fullmatch(bare(text))
    if found is None or len(found[2]) > _MOST_DIGITS:
        raise ValueError(_("“{text}” is not a price").format(text=shown(text)))
    other = "," if sign == "." else "."
    whole, _sign, fraction = found[2].partition(sign)
    if other in whole:
        if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{2,3})*[.,][0-9]{3}", whole):
            raise ValueError(_("“{text}” mixes decimals and thousands").format(text=shown(text)))
        whole = whole.replace(other, "")
    if other in fraction or sign in fraction:
        raise ValueError(_("“{text}” mixes decimals and thousands").format(text=shown(text)))
    if fraction[exponent:].strip("0"):
        raise ValueError(_("“{text}” has more than {n} decimals").format(text=shown(text), n=exponent))
    minor = int((whole or "0") + fraction[:exponent].ljust(exponent, "0"))
    return -minor if found[1] else minor
