"""Bytes a printer sends back, told apart: answers, what it says unasked, and acknowledgements.

They may come mixed and cut anywhere. What tells them apart (Epson ESC/POS reference): an answer to DLE EOT is
``b & 0x93 == 0x12``; an automatic status (GS a) begins with ``b & 0x93 == 0x10`` and goes on with three bytes
``b & 0x90 == 0``; a process id (GS ( H) is ``37 22``, four characters, ``00``; GS r 1 has four answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from hardware.printer.status import PrinterStatus, decode_automatic, is_status

PROCESS = b"\x37\x22"
"""How the answer to GS ( H begins; seven bytes in all."""
WORKED_OFF = frozenset({0x00, 0x03, 0x0C, 0x0F})
"""What GS r 1 can answer: near-end and end sensor, two equal bits each."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One byte that can be the answer to DLE EOT."""

    byte: int


@dataclass(frozen=True, slots=True)
class Unasked:
    """An automatic status: something changed."""

    status: PrinterStatus


@dataclass(frozen=True, slots=True)
class WorkedOff:
    """Everything before the request has been worked off."""

    number: bytes = b""
    """The four characters of a process id: it is printed; empty after GS r: it is out of the buffer."""


Reply = Answer | Unasked | WorkedOff


class Replies:
    """Takes bytes as they come, returns whole replies; noise vanishes."""

    def __init__(self) -> None:
        """Start with nothing held."""
        self._held = b""

    def feed(self, chunk: bytes) -> list[Reply]:
        """The replies that these bytes complete, in order."""
        self._held += chunk
        whole: list[Reply] = []
        while self._held:
            size, reply = _first(self._held)
            if not size:
                break
            self._held = self._held[size:]
            if reply is not None:
                whole.append(reply)
        return whole


def _first(held: bytes) -> tuple[int, Reply | None]:
    """Length and meaning of what stands first; length 0 until more has come, no meaning for noise."""
    byte = held[0]
    if is_status(byte):
        return 1, Answer(byte)
    if byte & 0x93 == 0x10:
        return _automatic(held)
    if byte == PROCESS[0]:
        return _process(held)
    return 1, WorkedOff() if byte in WORKED_OFF else None


def _automatic(held: bytes) -> tuple[int, Reply | None]:
    """Four bytes; one that does not fit shows that the first was noise."""
    if any(byte & 0x90 for byte in held[1:4]):
        return 1, None
    status = decode_automatic(held[:4])
    return (4, Unasked(status)) if status is not None else (0, None)


def _process(held: bytes) -> tuple[int, Reply | None]:
    """Seven bytes."""
    if not held.startswith(PROCESS[: len(held)]):
        return 1, None
    if len(held) < 7:
        return 0, None
    return (7, WorkedOff(held[2:6])) if held[6] == 0 else (1, None)
