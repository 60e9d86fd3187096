"""Code 128 on paper, for scanners without a camera: drawn by the printer where it can, else as a picture.

Native commands: ``GS h``, ``GS w``, ``GS H``, ``GS k`` function B (Epson). Picture: ``GS v 0``.
"""

from __future__ import annotations

from hardware.printer.profile import Profile
from hardware.printer.qr import raster

HEIGHT = 64
"""Dots: 8 mm at 203 dpi, enough for a hand that is not quite level."""
QUIET = 10
"""Modules of white that a reader needs on each side (ISO/IEC 15417)."""
WIDEST = 3
"""Dots a module: 0.375 mm at 203 dpi. A picture needs it: no byte of it is then a DLE (0x10, a lone dot)."""
START_C = 105
DLE = 16
"""Also a pair of digits in set C. Printers obey real-time commands even inside another one's contents."""


class NotDigits(ValueError):
    """What should stand in the bars is not an even number of digits."""


def encode(digits: str, profile: Profile) -> bytes:
    """One code with a blank line above and below, standing where the last alignment says."""
    if not digits or len(digits) % 2 or not (digits.isascii() and digits.isdigit()):
        raise NotDigits(f"{digits!r} is not an even number of digits; nothing was printed")
    return b"\n" + (_native(digits, profile.dots) if profile.native_qr else _picture(digits)) + b"\n"


def _native(digits: str, width: int) -> bytes:
    """Height, module, no words below, contents. In set C two digits are one sign; with a DLE it is set B."""
    pairs = bytes(int(digits[at : at + 2]) for at in range(0, len(digits), 2))
    signs = b"{B" + digits.encode() if DLE in pairs else b"{C" + pairs
    modules = 11 * (len(signs) - 2) + 35 + 2 * QUIET
    dots = min(WIDEST, width // modules)
    return b"\x1dh%c\x1dw%c\x1dH\x00\x1dkI%c" % (HEIGHT, dots, len(signs)) + signs


def _picture(digits: str) -> bytes:
    """The same code as a raster."""
    from barcode.charsets.code128 import CODES, STOP

    # Joined here: Code128 of python-barcode 0.16.1 drops a 99 at the beginning, as one code in a hundred has.
    signs = [START_C, *(int(digits[at : at + 2]) for at in range(0, len(digits), 2))]
    check = (START_C + sum(at * sign for at, sign in enumerate(signs))) % 103
    modules = "".join(CODES[sign] for sign in (*signs, check)) + STOP + "11"
    width = (len(modules) * WIDEST + 7) // 8
    bits = "".join(module * WIDEST for module in modules).ljust(width * 8, "0")
    return raster(int(bits, 2).to_bytes(width, "big") * HEIGHT, width)
