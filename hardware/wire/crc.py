"""The CRC that Modbus seals its frames with: solar controllers, and a relay board for locks."""

from __future__ import annotations


def crc(chunk: bytes) -> int:
    """CRC-16/MODBUS: polynomial A001 reflected, start FFFF; it is sent low byte first."""
    value = 0xFFFF
    for byte in chunk:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 if value & 1 else 0)
    return value


def sealed(body: bytes) -> bytes:
    """A frame with its CRC."""
    return body + crc(body).to_bytes(2, "little")
