"""What a cabinet says, and how an order to open ends. None of the answers claims that a door is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hardware.device import Event
from hardware.locks.boxes import BoxState


@dataclass(frozen=True, slots=True)
class BoxesSeen(Event):
    """Doors or contents changed, as two contacts say; every box of the cabinet is in it."""

    boxes: Mapping[int, BoxState]
    at_ms: int
    """Monotonic milliseconds."""


@dataclass(frozen=True, slots=True)
class BoardChanged(Event):
    """A board fell silent (three polls without an answer), or answers again."""

    board: int
    answers: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The pulse was sent. Whether the door moved is seen in `BoxesSeen` and nowhere else."""


@dataclass(frozen=True, slots=True)
class AlreadyOpen:
    """The door stands open; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Cooling:
    """The coil must rest; nothing was sent."""

    seconds: float


@dataclass(frozen=True, slots=True)
class BusError:
    """The board could not be asked, so nothing was sent, or it refused the order."""

    reason: str
    may_have_pulsed: bool = False
    """The bus broke in the middle: a pulse may have left, and only the contacts can tell."""


Outcome = Sent | AlreadyOpen | Cooling | BusError
