"""Any other scale: what to send, a pattern for the reply, and what the figures are divided by.

The pattern is a regular expression with a group ``weight``. Groups ``moving``, ``over``, ``under`` and
``net`` are optional: where one of them matches something, the scale says so. With a group ``steady`` it says
when it is steady; a pattern with neither ``steady`` nor ``moving`` waits for three equal weights.
"""

from __future__ import annotations

import re
from decimal import Decimal

from hardware.scale.language import Language, Step
from hardware.scale.weight import Answer, Trouble, weight_of

_FIGURES = re.compile(r"([-+]?)[ _]*([0-9]*\.?[0-9]+)")
DIVISORS = (1, 10, 100, 1000)


class BadPattern(ValueError):
    """The reply's pattern cannot be used."""


def language(request: str, pattern: str, divisor: int = 1) -> Language:
    """A language of the shop's own; `BadPattern` says what is wrong with the expression."""
    try:
        compiled = re.compile(pattern.encode("latin-1"), re.DOTALL)
    except (re.error, UnicodeEncodeError) as error:
        raise BadPattern(f"is no regular expression: {error}") from error
    if "weight" not in compiled.groupindex:
        raise BadPattern("has no group (?P<weight>...)")
    step = Step(request.encode("latin-1"), compiled)
    return Language((step,), lambda reply: decode(reply, compiled, divisor))


def decode(reply: bytes, pattern: re.Pattern[bytes], divisor: int = 1) -> Answer:
    """What a reply says by the shop's own pattern."""
    found = pattern.search(reply)
    if found is None:
        return Trouble.GARBAGE
    groups = {name: value for name, value in found.groupdict().items() if value}
    for word in (Trouble.OVER, Trouble.UNDER, Trouble.MOVING):
        if word in groups:
            return word
    figures = _FIGURES.fullmatch(groups.get("weight", b"").decode("ascii", "replace").strip())
    if figures is None:
        return Trouble.GARBAGE
    says = {"steady", "moving"} & set(pattern.groupindex)
    if "steady" in pattern.groupindex and "steady" not in groups:
        return Trouble.MOVING
    text = f"{figures[1].strip('+')}{Decimal(figures[2]) / divisor:f}"
    return weight_of(text, steady=True if says else None, net="net" in groups)
