"""The check bytes of lock boards, and the two tests every frame has to pass."""

from __future__ import annotations

from functools import reduce
from operator import xor

from hardware.locks.board import BadFrame, Levels


def sum8(body: bytes) -> int:
    """The low byte of the sum. It wraps around; a published driver that saturates is wrong from CA on."""
    return sum(body) & 0xFF


def xor8(body: bytes) -> int:
    """All bytes exclusive-or'ed."""
    return reduce(xor, body, 0)


def require(length: int, frame: bytes) -> None:
    """Raise BadFrame unless a frame is as long as its kind."""
    if len(frame) != length:
        raise BadFrame(f"{len(frame)} bytes where this frame has {length}")


def require_check(expected: int | bytes, frame: bytes) -> None:
    """Raise BadFrame unless the frame ends with its check."""
    wanted = bytes((expected,)) if isinstance(expected, int) else expected
    got = frame[-len(wanted) :]
    if got != wanted:
        raise BadFrame(f"check byte {got.hex(' ').upper()}, computed {wanted.hex(' ').upper()}")


def bits(body: bytes) -> list[bool]:
    """The bits of bytes, the lowest of the first byte first."""
    return [bool(byte >> n & 1) for byte in body for n in range(8)]


def levels(locks: bytes, items: bytes = b"") -> dict[int, Levels]:
    """Bit fields of locks, and of items where the board has sensors, as levels by channel."""
    seen: list[bool] | list[None] = bits(items) if items else [None] * (len(locks) * 8)
    return {n: Levels(*pair) for n, pair in enumerate(zip(bits(locks), seen, strict=True), 1)}
