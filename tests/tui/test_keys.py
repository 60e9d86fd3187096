"""A wedge scanner's burst is one code; a person's keys are keys, in their order, none lost."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kiosk.tui.keys import GAP_MS, Scan, Wedge


def burst(wedge: Wedge[str], text: str, at_ms: int, step: int = 4, end: str = "enter") -> list[object]:
    """Type a code as a scanner does."""
    out: list[object] = []
    for number, char in enumerate(text):
        out += wedge.feed(char, char, char, at_ms + number * step)
    return out + list(wedge.feed(end, end, "\r", at_ms + len(text) * step))


def test_a_burst_ended_by_enter_is_one_code() -> None:
    assert burst(Wedge(), "4006381333931", 1000) == [Scan("4006381333931")]


def test_a_line_feed_ends_a_code_too() -> None:
    assert burst(Wedge(), "ABC-123", 1000, end="ctrl+j") == [Scan("ABC-123")]


def test_two_codes_without_a_pause_stay_two() -> None:
    wedge: Wedge[str] = Wedge()
    assert burst(wedge, "11112222", 0) + burst(wedge, "33334444", 40) == [Scan("11112222"), Scan("33334444")]


def test_the_gs1_separator_belongs_to_the_code() -> None:
    wedge: Wedge[str] = Wedge()
    for number, char in enumerate("0104006381333931"):
        assert not wedge.feed(char, char, char, number)
    assert not wedge.feed("gs", "ctrl+right_square_bracket", "\x1d", 17)
    for number, char in enumerate("10LOT"):
        assert not wedge.feed(char, char, char, 18 + number)
    assert wedge.feed("enter", "enter", "\r", 30) == [Scan("0104006381333931\x1d10LOT")]


def test_a_single_key_is_handed_on_when_nothing_follows() -> None:
    wedge: Wedge[str] = Wedge()
    assert wedge.feed("a", "a", "a", 1000) == []
    assert wedge.waiting
    assert wedge.flush(1000 + GAP_MS) == []
    assert wedge.flush(1001 + GAP_MS) == ["a"]
    assert not wedge.waiting


def test_a_short_number_and_enter_are_keys() -> None:
    assert burst(Wedge(), "12", 1000) == ["1", "2", "enter"]


def test_a_command_key_lets_what_was_typed_go_first() -> None:
    wedge: Wedge[str] = Wedge()
    wedge.feed("3", "3", "3", 1000)
    assert wedge.feed("f5", "f5", None, 1010) == ["3", "f5"]


def test_a_slow_typist_is_never_a_scanner() -> None:
    out = burst(Wedge(), "4711", 1000, step=90)
    assert out == ["4", "7", "1", "1", "enter"]


@given(st.lists(st.tuples(st.sampled_from("abc123"), st.integers(0, 200)), max_size=40))
def test_no_key_is_lost_or_overtaken(presses: Sequence[tuple[str, int]]) -> None:
    wedge: Wedge[str] = Wedge()
    at_ms, out = 0, []
    for char, gap in presses:
        at_ms += gap
        out += wedge.feed(char, char, char, at_ms)
    out += wedge.flush(at_ms + 1000)
    assert out == [char for char, _gap in presses]
