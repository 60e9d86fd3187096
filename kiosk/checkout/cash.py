"""Rounding to the coins that exist. It changes what is paid in cash, never a price or a tax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.checkout.money import half_up

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
