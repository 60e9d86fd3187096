"""A pole display without glass: bytes in, two lines out, in either language. No sockets and no clock."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from hardware.display.dialect import WIDTH
from hardware.printer.codepage import CODECS

PAGES = {0: "CP437", 2: "CP850", 16: "CP1252", 18: "CP852", 19: "CP858"}
"""Epson DM-D110 specification p. 45."""
_COMMAND = re.compile(
    rb"(?P<reset>\x1b@)|\x1bt(?P<page>.)|\x1f\$(?P<place>..)|\x1fX(?P<bright>.)|\x1b\*(?P<level>.)"
    rb"|\x1fC(?P<cursor>.)|\x1b_(?P<blink>.)|(?P<clear>\x0c)|(?P<wipe>\x18)"
    rb"|\x1bQ(?P<row>[AB])(?P<string>[^\r]{0,40})\r|(?P<text>[\x20-\xff]+)",
    re.DOTALL,
)
LONGEST = 44
"""Bytes of the longest command; whatever is longer and still no command is none."""


class SimulatedDisplay:
    """Two lines of twenty characters, and what became of every byte."""

    def __init__(self) -> None:
        """Switched on, dark and empty."""
        self.brightness = 4
        self.unknown: list[bytes] = []
        """Bytes that are no command; a test wants this empty."""
        self.received = 0
        """Bytes since it was made."""
        self._held = b""
        self._power_on()

    @property
    def lines(self) -> tuple[str, str]:
        """What the customer reads."""
        return self._lines[0], self._lines[1]

    def receive(self, chunk: bytes) -> None:
        """Take bytes, in whatever pieces they come."""
        self.received += len(chunk)
        self._held += chunk
        while self._held:
            found = _COMMAND.match(self._held)
            if found is None:
                if len(self._held) < LONGEST and self._held[:1] in {b"\x1b", b"\x1f"}:
                    return
                self.unknown.append(self._held[:1])
                self._held = self._held[1:]
            else:
                self._held = self._held[found.end() :]
                name = next(name for name, value in found.groupdict().items() if value is not None)
                _ACTS.get(name, SimulatedDisplay._ignore)(self, found[name], found)

    def lose_power(self) -> None:
        """Dark, and everything forgotten."""
        self._held = b""
        self._power_on()

    def _power_on(self) -> None:
        self._lines = [" " * WIDTH, " " * WIDTH]
        self._codec = "cp437"
        self._row = self._column = 0

    def _reset(self, _value: bytes, _found: re.Match[bytes]) -> None:
        self._power_on()

    def _page(self, value: bytes, _found: re.Match[bytes]) -> None:
        self._codec = CODECS[PAGES.get(value[0], "CP437")]

    def _place(self, value: bytes, _found: re.Match[bytes]) -> None:
        self._column, self._row = min(max(value[0], 1), WIDTH) - 1, min(max(value[1], 1), 2) - 1

    def _brighten(self, value: bytes, _found: re.Match[bytes]) -> None:
        self.brightness = value[0]

    def _clear(self, _value: bytes, _found: re.Match[bytes]) -> None:
        self._lines = [" " * WIDTH, " " * WIDTH]
        self._row = self._column = 0

    def _string(self, value: bytes, found: re.Match[bytes]) -> None:
        text = found["string"].decode(self._codec, "replace")
        self._lines[b"AB".index(value)] = text[:WIDTH].ljust(WIDTH)

    def _text(self, value: bytes, _found: re.Match[bytes]) -> None:
        """Write over what stands there, and wrap to the other line at the end, as displays do."""
        for character in value.decode(self._codec, "replace"):
            line = self._lines[self._row]
            self._lines[self._row] = line[: self._column] + character + line[self._column + 1 :]
            self._column += 1
            if self._column == WIDTH:
                self._column, self._row = 0, 1 - self._row

    def _ignore(self, _value: bytes, _found: re.Match[bytes]) -> None:
        """A cursor nobody sees."""


_ACTS: Mapping[str, Callable[[SimulatedDisplay, bytes, re.Match[bytes]], None]] = {
    "reset": SimulatedDisplay._reset,
    "page": SimulatedDisplay._page,
    "place": SimulatedDisplay._place,
    "bright": SimulatedDisplay._brighten,
    "level": SimulatedDisplay._brighten,
    "clear": SimulatedDisplay._clear,
    "wipe": SimulatedDisplay._clear,
    "row": SimulatedDisplay._string,
    "text": SimulatedDisplay._text,
}
