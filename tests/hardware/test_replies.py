"""What a printer sends back is told apart byte by byte, however it was cut and whatever came between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.printer.replies import Answer, Replies, Reply, Unasked, WorkedOff
from hardware.printer.status import PrinterStatus

WELL = PrinterStatus(True, "ok", "closed", "closed", "none")
STREAM = b"\x12\x16\x10\x00\x00\x00\x37\x22\x30\x30\x34\x32\x00\x0f\x1e"
"""Two answers, an automatic status, the process id 0042 (as escpos-netprinter answers), GS r 1, an answer."""
MEANT: list[Reply] = [
    Answer(0x12),
    Answer(0x16),
    Unasked(WELL),
    WorkedOff(b"0042"),
    WorkedOff(),
    Answer(0x1E),
]


def test_every_kind_of_reply() -> None:
    assert Replies().feed(STREAM) == MEANT


@given(st.lists(st.integers(1, 5), max_size=20))
def test_any_cut_of_the_stream_means_the_same(sizes: list[int]) -> None:
    replies, got, at = Replies(), [], 0
    for size in [*sizes, len(STREAM)]:
        got += replies.feed(STREAM[at : at + size])
        at += size
    assert got == MEANT


@pytest.mark.parametrize("byte", range(256))
def test_every_single_byte_is_an_answer_the_beginning_of_more_or_noise(byte: int) -> None:
    came = Replies().feed(bytes((byte,)))
    if byte & 0x93 == 0x12:
        assert came == [Answer(byte)]
    elif byte in {0x00, 0x03, 0x0C, 0x0F}:
        assert came == [WorkedOff()]
    else:
        assert came == []


@pytest.mark.parametrize(
    "noise", [b"\x10\x12", b"\x10\x00\x00\x90\x12", b"\x37\x12", b"\x37\x22abcd\x12", b"\xff\x12"]
)
def test_what_only_looks_like_the_beginning_of_a_reply_hides_none_behind_it(noise: bytes) -> None:
    assert Replies().feed(noise)[-1] == Answer(0x12)


@given(st.binary(max_size=200))
def test_noise_never_breaks_it(noise: bytes) -> None:
    Replies().feed(noise)
