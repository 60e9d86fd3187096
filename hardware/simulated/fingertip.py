"""A touch panel from the other side: taps and drags as the records its node would give. Pure.

Speaks multitouch protocol B, with the axes that imitate a mouse beside it, as panels of the Pi do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from hardware.inputs.records import EV_ABS, EV_KEY, EV_SYN, PRESS, RELEASE, SYN_DROPPED, SYN_REPORT, Record
from hardware.inputs.socketnode import AXES
from hardware.panel.calibration import Point
from hardware.panel.touch import ABS_MT_ID, ABS_MT_SLOT, ABS_MT_X, ABS_MT_Y, ABS_X, ABS_Y, BTN_TOUCH

HOLD_MS: Final = 80
"""How long a tap lasts."""
BOUNCE_MS: Final = 12
"""How long a bad panel loses a finger for, and how long it then believes to see it again."""
STEPS: Final = 8
"""Positions reported on a drag."""


class Fingertip:
    """Numbers the contacts, and leaves out coordinates that have not changed, as the kernel does."""

    def __init__(self) -> None:
        """Begin with no finger on the panel."""
        self._contacts = 0
        self._known: dict[int, int] = {}

    def tap(self, at: Point, at_ms: int, hold_ms: int = HOLD_MS) -> list[Record]:
        """Down, and up again."""
        return [*self.down(at, at_ms), *self.up(at_ms + hold_ms)]

    def drag(self, path: Sequence[Point], at_ms: int) -> list[Record]:
        """Down at the first point, along all others, up at the last one."""
        out = self.down(path[0], at_ms)
        places = [
            (x + (to_x - x) * step / STEPS, y + (to_y - y) * step / STEPS)
            for (x, y), (to_x, to_y) in pairwise(path)
            for step in range(1, STEPS + 1)
        ]
        for number, place in enumerate(places, 1):
            out += self.move(place, at_ms + HOLD_MS * number // len(places))
        return [*out, *self.up(at_ms + HOLD_MS)]

    def bouncing(self, at: Point, at_ms: int) -> list[Record]:
        """A tap during which the panel loses the finger twice for a moment."""
        out = []
        for start in (at_ms, at_ms + HOLD_MS + BOUNCE_MS, at_ms + HOLD_MS + 3 * BOUNCE_MS):
            out += self.tap(at, start, HOLD_MS if start == at_ms else BOUNCE_MS)
        return out

    def down(self, at: Point, at_ms: int) -> list[Record]:
        """A finger comes down."""
        self._contacts += 1
        contact = [Record(EV_ABS, ABS_MT_ID, self._contacts, at_ms), Record(EV_KEY, BTN_TOUCH, PRESS, at_ms)]
        return [*contact, *self._place(at, at_ms), _end(at_ms)]

    def move(self, to: Point, at_ms: int) -> list[Record]:
        """It moves."""
        return [*self._place(to, at_ms), _end(at_ms)]

    def up(self, at_ms: int) -> list[Record]:
        """It lifts."""
        lifted = [Record(EV_ABS, ABS_MT_ID, -1, at_ms), Record(EV_KEY, BTN_TOUCH, RELEASE, at_ms)]
        return [*lifted, _end(at_ms)]

    def _place(self, at: Point, at_ms: int) -> Iterable[Record]:
        """The coordinates that have changed."""
        for part, codes in zip(at, ((ABS_MT_X, ABS_X), (ABS_MT_Y, ABS_Y)), strict=True):
            for code in codes:
                value = min(int(part * (AXES[code].most + 1)), AXES[code].most)
                if self._known.get(code) != value:
                    self._known[code] = value
                    yield Record(EV_ABS, code, value, at_ms)


def second_finger(records: Iterable[Record], at_ms: int) -> list[Record]:
    """The same, said of the second finger: what a palm does while somebody taps."""
    slot = [Record(EV_ABS, ABS_MT_SLOT, number, at_ms) for number in (1, 0)]
    return [slot[0], *(one for one in records if one.code not in {ABS_X, ABS_Y, BTN_TOUCH}), slot[1]]


def overrun(records: Sequence[Record]) -> list[Record]:
    """The same with its last packet torn: the kernel's buffer ran over, and the finger's lift is gone."""
    return [*records[:-3], Record(EV_SYN, SYN_DROPPED, 0, records[-1].at_ms), records[-1]]


def _end(at_ms: int) -> Record:
    return Record(EV_SYN, SYN_REPORT, 0, at_ms)
