"""The stall's keyboard scanner and touch panel: what they type and feel goes out as records, in real time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Final

from hardware.inputs.records import Record, pack
from hardware.panel.calibration import Point
from hardware.panel.touch import DEAD_MS
from hardware.scanner.keymap import KeyMap
from hardware.simulated import fingertip, typist
from hardware.simulated.fingertip import Fingertip
from hardware.simulated.plugs import Plug, Wire

LONGEST_MS: Final = 4000
"""Nothing played takes longer: whoever asked for it waits."""


class TooLong(ValueError):
    """What was asked for would take more than `LONGEST_MS`."""


KEY_FAULTS: Mapping[str, Callable[[list[Record]], list[Record]]] = MappingProxyType(
    {
        "half": lambda typed: typed[: len(typed) // 6 * 3],
        "dropped": typist.overrun,
        "repeat": typist.held_for_long,
        "stuck": typist.stuck,
    }
)
"""What can happen to a code that is typed: it breaks off, keys are lost, keys repeat, the last one sticks."""
TOUCH_FAULTS: Final = ("bounce", "dropped", "no-lift")
"""What can happen to a tap: the finger bounces, its lift is lost with a full buffer, or is never seen."""


class Inputs:
    """Lives on the stall's event loop."""

    def __init__(self) -> None:
        """Both unplugged."""
        self.keys = Plug(Wire)
        self.panel = Plug(Wire)
        self._fingertip = Fingertip()

    @property
    def plugs(self) -> tuple[Plug, ...]:
        """What can be plugged in."""
        return (self.keys, self.panel)

    def devices(self) -> dict[str, dict[str, object]]:
        """The tables that connect a till to them."""
        return {
            "keys": {"kind": "scanner-evdev", "address": self.keys.url},
            "touch": {"kind": "touch-evdev", "address": self.panel.url},
        }

    def status(self) -> dict[str, object]:
        """How they are."""
        return {
            "keys": self.keys.status(),
            "touch": self.panel.status(),
        }

    async def type(
        self, codes: Sequence[str], keymap: KeyMap, *, step_ms: int = 0, fault: str | None = None
    ) -> int:
        """Scan codes in one go, a key every so many milliseconds (0: at once); returns how many hear it.

        Raises `hardware.simulated.typist.Untypable` or `TooLong`. A fault befalls the last code.
        """
        strokes = [[*typist.strokes(keymap, code), typist.SUFFIXES["enter"]] for code in codes]
        if step_ms * sum(map(len, strokes)) > LONGEST_MS:
            raise TooLong(f"at {step_ms} ms a key that takes longer than {LONGEST_MS // 1000} s")
        typed: list[Record] = []
        at_ms = _now_ms()
        for one in strokes:
            last = typist.records(one, at_ms, step_ms)
            typed += last
            at_ms += step_ms * len(one)
        if fault is not None:
            typed[-len(last) :] = KEY_FAULTS[fault](last)
        return await _play(self.keys, typed)

    async def touch(self, path: Sequence[Point], fault: str | None = None) -> int:
        """Tap, or drag where the path has more than one point; returns how many feel it.

        Takes as long as a hand until it can tap again, so that two in a row are not one and its bounce.
        """
        now_ms, tip = _now_ms(), self._fingertip
        if fault == "bounce":
            felt = tip.bouncing(path[0], now_ms)
        elif fault == "no-lift":
            felt = tip.down(path[0], now_ms)
        else:
            felt = tip.drag(path, now_ms) if len(path) > 1 else tip.tap(path[0], now_ms)
        heard = await _play(self.panel, fingertip.overrun(felt) if fault == "dropped" else felt)
        await asyncio.sleep(DEAD_MS / 1000)
        return heard


async def _play(plug: Plug, records: Sequence[Record]) -> int:
    """Send records when their time has come, to whoever listened at the beginning."""
    wires = tuple(plug.wires)
    for at_ms, moment in groupby(records, lambda record: record.at_ms):
        await asyncio.sleep(max(at_ms - _now_ms(), 0) / 1000)
        block = pack(moment)
        for wire in wires:
            wire.transport.write(block)
    return len(wires)


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000
