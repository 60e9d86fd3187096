"""Where a printer may be asked something in the middle of a job: nowhere inside a picture or a code."""

from __future__ import annotations

from hardware.printer.spans import missing

PICTURE = b"\x1dv0\x00\x02\x00\x03\x00" + b"\x1d(k\x00\xff\x10"
"""Two bytes a row, three rows; its dots look like the head of another command."""
CODE = b"\x1d(k\x05\x001P0ab"
JOB = b"\x1b@one\n" + PICTURE + b"two\n" + CODE + b"three\n"


def test_only_between_commands_that_say_their_own_length() -> None:
    free = {offset for offset in range(len(JOB) + 1) if not missing(JOB, offset)}
    code = JOB.index(b"\x1d(k\x05")
    words = {*range(7), *range(6 + len(PICTURE), code + 1), *range(code + len(CODE), len(JOB) + 1)}
    assert free == words


def test_a_picture_cut_off_has_no_end() -> None:
    assert missing(b"\x1dv0\x00\x02\x00\x03\x00x", 9) == 5
    assert not missing(b"", 0)
