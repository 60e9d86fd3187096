"""Lines from scanners and meters, however they are cut, ended, broken off or abused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.lines import GAP_MS, MOST, LineSplitter


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_cr_lf_and_both_end_a_line(end: bytes) -> None:
    assert LineSplitter().feed(b"4006381333931" + end + b"96385074" + end, 0) == ["4006381333931", "96385074"]


@given(st.lists(st.binary(max_size=40), max_size=6), st.data())
def test_any_cut_of_the_stream_gives_the_same_lines(lines: list[bytes], draw: st.DataObject) -> None:
    stream = b"\r\n".join(lines) + b"\r\n"
    whole = LineSplitter().feed(stream, 0)
    at, splitter, got = 0, LineSplitter(), list[str]()
    while at < len(stream):
        step = draw.draw(st.integers(1, 30))
        got += splitter.feed(stream[at : at + step], 0)
        at += step
    assert got == whole


@given(st.binary(max_size=200))
def test_nothing_but_text_and_gs_comes_through(noise: bytes) -> None:
    for line in LineSplitter().feed(noise + b"\r", 0):
        assert line.strip(" ")
        assert all(
            character.isprintable() or character == "\x1d" or ord(character) > 0x9F for character in line
        )


def test_gs_stays_for_gs1_codes() -> None:
    assert LineSplitter().feed(b"\x02]C10109521234543213\x1d10AB\x03\r", 0) == ["]C10109521234543213\x1d10AB"]


def test_old_scanners_send_windows_1252() -> None:
    assert LineSplitter().feed("Käse\r".encode("cp1252"), 0) == ["Käse"]
    assert LineSplitter().feed("Käse €\r".encode(), 0) == ["Käse €"]


def test_half_a_code_is_dropped_after_a_pause_and_counted() -> None:
    splitter = LineSplitter()
    assert splitter.feed(b"40063813", 0) == []
    assert splitter.feed(b"33931\r", GAP_MS) == ["4006381333931"]
    assert splitter.feed(b"40063813", 1000) == []
    assert splitter.feed(b"96385074\r", 1001 + GAP_MS) == ["96385074"]
    assert splitter.lost == 1


def test_an_endless_line_is_dropped_to_its_end_and_counted_once() -> None:
    splitter = LineSplitter()
    assert splitter.feed(b"x" * MOST, 0) == []
    assert splitter.feed(b"x", 0) == []
    assert splitter.feed(b"y" * 10_000_000, 0) == []
    assert splitter.feed(b"z\r123\r", 0) == ["123"]
    assert splitter.lost == 1
    assert LineSplitter().feed(b"x" * MOST + b"\r", 0) == ["x" * MOST]


def test_empty_lines_are_nothing() -> None:
    assert LineSplitter().feed(b"\r\n\r\n  \r\x00\r", 0) == []
