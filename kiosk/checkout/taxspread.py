"""Where tax is rounded when it is not rounded on each line, and how the cents then find their lines.

By tax class (`rate`): each tax is rounded once on the class's sum. By document: each tax is rounded once on
the sum over all classes, the first tax of every class being the same tax, the second another (federal and
provincial, say), and goes to the classes by largest remainder. Either way each line gets its own rounded tax,
and the odd cents go to the class's largest lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import lcm

from kiosk.checkout.allocation import largest_remainder, push_to_largest
from kiosk.checkout.money import half_up
from kiosk.checkout.tax import TaxClass, summed_taxes


def taxes_by_class(
    sums: Mapping[str, int], taxes: Mapping[str, TaxClass], inclusive: bool
) -> dict[str, tuple[int, ...]]:
    """Return each class's taxes on its sum, every one rounded once."""
    return {code: summed_taxes(taxes[code], amount, inclusive) for code, amount in sums.items()}


def taxes_by_document(
    sums: Mapping[str, int], taxes: Mapping[str, TaxClass], inclusive: bool
) -> dict[str, tuple[int, ...]]:
    """Return each class's share of the taxes of the document, every tax rounded once over all classes."""
    common = lcm(*(taxes[code].divisor(inclusive) for code in sums))
    parts: dict[str, list[int]] = {code: [] for code in sums}
    for nth in range(max((len(taxes[code].taxes) for code in sums), default=0)):
        bearing = [code for code in sums if nth < len(taxes[code].taxes)]
        exact = [
            sums[code] * taxes[code].factors[nth] * (common // taxes[code].divisor(inclusive))
            for code in bearing
        ]
        for code, tax in zip(bearing, largest_remainder(exact, common), strict=True):
            parts[code].append(tax)
    return {code: tuple(taxes_of_class) for code, taxes_of_class in parts.items()}


def taxes_by_line(
    codes: Sequence[str],
    amounts: Sequence[int],
    booked: Mapping[str, tuple[int, ...]],
    taxes: Mapping[str, TaxClass],
    inclusive: bool,
) -> list[tuple[int, ...]]:
    """Return each line's taxes such that they add up to what is `booked` for its class, tax by tax."""
    lines: list[tuple[int, ...]] = [()] * len(codes)
    for code, totals in booked.items():
        where = [index for index, own in enumerate(codes) if own == code]
        sizes = [amounts[index] for index in where]
        divisor = taxes[code].divisor(inclusive)
        columns = [
            push_to_largest([half_up(size * factor, divisor) for size in sizes], total, sizes)
            for factor, total in zip(taxes[code].factors, totals, strict=True)
        ]
        for index, parts in zip(where, zip(*columns, strict=True), strict=True):
            lines[index] = parts
    return lines
