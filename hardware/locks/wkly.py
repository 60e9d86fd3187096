"""Boards whose frames begin with the letters WKLY (Yunchuan and others).

Source: junerver/LockDemo `LockCtlBoardCmdHelper.java` and its `ExampleUnitTest.kt`, from which every golden
frame here comes. Orders 80 (several at once), 86 (all) and 88 (hold on) are not made: the supply breaks down
at the third coil, and a held coil burns.
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
from hardware.locks.frames import require, require_check, xor8

HEAD = b"WKLY"
OPEN, STATUS, STATUS_ALL, REPORT = 0x82, 0x83, 0x84, 0x85
DONE, CLOSED, LOST = 0x00, 0x01, 0xFF
LEAST, MOST = 8, 9 + 1 + 24


class Wkly(Codec):
    """Head, length of the whole frame, board, command, body, exclusive-or."""

    kind = "wkly"
    baud = 9600
    boards = range(32)
    capabilities = Capabilities(24, pulse_ms=350, reports=True)
    locked_level = True

    def open(self, board: int, channel: int) -> bytes:
        """One lock."""
        self.check(board, channel)
        return _framed(board, OPEN, channel)

    def questions(self, board: int, channels: Sequence[int]) -> list[bytes]:  # noqa: ARG002  one tells all
        """One question covers the board."""
        self.check(board)
        return [_framed(board, STATUS_ALL)]

    def size(self, held: bytes) -> int | None:
        """The fifth byte says it."""
        if not HEAD.startswith(held[:4]):
            return 0
        if len(held) < 5:
            return None
        return held[4] if LEAST <= held[4] <= MOST else 0

    def read(self, frame: bytes) -> Reply | Request:
        """A request has no state byte behind its command; that is how a reply is told from it."""
        if frame[:4] != HEAD or len(frame) < LEAST:
            raise BadFrame("it does not begin with 57 4B 4C 59 (WKLY) and go on")
        require(frame[4], frame)
        require_check(xor8(frame[:-1]), frame)
        board, command, body = frame[5], frame[6], frame[7:-1]
        if command == STATUS_ALL:
            return Request(board, None, "status") if not body else _all(board, body)
        if command in {OPEN, STATUS} and len(body) == 1:
            return Request(board, body[0], "open" if command == OPEN else "status")
        if command == OPEN and len(body) == 3:
            return OpenAnswer(board, body[1], Verdict.TAKEN if body[0] == DONE else Verdict.REFUSED)
        if command == STATUS and len(body) == 3:
            return Status(board, _known({body[1]: body[2]}) if body[0] == DONE else {})
        if command == REPORT and len(body) == 2:
            return Status(board, _known({body[0]: body[1]}), unasked=True)
        raise BadFrame(f"command {command:02X} with {len(body)} bytes is none of this board's frames we use")


def _all(board: int, body: bytes) -> Status:
    """State, number of channels, one byte each."""
    if len(body) < 2 or len(body) != 2 + body[1]:
        raise BadFrame("the number of channels does not fit the frame")
    return Status(board, _known(dict(enumerate(body[2:], 1))) if body[0] == DONE else {})


def _known(states: dict[int, int]) -> dict[int, Levels]:
    """00 open and 01 closed; FF says that the board does not know, and that channel is left out."""
    return {channel: Levels(state == CLOSED) for channel, state in states.items() if state != LOST}


def _framed(board: int, command: int, *body: int) -> bytes:
    """Add head, length and check."""
    frame = HEAD + bytes((8 + len(body), board, command, *body))
    return frame + bytes((xor8(frame),))
