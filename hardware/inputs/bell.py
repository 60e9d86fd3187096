"""Wakes a thread that waits for descriptors, from any other thread."""

from __future__ import annotations

import socket
from contextlib import suppress


class Bell:
    """Two ends of a wire: who waits listens at `fileno`, who wants it to stop calls `ring`."""

    def __init__(self) -> None:
        """Open both ends; sockets, because Windows cannot wait for a pipe."""
        self._ring, self._hear = socket.socketpair()

    def fileno(self) -> int:
        """The descriptor that can be read once the bell has rung."""
        return self._hear.fileno()

    def ring(self) -> None:
        """Wake the listener, now or when it next waits."""
        with suppress(OSError):  # closed already: nobody is left to wake
            self._ring.send(b"x")

    def close(self) -> None:
        """Close both ends."""
        self._ring.close()
        self._hear.close()
