"""A simulated input node: the kernel's records over a socket, without the package that real nodes need."""

from __future__ import annotations

import errno
import socket
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from hardware.inputs.node import Axis
from hardware.inputs.records import EV_KEY, RELEASE, SIZE, Record, unpack

CONNECT_S = 2.0
"""Deadline for a connection."""
MOST: Final = SIZE * 256
"""Bytes taken in one read."""
AXES: Final = {
    0x00: Axis(0, 4095, 26, 0), 0x01: Axis(0, 4095, 47, 0),
    0x2F: Axis(0, 9), 0x35: Axis(0, 4095, 26), 0x36: Axis(0, 4095, 47),
}  # fmt: skip
"""X and Y, then slot, X and Y of a finger: a panel of 7 inches (154 x 86 mm) in 4096 steps each way."""


class SocketNode:
    """A connection to a simulated keyboard or panel; a pulled plug is a device that is gone."""

    shared = False

    def __init__(self, url: str) -> None:
        """Connect to ``socket://host:port`` within two seconds."""
        parts = urlsplit(url)
        if parts.hostname is None or parts.port is None:
            raise OSError(errno.EINVAL, f"{url!r} has no host and port, as in socket://127.0.0.1:4000")
        self._socket = socket.create_connection((parts.hostname, parts.port), CONNECT_S)
        self._socket.setblocking(False)
        self._part = b""
        self._down: set[int] = set()

    def fileno(self) -> int:
        """The descriptor to wait on."""
        return self._socket.fileno()

    def read(self) -> list[Record]:
        """Whole records; the rest of a block waits for its end."""
        try:
            came = self._socket.recv(MOST)
        except BlockingIOError:
            return []
        except ConnectionError:
            came = b""
        if not came:
            raise OSError(errno.ENODEV, "the device was unplugged")
        block = self._part + came
        whole = len(block) - len(block) % SIZE
        self._part = block[whole:]
        records = unpack(block[:whole])
        for record in records:
            if record.kind == EV_KEY:
                (self._down.discard if record.value == RELEASE else self._down.add)(record.code)
        return records

    def held(self) -> Collection[int]:
        """Keys whose release has not come yet."""
        return frozenset(self._down)

    def grab(self) -> None:
        """Nobody else listens to it."""

    def axis(self, code: int) -> Axis | None:
        """How an axis of the simulated panel is."""
        return AXES.get(code)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()
