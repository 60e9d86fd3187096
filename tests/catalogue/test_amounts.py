"""Prices as other programs write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue import amounts


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["12.50", "1,234"], "."),
        (["12,50", "1.234"], ","),
        (["1.234,50"], ","),
        (["1,234.50"], "."),
        (["1,234,567"], "."),
        (["1.234.567"], ","),
        (["0,500"], ","),
        (["1,234"], "."),
        (["5", ""], "."),
        ([], "."),
        (["€ 12,5", "CHF 3,00", "x"], ","),
        (["12.5", "3.25", "4,5"], "."),
    ],
)
def test_what_the_comma_means_in_a_file(texts: list[str], sign: str) -> None:
    assert amounts.decimal_sign(texts) == sign


@pytest.mark.parametrize(
    ("text", "sign", "exponent", "minor"),
    [
        ("12.50", ".", 2, 1250),
        ("12", ".", 2, 1200),
        ("12.500000", ".", 2, 1250),
        (".5", ".", 2, 50),
        ("£4,250.00", ".", 2, 425_000),
        ("1.234,50 €", ",", 2, 123_450),
        ("EUR 9,99", ",", 2, 999),
        ("9.99EUR", ".", 2, 999),
        ("1'234.50", ".", 2, 123_450),
        ("1\u202f234,50", ",", 2, 123_450),
        ("1,00,000", ".", 2, 10_000_000),
        ("-3", ".", 2, -300),
        ("-EUR 3", ".", 2, -300),
        ("500", ".", 0, 500),
        ("1.250", ".", 3, 1250),
    ],
)
def test_prices(text: str, sign: str, exponent: int, minor: int) -> None:
    assert amounts.parse(text, sign, exponent) == minor


@pytest.mark.parametrize(
    ("text", "sign", "exponent"),
    [
        ("abc", ".", 2),
        ("12.505", ".", 2),
        ("12,50", ".", 2),
        ("1.5", ".", 0),
        ("1,23", ".", 2),
        ("1.234.5", ".", 2),
        ("1e5", ".", 2),
        ("٣", ".", 2),
        ("NaN", ".", 2),
        ("9" * 19, ".", 2),
        ("--1", ".", 2),
        ("1-", ".", 2),
        ("", ".", 2),
    ],
)
def test_what_is_no_price(text: str, sign: str, exponent: int) -> None:
    with pytest.raises(ValueError, match="“"):
        amounts.parse(text, sign, exponent)


@given(st.integers(0, 10**10), st.sampled_from([".", ","]), st.sampled_from(["", "€", "EUR "]))
def test_what_was_written_is_read(minor: int, sign: str, mark: str) -> None:
    text = f"{minor // 100:,}.{minor % 100:02}"
    if sign == ",":
        text = text.translate({ord("."): ",", ord(","): "."})
    assert amounts.parse(mark + text, sign, 2) == minor
