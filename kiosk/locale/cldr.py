"""Reads one locale's conventions out of Babel's copy of CLDR: for the table, and for rare locales."""

from __future__ import annotations

import re
from decimal import Decimal

LOCALES = (
    "en", "en_GB", "en_US", "en_CA", "en_AU", "en_NZ", "en_IE", "en_IN", "en_ZA", "en_SG", "de", "de_DE",
    "de_AT", "de_CH", "fr", "fr_FR", "fr_BE", "fr_CA", "fr_CH", "it", "it_IT", "it_CH", "es", "es_ES",
    "es_MX", "pt", "pt_PT", "pt_BR", "nl", "nl_NL", "nl_BE", "sv", "sv_SE", "da", "da_DK", "nb", "nb_NO",
    "fi", "fi_FI", "is_IS", "pl", "pl_PL", "cs", "cs_CZ", "sk_SK", "hu_HU", "ro_RO", "el_GR", "tr_TR",
    "uk_UA", "si_LK", "ta_LK", "ta_IN", "hi_IN", "th_TH", "id_ID", "ms_MY", "vi_VN", "ja_JP", "he_IL",
    "ar_AE",
)  # fmt: skip
"""The locales of the table: where the presets of `kiosk init` lead, and their neighbours."""

CURRENCIES = (
    "EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON",
    "JPY", "CNY", "KRW", "INR", "LKR", "THB", "IDR", "MYR", "SGD", "PHP", "VND", "HKD", "TWD", "BRL", "MXN",
    "ARS", "CLP", "COP", "PEN", "ZAR", "KES", "NGN", "EGP", "MAD", "TND", "AED", "SAR", "ILS", "TRY", "UAH",
    "KWD", "BHD",
)  # fmt: skip
"""Currencies whose sign is kept; any other is written as its code."""

_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile("[\u202f\u2009 ]")
_FIELDS = {
    "y": "{y:04}", "yy": "{y:04}", "yyyy": "{y:04}",
    "M": "{m}", "MM": "{m:02}", "d": "{d}", "dd": "{d:02}",
    "H": "{H}", "HH": "{H:02}", "h": "{h}", "hh": "{h:02}", "mm": "{M:02}", "a": "{p}",
}  # fmt: skip


def plain(text: str) -> str:
    """Drop direction marks and widen narrow spaces: neither console fonts nor code pages hold them."""
    return _SPACES.sub("\u00a0", _MARKS.sub("", text).replace("\u2212", "-"))


def _template(pattern: str) -> str:
    """Turn a CLDR date or time pattern into one for `str.format`."""
    out = []
    for match in re.finditer(r"'([^']*)'|([a-zA-Z])\2*|[^a-zA-Z']+", pattern):
        token = match.group()
        out.append(_FIELDS.get(token, match.group(1) if match.group(1) is not None else token))
    return plain("".join(out))


def describe(code: str) -> dict[str, object] | None:
    """Return one row of the table for a locale, or None when CLDR does not know it."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import format_currency, format_percent

    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None
    shown = plain(
        format_currency(
            Decimal("1234567890.12"), "XTS", format_type="standard", locale=locale, currency_digits=False
        )
    )
    digits = re.search(r"\d.*\d", shown)
    negative = plain(format_currency(Decimal("-1.12"), "XTS", locale=locale, currency_digits=False))
    if digits is None:
        return None
    groups = re.findall(r"\d+", digits.group())
    separators = re.findall(r"\D", digits.group())
    halves = locale.day_periods["format"]["abbreviated"]
    return {
        "decimal": separators[-1],
        "group": separators[0],
        "grouping": [len(groups[-2]), len(groups[-3])],
        "positive": _pattern(shown),
        "negative": _pattern(negative),
        "percent": plain(format_percent(Decimal("0.01"), locale=locale)).replace("1", "#"),
        "date": _template(locale.date_formats["short"].pattern),
        "time": _template(locale.time_formats["short"].pattern),
        "day_halves": [plain(str(halves["am"])), plain(str(halves["pm"]))],
        "symbols": {
            currency: plain(locale.currency_symbols[currency]) for currency in CURRENCIES
            if locale.currency_symbols.get(currency, currency) != currency
        },
    }  # fmt: skip


def _pattern(shown: str) -> str:
    """Turn a formatted sample of currency XTS, the code for tests, into a pattern."""
    return re.sub(r"\d.*\d", "#", shown).replace("XTS", "¤")
