"""QR codes on paper: drawn by the printer where it can, sent as a picture where it cannot.

Native commands: ``GS ( k`` functions 165, 167, 169, 180, 181 (Epson). Picture: ``GS v 0``.
"""

from __future__ import annotations

from bisect import bisect_left

from hardware.printer.profile import Profile

CAPACITY = (
    *(14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666),
    *(711, 779, 857, 911, 997),
)
"""Bytes that fit in versions 1 to 25 at error correction M (ISO/IEC 18004, table 7)."""
QUIET = 4
"""Modules of white that a reader needs on each side."""
EPC_CHARSETS = {
    "2": "iso-8859-1",
    "3": "iso-8859-2",
    "4": "iso-8859-4",
    "5": "iso-8859-5",
    "6": "iso-8859-7",
    "7": "iso-8859-10",
    "8": "iso-8859-15",
}
"""What a European payment code's third line may name besides UTF-8 (EPC069-12): its reader goes by it."""
LEAST_DOTS = 3
"""0.375 mm at 203 dpi: below it a phone has to be held too close. Version 25 still fits 58 mm paper."""
MOST_DOTS = 6
"""0.75 mm: larger reads no better and wastes paper."""
FRAGMENT = 24
"""Rows in one command of a picture: not even the widest code fills the buffer of a cheap printer then."""


class QrTooLong(ValueError):
    """A payload that no readable QR code on this paper can hold."""


def encode(payload: str, profile: Profile) -> bytes:
    """One QR code with a blank line above and below, standing where the last alignment says."""
    content = clean(payload)
    dots = module_dots(len(content), profile.dots)
    return b"\n" + (_native(content, dots) if profile.native_qr else _picture(content, dots)) + b"\n"


def clean(payload: str) -> bytes:
    """The payload's bytes without control characters, except the line feed of an EPC code and the GS of GS1.

    UTF-8, or the charset that an EPC code names of itself. A printer obeys real-time commands (DLE ...) even
    inside another command's contents, so none may pass.
    """
    text = "".join(c for c in payload if (c >= " " and c != "\x7f") or c in "\n\x1d")
    lines = text.split("\n", 3)
    charset = EPC_CHARSETS.get(lines[2].strip()) if lines[0] == "BCD" and len(lines) > 3 else None
    return text.encode(charset or "utf-8")


def module_dots(length: int, width: int) -> int:
    """Dots per module for a payload of so many bytes: about three quarters of the paper, never unreadable."""
    version = bisect_left(CAPACITY, length) + 1
    if version > len(CAPACITY):
        raise QrTooLong(f"a QR code of {length} bytes cannot be read from paper; {CAPACITY[-1]} is the most")
    modules = 17 + 4 * version + 2 * QUIET
    return max(LEAST_DOTS, min(MOST_DOTS, width * 3 // 4 // modules))


def _native(content: bytes, dots: int) -> bytes:
    """Model 2, module size, correction M, contents, print."""
    size = len(content) + 3
    return b"".join(
        (
            b"\x1d(k\x04\x001A2\x00",
            b"\x1d(k\x03\x001C%c" % dots,
            b"\x1d(k\x03\x001E1",
            b"\x1d(k%c%c1P0" % (size & 0xFF, size >> 8),
            content,
            b"\x1d(k\x03\x001Q0",
        )
    )


def _picture(content: bytes, dots: int) -> bytes:
    """The same code as a raster. A module is 3 dots wide or more, so no byte is a DLE (0x10, a lone dot)."""
    import segno

    matrix = segno.make(content, error="m", mode="byte", micro=False, boost_error=False).matrix
    width = (len(matrix) * dots + 7) // 8
    rows = []
    for line in matrix:
        bits = "".join(("1" if module else "0") * dots for module in line).ljust(width * 8, "0")
        rows.append(int(bits, 2).to_bytes(width, "big") * dots)
    return raster(b"".join(rows), width)


def raster(lines: bytes, width: int) -> bytes:
    """A picture of so many bytes a row, in pieces, one right below the other."""
    pieces = [lines[at : at + width * FRAGMENT] for at in range(0, len(lines), width * FRAGMENT)]
    return b"".join(b"\x1dv0\x00%c\x00%c\x00" % (width, len(piece) // width) + piece for piece in pieces)
