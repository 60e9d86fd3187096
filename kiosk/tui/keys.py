"""Tells a wedge scanner's burst of keys from a person typing, before any screen sees a key.

A keyboard-wedge scanner types a code and Enter, a few milliseconds a key. Were those keys delivered one by
one, a stalled loop could let an Enter overtake later characters and merge two codes (measured: 18 of 20).
So printable keys are held until it is clear what they are: a run of at least `SHORTEST` keys ended by Enter
is one code; anything else is handed on as the single keys it was, in order, after `GAP_MS`.

Pure: keys and times in, verdicts out. The application keeps the timer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Generic, NamedTuple, TypeVar

K = TypeVar("K")

GAP_MS: Final = 35
"""The longest pause inside a scan. Slow wedges send a key every 4 to 12 ms; people rarely get below 60."""
SHORTEST: Final = 4
"""Fewer keys than this and Enter are a typed number; the shortest codes on goods have 6."""
LONGEST: Final = 512
"""More than any QR on a stall holds: a stuck key must not grow the buffer."""
ENDS: Final = frozenset({"enter", "ctrl+j"})
"""What a scanner sends last: CR, or LF, which arrives as ctrl+j."""
SEPARATORS: Final = {"ctrl+right_square_bracket": "\x1d"}
"""GS1's group separator arrives as a control key and belongs to the code."""


class Scan(NamedTuple):
    """A whole code."""

    raw: str


class Wedge(Generic[K]):
    """The collector. `K` is whatever the caller calls a key press; it is given back untouched."""

    def __init__(self, gap_ms: int = GAP_MS) -> None:
        """Hold nothing yet.

        Args:
            gap_ms: The longest pause inside a scan; 0 hands every key on at once (tests, and shops without a
            wedge).
        """
        self.gap_ms = gap_ms
        self._held: list[tuple[K, str]] = []
        self._last_ms = 0

    @property
    def waiting(self) -> bool:
        """Whether keys are being held, so that a timer must call `flush` later."""
        return bool(self._held)

    def feed(self, key: K, name: str, character: str | None, at_ms: int) -> Sequence[K | Scan]:
        """One key press; returns what is now certain, in order.

        Args:
            key: The caller's own key press.
            name: Textual's key name.
            character: What it types, or None.
            at_ms: Monotonic milliseconds.
        """
        if self.gap_ms <= 0:
            return [key]
        out: list[K | Scan] = list(self.flush(at_ms))
        self._last_ms = at_ms
        if name in ENDS and len(self._held) >= SHORTEST:
            raw = "".join(text for _key, text in self._held)
            self._held.clear()
            return [*out, Scan(raw)]
        text = SEPARATORS.get(name) or (character if character and character.isprintable() else None)
        if text is not None and len(self._held) < LONGEST:
            self._held.append((key, text))
            return out
        return [*out, *self._release(), key]

    def flush(self, at_ms: int) -> Sequence[K]:
        """The held keys, if by now they cannot be part of a scan any more."""
        return self._release() if at_ms - self._last_ms > self.gap_ms else []

    def _release(self) -> Sequence[K]:
        released = [key for key, _text in self._held]
        self._held.clear()
        return released
