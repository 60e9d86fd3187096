"""The grain of an EMVCo code: two digits of tag, two digits of length, then the value.

A length counts characters, not bytes: the specification's own sample, with Chinese names, parses only so.
"""

from __future__ import annotations

from binascii import crc_hqx
from collections.abc import Iterable

from kiosk.i18n import _

MOST = 99
"""Characters in one value: the length has two digits."""
Pair = tuple[str, str]
"""A tag and its value."""


class BadTlv(ValueError):
    """A text cannot be cut into tags, lengths and values."""


def join(pairs: Iterable[Pair]) -> str:
    """Write tags and values one after the other; BadTlv when a value is longer than its length can say."""
    out: list[str] = []
    for tag, value in pairs:
        if len(value) > MOST:
            raise BadTlv(
                _("tag {tag} has {n} characters, at most {most} fit").format(tag=tag, n=len(value), most=MOST)
            )
        out.append(f"{tag}{len(value):02}{value}")
    return "".join(out)


def split(text: str) -> list[Pair]:
    """Cut a text into tags and values; BadTlv names the character where it stops making sense."""
    pairs: list[Pair] = []
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if len(head) < 4 or not (head.isascii() and head.isdigit()):
            raise BadTlv(
                _("at character {at} a tag and its length (four digits) should begin").format(at=at + 1)
            )
        tag, length = head[:2], int(head[2:])
        value = text[at + 4 : at + 4 + length]
        if length == 0:
            raise BadTlv(_("tag {tag} at character {at} is empty").format(tag=tag, at=at + 1))
        if len(value) < length:
            raise BadTlv(
                _("tag {tag} at character {at} says it has {n} characters, but only {left} follow").format(
                    tag=tag, at=at + 1, n=length, left=len(value)
                )
            )
        pairs.append((tag, value))
        at += 4 + length
    return pairs


def crc(text: str) -> str:
    """Return the four hexadecimal digits that close a code; the text ends with the CRC's own `6304`.

    CRC-16/CCITT-FALSE (polynomial 1021, start FFFF; ISO/IEC 13239), over the UTF-8 bytes.
    """
    return f"{crc_hqx(text.encode('utf-8', 'surrogatepass'), 0xFFFF):04X}"
