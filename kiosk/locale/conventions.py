"""How a place writes money, numbers, dates and times, ready to use without Babel.

`kiosk.locale.table` is generated from CLDR by `python -m kiosk.locale` and compared with Babel in a test. It
is Python, not JSON, because the till reads it before its first frame: compiled, it is there in no time.
A locale that is not in it is described by Babel when it is first asked for, which costs 25 ms once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from kiosk.locale.table import TABLE

FALLBACK = "en_GB"


class Conventions(NamedTuple):
    """The conventions of one locale; every text in it is plain, without direction marks."""

    decimal: str
    group: str
    """Between thousands; a narrow space is widened to U+00A0, which code pages and console fonts know."""
    grouping: tuple[int, int]
    """Digits in the last group and in those before it: (3, 3), in India (3, 2)."""
    positive: str
    """Money of zero or more: `¤` for the currency, `#` for the digits."""
    negative: str
    percent: str
    """A percentage, `#` for the digits."""
    date: str
    """A numeric day with a four-digit year, for `str.format` with y, m and d."""
    time: str
    """Hours and minutes, for `str.format` with H (0-23), h (1-12), M and p."""
    day_halves: tuple[str, str]
    """Before and after noon; used only where the time names p."""
    symbols: dict[str, str]
    """Currency code to sign, where the sign is not the code itself."""


@cache
def of(locale: str) -> Conventions:
    """Return the conventions of a locale such as `de_AT`; an unknown place writes as its language does."""
    row = TABLE.get(locale)
    if row is None:
        from kiosk.locale.cldr import describe

        language = locale.partition("_")[0]
        row = describe(locale) or TABLE.get(FALLBACK if language == "en" else language)
    return from_row(row or TABLE[FALLBACK])


def from_row(row: Mapping[str, Any]) -> Conventions:
    """Build conventions from one row of the table, where pairs are lists."""
    values: dict[str, Any] = {}
    for key, value in row.items():
        values[key] = tuple(value) if isinstance(value, list) else value
    return Conventions(**values)


def known() -> tuple[str, ...]:
    """Return the locales of the table."""
    return tuple(TABLE)
