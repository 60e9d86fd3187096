"""Bytes as the 45 characters a QR code holds most tightly (RFC 9285)."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}


class NotBase45(ValueError):
    """The text is not base45."""


def encode(body: bytes) -> str:
    """Three characters for every two bytes, two for one left over."""
    text = []
    for at in range(0, len(body), 2):
        pair = body[at : at + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            text.append(ALPHABET[value % 45])
            value //= 45
    return "".join(text)


def decode(text: str) -> bytes:
    """The bytes again; NotBase45 for other characters, a length that cannot be, or a value too large."""
    if len(text) % 3 == 1:
        raise NotBase45(f"{len(text)} characters are no base45")
    body = bytearray()
    for at in range(0, len(text), 3):
        part = text[at : at + 3]
        if any(sign not in _VALUES for sign in part):
            raise NotBase45(f"{part!r} is not written in base45's characters")
        value = sum(_VALUES[sign] * 45**power for power, sign in enumerate(part))
        size = len(part) - 1
        if value >= 256**size:
            raise NotBase45(f"{part!r} is more than {size} bytes")
        body += value.to_bytes(size, "big")
    return bytes(body)
