"""Amounts, quantities and rates as whole numbers, read and written without a float."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkout.money import (
    AmountError,
    Currency,
    UnknownCurrency,
    half_up,
    parse_quantity,
    parse_rate,
    plain_quantity,
    plain_rate,
)

EUR = Currency.of("EUR")


@pytest.mark.parametrize(
    ("thousandths", "cents"), [(125, 13), (1005, 101), (285, 29), (-125, -13), (-124, -12), (0, 0)]
)
def test_halves_go_away_from_zero_where_a_float_would_lose_them(thousandths: int, cents: int) -> None:
    assert half_up(thousandths, 10) == cents


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**9))
def test_rounding_agrees_with_decimal_arithmetic(numerator: int, denominator: int) -> None:
    exact = Decimal(2 * numerator) / Decimal(2 * denominator)
    if (2 * numerator) % (2 * denominator) == 0 or abs(numerator) < 10**10:
        assert half_up(numerator, denominator) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    assert (
        half_up(-numerator, denominator)
        == half_up(numerator, -denominator)
        == -half_up(numerator, denominator)
    )


@pytest.mark.parametrize(
    ("code", "text", "minor"),
    [
        ("EUR", "19.99", 1999),
        ("EUR", "12.5", 1250),
        ("EUR", "7", 700),
        ("EUR", "-0.05", -5),
        ("EUR", "-0", 0),
        ("JPY", "1200", 1200),
        ("KWD", "0.005", 5),
        ("CLF", "1.0001", 10001),
    ],
)
def test_an_amount_is_read_with_its_currencys_decimals(code: str, text: str, minor: int) -> None:
    assert Currency.of(code).parse(text) == minor


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "1,50",
            "1.",
            ".5",
            "+1",
            "--1",
            "1e3",
            "1E-2",
            "NaN",
            "Infinity",
            "-inf",
            "0x10",
            "1_000",
        ),
        *(" 1", "1 ", "1\n", "1.234", "1.500", "١٢", "1２", "½", "1.٥", "9" * 16, "1\x00"),
    ],
)
def test_what_is_no_plain_amount_is_refused_in_words(text: str) -> None:
    with pytest.raises(AmountError) as refused:
        EUR.parse(text)
    assert str(refused.value).isprintable()


def test_a_currency_without_decimals_takes_none() -> None:
    with pytest.raises(AmountError, match="whole number"):
        Currency.of("JPY").parse("100.0")


@given(st.integers(-(10**14), 10**14), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_every_amount_is_written_so_that_it_reads_back(minor: int, code: str) -> None:
    currency = Currency.of(code)
    assert currency.parse(currency.plain(minor)) == minor


def test_amounts_keep_their_decimals_and_quantities_drop_theirs() -> None:
    assert [EUR.plain(minor) for minor in (1250, 5, -5, 0, -123456)] == [
        "12.50",
        "0.05",
        "-0.05",
        "0.00",
        "-1234.56",
    ]
    assert [plain_quantity(quantity) for quantity in (335, 1000, 2500, 10_000)] == ["0.335", "1", "2.5", "10"]
    assert [plain_rate(rate) for rate in (190_000, 0, 1_000_000, 99_750)] == ["0.19", "0", "1", "0.09975"]
    assert parse_quantity("0.335") == 335
    assert parse_rate("0.09975") == 99_750


def test_a_currency_is_known_by_its_code_or_explained() -> None:
    assert (Currency.of("LKR").exponent, Currency.of("XTS", 3).exponent, Currency.of("EUR", 1).exponent) == (
        2,
        3,
        1,
    )
    for code, exponent in (("XTS", None), ("eur", None), ("EURO", 2), ("ÄÖÜ", 2), ("EUR", 5), ("EUR", -1)):
        with pytest.raises(UnknownCurrency):
            Currency.of(code, exponent)
