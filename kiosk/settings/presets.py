"""What is usual in a country, as the first answer of `kiosk init`: currency, writing, taxes, coins.

Tax rates carry their source above their rows; `kiosk init` asks the person to confirm them, because they
change, and which of them holds depends on the goods. Smallest amounts of cash: CLDR's cash rounding for CH,
CA, DK, NO, SE; the law of 2019-12-01 for BE, the retailers' agreement of 2004-09-01 for NL, the central
bank's scheme of 2015-10-28 for IE, the competition authority's guideline for AU, the Reserve Bank's smallest
coin for NZ; for LK, TH and IN the smallest coin of `kiosk.checkout.denominations`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.i18n import N_


@dataclass(frozen=True, slots=True)
class TaxPreset:
    """One tax class as it is written into the file."""

    code: str
    label: str
    rates: tuple[str, ...]
    """Percentages, each on the net price."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One country."""

    code: str  # ISO 3166
    name: str
    currency: str
    locale: str
    timezone: str
    taxes: tuple[TaxPreset, ...]
    prices: str = "inclusive"
    step: str = ""
    """Smallest amount paid in cash; empty: to the minor unit."""
    columns: int = 42
    scheme: str = ""
    """The payment QR scheme customers' bank apps know; empty: none that this till makes."""

    @property
    def language(self) -> str:
        """The language before the locale's underscore."""
        return self.locale.partition("_")[0]


NAMES = {
    "DE": N_("Germany"), "AT": N_("Austria"), "CH": N_("Switzerland"), "FR": N_("France"),
    "BE": N_("Belgium"), "NL": N_("Netherlands"), "IE": N_("Ireland"), "IT": N_("Italy"), "ES": N_("Spain"),
    "GB": N_("United Kingdom"), "SE": N_("Sweden"), "NO": N_("Norway"), "DK": N_("Denmark"),
    "US": N_("United States"), "CA": N_("Canada"), "AU": N_("Australia"), "NZ": N_("New Zealand"),
    "LK": N_("Sri Lanka"), "IN": N_("India"), "TH": N_("Thailand"), "BR": N_("Brazil"),
    "XX": N_("somewhere else"),
}  # fmt: skip

_TABLE = """
# Rates of the European Commission's TEDB, which the public package eu-vat-rates-data carries (2026-09-29);
# CH, NO and GB from the same package.
DE EUR de_DE Europe/Berlin     inclusive -    42 epc       A standard 19; B reduced 7; Z zero 0
AT EUR de_AT Europe/Vienna     inclusive -    42 epc       A standard 20; B reduced 10; C reduced 13; D reduced 4.9; Z zero 0
CH CHF de_CH Europe/Zurich     inclusive 0.05 42 -         A standard 8.1; B reduced 2.6; Z zero 0
FR EUR fr_FR Europe/Paris      inclusive -    42 epc       A standard 20; B reduced 5.5; C reduced 10; Z zero 0
BE EUR nl_BE Europe/Brussels   inclusive 0.05 42 epc       A standard 21; B reduced 6; C reduced 12; Z zero 0
NL EUR nl_NL Europe/Amsterdam  inclusive 0.05 42 epc       A standard 21; B reduced 9; Z zero 0
IE EUR en_IE Europe/Dublin     inclusive 0.05 42 epc       A standard 23; B reduced 13.5; C reduced 9; Z zero 0
IT EUR it_IT Europe/Rome       inclusive -    42 epc       A standard 22; B reduced 10; C reduced 4; Z zero 0
ES EUR es_ES Europe/Madrid     inclusive -    42 epc       A standard 21; B reduced 10; C reduced 4; Z zero 0
GB GBP en_GB Europe/London     inclusive -    42 -         A standard 20; B reduced 5; Z zero 0
SE SEK sv_SE Europe/Stockholm  inclusive 1.00 42 -         A standard 25; B reduced 12; C reduced 6; Z zero 0
NO NOK nb_NO Europe/Oslo       inclusive 1.00 42 -         A standard 25; B reduced 15; Z zero 0
DK DKK da_DK Europe/Copenhagen inclusive 0.50 42 -         A standard 25; Z zero 0
# Rates of the country's tax templates in odoo/odoo, addons/l10n_*/data/template (2026).
CA CAD en_CA America/Toronto   exclusive 0.05 42 -         A GST 5; Z zero 0
AU AUD en_AU Australia/Sydney  inclusive 0.05 42 -         A GST 10; Z free 0
NZ NZD en_NZ Pacific/Auckland  inclusive 0.10 42 -         A GST 15; Z zero 0
LK LKR en_LK Asia/Colombo      inclusive 1.00 32 lankaqr   A VAT 18; Z exempt 0
TH THB th_TH Asia/Bangkok      inclusive 0.25 32 promptpay A VAT 7; Z exempt 0
# Rates of India's GST Council, 56th meeting, from 2025-09-22: 5 and 18 %, half each for centre and state.
IN INR en_IN Asia/Kolkata      inclusive 1.00 32 upi       A GST_18 9+9; B GST_5 2.5+2.5; Z exempt 0
# No usual rate: it hangs on the place or on the kind of business, and 0 asks to be filled in.
US USD en_US America/New_York  exclusive -    42 -         A sales_tax 0; Z exempt 0
BR BRL pt_BR America/Sao_Paulo inclusive -    48 pix       A simples 0; Z exempt 0
XX EUR en_GB -                 inclusive -    42 -         A standard 0; Z zero 0
"""  # noqa: E501  the row of a table is one line
"""Country, currency, locale, time zone, prices, step of cash, columns of paper, QR scheme, tax classes."""


def classes(text: str) -> tuple[TaxPreset, ...]:
    """Read `A standard 19; B reduced 7`; rates joined by + are taxes of one class. ValueError otherwise."""
    found = {}
    for item in text.split(";"):
        code, label, rates = item.replace("%", "").split()
        if code in found:
            raise ValueError(code)
        found[code] = TaxPreset(code, label.replace("_", " "), tuple(rates.split("+")))
    return tuple(found.values())


def _preset(line: str) -> Preset:
    """Read one line of the table."""
    code, currency, locale, zone, prices, step, columns, scheme, taxes = line.split(maxsplit=8)
    zone, step, scheme = ("" if word == "-" else word for word in (zone, step, scheme))
    return Preset(
        code, NAMES[code], currency, locale, zone, classes(taxes), prices, step, int(columns), scheme
    )


PRESETS: dict[str, Preset] = {
    line[:2]: _preset(line) for line in _TABLE.strip().splitlines() if not line.startswith("#")
}
ELSEWHERE = PRESETS["XX"]
