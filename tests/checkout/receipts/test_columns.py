"""Text on fixed columns: measured as it is seen, never wider than the paper, no amount cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.cleaning import plain_text as clean
from kiosk.checkout.columns import head, pad, spread, width, wrap


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Mug", 3),
        ("Käse", 4),
        ("Ka\u0308se", 4),
        ("抹茶", 4),
        ("ﾏｯﾁｬ", 4),
        ("नमस्ते", 4),
        ("€", 1),
        ("", 0),
        ("👍", 2),
    ],
)
def test_width_is_that_on_paper(text: str, columns: int) -> None:
    assert width(text) == columns


def test_marks_stay_with_their_letter_when_a_text_is_cut() -> None:
    assert head("e\u0301e\u0301e\u0301", 2) == "e\u0301e\u0301"
    assert head("抹茶", 3) == "抹"


def test_words_wrap_and_long_words_are_cut() -> None:
    assert wrap("a market stall in the rain", 10) == ["a market", "stall in", "the rain"]
    assert wrap("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert wrap("  indented words stay so", 12) == ["  indented", "  words stay", "  so"]
    assert wrap("", 10) == [""]


def test_an_amount_keeps_its_place_and_all_its_digits() -> None:
    assert spread("Mug", "12.50", 12) == ["Mug    12.50"]
    assert spread("Mug, blue glaze", "12.50", 14) == ["Mug, blue", "glaze    12.50"]
    assert spread("Mug, blue", "12.50", 14) == ["Mug, blue", "         12.50"]
    assert spread("", "12.50", 5) == ["12.50"]
    assert spread("Mug", "1,234,567.50", 12) == ["Mug", "1,234,567.50"]
    assert spread("抹茶", "3.00", 12) == ["抹茶    3.00"]


def test_what_could_move_a_cursor_is_taken_out() -> None:
    assert clean("a\x1b[2Jb\u202ec\td\u00a0e") == "a[2Jbc d e"


@given(st.text(max_size=60), st.integers(8, 48))
def test_no_line_is_wider_than_the_paper(text: str, columns: int) -> None:
    plain = clean(text)
    assert all(width(line) <= columns for line in wrap(plain, columns))
    made = spread(plain, "12.50", columns)
    assert all(width(line) <= columns for line in made)
    assert made[-1].endswith("12.50")


@given(st.text(max_size=20))
def test_padding_fills_up(text: str) -> None:
    assert width(pad(clean(text), 50)) == 50
