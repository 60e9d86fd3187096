"""Bytes to lines, ended by CR, LF or both, as scanners and small meters send them; the unfit is dropped."""

from __future__ import annotations

import re

MOST = 4096
"""Bytes of the longest line kept; the largest QR code holds 2,953."""
GAP_MS = 500
"""A pause inside a line after which its beginning is a fragment: the slowest line speed needs 8 ms a byte."""
_UNFIT = re.compile(r"[\x00-\x1c\x1e\x1f\x7f-\x9f]")
"""Control characters except GS, which separates the parts of a GS1 code."""


class LineSplitter:
    """Collects bytes; `feed` returns the lines that they complete."""

    def __init__(self) -> None:
        """Start empty."""
        self._held = bytearray()
        self._last_ms = 0
        self._skipping = False
        self.lost = 0
        """Lines dropped so far, because they were too long or broke off."""

    @property
    def begun(self) -> bool:
        """Whether part of a line is held: if no more comes for `GAP_MS`, feed nothing to have it dropped."""
        return bool(self._held)

    def feed(self, chunk: bytes, at_ms: int) -> list[str]:
        """Take bytes that arrived at a monotonic time; return whole lines in order, empty ones left out."""
        if self._held and at_ms - self._last_ms > GAP_MS:
            self._drop()
        if chunk:
            self._last_ms = at_ms
        *lines, rest = re.split(rb"[\r\n]", chunk)
        whole = [text for line in lines if (text := self._end(line))]
        self._hold(rest)
        return whole

    def _end(self, line: bytes) -> str:
        """The text that this line end completes; nothing for an empty or an overlong line."""
        self._hold(line)
        whole, self._held = bytes(self._held), bytearray()
        if self._skipping:
            self._skipping = False
            return ""
        return _UNFIT.sub("", _text(whole)).strip(" ")

    def _hold(self, part: bytes) -> None:
        """Keep the beginning of a line; drop it when it grows past the limit."""
        if self._skipping:
            return
        self._held += part
        if len(self._held) > MOST:
            self._drop()
            self._skipping = True

    def _drop(self) -> None:
        """Forget what is held, and count it."""
        self._held.clear()
        self.lost += 1


def _text(line: bytes) -> str:
    """UTF-8 as new scanners send it, else Windows-1252 as old ones do; every byte means something."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
