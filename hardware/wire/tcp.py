"""A device on the network: raw bytes over TCP, IPv4 or IPv6. Printers listen on port 9100."""

from __future__ import annotations

import socket
import sys
import time
from contextlib import suppress

CONNECT_S = 2.0
"""Deadline for a connection; a device on the same switch answers within milliseconds."""


class TcpLink:
    """One connection, kept while the other side answers."""

    answers: bool

    def __init__(self, host: str, port: int = 9100, *, answers: bool = True) -> None:
        """Remember the address; nothing is opened yet."""
        self.address = (host, port)
        self.answers = answers
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Connect, or raise ``OSError``."""
        self.close()
        self._socket = socket.create_connection(self.address, CONNECT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, chunk: bytes, deadline_s: float) -> int:
        """Bytes handed to the connection before the deadline."""
        wire, sent = self._connected(), 0
        until = time.monotonic() + deadline_s
        while sent < len(chunk):
            wire.settimeout(max(0.0, until - time.monotonic()))
            try:
                sent += wire.send(chunk[sent:])
            except (TimeoutError, BlockingIOError):
                break
            except OSError:
                if sent:
                    break  # the offset first; the next call raises again
                raise
        return sent

    def read(self, most: int, deadline_s: float) -> bytes:
        """What has come back, or nothing at the deadline."""
        wire = self._connected()
        wire.settimeout(deadline_s)
        try:
            came = wire.recv(most)
        except (TimeoutError, BlockingIOError):
            return b""
        if not came:
            raise ConnectionResetError("the other side closed the connection")
        return came

    def pending(self) -> int:
        """Bytes the other side has not acknowledged, on Linux; elsewhere always 0.

        One that was switched off and on takes nothing of what the system still holds for it.
        """
        if sys.platform != "linux":
            return 0
        import fcntl
        import termios

        unsent = fcntl.ioctl(self._connected(), termios.TIOCOUTQ, b"\0" * 4)  # SIOCOUTQ, tcp(7)
        return int.from_bytes(unsent, sys.byteorder)

    def close(self) -> None:
        """Drop the connection."""
        wire, self._socket = self._socket, None
        if wire is not None:
            with suppress(OSError):  # the other side may have been quicker
                wire.shutdown(socket.SHUT_RDWR)
            wire.close()

    def _connected(self) -> socket.socket:
        """The open connection."""
        if self._socket is None:
            raise ConnectionResetError("the device is not connected")
        return self._socket
