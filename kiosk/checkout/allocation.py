"""Splitting an amount into whole minor units so that the parts add up exactly.

Two ways, for two questions. Largest remainder is fair to each part (a discount over lines, a document's tax
over its classes). Pushing odd cents to the largest lines keeps each line what it would be alone, as far as
possible.
"""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.checkout.money import half_up


def largest_remainder(numerators: Sequence[int], denominator: int) -> list[int]:
    """Round the shares `numerators[i] / denominator` so that they add up to their rounded sum.

    Every share is rounded down; what is missing goes, one each, to those that lost most, ties in order. The
    shares may be negative; the denominator may not.
    """
    sign = -1 if sum(numerators) < 0 else 1
    parts, losses = [], []
    for numerator in numerators:
        whole, loss = divmod(sign * numerator, denominator)
        parts.append(whole)
        losses.append(loss)
    missing = half_up(sign * sum(numerators), denominator) - sum(parts)
    if missing:
        for index in sorted(range(len(parts)), key=lambda i: -losses[i])[:missing]:
            parts[index] += 1
    return parts if sign > 0 else [-part for part in parts]


def allocate(amount: int, weights: Sequence[int]) -> list[int]:
    """Split an amount over parts in proportion to their weights (of one sign), by largest remainder.

    Weights that are all zero take nothing, whatever the amount.
    """
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    if total < 0:
        amount, total = -amount, -total
    return largest_remainder([amount * weight for weight in weights], total)


def push_to_largest(parts: Sequence[int], total: int, sizes: Sequence[int]) -> list[int]:
    """Change the parts, one unit each per pass and the largest `sizes` first, until they add up to `total`.

    Ties are by order. The sum of a few rounded parts is only ever a few units away from the rounded sum.
    """
    pushed = list(parts)
    missing = total - sum(pushed)
    if not missing or not pushed:
        return pushed
    step = 1 if missing > 0 else -1
    order = sorted(range(len(pushed)), key=lambda i: -abs(sizes[i]))
    for turn in range(abs(missing)):
        pushed[order[turn % len(order)]] += step
    return pushed
