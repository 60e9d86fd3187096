"""KERONG's boards: KR-CU16 (and CU12, the same frame) and CU48B.

Sources for CU16: jin0949/KR-CU16_locker `src/locker.py`, julio-alv/lkaas-kerong `src/kerong/*.rs`; for CU48B:
rhalf/smart-parcel-locker_locker-tool `Cu48b.cs`. Frames begin with 02 and end with 03 and a sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from hardware.locks.board import BadFrame, Capabilities, Codec, Reply, Request, Status
from hardware.locks.frames import levels, require, require_check, sum8

START, END = 0x02, 0x03
PULSE_UNIT_MS = 10
"""Command 37 counts in hundredths of a second."""


def _framed(*body: int) -> bytes:
    """Mark a frame's beginning and end and add its sum."""
    frame = bytes((START, *body, END))
    return frame + bytes((sum8(frame),))


def _marked(frame: bytes) -> None:
    """Raise BadFrame unless a frame's marks and sum are right."""
    if frame[0] != START or frame[-2] != END:
        raise BadFrame("it does not begin with 02 and end with 03 and a sum")
    require_check(sum8(frame[:-1]), frame)


class Cu16(Codec):
    """Sixteen locks with item sensors. It need not answer an order to open: ask for the status afterwards."""

    kind = "cu16"
    baud = 19200
    boards = range(16)
    capabilities = Capabilities(16, item_sensor=True, timed_pulse=True)
    locked_level = True
    item_level = True
    OPEN, STATUS, PULSE, ANSWER = 0x31, 0x30, 0x37, 0x35
    _ASKS: ClassVar = {OPEN: "open", STATUS: "status", PULSE: "pulse length"}
    _SIZES: ClassVar = {OPEN: 5, STATUS: 5, PULSE: 7, ANSWER: 9}

    def open(self, board: int, channel: int) -> bytes:
        """The address byte is the board's number and the lock's, counted from 0."""
        self.check(board, channel)
        return _framed(board << 4 | channel - 1, self.OPEN)

    def questions(self, board: int, channels: Sequence[int]) -> list[bytes]:  # noqa: ARG002  one tells all
        """Each board by its own address: sources disagree how all are asked at once."""
        self.check(board)
        return [_framed(board << 4, self.STATUS)]

    def set_up(self, board: int, pulse_ms: int) -> bytes:
        """The pulse's length, 10 to 60,000 ms in steps of ten."""
        self.check(board)
        return _framed(board << 4, self.PULSE, *(pulse_ms // PULSE_UNIT_MS).to_bytes(2, "big"))

    def size(self, held: bytes) -> int | None:
        """By the command, the third byte."""
        if held[:1] != bytes((START,)):
            return 0
        return None if len(held) < 3 else self._SIZES.get(held[2], 0)

    def read(self, frame: bytes) -> Reply | Request:
        """Two bytes of locks, two of items; the lowest bit is the first channel."""
        require(self.size(frame) or 5, frame)
        _marked(frame)
        board, command = frame[1] >> 4, frame[2]
        if command == self.ANSWER:
            return Status(board, levels(frame[3:5], frame[5:7]))
        if command not in self._ASKS:
            raise BadFrame(f"command {command:02X} is none of this board's")
        channel = (frame[1] & 15) + 1 if command == self.OPEN else None
        return Request(board, channel, self._ASKS[command])


class Cu48(Codec):
    """Forty-eight locks with item sensors. Its source does not say which level is locked: to be learned."""

    kind = "cu48b"
    baud = 19200
    boards = range(10)
    capabilities = Capabilities(48, item_sensor=True)
    OPEN, STATUS, ANSWER = 0x61, 0x60, 0x75
    _ASKS: ClassVar = {OPEN: "open", STATUS: "status"}

    def open(self, board: int, channel: int) -> bytes:
        """Locks are counted from 0 on the wire; 30 would be all of them."""
        self.check(board, channel)
        return _framed(board, channel - 1, self.OPEN)

    def questions(self, board: int, channels: Sequence[int]) -> list[bytes]:  # noqa: ARG002  one tells all
        """One question covers the board."""
        self.check(board)
        return [_framed(board, 0, self.STATUS)]

    def size(self, held: bytes) -> int | None:
        """By the command, the fourth byte."""
        if held[:1] != bytes((START,)):
            return 0
        if len(held) < 4:
            return None
        return 18 if held[3] == self.ANSWER else 6 if held[3] in self._ASKS else 0

    def read(self, frame: bytes) -> Reply | Request:
        """Six bytes of locks, six of items."""
        require(self.size(frame) or 6, frame)
        _marked(frame)
        board, lock, command = frame[1:4]
        if command == self.ANSWER:
            return Status(board, levels(frame[4:10], frame[10:16]))
        if command not in self._ASKS:
            raise BadFrame(f"command {command:02X} is none of this board's")
        return Request(board, lock + 1 if command == self.OPEN else None, self._ASKS[command])
