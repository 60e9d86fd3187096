"""Winnsen-style boards of sixteen locks; no checksum.

Source: TechCorp07/kiosk `WinnsenProtocol.kt`, `LockerController.kt`, `STM32LockerConfig.kt`. In the answer to
a status question state and lock stand in the other order than in the answer to an order: its authors missed
that once. 02 in the answer to an order means that the coil still cools.
"""

from __future__ import annotations

from collections.abc import Sequence

from hardware.locks.board import (
    BadFrame,
    Capabilities,
    Codec,
    Levels,
    OpenAnswer,
    Reply,
    Request,
    Status,
    Verdict,
)
from hardware.locks.frames import require

HEAD, END = 0x90, 0x03
OPEN, STATUS, OPENED, TOLD = 0x05, 0x12, 0x85, 0x92
_VERDICTS = {0x01: Verdict.TAKEN, 0x02: Verdict.COOLING, 0x00: Verdict.REFUSED}


class Winnsen(Codec):
    """Head, length, function, station, lock, end; the answer has one byte more. It comes after the pulse."""

    kind = "winnsen"
    baud = 9600
    boards = range(256)
    capabilities = Capabilities(16, pulse_ms=750)
    locked_level = False

    def open(self, board: int, channel: int) -> bytes:
        """One lock."""
        self.check(board, channel)
        return bytes((HEAD, 6, OPEN, board, channel, END))

    def questions(self, board: int, channels: Sequence[int]) -> list[bytes]:
        """It tells of one lock at a time."""
        for channel in channels:
            self.check(board, channel)
        return [bytes((HEAD, 6, STATUS, board, channel, END)) for channel in channels]

    def size(self, held: bytes) -> int | None:
        """The second byte says it."""
        if held[:1] != bytes((HEAD,)):
            return 0
        if len(held) < 2:
            return None
        return held[1] if held[1] in {6, 7} else 0

    def read(self, frame: bytes) -> Reply | Request:
        """Functions 85 and 92 answer 05 and 12."""
        if len(frame) < 6 or frame[0] != HEAD or frame[-1] != END:
            raise BadFrame("it does not begin with 90 and end with 03")
        require(frame[1], frame)
        function, board = frame[2], frame[3]
        if len(frame) == 6 and function in {OPEN, STATUS}:
            return Request(board, frame[4], "open" if function == OPEN else "status")
        if len(frame) == 7 and function == OPENED and frame[5] in _VERDICTS:
            return OpenAnswer(board, frame[4], _VERDICTS[frame[5]])
        if len(frame) == 7 and function == TOLD and frame[4] in {0, 1}:
            return Status(board, {frame[5]: Levels(bool(frame[4]))})
        raise BadFrame(f"function {function:02X} with these bytes is none of this board's frames")
