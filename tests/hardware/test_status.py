"""Status bytes: the table measured against emupos 0.4.0, every possible byte, and silence."""

from __future__ import annotations

from typing import Any

import pytest

from hardware.printer.status import UNKNOWN, PrinterStatus, decode, decode_automatic, is_status, query

WELL = PrinterStatus(online=True, paper="ok", cover="closed", drawer="open", error="none")


@pytest.mark.parametrize(
    ("replies", "status"),
    [
        ((0x16, 0x12, 0x12, 0x12), WELL),
        ((0x12, 0x12, 0x12, 0x12), PrinterStatus(True, "ok", "closed", "closed", "none")),
        ((0x16, 0x12, 0x12, 0x1E), PrinterStatus(True, "low", "closed", "open", "none")),
        ((0x1E, 0x32, 0x12, 0x7E), PrinterStatus(False, "out", "closed", "open", "none")),
        ((0x1E, 0x16, 0x12, 0x12), PrinterStatus(False, "ok", "open", "open", "none")),
        ((0x1E, 0x12, 0x12, 0x12), PrinterStatus(False, "ok", "closed", "open", "none")),
        ((0x1A, 0x52, 0x1A, 0x12), PrinterStatus(False, "ok", "closed", "closed", "cutter")),
        ((0x1A, 0x52, 0x52, 0x12), PrinterStatus(False, "ok", "closed", "closed", "hot")),
        ((0x1A, 0x52, 0x32, 0x12), PrinterStatus(False, "ok", "closed", "closed", "fatal")),
    ],
)
def test_the_measured_answers(replies: tuple[int, ...], status: PrinterStatus) -> None:
    assert decode(dict(enumerate(replies, 1))) == status


def test_silence_is_unknown_and_never_all_is_well() -> None:
    assert decode({}) == UNKNOWN
    assert not UNKNOWN.answered
    assert UNKNOWN.printing is None
    assert not UNKNOWN.blocked


FIELDS = {1: {"online", "drawer"}, 2: {"cover"}, 3: {"error"}, 4: {"paper"}}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_all_256_bytes_are_classified(number: int) -> None:
    valid = 0
    for byte in range(256):
        status = decode({number: byte})
        known: set[Any] = {name for name in PrinterStatus.__slots__ if getattr(status, name) is not None}
        if is_status(byte):
            valid += 1
            assert known >= FIELDS[number]
            assert known <= FIELDS[number] | {"paper"}
        else:
            assert status == UNKNOWN
    assert valid == 16


def test_one_lost_answer_leaves_only_its_own_fields_unknown() -> None:
    assert decode({1: 0x16, 2: 0x12, 4: 0x12}) == PrinterStatus(True, "ok", "closed", "open", None)
    assert decode({1: 0x1E, 2: 0x32}).paper == "out"


@pytest.mark.parametrize(
    ("four", "status"),
    [
        (b"\x10\x00\x00\x00", PrinterStatus(True, "ok", "closed", "closed", "none")),
        (b"\x14\x00\x03\x00", PrinterStatus(True, "low", "closed", "open", "none")),
        (b"\x18\x00\x0f\x00", PrinterStatus(False, "out", "closed", "closed", "none")),
        (b"\x38\x00\x00\x00", PrinterStatus(False, "ok", "open", "closed", "none")),
        (b"\x18\x08\x00\x00", PrinterStatus(False, "ok", "closed", "closed", "cutter")),
        (b"\x12\x00\x00\x00", None),
        (b"\x10\x90\x00\x00", None),
        (b"\x10\x00\x00", None),
        (b"", None),
    ],
)
def test_automatic_status(four: bytes, status: PrinterStatus | None) -> None:
    assert decode_automatic(four) == status


@pytest.mark.parametrize(
    ("status", "printing"),
    [
        (WELL, True),
        (PrinterStatus(True, "low"), True),
        (PrinterStatus(True, None), None),
        (PrinterStatus(False, "ok"), False),
        (PrinterStatus(None, "out"), False),
        (PrinterStatus(True, "ok", error="hot"), False),
    ],
)
def test_whether_it_prints(status: PrinterStatus, printing: bool | None) -> None:
    assert status.printing is printing


def test_the_question() -> None:
    assert query(4) == b"\x10\x04\x04"
