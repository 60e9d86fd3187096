"""A cabinet on the stall: one lock board on a plug, doors to push shut, and somebody who uses the boxes."""

from __future__ import annotations

import asyncio
import time

from hardware.simulated.lockboard import BusFaults, SimulatedLockBoard
from hardware.simulated.plugs import Plug, Wire

KIND, BOXES = "cu16", 16
FAULTS = ("silent", "echo", "garbage", "damaged", "split", "inverted", "cooling")
"""What can be wrong with the board or its bus."""
DOOR_ACTS = ("close", "open", "left", "stuck", "free", "put", "take")
"""What can be done to a door: push it shut, open it by hand, leave it open for good, jam or free its latch,
put something behind it or take it out."""
HAND_S = 0.4
"""Before the door is pushed shut the parcel changes hands."""


class SimulatedCabinet:
    """Lives on the stall's event loop."""

    def __init__(self, shuts_s: float | None = None) -> None:
        """Make a cabinet of closed, empty boxes.

        After `shuts_s` somebody has used an open box and shuts it: they take out what is inside, or put
        something in. None: nobody is there.
        """
        self.board = SimulatedLockBoard(KIND, BOXES)
        self.plug = Plug(lambda: BoardWire(self))
        self._shuts_s = shuts_s
        self._left: set[int] = set()
        self._coming: dict[int, asyncio.TimerHandle] = {}

    def devices(self) -> dict[str, dict[str, object]]:
        """The settings table that connects a till to it."""
        boards = str(self.board.board)
        table = {"kind": f"locks-{KIND}", "port": self.plug.url, "boards": boards, "boxes": BOXES}
        return {"locks": table}

    def status(self) -> dict[str, object]:
        """How every box is, for people and for JSON."""
        shown = {
            f"box {number}": f"{'shut' if one.shut else 'open'}{', full' if one.item else ''}"
            f"{', stuck' if one.stuck else ''}, {len(one.pulses)} pulses"
            for number, one in self.board.compartments.items()
        }
        wrong = [name for name in FAULTS if getattr(self.board.faults, name)]
        return {"locks": {"plugged": self.plug.plugged, "faults": ", ".join(wrong) or "none", **shown}}

    def door(self, number: int, act: str) -> None:
        """Do one of `DOOR_ACTS` to a door; KeyError where there is none."""
        box = self.board.compartments[number]
        if act in {"close", "open"}:
            box.shut = act == "close"
            self._left.discard(number)
        elif act == "left":
            box.shut = False
            self._left.add(number)
        elif act in {"stuck", "free"}:
            box.stuck = act == "stuck"
        else:
            box.item = act == "put"
        self.follow()

    def fault(self, name: str) -> None:
        """Break the board in one of `FAULTS`, or mend all with `ok`."""
        if name == "ok":
            self.board.faults = BusFaults()
        else:
            setattr(self.board.faults, name, True)

    def follow(self) -> None:
        """Let somebody come to every door that stands open."""
        for number, box in self.board.compartments.items():
            waits = not box.shut and number not in self._left and self._shuts_s is not None
            if waits and number not in self._coming:
                loop = asyncio.get_running_loop()
                self._coming[number] = loop.call_later(self._shuts_s or 0, self._use, number)
            elif not waits and number in self._coming:
                self._coming.pop(number).cancel()

    def stop(self) -> None:
        """Nobody comes any more."""
        for timer in self._coming.values():
            timer.cancel()
        self._coming.clear()

    def _use(self, number: int) -> None:
        """Somebody takes the parcel out, or puts one in, and pushes the door shut a moment later."""
        box = self.board.compartments[number]
        box.item = not box.item
        self._coming[number] = asyncio.get_running_loop().call_later(HAND_S, self.door, number, "close")


class BoardWire(Wire):
    """Hands bytes to the board and sends back what it answers, part by part."""

    def __init__(self, cabinet: SimulatedCabinet) -> None:
        """Remember whose board it is."""
        self._cabinet = cabinet

    def data_received(self, data: bytes) -> None:
        """Bytes have come; a door may have sprung open."""
        for part in self._cabinet.board.receive(data, time.monotonic()):
            self.transport.write(part)
        self._cabinet.follow()
