"""Rounding to the coins that exist, what customers hand over, and what goes back."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkout.cash import CashRounding, change_coins, quick_amounts, round_cash
from kiosk.checkout.denominations import denominations
from kiosk.checkout.money import Currency

EUR, CHF, JPY = Currency.of("EUR"), Currency.of("CHF"), Currency.of("JPY")
FIVE = CashRounding(5)


def test_the_swedish_table_of_five_cent_rounding() -> None:
    rounded = [round_cash(amount, FIVE) for amount in range(210, 221)]
    assert rounded == [210] * 3 + [215] * 5 + [220] * 3


def test_canada_rounds_492_down_to_490() -> None:
    assert round_cash(492, FIVE) == 490


def test_a_refund_gives_back_what_was_paid_whichever_way_it_was_rounded() -> None:
    assert round_cash(-750, CashRounding(100, "down")) == -700
    assert round_cash(-750, CashRounding(100, "up")) == -800
    assert round_cash(-138, FIVE) == -140


@given(st.integers(-(10**10), 10**10), st.integers(1, 1000), st.sampled_from(["half-up", "up", "down"]))
def test_rounding_ends_on_a_step_less_than_a_step_away(amount: int, step: int, method: str) -> None:
    rounding = CashRounding(step, method)  # type: ignore[arg-type]
    rounded = round_cash(amount, rounding)
    assert rounded % step == 0
    assert abs(rounded - amount) < step
    assert round_cash(-amount, rounding) == -rounded
    assert round_cash(rounded, rounding) == rounded


def test_without_rounding_every_cent_is_due() -> None:
    assert round_cash(492, None) == 492


def test_a_step_of_nothing_is_no_rounding() -> None:
    with pytest.raises(ValueError, match="step"):
        CashRounding(0)


@pytest.mark.parametrize(
    ("due", "currency", "sums"),
    [
        (5315, EUR, (5315, 5500, 6000, 10000, 20000, 50000)),
        (320, EUR, (320, 350, 400, 500, 1000, 2000)),
        (25300, EUR, (25300, 26000, 30000, 40000, 50000)),
        (1234, JPY, (1234, 1300, 1500, 2000, 5000, 10000)),
        (2000, EUR, (2000, 5000, 10000, 20000, 50000)),
        (0, EUR, ()),
    ],
)
def test_quick_amounts_are_what_a_customer_hands_over(
    due: int, currency: Currency, sums: tuple[int, ...]
) -> None:
    assert quick_amounts(due, currency) == sums


@given(st.integers(1, 10**10), st.sampled_from(["EUR", "JPY", "KWD", "LKR", "XAF"]))
def test_quick_amounts_start_with_the_exact_one_and_grow(due: int, code: str) -> None:
    sums = quick_amounts(due, Currency.of(code))
    assert sums[0] == due
    assert list(sums) == sorted(set(sums))
    assert len(sums) <= 6


def test_change_is_the_fewest_pieces() -> None:
    assert change_coins(915, EUR) == ((500, 1), (200, 2), (10, 1), (5, 1))
    assert change_coins(0, EUR) == ()
    assert change_coins(43, CHF) == ((20, 2),)  # three cents no coin can pay


@given(st.integers(0, 10**7), st.sampled_from(["EUR", "USD", "GBP", "JPY", "PLN"]))
def test_change_adds_up_where_there_is_a_coin_for_everything(change: int, code: str) -> None:
    assert sum(piece * count for piece, count in change_coins(change, Currency.of(code))) == change


def test_a_currency_the_table_does_not_have_goes_one_two_five() -> None:
    made_up = denominations(Currency.of("XTS", 2))
    assert made_up.notes[-1] == 500
    assert made_up.coins == (200, 100, 50, 20, 10, 5, 2, 1)
    assert (
        denominations(Currency.of("EUR", 0)).pieces[-1] == 1
    )  # the table's cents do not fit: the series again


@pytest.mark.parametrize("code", ["EUR", "CHF", "JPY", "KWD", "LKR", "USD", "VND"])
def test_every_table_is_sorted_and_without_repeats(code: str) -> None:
    pieces = denominations(Currency.of(code)).pieces
    assert list(pieces) == sorted(set(pieces), reverse=True)


FILE = Path(__file__).parent / "files" / "denominations.txt"
LEFT_OUT = {
    "AED": "0.01 0.05 0.1", "BRL": "0.01", "CLP": "1 5", "CNY": "0.01 0.05", "IDR": "25 50",
    "ILS": "0.01 0.05", "KRW": "1 5", "LKR": "0.25 0.5", "MXN": "0.05 0.1 0.2", "PHP": "0.01 0.05 0.1",
    "SGD": "0.01 1000 10000", "TRY": "0.01", "VND": "100 200 500", "ZAR": "0.05",
    "DKK": "1000",  # no legal tender since 2025-05-31
    "INR": "2000",  # withdrawn from circulation in 2023
    "USD": "2",
}  # fmt: skip
"""What a public table has and ours has not: withdrawn, or not met at a stall."""
ADDED = {"RON": "20"}
"""The note of 2021, which that table does not know yet."""


def _public_tables() -> dict[str, set[Fraction]]:
    lines = FILE.read_text("utf-8").splitlines()[1:]
    return {line[:3]: {Fraction(text) for text in line[4:].replace("|", " ").split()} for line in lines}


@pytest.mark.parametrize(("code", "public"), _public_tables().items())
def test_the_pieces_are_those_of_a_public_table_but_for_the_ones_named(
    code: str, public: set[Fraction]
) -> None:
    money = Currency.of(code)
    ours = {Fraction(piece, 10**money.exponent) for piece in denominations(money).pieces}
    assert public - ours == {Fraction(text) for text in LEFT_OUT.get(code, "").split()}
    assert ours - public == {Fraction(text) for text in ADDED.get(code, "").split()}
