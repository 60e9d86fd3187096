"""Words in the seller's language; amounts, quantities and times in the shop's way of writing them.

Two settings, kept apart on purpose: the *language* follows the person signed in; the *locale* (decimal comma,
place of the currency sign, order of a date) and the time zone belong to the shop, on every receipt alike.
What is meant for somebody else, such as the customer's receipt, is made inside `speaking`.

`_` looks a text up when it is called: call it where the text is shown, never in a constant. Mark a constant
with `N_` and pass it to `_` later. Babel is not imported here: see `kiosk.locale.conventions`.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

from kiosk.locale import conventions

CATALOGUES = Path(conventions.__file__).parent
DOMAIN = "barrow"

_EXPONENTS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
    "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3,
    "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3, "CLF": 4, "UYW": 4,
}  # fmt: skip
"""ISO 4217 exponents other than 2. Here a second time because i18n lies below the checkout."""


class CurrencyLike(Protocol):
    """What this module needs to know of a currency; `kiosk.checkout.money.Currency` is one."""

    @property
    def code(self) -> str:
        """ISO 4217 letters."""

    @property
    def exponent(self) -> int:
        """Decimals of the minor unit."""


class _Tongue(NamedTuple):
    """One language."""

    language: str
    words: gettext.NullTranslations


class _Voice(NamedTuple):
    """What is in force now; replaced as a whole, so that a printing thread never sees half of a change."""

    tongue: _Tongue
    locale: str
    ways: conventions.Conventions
    zone: tzinfo | None


@cache
def _tongue(code: str) -> _Tongue:
    """Return a language by its code: `de_AT` gives `de`, an unknown one English, its own translation."""
    short = code.replace("-", "_").split("_")[0].lower()
    spoken = short if short in languages() else "en"
    return _Tongue(spoken, gettext.translation(DOMAIN, CATALOGUES, languages=[spoken], fallback=True))


_voice = _Voice(_Tongue("en", gettext.NullTranslations()), "en_GB", conventions.of("en_GB"), None)
_lent: ContextVar[_Tongue | None] = ContextVar("tongue", default=None)
"""The language of `speaking`; None outside of it."""


def _(message: str) -> str:
    """Return the text in the present language, or as it is when the catalogue has none."""
    if not message:
        return ""  # gettext answers "" with the catalogue's header
    return (_lent.get() or _voice.tongue).words.gettext(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, which extractors look for
    """Mark a constant for translation; `_` translates it later."""
    return message


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of the text that goes with the number; fill the number in with `.format`."""
    return (_lent.get() or _voice.tongue).words.ngettext(singular, plural, number)


def language() -> str:
    """Return the present language, such as `de`."""
    return (_lent.get() or _voice.tongue).language


