"""What a scale says: a weight in whole grams, or the one word for why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from hardware.device import Event

PER_UNIT = {"kg": Decimal(1000), "g": Decimal(1)}
"""Grams in one. Pounds and ounces are no weight here: trade law has no converted figures on a receipt."""


class Trouble(StrEnum):
    """Why there is no weight. Each is a word of its own, because each wants something else done."""

    MOVING = "moving"
    """It has not settled yet."""
    OVER = "over"
    """More on it than it can weigh."""
    UNDER = "under"
    """Less on it than nothing, as it says itself: it was not empty when it was zeroed."""
    NEGATIVE = "negative"
    """A weight with a minus sign, as a tare without its jar gives."""
    GARBAGE = "garbage"
    """Bytes that are no answer, or only half of one."""
    SILENT = "silent"
    """Not one byte in time."""
    UNIT = "unit"
    """It weighs in pounds or ounces."""
    FAULT = "fault"
    """It says itself that it is broken, or wants to be zeroed."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One answer that is a number."""

    grams: int
    """What its display shows, 0 or more; a finer display is rounded to the gram, halves up."""
    steady: bool | None = True
    """Whether it lies still. ``None``: this scale does not say, so three equal ones are waited for."""
    net: bool = False
    """Whether a tare has been taken off."""
    tare: int | None = None
    """Grams of that tare, where the scale tells."""


Answer = Weight | Trouble


@dataclass(frozen=True, slots=True)
class Weighed(Event):
    """A steady weight, as the scale's own display shows it at this moment."""

    grams: int
    at_ms: int
    """Monotonic milliseconds: after two seconds it is no weight any more."""
    net: bool = False
    tare: int | None = None


@dataclass(frozen=True, slots=True)
class NotWeighed(Event):
    """The scale was asked and there is no weight to sell by."""

    why: Trouble
    at_ms: int
    """Monotonic milliseconds."""


def weight_of(text: str, unit: str = "kg", *, steady: bool | None = True, net: bool = False) -> Answer:
    """A weight from its figures, such as ``01.250``, in ``kg`` or ``g``; a minus or a pound is a word."""
    per = PER_UNIT.get(unit.lower())
    if per is None:
        return Trouble.UNIT
    grams = int((Decimal(text) * per).quantize(Decimal(1), ROUND_HALF_UP))
    if text.startswith("-") and Decimal(text):
        return Trouble.NEGATIVE
    return Weight(grams, steady, net)
