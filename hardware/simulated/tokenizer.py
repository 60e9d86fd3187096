"""ESC/POS bytes to commands, however the stream was cut. A table says how long each command is.

Written from Epson's command reference and sharing nothing with our encoder, so that it can bear witness
against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One command, or a run of printable bytes."""

    name: str
    """The command's name; ``text`` for characters, ``unknown`` for what the table does not have."""
    parameters: bytes = b""
    """Its fixed parameters."""
    content: bytes = b""
    """What follows the parameters where a length says so; the characters of a text."""
    size: int = 0
    """Bytes it took on the wire."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How to read one command after its first two bytes."""

    name: str
    parameters: int = 0
    content: Callable[[bytes], int] = lambda _parameters: 0


def _length_after_function(parameters: bytes) -> int:
    """``GS ( x pL pH``: the length counts from the function code on."""
    return parameters[1] | parameters[2] << 8


def _raster(parameters: bytes) -> int:
    """``GS v 0 m xL xH yL yH``: bytes a row times rows."""
    return (parameters[2] | parameters[3] << 8) * (parameters[4] | parameters[5] << 8)


def _columns(parameters: bytes) -> int:
    """``ESC * m nL nH``: one or three bytes a column."""
    return (parameters[1] | parameters[2] << 8) * (3 if parameters[0] in {32, 33} else 1)


COMMANDS = {
    b"\x1b@": _Shape("reset"),
    b"\x1bt": _Shape("page", 1),
    b"\x1bR": _Shape("country", 1),
    b"\x1ba": _Shape("align", 1),
    b"\x1bE": _Shape("bold", 1),
    b"\x1bG": _Shape("double strike", 1),
    b"\x1bM": _Shape("font", 1),
    b"\x1b-": _Shape("underline", 1),
    b"\x1b!": _Shape("mode", 1),
    b"\x1b{": _Shape("upside down", 1),
    b"\x1b2": _Shape("default spacing"),
    b"\x1b3": _Shape("spacing", 1),
    b"\x1bd": _Shape("feed lines", 1),
    b"\x1bJ": _Shape("feed dots", 1),
    b"\x1bp": _Shape("pulse", 3),
    b"\x1bi": _Shape("old full cut"),
    b"\x1bm": _Shape("old partial cut"),
    b"\x1bc": _Shape("sensors", 2),
    b"\x1b$": _Shape("position", 2),
    b"\x1b\\": _Shape("shift", 2),
    b"\x1b=": _Shape("select", 1),
    b"\x1b*": _Shape("bit image", 3, _columns),
    b"\x1d!": _Shape("size", 1),
    b"\x1dB": _Shape("inverse", 1),
    b"\x1dL": _Shape("left margin", 2),
    b"\x1dW": _Shape("width", 2),
    b"\x1dP": _Shape("units", 2),
    b"\x1dV": _Shape("cut", 1, lambda parameters: int(parameters[0] > 49)),
    b"\x1dh": _Shape("bar height", 1),
    b"\x1dw": _Shape("bar width", 1),
    b"\x1dH": _Shape("bar words", 1),
    b"\x1dk": _Shape("bars", 2, lambda parameters: parameters[1]),
    b"\x1d(": _Shape("extended", 3, _length_after_function),
    b"\x1dv": _Shape("raster", 6, _raster),
    b"\x1dr": _Shape("report", 1),
    b"\x1da": _Shape("automatic status", 1),
    b"\x1dI": _Shape("identify", 1),
    b"\x1c.": _Shape("no kanji"),
    b"\x1c&": _Shape("kanji"),
    b"\x10\x04": _Shape("real-time status", 1),
    b"\x10\x05": _Shape("real-time request", 1),
    b"\x10\x14": _Shape("real-time pulse", 3),
}
SINGLES = {0x09: "tab", 0x0A: "line feed", 0x0D: "carriage return", 0x18: "cancel"}
_LEADS = frozenset(prefix[0] for prefix in COMMANDS)
_TEXT = re.compile(rb"[\x20-\xff]+")


class Tokenizer:
    """Holds what has arrived and not been worked off; `next` takes one command from it."""

    def __init__(self) -> None:
        """Start empty."""
        self._held = bytearray()

    def __len__(self) -> int:
        """Bytes held."""
        return len(self._held)

    @property
    def is_cut(self) -> bool:
        """Whether what stands first wants more bytes."""
        return bool(self._held) and self._peek() is None

    def feed(self, chunk: bytes) -> None:
        """Add bytes."""
        self._held += chunk

    def clear(self) -> None:
        """Forget everything, as a printer does that loses its power."""
        self._held.clear()

    def next(self) -> Token | None:
        """The next whole command, or ``None`` until more bytes come."""
        token = self._peek()
        if token is not None:
            del self._held[: token.size]
        return token

    def _peek(self) -> Token | None:
        """What stands first, if it is whole."""
        if not self._held:
            return None
        if text := _TEXT.match(self._held):
            return Token("text", content=bytes(text.group()), size=text.end())
        lead = self._held[0]
        if lead not in _LEADS:
            return Token(SINGLES.get(lead, "unknown"), bytes((lead,)), size=1)
        if len(self._held) < 2:
            return None
        shape = COMMANDS.get(bytes(self._held[:2]))
        return self._command(shape) if shape else Token("unknown", bytes(self._held[:2]), size=2)

    def _command(self, shape: _Shape) -> Token | None:
        """A command of this shape, if all of it has come."""
        start = 2 + shape.parameters
        if len(self._held) < start:
            return None
        parameters = bytes(self._held[2:start])
        end = start + shape.content(parameters)
        if len(self._held) < end:
            return None
        return Token(shape.name, parameters, bytes(self._held[start:end]), end)
