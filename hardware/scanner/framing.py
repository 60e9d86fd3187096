"""Characters to whole codes: where one ends, and what is dropped because its end never came. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from hardware.scanner.keyboard import GS

GAP_MS: Final = 150
"""A pause inside a code after which its beginning is a fragment; a slow scanner types a key in 20 ms."""
SILENCE_MS: Final = 60
"""What ends a code of a scanner that sends nothing behind it."""
MOST: Final = 2953
"""Characters of the longest code: a QR code of version 40, level L, in byte mode."""
ENDS: Mapping[str, str] = MappingProxyType({"enter": "\r\n", "tab": "\t", "none": ""})
"""What a scanner types behind a code, by the word in the settings."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole code."""

    text: str
    at_ms: int
    """When its last key came."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A code of which a part is missing."""

    reason: str
    at_ms: int


class Framing:
    """Collects characters until their code ends."""

    def __init__(self, suffix: str) -> None:
        """`suffix` is a word of `ENDS`."""
        self._ends = ENDS[suffix]
        self._gap_ms = GAP_MS if self._ends else SILENCE_MS
        self._held: list[str] = []
        self._last_ms = 0
        self._skipping = False
        self._untold = ""
        """Why what is skipped now was no code, where nobody was told yet."""

    @property
    def due_ms(self) -> int | None:
        """When a held beginning becomes a fragment, or a code without a suffix ends."""
        return self._last_ms + self._gap_ms if self._held else None

    def feed(self, characters: str, at_ms: int) -> Iterator[Whole | Cut]:
        """Take what was typed at a time."""
        if self._skipping and at_ms - self._last_ms >= self._gap_ms:
            self._skipping = False
        yield from self.overdue(at_ms)
        for character in characters:
            self._last_ms = at_ms
            if character in self._ends:
                yield from self._end()
            elif self._skipping:
                if self._untold:
                    yield Cut(self._untold, at_ms)
                    self._untold = ""
            elif character == GS or character.isprintable():
                self._held.append(character)
                if len(self._held) > MOST:
                    self.skip(at_ms)
                    yield Cut("the code is longer than any code can be", at_ms)

    def overdue(self, now_ms: int) -> Iterator[Whole | Cut]:
        """Hear how late it is: a pause ends a code without a suffix, and makes a fragment of any other."""
        if self._held and now_ms - self._last_ms >= self._gap_ms:
            if self._ends:
                self._held.clear()
                yield Cut("the code broke off before its end", self._last_ms)
            else:
                yield from self._end()

    def skip(self, at_ms: int, untold: str = "") -> None:
        """Drop what is held, and the rest of that code when it comes: only then tell why, if `untold`."""
        self._held.clear()
        self._untold = untold
        self._skipping = True
        self._last_ms = at_ms

    def _end(self) -> Iterator[Whole]:
        """A code ends here; one of nothing but spaces is none."""
        text = "".join(self._held).strip(" ")
        self._held.clear()
        if text and not self._skipping:
            yield Whole(text, self._last_ms)
        self._skipping = False
