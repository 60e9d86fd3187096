"""Amounts, quantities and times are written as the place writes them, without Babel in the running till."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_time
from babel.numbers import format_currency, format_percent

from kiosk import i18n
from kiosk.checkout.money import EXPONENTS, Currency
from kiosk.locale import cldr, conventions

NOON = 1_795_431_600_000
"""2026-11-23 11:00 UTC."""


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    """Leave every test with the locale it found."""
    before = i18n._voice
    i18n.set_language("en")
    i18n.set_locale("en_GB", "UTC")
    yield
    i18n._voice = before


@pytest.mark.parametrize(
    ("locale", "minor", "currency", "written"),
    [
        ("de_DE", 123_456, "EUR", "1.234,56 €"),
        ("de_DE", -5, "EUR", "-0,05 €"),
        ("en_IE", 123_456, "EUR", "€1,234.56"),
        ("en_GB", 100, "CHF", "CHF 1.00"),
        ("de_CH", -123_456, "CHF", "CHF-1’234.56"),
        ("en_IN", 12_345_678, "INR", "₹1,23,456.78"),
        ("ja_JP", 1_234, "JPY", "￥1,234"),
        ("en_GB", 1_234_567, "KWD", "KWD 1,234.567"),
        ("nl_NL", -1_250, "EUR", "€ -12,50"),
        ("fr_FR", 123_456, "EUR", "1 234,56 €"),
        ("en_LK", 500, "LKR", "LKR 5.00"),
    ],
)
def test_money(locale: str, minor: int, currency: str, written: str) -> None:
    i18n.set_locale(locale)
    assert i18n.money(minor, currency).replace("\u00a0", " ") == written
    assert i18n.money(minor, Currency.of(currency)) == i18n.money(minor, currency)


def test_an_amount_has_no_currency() -> None:
    assert i18n.amount(-123_456, "EUR") == i18n.money(-123_456, "EUR", symbol=False) == "-1,234.56"


def test_a_currency_of_another_exponent_is_believed() -> None:
    assert i18n.amount(12_345, Currency("EUR", 4)) == "1.2345"


def test_quantities_and_rates() -> None:
    assert [i18n.quantity(n) for n in (1000, 2500, -3000, 12_000_000)] == ["1", "2.5", "-3", "12,000"]
    assert i18n.quantity(335, "kg") == "0.335\u00a0kg"
    assert [i18n.percent(n) for n in (190_000, 88_750, 0, 1_000_000)] == ["19%", "8.875%", "0%", "100%"]
    i18n.set_locale("de_DE")
    assert i18n.quantity(1335, "kg") == "1,335\u00a0kg"
    assert i18n.percent(88_750) == "8,875\u00a0%"


def test_dates_and_times_are_the_shops() -> None:
    assert (i18n.date(NOON), i18n.time(NOON), i18n.day("2026-01-02")) == ("23/11/2026", "11:00", "02/01/2026")
    i18n.set_locale("de_DE", "Asia/Kolkata")
    assert (i18n.date(NOON), i18n.time(NOON)) == ("23.11.2026", "16:30")
    i18n.set_locale("en_US", "America/New_York")
    assert (i18n.date(NOON), i18n.time(NOON)) == ("11/23/2026", "6:00\u00a0AM")


def test_midnight_and_noon_have_twelve_hours() -> None:
    i18n.set_locale("en_US", "UTC")
    midnight = NOON - 11 * 3_600_000
    assert i18n.time(midnight) == "12:00\u00a0AM"
    assert i18n.time(midnight + 12 * 3_600_000) == "12:00\u00a0PM"


def test_a_language_nobody_has_written_is_english() -> None:
    assert i18n.set_language("tlh") == "en"
    assert i18n.set_language("de_AT.UTF-8") in {"de", "en"}
    i18n.set_language("en")
    assert i18n._("") == ""
    assert i18n._("no such text at all") == "no such text at all"


def test_a_time_zone_nobody_knows_is_this_machines() -> None:
    assert not i18n.is_timezone("Mars/Olympus")
    i18n.set_locale("en_GB", "Mars/Olympus")
    assert i18n.date(NOON)


@pytest.mark.parametrize("code", cldr.LOCALES)
def test_the_table_says_what_cldr_says(code: str) -> None:
    """Generated rows equal fresh ones, and fresh ones write as Babel does."""
    fresh = cldr.describe(code)
    assert fresh is not None
    assert conventions.of(code) == conventions.from_row(fresh)
    i18n.set_locale(code, "UTC")
    assert code in conventions.known()
    for minor in (-123_456_789, -5, 0, 100, 98_765):
        for currency in ("EUR", "USD", "CHF", "LKR"):
            babel = cldr.plain(format_currency(Decimal(minor) / 100, currency, locale=code))
            assert i18n.money(minor, currency).replace("\u00a0", "") == babel.replace("\u00a0", "")
    assert i18n.percent(190_000) == cldr.plain(format_percent(Decimal("0.19"), locale=code))
    moment = i18n._moment(NOON)
    assert i18n.time(NOON) == cldr.plain(format_time(moment, "short", locale=Locale.parse(code)))


def test_the_exponents_are_those_of_the_checkout() -> None:
    for code, exponent in EXPONENTS.items():
        assert i18n._EXPONENTS.get(code, 2) == exponent
    assert set(i18n._EXPONENTS) <= set(EXPONENTS)


def test_a_rare_locale_is_asked_of_cldr_and_an_unknown_one_writes_like_its_language() -> None:
    i18n.set_locale("lt_LT")
    assert i18n.money(123_456, "EUR").replace("\u00a0", " ") == "1 234,56 €"
    i18n.set_locale("xx_YY")
    assert i18n.amount(123_456, "EUR") == "1,234.56"


def test_a_first_price_does_not_import_babel() -> None:
    code = (
        "import sys; from kiosk import i18n; i18n.set_language('de'); i18n.set_locale('de_DE', 'UTC');"
        "i18n.money(1250, 'EUR'); i18n.date(0); i18n._('Cash'); sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_another_language_is_spoken_inside_a_block_only() -> None:
    i18n.set_language("de")
    with i18n.speaking("en") as spoken:
        assert (spoken, i18n.language(), i18n._("Change")) == ("en", "en", "Change")
        with i18n.speaking("xx") as unknown:
            assert unknown == "en"
        i18n.set_language("de")
        assert i18n.language() == "en", "the block keeps its own language"
    assert i18n.language() == "de"
    assert i18n._("Change") != "Change"


def test_a_block_ends_with_an_error_too() -> None:
    with pytest.raises(ValueError, match="on purpose"), i18n.speaking("de"):
        raise ValueError("on purpose")
    assert i18n.language() == "en"


def test_a_language_that_one_thread_speaks_is_not_heard_in_another() -> None:
    entered, heard = threading.Event(), threading.Event()

    def printing() -> str:
        with i18n.speaking("de"):
            entered.set()
            assert heard.wait(5)
            return i18n.language()

    with ThreadPoolExecutor(1) as printer:
        slip = printer.submit(printing)
        assert entered.wait(5)
        assert i18n.language() == "en"
        heard.set()
        assert slip.result(5) == "de"
