"""A serial port, RS-232 or USB-to-serial, through pyserial: reads and writes that end at a deadline."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

from hardware.wire.descriptor import pull, push

if TYPE_CHECKING:
    from serial import Serial

Flow = Literal["none", "rtscts", "xonxoff"]
Frame = Literal["8N1", "7E1", "7O1", "7N2"]
"""Data bits, parity and stop bits, as they stand on a device's sheet."""
FRAMES: tuple[Frame, ...] = ("8N1", "7E1", "7O1", "7N2")
SLICE = 64
"""Bytes per write where a port cannot say how many it took (Windows): the offset is right to this many."""


class SerialLink:
    """One port, opened for us alone."""

    answers: bool

    def __init__(
        self,
        path: str,
        baud: int = 115200,
        *,
        flow: Flow = "rtscts",
        frame: Frame = "8N1",
        answers: bool = True,
    ) -> None:
        """Remember the port, best a name under ``/dev/serial/by-id``; nothing is opened yet."""
        self.path = path
        self.baud = baud
        self.flow = flow
        self.frame = frame
        self.answers = answers
        self._port: Serial | None = None

    def open(self) -> None:
        """Open exclusively, or raise ``OSError``."""
        import serial

        self.close()
        self._port = serial.Serial(
            self.path,
            self.baud,
            bytesize=int(self.frame[0]),
            parity=self.frame[1],
            stopbits=int(self.frame[2]),
            timeout=0,
            write_timeout=2.0,
            rtscts=self.flow == "rtscts",
            xonxoff=self.flow == "xonxoff",
            exclusive=None if sys.platform == "win32" else True,
        )

    def write(self, chunk: bytes, deadline_s: float) -> int:
        """Bytes the port took before the deadline; see `pending` for those not yet on the wire."""
        port = self._opened()
        if sys.platform != "win32":
            return push(port.fileno(), chunk, deadline_s)
        return _write_slices(port, chunk, deadline_s)

    def read(self, most: int, deadline_s: float) -> bytes:
        """What has come back, or nothing at the deadline."""
        port = self._opened()
        if sys.platform != "win32":
            return pull(port.fileno(), most, deadline_s)
        port.timeout = deadline_s
        return bytes(port.read(most))

    def pending(self) -> int:
        """Bytes still in the port's own buffer."""
        return int(self._opened().out_waiting)

    def close(self) -> None:
        """Close the port; what a stalled device never took is thrown away, or closing would wait for it."""
        port, self._port = self._port, None
        if port is None:
            return
        try:
            port.reset_output_buffer()
        except _port_errors():
            pass  # it was pulled out: there is no buffer any more
        port.close()

    def _opened(self) -> Serial:
        """The open port."""
        if self._port is None:
            raise ConnectionResetError("the port is not open")
        return self._port


def _write_slices(port: Serial, chunk: bytes, deadline_s: float) -> int:
    """Write in small slices, so that a time-out leaves the offset known."""
    from serial import SerialTimeoutException

    port.write_timeout, sent = deadline_s, 0
    while sent < len(chunk):
        try:
            sent += int(port.write(chunk[sent : sent + SLICE]) or 0)
        except SerialTimeoutException:
            break
    return sent


def _port_errors() -> tuple[type[Exception], ...]:
    """What a vanished port raises: ``termios.error`` is no ``OSError``, and exists on POSIX only."""
    if sys.platform == "win32":
        return (OSError,)
    import termios

    return (OSError, termios.error)
