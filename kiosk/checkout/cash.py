"""Rounding to the coins that exist. It changes what is paid in cash, never a price or a tax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.checkout.denominations import denominations
from kiosk.checkout.money import Currency, half_up

RoundingMethod = Literal["half-up", "up", "down"]


@dataclass(frozen=True, slots=True)
class CashRounding:
    """To which step an amount in cash is rounded, and which way."""

    step: int  # minor units: 5 where the smallest coin is 0.05
    method: RoundingMethod = "half-up"

    def __post_init__(self) -> None:
        if self.step < 1:
            raise ValueError("cash is rounded to a step of at least one minor unit")


def round_cash(amount: int, rounding: CashRounding | None) -> int:
    """Round an amount as it is paid in cash.

    The absolute value is rounded and the sign put back, so that a refund gives back exactly what was paid:
    7.50 rounded down to 7.00 is refunded as 7.00, not as 8.00.
    """
    if rounding is None:
        return amount
    size, step = abs(amount), rounding.step
    match rounding.method:
        case "half-up":
            steps = half_up(size, step)
        case "up":
            steps = -(-size // step)
        case "down":
            steps = size // step
    return steps * step if amount >= 0 else -steps * step


MOST_PROPOSALS = 6
"""Keys for quick amounts that fit beside each other on the smallest screen."""


def quick_amounts(due: int, currency: Currency) -> tuple[int, ...]:
    """Return what a customer is likely to hand over for an amount: exactly that, then the next round sums.

    A sum counts as round when it is a multiple of a note or coin not much smaller than the amount: nobody
    pays 53.15 as 53.20, but as 55, 60 or 100.
    """
    if due <= 0:
        return ()
    worth = [piece for piece in denominations(currency).pieces if piece * 20 >= due]
    sums = {-(-due // piece) * piece for piece in worth}
    return tuple(sorted(sums | {due})[:MOST_PROPOSALS])


def change_coins(change: int, currency: Currency) -> tuple[tuple[int, int], ...]:
    """Return the fewest notes and coins for a change, as (piece, how many), largest first.

    What no coin can pay, as a cent where the smallest coin is 0.05, is not in it.
    """
    pieces: list[tuple[int, int]] = []
    for piece in denominations(currency).pieces:
        count, change = divmod(change, piece) if change > 0 else (0, 0)
        if count:
            pieces.append((piece, count))
    return tuple(pieces)
