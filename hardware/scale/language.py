"""A scale's language as a value: what to send, when its reply is whole, and what that says. No I/O, no clock.

Seven-bit languages are read without their eighth bit, so that a port that passes the parity on is understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hardware.scale.weight import Answer
from hardware.wire.serial import Frame

MOST = 128
"""Bytes looked at in one reply; the longest known, CAS's with all prices, has 49."""


@dataclass(frozen=True, slots=True)
class Step:
    """Send something and wait for a reply."""

    send: bytes
    whole: re.Pattern[bytes]
    """Found in what has come once the reply is complete."""


@dataclass(frozen=True, slots=True)
class Language:
    """How to ask one kind of scale. The reply to the last step is what `decode` is given."""

    steps: tuple[Step, ...]
    decode: Callable[[bytes], Answer]
    """Takes the whole reply, in seven bits where the frame has seven."""
    tare: Step | None = None
    """How to ask for the tare, where that can be asked."""
    frame: Frame = "8N1"
    baud: int = 9600

    @property
    def seven(self) -> bool:
        """Whether a byte has seven bits."""
        return self.frame.startswith("7")


def plain(reply: bytes, seven: bool) -> bytes:
    """A reply without parity bits, where bytes have seven."""
    return bytes(byte & 0x7F for byte in reply) if seven else reply
