"""One record of an input node, as bytes and as a value: `struct input_event` of linux/input.h.

Names and numbers are those of linux/input-event-codes.h.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final, NamedTuple

EV_SYN: Final = 0
EV_KEY: Final = 1
EV_ABS: Final = 3
EV_MSC: Final = 4
SYN_REPORT: Final = 0
"""Ends a packet: everything since the last one happened at once."""
SYN_DROPPED: Final = 3
"""The kernel's buffer (64 records for a keyboard, about ten characters) ran over and records are gone."""
MSC_SCAN: Final = 4
RELEASE: Final = 0
PRESS: Final = 1
REPEAT: Final = 2
"""The kernel's own auto-repeat of a key that is held."""

_LAYOUT = struct.Struct("llHHi")
"""Seconds, microseconds, type, code, value in the machine's own sizes: 24 bytes where a long has 64 bits."""
SIZE: Final = _LAYOUT.size


class Record(NamedTuple):
    """What happened to one key or axis."""

    kind: int
    """``EV_SYN``, ``EV_KEY``, ``EV_ABS`` and so on; the kernel's word for it is type."""
    code: int
    """Which key or axis."""
    value: int
    at_ms: int
    """Monotonic milliseconds at which the kernel heard of it."""


def pack(records: Iterable[Record]) -> bytes:
    """The bytes that a node would give for these records."""
    return b"".join(
        _LAYOUT.pack(one.at_ms // 1000, one.at_ms % 1000 * 1000, one.kind, one.code, one.value)
        for one in records
    )


def unpack(block: bytes) -> list[Record]:
    """The records in a block whose length is a multiple of `SIZE`."""
    return [
        Record(kind, code, value, seconds * 1000 + micro // 1000)
        for seconds, micro, kind, code, value in _LAYOUT.iter_unpack(block)
    ]
