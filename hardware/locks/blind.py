"""Boards that open and tell nothing of doors: the 5A5A board, and the R421A08 relay on Modbus.

Without contacts of their own no opening can be confirmed; a box on such a board is in CHECK after each use
until somebody has looked. Sources: a Flask smart-locker project's frames for 5A5A (its replies are described
nowhere); hackaday.io project 167364 for the relay, whose answer to an order is the order itself, as Modbus
wants it, and so proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from hardware.locks.board import BadFrame, Capabilities, Codec, Reply, Request
from hardware.locks.frames import require, require_check, xor8
from hardware.wire.crc import crc, sealed


class Board5a(Codec):
    """`5A 5A 00 ADDR 00 04 00 01 LOCK XOR`."""

    kind = "5a5a"
    baud = 9600
    boards = range(32)
    capabilities = Capabilities(24, door_sensor=False)
    HEAD = b"\x5a\x5a\x00"

    def open(self, board: int, channel: int) -> bytes:
        """One lock; what lock 0 means is not said anywhere, so it is never sent."""
        self.check(board, channel)
        frame = self.HEAD + bytes((board, 0, 4, 0, 1, channel))
        return frame + bytes((xor8(frame),))

    def questions(self, board: int, channels: Sequence[int]) -> list[bytes]:  # noqa: ARG002
        """None that is known."""
        return []

    def size(self, held: bytes) -> int | None:
        """Ten bytes."""
        return 10 if self.HEAD.startswith(held[:3]) else 0

    def read(self, frame: bytes) -> Reply | Request:
        """Only the order itself is known."""
        require(10, frame)
        if not frame.startswith(self.HEAD) or frame[4:8] != b"\x00\x04\x00\x01":
            raise BadFrame("it is no order to open, and no other frame of this board is known")
        require_check(xor8(frame[:-1]), frame)
        return Request(frame[3], frame[8], "open")


class Relay(Codec):
    """Eight relays; register 05 00 closes one for a second by the board's own clock."""

    kind = "r421a08"
    baud = 9600
    boards = range(1, 248)
    capabilities = Capabilities(8, door_sensor=False, pulse_ms=1000)
    WRITE, READ = 0x06, 0x03
    MOMENTARY = b"\x05\x00"

    def open(self, board: int, channel: int) -> bytes:
        """One relay for one second; too long for a coil that bears less."""
        self.check(board, channel)
        return sealed(bytes((board, self.WRITE, 0, channel)) + self.MOMENTARY)

    def questions(self, board: int, channels: Sequence[int]) -> list[bytes]:  # noqa: ARG002
        """Relays can be read, doors cannot."""
        return []

    def size(self, held: bytes) -> int | None:
        """Eight bytes for orders, questions and the echo that answers an order; a reading says its length."""
        if len(held) < 3:
            return None
        if held[1] == self.READ and held[2] == 16:
            return 21
        return 8 if held[1] in {self.WRITE, self.READ} else 5 if held[1] & 0x80 else 0

    def read(self, frame: bytes) -> Reply | Request:
        """An order and its echo are the same bytes."""
        require(self.size(frame) or 8, frame)
        require_check(crc(frame[:-2]).to_bytes(2, "little"), frame)
        board, function = frame[0], frame[1]
        if len(frame) == 8 and function == self.WRITE and frame[4:6] == self.MOMENTARY:
            return Request(board, frame[3], "open")
        if len(frame) == 8 and function == self.READ:
            return Request(board, None, "status")
        if function & 0x80:
            raise BadFrame(f"the board refused with Modbus exception {frame[2]}")
        raise BadFrame("it tells of relays, not of doors")
