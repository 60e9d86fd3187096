"""The banknotes and coins of common currencies, for quick amounts, change and counting a drawer.

Compared piece by piece with a public table of the world's money (github.com/Artem-Schander/currency-
denominations, 2025); a test holds the comparison and names each difference: withdrawn notes, and small coins
or rare notes a seller has no slot for. Any amount can still be counted, in smaller pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kiosk.checkout.money import Currency

_PIECES = {
    "AED": ("1000 500 200 100 50 20 10 5", "1 0.50 0.25"),
    "AUD": ("100 50 20 10 5", "2 1 0.50 0.20 0.10 0.05"),
    "BRL": ("200 100 50 20 10 5 2", "1 0.50 0.25 0.10 0.05"),
    "CAD": ("100 50 20 10 5", "2 1 0.25 0.10 0.05"),
    "CHF": ("1000 200 100 50 20 10", "5 2 1 0.50 0.20 0.10 0.05"),
    "CLP": ("20000 10000 5000 2000 1000", "500 100 50 10"),
    "CNY": ("100 50 20 10 5 1", "0.50 0.10"),
    "CZK": ("5000 2000 1000 500 200 100", "50 20 10 5 2 1"),
    "DKK": ("500 200 100 50", "20 10 5 2 1 0.50"),
    "EUR": ("500 200 100 50 20 10 5", "2 1 0.50 0.20 0.10 0.05 0.02 0.01"),
    "GBP": ("50 20 10 5", "2 1 0.50 0.20 0.10 0.05 0.02 0.01"),
    "HKD": ("1000 500 100 50 20 10", "5 2 1 0.50 0.20 0.10"),
    "HUF": ("20000 10000 5000 2000 1000 500", "200 100 50 20 10 5"),
    "IDR": ("100000 50000 20000 10000 5000 2000 1000", "500 200 100"),
    "ILS": ("200 100 50 20", "10 5 2 1 0.50 0.10"),
    "INR": ("500 200 100 50 20 10", "5 2 1"),
    "JPY": ("10000 5000 2000 1000", "500 100 50 10 5 1"),
    "KES": ("1000 500 200 100 50", "20 10 5 1"),
    "KRW": ("50000 10000 5000 1000", "500 100 50 10"),
    "KWD": ("20 10 5 1 0.500 0.250", "0.100 0.050 0.020 0.010 0.005"),
    "LKR": ("5000 1000 500 100 50 20", "10 5 2 1"),
    "MXN": ("1000 500 200 100 50 20", "10 5 2 1 0.50"),
    "MYR": ("100 50 20 10 5 1", "0.50 0.20 0.10 0.05"),
    "NOK": ("1000 500 200 100 50", "20 10 5 1"),
    "NZD": ("100 50 20 10 5", "2 1 0.50 0.20 0.10"),
    "PHP": ("1000 500 200 100 50", "20 10 5 1 0.25"),
    "PKR": ("5000 1000 500 100 50 20 10", "5 2 1"),
    "PLN": ("500 200 100 50 20 10", "5 2 1 0.50 0.20 0.10 0.05 0.02 0.01"),
    "RON": ("500 200 100 50 20 10 5 1", "0.50 0.10 0.05 0.01"),
    "SEK": ("1000 500 200 100 50 20", "10 5 2 1"),
    "SGD": ("100 50 10 5 2", "1 0.50 0.20 0.10 0.05"),
    "THB": ("1000 500 100 50 20", "10 5 2 1 0.50 0.25"),
    "TRY": ("200 100 50 20 10 5", "1 0.50 0.25 0.10 0.05"),
    "USD": ("100 50 20 10 5 1", "0.25 0.10 0.05 0.01"),
    "VND": ("500000 200000 100000 50000 20000 10000 5000 2000 1000", ""),
    "ZAR": ("200 100 50 20 10", "5 2 1 0.50 0.20 0.10"),
}


@dataclass(frozen=True, slots=True)
class Denominations:
    """What a currency's money consists of, in minor units, largest first."""

    notes: tuple[int, ...]
    coins: tuple[int, ...]

    @property
    def pieces(self) -> tuple[int, ...]:
        """Notes and coins."""
        return self.notes + self.coins


@cache
def denominations(currency: Currency) -> Denominations:
    """Return a currency's notes and coins; one that is not in the table is taken to go 1, 2, 5, 10, ..."""
    pieces = _PIECES.get(currency.code)
    if pieces is not None and all(_fits(text, currency) for texts in pieces for text in texts.split()):
        notes, coins = (tuple(currency.parse(text) for text in texts.split()) for texts in pieces)
        return Denominations(notes, coins)
    series = sorted(
        (digit * 10**power for digit in (1, 2, 5) for power in range(currency.exponent + 3)), reverse=True
    )
    smallest_note = 5 * 10**currency.exponent
    return Denominations(
        tuple(piece for piece in series if piece >= smallest_note),
        tuple(piece for piece in series if piece < smallest_note),
    )


def _fits(text: str, currency: Currency) -> bool:
    """Whether a piece of the table can be said with the decimals this shop uses."""
    return len(text.partition(".")[2]) <= currency.exponent
