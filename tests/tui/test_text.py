"""Whatever a name holds, the screen stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk.tui.text import centre, clean, cut, left, parts, right, wrap


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Cup [/]", "Cup [/]"),
        ("[@click=app.quit]x", "[@click=app.quit]x"),
        ("a\x1b[2Jb\x07c", "a[2Jbc"),
        ("one\ntwo\ttwo", "one two two"),
        ("abc\u202edef\u2066g", "abcdefg"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 3),
        ("  wide   gap ", "wide gap"),
        ("\ud800lone", "lone"),
    ],
)
def test_clean_keeps_letters_and_nothing_that_acts(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@given(st.text(max_size=300), st.integers(0, 60))
def test_fitted_text_has_exactly_its_cells(text: str, width: int) -> None:
    for lay in (left, right, centre):
        assert cell_len(lay(clean(text), width)) == width
    assert cell_len(cut(clean(text), width)) <= width


@given(st.text(max_size=300), st.integers(1, 40), st.integers(1, 5))
def test_wrapped_text_fits_its_box(text: str, width: int, most: int) -> None:
    lines = wrap(clean(text), width, most)
    assert len(lines) <= most
    assert all(cell_len(line) <= max(width, 2) for line in lines)


def test_what_is_cut_says_so() -> None:
    assert cut("Beeswax candle", 8) == "Beeswax…"
    assert wrap("Beeswax candle with holder", 8, 2) == ["Beeswax", "candle…"]


def test_a_number_is_shown_whole_or_not_at_all() -> None:
    told = "446 Wh (390 sicher) · 120 W frei · Anlauf 387 W"
    assert parts(told, 47) == told
    assert parts(told, 46) == "446 Wh (390 sicher) · 120 W frei"
    assert parts(told, 0) == "446 Wh (390 sicher)"
