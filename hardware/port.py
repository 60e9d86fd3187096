"""A byte stream to read: blocks without cost until something comes or another thread closes it.

``socket://host:port`` is a plain socket, so that a simulated device needs no extra library; everything else
is a serial port opened for us alone through pyserial.
"""

from __future__ import annotations

import select
import socket
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from serial import Serial

CONNECT_S = 2.0
"""Deadline for a connection."""
MOST = 4096
"""Bytes taken in one read; the kernel's own buffer of a serial port."""


class Port(Protocol):
    """One open stream."""

    def read(self, within_s: float | None = None) -> bytes:
        """Wait for bytes; ``b""`` after `close`, or after so much silence, and never otherwise.

        Raises ``OSError`` when the other side is gone.
        """
        ...

    def close(self) -> None:
        """Wake a waiting `read` and let go; safe twice and from another thread."""
        ...


def open_port(url: str, baud: int = 9600) -> Port:
    """Open a stream within two seconds, or raise ``OSError``; ``ValueError`` for half an address."""
    if not url.startswith("socket://"):
        return SerialPort(url, baud)
    parts = urlsplit(url)
    if parts.hostname is None or parts.port is None:
        raise ValueError(f"{url!r} has no host and port, as in socket://127.0.0.1:4000")
    return SocketPort(parts.hostname, parts.port)


class SocketPort:
    """A TCP connection."""

    def __init__(self, host: str, port: int) -> None:
        """Connect."""
        self._socket = socket.create_connection((host, port), CONNECT_S)
        self._socket.settimeout(None)
        self._reading = threading.Lock()
        self._closed = False

    def read(self, within_s: float | None = None) -> bytes:
        """Wait for bytes."""
        with self._reading:
            if self._closed:
                return b""
            if within_s is not None and not select.select((self._socket,), (), (), within_s)[0]:
                return b""
            came = self._socket.recv(MOST)
        if not came and not self._closed:
            raise ConnectionResetError("the other side closed the connection")
        return came

    def close(self) -> None:
        """Wake the reader by shutting the connection down, then close it once nobody reads any more."""
        self._closed = True
        with suppress(OSError):  # the other side may have been quicker
            self._socket.shutdown(socket.SHUT_RDWR)
        with self._reading:
            self._socket.close()


class SerialPort:
    """A serial port, RS-232 or USB."""

    def __init__(self, path: str, baud: int) -> None:
        """Open for us alone: a second reader would steal every other character."""
        import serial

        exclusive = None if sys.platform == "win32" else True
        self._port: Serial = serial.Serial(path, baud, timeout=None, exclusive=exclusive)
        self._reading = threading.Lock()
        self._closed = False

    def read(self, within_s: float | None = None) -> bytes:
        """Wait for one byte and take what came with it."""
        with self._reading:
            if self._closed:
                return b""
            try:
                if self._port.timeout != within_s:
                    self._port.timeout = within_s
                first = self._port.read(1)
                return bytes(first + self._port.read(min(self._port.in_waiting, MOST)) if first else b"")
            except _TERMINAL_ERRORS as error:
                raise OSError(f"the port was lost: {error}") from error

    def close(self) -> None:
        """Wake the reader, then close once nobody reads any more."""
        if self._closed:
            return
        self._closed = True
        self._port.cancel_read()
        with self._reading:
            self._port.close()


def _terminal_errors() -> tuple[type[Exception], ...]:
    """``termios.error`` is no ``OSError``, and exists on POSIX only."""
    if sys.platform == "win32":
        return ()
    import termios

    return (termios.error,)


_TERMINAL_ERRORS = _terminal_errors()