def languages() -> tuple[str, ...]:
    """Return the languages with a catalogue, English first."""
    found = sorted(path.parent.parent.name for path in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return ("en", *(code for code in found if code != "en"))


def set_language(code: str) -> str:
    """Speak a language from now on and return the one spoken: `de_AT` gives `de`, an unknown one English."""
    global _voice  # noqa: PLW0603 - one till speaks one language at a time; the record is replaced whole
    _voice = _voice._replace(tongue=_tongue(code))
    return _voice.tongue.language


@contextmanager
def speaking(code: str) -> Iterator[str]:
    """Speak another language inside the block, in this thread or task alone; gives the one spoken.

    The receipt is the customer's: it speaks the shop's language while the seller's screen speaks another.
    """
    tongue = _tongue(code)
    before = _lent.set(tongue)
    try:
        yield tongue.language
    finally:
        _lent.reset(before)


def set_locale(code: str, timezone: str = "") -> None:
    """Write numbers as a locale does (`de_CH`), times in a zone (`Europe/Zurich`; "" is this machine's)."""
    global _voice  # noqa: PLW0603 - see set_language
    code = code.replace("-", "_")
    _voice = _voice._replace(locale=code, ways=conventions.of(code), zone=zone(timezone))


@cache
def zone(name: str) -> tzinfo | None:
    """Return a time zone by its IANA name; None is this machine's, also where no zone data is installed."""
    if not name:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def is_timezone(name: str) -> bool:
    """Tell whether there is such a time zone; any will do on a machine without zone data (plain Windows)."""
    return zone(name) is not None or zone("UTC") is None


def environment_language() -> str:
    """Return the language the surroundings ask for: BARROW_LANG, then the POSIX variables, else English."""
    for name in ("BARROW_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return value.split(".")[0]
    return "en"


def _digits(minor: int, exponent: int) -> str:
    """Write a whole number of minor units (never negative) with the locale's separators."""
    ways = _voice.ways
    whole, fraction = divmod(minor, 10**exponent)
    text, size = str(whole), ways.grouping[0]
    groups: list[str] = []
    while len(text) > size:
        groups.append(text[-size:])
        text, size = text[:-size], ways.grouping[1]
    text = ways.group.join([text, *reversed(groups)])
    return f"{text}{ways.decimal}{fraction:0{exponent}}" if exponent else text


def _exponent(currency: str | CurrencyLike) -> int:
    """Return a currency's decimals."""
    return _EXPONENTS.get(currency, 2) if isinstance(currency, str) else currency.exponent


def decimal_mark() -> str:
    """Return what stands between whole and part: a comma in most of Europe, else a point."""
    return _voice.ways.decimal


def amount(minor: int, currency: str | CurrencyLike) -> str:
    """Write an amount without its currency: `-1.234,50`."""
    return ("-" if minor < 0 else "") + _digits(abs(minor), _exponent(currency))


def short_amount(minor: int, currency: str | CurrencyLike) -> str:
    """Write an amount as it stands on notes and coins: `10`, `0.20`."""
    exponent = _exponent(currency)
    whole = minor % 10**exponent == 0
    text = _digits(abs(minor) // 10**exponent, 0) if whole else _digits(abs(minor), exponent)
    return ("-" if minor < 0 else "") + text


def money(minor: int, currency: str | CurrencyLike, *, symbol: bool = True) -> str:
    """Write an amount with its currency sign where the locale puts it: `1.234,50 €`."""
    if not symbol:
        return amount(minor, currency)
    ways = _voice.ways
    code = currency if isinstance(currency, str) else currency.code
    sign = ways.symbols.get(code, code)
    pattern = ways.negative if minor < 0 else ways.positive
    if "¤#" in pattern and sign[-1:].isalpha():
        sign += "\u00a0"  # CLDR currencySpacing: letters do not touch digits
    return pattern.replace("¤", sign).replace("#", _digits(abs(minor), _exponent(currency)))


def quantity(milli: int, unit: str = "each") -> str:
    """Write a quantity of thousandths: pieces as short as they are, measures with three decimals and unit."""
    sign = "-" if milli < 0 else ""
    if unit != "each":
        return f"{sign}{_digits(abs(milli), 3)}\u00a0{unit}"
    if milli % 1000 == 0:
        return f"{sign}{_digits(abs(milli) // 1000, 0)}"
    return sign + _digits(abs(milli), 3).rstrip("0")


def percent(millionths: int) -> str:
    """Write a rate of millionths as a percentage: 190000 is `19 %`, 88750 is `8.875 %`."""
    text = _digits(abs(millionths), 4).rstrip("0").rstrip(_voice.ways.decimal)
    return ("-" if millionths < 0 else "") + _voice.ways.percent.replace("#", text)


def _moment(wall_ms: int) -> datetime:
    """Return the shop's local time of a Unix time in milliseconds."""
    return datetime.fromtimestamp(wall_ms // 1000, tz=_voice.zone).astimezone(_voice.zone)


def minute_of_day(wall_ms: int) -> int:
    """Return the minutes after midnight at a moment, in the shop's time zone."""
    return _moment(wall_ms).hour * 60 + _moment(wall_ms).minute


def date(wall_ms: int) -> str:
    """Write the day of a Unix time in milliseconds: `23.11.2026`."""
    moment = _moment(wall_ms)
    return _voice.ways.date.format(y=moment.year, m=moment.month, d=moment.day)


def day(iso: str) -> str:
    """Write a business date that is kept as `2026-11-23`."""
    year, month, number = (int(part) for part in iso.split("-"))
    return _voice.ways.date.format(y=year, m=month, d=number)


def time(wall_ms: int) -> str:
    """Write the time of day of a Unix time in milliseconds: `14:32`."""
    moment = _moment(wall_ms)
    half = _voice.ways.day_halves[moment.hour >= 12]
    return _voice.ways.time.format(H=moment.hour, h=(moment.hour - 1) % 12 + 1, M=moment.minute, p=half)
