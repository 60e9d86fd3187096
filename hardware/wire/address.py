"""Chooses the wire by a device's address: ``socket://host:port`` is TCP, everything else a serial port."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit

from hardware.wire.serial import Frame


class Wire(Protocol):
    """Bytes both ways. Its owner sees to it that only one thread calls it at a time."""

    def open(self) -> None:
        """Connect within two seconds or raise ``OSError``."""
        ...

    def write(self, chunk: bytes, deadline_s: float) -> int:
        """Send what the other side takes in time; return how many bytes left."""
        ...

    def read(self, most: int, deadline_s: float) -> bytes:
        """Up to `most` bytes, or ``b""`` after silence. ``OSError`` when it is gone."""
        ...

    def close(self) -> None:
        """Let go; safe twice and half-opened."""
        ...


def wire_to(address: str, baud: int = 9600, frame: Frame = "8N1") -> Wire:
    """A wire that is not yet open. ``ValueError`` for half an address."""
    if not address.startswith("socket://"):
        from hardware.wire.serial import SerialLink

        return SerialLink(address, baud, flow="none", frame=frame)
    from hardware.wire.tcp import TcpLink

    parts = urlsplit(address)
    if parts.hostname is None or parts.port is None:
        raise ValueError(f"{address!r} has no host and port, as in socket://127.0.0.1:4000")
    return TcpLink(parts.hostname, parts.port)
