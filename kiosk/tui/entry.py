"""A number or a line of text while it is being entered. Values, not widgets: every key gives a new one.

Amounts and quantities are typed with a decimal separator (`.` or `,`, both keys work) and become integers
of the smallest unit without ever being a float.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.i18n import decimal_mark

DIGITS = "0123456789"
MOST_DIGITS = 9
"""Digits before the separator; more is a slip or a barcode."""


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """Digits typed so far."""

    typed: str = ""
    """Digits and at most one `.`."""
    decimals: int = 0
    """How many decimals are taken; 0 refuses the separator."""

    def press(self, key: str) -> NumberEntry:
        """One digit, `00`, a separator, or anything else, which changes nothing."""
        if key in {".", ","}:
            fresh = self.decimals and "." not in self.typed
            return replace(self, typed=(self.typed or "0") + ".") if fresh else self
        entry = self
        for digit in key:
            entry = entry._digit(digit)
        return entry

    def _digit(self, digit: str) -> NumberEntry:
        whole, point, part = self.typed.partition(".")
        if (
            digit not in DIGITS
            or (point and len(part) >= self.decimals)
            or (not point and len(whole) >= MOST_DIGITS)
        ):
            return self
        return replace(self, typed=digit if self.typed == "0" else self.typed + digit)

    def back(self) -> NumberEntry:
        """Without the last key."""
        return replace(self, typed=self.typed[:-1])

    @property
    def shown(self) -> str:
        """What was typed, as this shop writes numbers."""
        return self.typed.replace(".", decimal_mark())

    @property
    def value(self) -> int | None:
        """The number in its smallest unit; None while nothing was typed."""
        if not self.typed:
            return None
        whole, _point, part = self.typed.partition(".")
        scale: int = 10**self.decimals
        return int(whole or "0") * scale + int(part.ljust(self.decimals, "0") or "0")


@dataclass(frozen=True, slots=True)
class TextEntry:
    """Letters typed so far; the end is where they go."""

    typed: str = ""
    most: int = 40
    """Characters taken; the rest is refused, not cut later."""

    def press(self, text: str) -> TextEntry:
        """Add printable text."""
        if not text.isprintable() or len(self.typed) + len(text) > self.most:
            return self
        return replace(self, typed=self.typed + text)

    def back(self) -> TextEntry:
        """Without the last character."""
        return replace(self, typed=self.typed[:-1])
