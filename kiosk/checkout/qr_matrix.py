"""QR codes as modules and as half-block text, for the screen, the terminal and files; no picture library.

A payment code is bytes in a charset its reader relies on, so the bytes are fixed here (UTF-8, or what an EPC
code says of itself) and never left to a library's guess. Paint the rows black on white whatever the theme:
codes without a white border, or inverted, were read by no decoder in our trials.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from kiosk.checkout.payments.epc import encoded as epc_bytes
from kiosk.i18n import _

Level = Literal["L", "M", "Q", "H"]
"""Error correction: 7, 15, 25 or 30 % of the code may be lost."""
QUIET = 4
"""Modules of white on each side (ISO/IEC 18004)."""
LEAST_QUIET = 2
"""What two decoders still read on a dark screen; for a panel that is too small for 4."""
SVG_PX = 8
"""Pixels of a module in a picture."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules, True is black; without the quiet zone."""


class QrTooLong(ValueError):
    """A text does not fit any QR code of this error correction, or no code that fits the place."""


def payload_bytes(payload: str) -> bytes:
    """Return the bytes that a code must hold: UTF-8, except an EPC code's own charset."""
    return epc_bytes(payload) if payload.startswith("BCD") else payload.encode("utf-8")


@lru_cache(maxsize=8)
def matrix(payload: str, level: Level = "M") -> Matrix:
    """Return the modules of a code; QrTooLong when no code of this level holds the payload."""
    import segno

    plain = payload.isascii()
    try:
        made = segno.make(
            payload if plain else payload_bytes(payload),
            error=level,
            mode=None if plain else "byte",
            boost_error=False,
            micro=False,
        )
    except segno.DataOverflowError:
        words = _("{n} bytes are too much for a QR code of level {level}")
        raise QrTooLong(words.format(n=len(payload_bytes(payload)), level=level)) from None
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)


def half_blocks(modules: Matrix, quiet: int = QUIET, scale: int = 1) -> tuple[str, ...]:
    """Return rows of text to be painted black on white; a module is `scale` half characters a side."""
    blank = (False,) * (len(modules) + 2 * quiet)
    border = (False,) * quiet
    plain = [blank] * quiet + [(*border, *row, *border) for row in modules] + [blank] * quiet
    rows = [tuple(dark for dark in row for _ in range(scale)) for row in plain for _ in range(scale)]
    rows += [(False,) * len(rows[0])] * (len(rows) % 2)
    return tuple(
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )


def fit(payload: str, columns: int, rows: int, levels: Sequence[Level] = ("M", "L")) -> tuple[str, ...]:
    """Return the sturdiest drawing that fits a place of so many cells; QrTooLong when none does.

    Twice as large is read from twice as far. A full quiet zone is given up only after error correction: a
    code without its white border is not found.
    """
    ways = [(levels[0], QUIET, 2), *((level, quiet, 1) for quiet in (QUIET, LEAST_QUIET) for level in levels)]
    for level, quiet, scale in ways:
        drawn = half_blocks(matrix(payload, level), quiet, scale)
        if len(drawn) <= rows and len(drawn[0]) <= columns:
            return drawn
    words = _("the code needs more than {columns} x {rows} cells; show it on paper")
    raise QrTooLong(words.format(columns=columns, rows=rows))


def svg(payload: str, level: Level = "M") -> str:
    """Return an SVG picture with its quiet zone."""
    modules = matrix(payload, level)
    side = len(modules) + 2 * QUIET
    dark = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(modules)
        for x, module in enumerate(row)
        if module
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side * SVG_PX}" height="{side * SVG_PX}" '
        f'viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{dark}"/></svg>\n'
    )
