"""Records of a touch panel to taps: the first finger comes down, and lifts or slips away. Pure.

Reads what the kernel calls multitouch protocol B (slots and tracking ids; slot 0 is the first finger), and
single-touch panels. Source: Documentation/input/multi-touch-protocol.rst of Linux.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import hypot
from typing import Final, Literal

from hardware.device import Event
from hardware.inputs.node import Axis
from hardware.inputs.records import EV_ABS, EV_KEY, EV_SYN, RELEASE, SYN_REPORT, Record
from hardware.panel.calibration import Affine, Point

ABS_X, ABS_Y, ABS_MT_SLOT, ABS_MT_X, ABS_MT_Y, ABS_MT_ID = 0x00, 0x01, 0x2F, 0x35, 0x36, 0x39
BTN_TOUCH = 0x14A
DEAD_MS: Final = 60
"""After a finger lifted, a new contact within this time is the same finger's bounce."""
TRAVEL_MM: Final = 8.0
"""A tap may wander this far: a cell is 1.5 mm wide on a panel of 7 inches, and fingers in gloves slide."""


@dataclass(frozen=True, slots=True)
class Touched(Event):
    """The first finger did something."""

    phase: Literal["down", "up", "away"]
    """Came down; lifted after a tap; or moved too far to be one, or was lost sight of."""
    x: float
    """Where it came down, whatever the phase, as a part of the picture's width: from 0 to just below 1."""
    y: float
    """The same of its height."""
    at_ms: int
    """Monotonic milliseconds."""


@dataclass(frozen=True, slots=True)
class Surface:
    """The panel's two axes and its size."""

    x: Axis
    y: Axis
    width_mm: int
    """Used where the axis does not tell its steps a millimetre, as for the height."""
    height_mm: int
    multitouch: bool

    def part(self, x: int, y: int) -> Point:
        """A position as parts of width and height."""
        return _part(self.x, x), _part(self.y, y)

    def apart_mm(self, one: tuple[int, int], other: tuple[int, int]) -> float:
        """How far two positions are from one another."""
        across = (one[0] - other[0]) / (self.x.per_mm or _steps(self.x) / self.width_mm)
        down = (one[1] - other[1]) / (self.y.per_mm or _steps(self.y) / self.height_mm)
        return hypot(across, down)


@dataclass(slots=True)
class _Contact:
    """One touch of the first finger, from coming down to lifting."""

    number: int
    began: tuple[int, int]
    tap: bool
    """Whether it still may be a tap; a bounce never was one."""


class Finger:
    """Follows the first finger."""

    def __init__(
        self, device: str, surface: Surface, view: Affine | None = None, slot: Callable[[], int] = lambda: 0
    ) -> None:
        """`view` brings the panel onto the picture; `slot` asks the node which finger it speaks of now."""
        self._device = device
        self._surface = surface
        self._view = view or Affine()
        self._ask_slot = slot
        self._slot = slot()
        self._x, self._y = surface.x.value, surface.y.value
        self._number: int | None = None
        """Which contact is on the panel now; none while no finger is."""
        self._contact: _Contact | None = None
        self._lifted_ms: int | None = None

    @property
    def due_ms(self) -> int | None:
        """Never: a finger may rest as long as it likes."""
        return None

    def feed(self, record: Record) -> Iterator[Event]:
        """Take one record; what it means is known at the end of its packet."""
        if record.kind == EV_ABS:
            self._axis(record.code, record.value)
        elif record.kind == EV_KEY and record.code == BTN_TOUCH and not self._surface.multitouch:
            self._number = None if record.value == RELEASE else record.at_ms
        elif record.kind == EV_SYN and record.code == SYN_REPORT:
            yield from self._packet(record.at_ms)

    def overdue(self, now_ms: int) -> Iterator[Event]:  # noqa: ARG002  one shape for all
        """Nothing is waited for."""
        return iter(())

    def join(self, at_ms: int) -> None:
        """A finger that is there already came down for somebody else, and has no number here."""

    def lost(self, at_ms: int) -> Iterator[Event]:
        """Whether the finger lifted is not known any more: it was no tap."""
        yield from self._end("away", at_ms)
        self._number = None

    def resume(self, at_ms: int) -> None:  # noqa: ARG002  one shape for all
        """Go on with the finger that the node speaks of now, when it next comes down."""
        self._slot = self._ask_slot()

    def _axis(self, code: int, value: int) -> None:
        """One coordinate, or which finger the following ones are of."""
        if not self._surface.multitouch:
            if code == ABS_X:
                self._x = value
            elif code == ABS_Y:
                self._y = value
        elif code == ABS_MT_SLOT:
            self._slot = value
        elif self._slot != 0:
            return
        elif code == ABS_MT_X:
            self._x = value
        elif code == ABS_MT_Y:
            self._y = value
        elif code == ABS_MT_ID:
            self._number = None if value < 0 else value

    def _packet(self, at_ms: int) -> Iterator[Touched]:
        """All of one moment is known."""
        contact = self._contact
        if contact is not None and contact.number != self._number:
            if self._number is None:
                self._lifted_ms = at_ms
            yield from self._end("up" if self._number is None else "away", at_ms)
        if self._number is None or self._x is None or self._y is None:
            return
        here = (self._x, self._y)
        if self._contact is None:
            bounce = self._lifted_ms is not None and at_ms - self._lifted_ms < DEAD_MS
            self._contact = _Contact(self._number, here, tap=not bounce)
            if not bounce:
                yield self._said("down", here, at_ms)
        elif self._contact.tap and self._surface.apart_mm(here, self._contact.began) >= TRAVEL_MM:
            self._contact.tap = False
            yield self._said("away", self._contact.began, at_ms)

    def _end(self, phase: Literal["up", "away"], at_ms: int) -> Iterator[Touched]:
        """The contact is over."""
        contact, self._contact = self._contact, None
        if contact is not None and contact.tap:
            yield self._said(phase, contact.began, at_ms)

    def _said(self, phase: Literal["down", "up", "away"], began: tuple[int, int], at_ms: int) -> Touched:
        x, y = self._view.place(self._surface.part(*began))
        return Touched(self._device, phase, x, y, at_ms)


def _part(axis: Axis, value: int) -> float:
    """Where a value lies on its axis, in the middle of its step."""
    return (value - axis.least + 0.5) / _steps(axis)


def _steps(axis: Axis) -> int:
    return axis.most - axis.least + 1
