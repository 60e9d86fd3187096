"""The boards whose orders begin with 8A, of Guangzhou Shuoming and many clones; 2 to 24 locks.

Sources: the maker's sheet 485锁控板通讯协议2024A1 as quoted by a ROS 2 `lock_controller`, and three others,
all open. They disagree whether 11 in the answer to an order means done or refused, and that answer is byte
for byte the order's own echo: it is never taken for an answer here.
"""

from __future__ import annotations

from collections.abc import Sequence

from hardware.locks.board import BadFrame, Capabilities, Codec, Levels, Reply, Request, Status
from hardware.locks.frames import levels, require, require_check, xor8

ORDER, STATUS, REPORT = 0x8A, 0x80, 0x82
ASK_STATUS, FIRE = 0x33, 0x11
SHUT, OPEN = 0x11, 0x00


class Shuoming(Codec):
    """Head, board, lock, function, exclusive-or. Which state is locked depends on the lock's switch."""

    kind = "8a"
    baud = 9600
    boards = range(1, 33)
    capabilities = Capabilities(24, reports=True)
    locked_level = True

    def open(self, board: int, channel: int) -> bytes:
        """Lock 0 would be all of them, one after the other."""
        self.check(board, channel)
        return _checked(ORDER, board, channel, FIRE)

    def questions(self, board: int, channels: Sequence[int]) -> list[bytes]:  # noqa: ARG002  one tells all
        """Lock 0 asks for all."""
        self.check(board)
        return [_checked(STATUS, board, 0, ASK_STATUS)]

    def size(self, held: bytes) -> int | None:
        """Seven bytes for the state of all locks, five for everything else: told apart by their checks."""
        if held[:1] not in {bytes((head,)) for head in (ORDER, STATUS, REPORT)}:
            return 0
        if len(held) < 5:
            return None
        if held[0] == STATUS and len(held) >= 7 and held[5] == ASK_STATUS and xor8(held[:6]) == held[6]:
            return 7
        if xor8(held[:4]) == held[4]:
            return 5
        return None if held[0] == STATUS and len(held) < 7 else 5

    def read(self, frame: bytes) -> Reply | Request:
        """Head 82 is the unasked report; its layout is inferred from the single status."""
        require(self.size(frame) or 5, frame)
        require_check(xor8(frame[:-1]), frame)
        head, board, lock = frame[:3]
        if len(frame) == 7:
            return Status(board, levels(bytes((frame[4], frame[3], frame[2]))))
        state = frame[3]
        if head == ORDER and state == FIRE:
            return Request(board, lock, "open")
        if head == STATUS and state == ASK_STATUS:
            return Request(board, lock or None, "status")
        if head not in {STATUS, REPORT} or state not in {SHUT, OPEN}:
            raise BadFrame(f"head {head:02X} with function {state:02X} is none of this board's frames")
        return Status(board, {lock: Levels(state == SHUT)}, unasked=head == REPORT)


def _checked(*body: int) -> bytes:
    """Add the exclusive-or."""
    return bytes((*body, xor8(bytes(body))))
