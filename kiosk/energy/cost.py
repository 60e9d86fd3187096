"""What energy costs: whole numbers all the way, rounded once at the end."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.checkout.money import MILLION, half_up


def cost(parts: Iterable[tuple[int, int | None]], exponent: int) -> int | None:
    """Return minor units for pairs of milliwatt hours and a price; None where a price is not known.

    A price is of a kilowatt hour, in millionths of the currency's unit: milliwatt hours are millionths of a
    kilowatt hour, so their product is in millionths of millionths.
    """
    total = 0
    for mwh, price in parts:
        if price is None:
            return None
        total += mwh * price
    return half_up(total * 10**exponent, MILLION * MILLION)
