"""What a receipt printer says about itself, from its status bytes. Silence is unknown, never "all is well".

Bits: Epson ESC/POS reference, DLE EOT and GS a. A status byte of DLE EOT has fixed bits (0 and 7 clear, 1
and 4 set), so ``b & 0x93 == 0x12`` tells it from noise; an automatic status begins with ``b & 0x93 == 0x10``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hardware.device import Event

Paper = Literal["ok", "low", "out"]
Cover = Literal["closed", "open"]
Drawer = Literal["closed", "open"]
Trouble = Literal["none", "recoverable", "cutter", "hot", "fatal"]
"""``hot`` recovers by itself when the head has cooled, ``recoverable`` and ``cutter`` need a person."""


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """One look at a printer; every field is ``None`` while it is unknown."""

    online: bool | None = None
    paper: Paper | None = None
    cover: Cover | None = None
    drawer: Drawer | None = None
    """By connector pin 3, high = open (measured with emupos); a drawer may be wired the other way."""
    error: Trouble | None = None

    @property
    def answered(self) -> bool:
        """Whether the printer said anything at all."""
        return self != UNKNOWN

    @property
    def blocked(self) -> bool:
        """Whether a person must do something before it prints: paper, cover, cutter or a fatal error."""
        return self.paper == "out" or self.cover == "open" or self.error in {"recoverable", "cutter", "fatal"}

    @property
    def printing(self) -> bool | None:
        """Whether what was sent comes out: true, false, or ``None`` when the printer does not say."""
        if self.blocked or self.online is False or self.error == "hot":
            return False
        return True if self.online and self.paper else None


UNKNOWN = PrinterStatus()
"""What a silent printer says."""


@dataclass(frozen=True, slots=True)
class PrinterReported(Event):
    """A printer's status changed, including to and from silence."""

    status: PrinterStatus


def is_status(byte: int) -> bool:
    """Whether a byte can be a DLE EOT reply at all."""
    return byte & 0x93 == 0x12


def query(number: int) -> bytes:
    """The real-time request for status `number` (1 printer, 2 offline cause, 3 error, 4 paper)."""
    return bytes((0x10, 0x04, number))


def decode(replies: Mapping[int, int]) -> PrinterStatus:
    """Read the replies to DLE EOT 1 to 4; a missing or impossible byte leaves its fields unknown."""
    valid = {number: byte for number, byte in replies.items() if is_status(byte)}
    printer, offline, error, paper = (valid.get(number) for number in (1, 2, 3, 4))
    return PrinterStatus(
        online=None if printer is None else not printer & 0x08,
        paper=_paper(offline, paper),
        cover=None if offline is None else "open" if offline & 0x04 else "closed",
        drawer=None if printer is None else "open" if printer & 0x04 else "closed",
        error=None if error is None else _trouble(error),
    )


def decode_automatic(four: bytes) -> PrinterStatus | None:
    """Read one automatic status (``GS a``, four bytes), or ``None`` when these bytes cannot be one."""
    if len(four) != 4 or four[0] & 0x93 != 0x10 or any(byte & 0x90 for byte in four[1:]):
        return None
    paper: Paper = "out" if four[2] & 0x0C else "low" if four[2] & 0x03 else "ok"
    return PrinterStatus(
        online=not four[0] & 0x08,
        paper=paper,
        cover="open" if four[0] & 0x20 else "closed",
        drawer="open" if four[0] & 0x04 else "closed",
        error=_trouble(four[1]),
    )


def _paper(offline: int | None, paper: int | None) -> Paper | None:
    """Paper from the sensor byte, or "out" from the offline cause when only that is known."""
    if paper is not None:
        return "out" if paper & 0x60 else "low" if paper & 0x0C else "ok"
    return "out" if offline is not None and offline & 0x20 else None


def _trouble(byte: int) -> Trouble:
    """The worst error a byte names; DLE EOT 3 and the second automatic byte share their bits."""
    if byte & 0x20:
        return "fatal"
    if byte & 0x08:
        return "cutter"
    if byte & 0x04:
        return "recoverable"
    return "hot" if byte & 0x40 else "none"
