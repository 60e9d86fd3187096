"""An input node made of two sockets: the test types at one end, our reader reads at the other."""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Collection

from hardware.inputs.node import Axis
from hardware.inputs.records import SIZE, Record, pack, unpack
from hardware.scanner.keymap import keymap
from hardware.simulated import typist


def typed(code: str, *end: typist.Stroke, layout: str = "us") -> bytes:
    """A code and what comes behind it, typed now."""
    strokes = [*typist.strokes(keymap(layout), code), *end]
    return pack(typist.records(strokes, int(time.monotonic() * 1000)))


class Wire:
    """The other end of a node made of a pipe, as a test holds it."""

    shared = False

    def __init__(self) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.theirs.setblocking(False)
        self.down: set[int] = set()
        self.grabs = 0
        self.closed = 0

    def fileno(self) -> int:
        return self.theirs.fileno()

    def read(self) -> list[Record]:
        try:
            block = self.theirs.recv(SIZE * 64)
        except BlockingIOError:
            return []
        if not block:
            raise OSError(errno.ENODEV, "No such device")
        return unpack(block)

    def held(self) -> Collection[int]:
        return frozenset(self.down)

    def grab(self) -> None:
        assert not self.down
        self.grabs += 1

    def axis(self, code: int) -> Axis | None:
        return None

    def close(self) -> None:
        self.closed += 1
        self.theirs.close()

    def type(self, code: str) -> None:
        self.ours.sendall(typed(code, (28,)))
