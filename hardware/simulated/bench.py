"""The simulated devices on one table: who is plugged in where, and what passes between model and wire."""

from __future__ import annotations

import asyncio

from hardware.printer.profile import PROFILES, Profile
from hardware.simulated.cabinet import SimulatedCabinet
from hardware.simulated.counter import Counter
from hardware.simulated.inputs import Inputs
from hardware.simulated.plugs import Plug, PrinterWire, Wire
from hardware.simulated.printer import SimulatedPrinter
from hardware.simulated.stalltime import StallTime
from hardware.simulated.supply import Supply

TICK_S = 0.05
"""Step of a slow printer; nothing ticks while it is idle."""


class Bench:
    """Lives on one event loop; every method is called there."""

    def __init__(
        self,
        profile: Profile = PROFILES["80mm"],
        *,
        time: StallTime | None = None,
        longitude: float = 0.0,
        scale: str = "toledo8217",
        display: str = "escpos",
        drawer_shuts_s: float | None = None,
        doors_shut_s: float | None = None,
    ) -> None:
        """Make the devices, still unplugged. `time` drives what is power.

        Scale and display speak a language; somebody pushes drawer and doors shut after a while, or nobody.
        """
        self.printer = SimulatedPrinter(profile)
        self.time = time or StallTime()
        self.supply = Supply(self.time, longitude)
        self.inputs = Inputs()
        self.counter = Counter(scale, display)
        self.cabinet = SimulatedCabinet(shuts_s=doors_shut_s)
        self.rate: int | None = None
        """Bytes a second that the printer prints; ``None`` for at once."""
        self.wall = Plug(lambda: PrinterWire(self._received, lambda: self.printer.reads))
        self.scanner = Plug(Wire)
        self._ticking: asyncio.TimerHandle | None = None
        self._drawer_shuts_s = drawer_shuts_s
        self._shutting: asyncio.TimerHandle | None = None

    async def plug_in(self) -> None:
        """Plug everything in."""
        for plug in self._plugs:
            await plug.plug()
        self.supply.strip.changed()

    def put_away(self) -> None:
        """Unplug everything and stop the clocks."""
        for plug in self._plugs:
            plug.unplug()
        self.supply.stop()
        self.cabinet.stop()
        for timer in (self._ticking, self._shutting):
            if timer is not None:
                timer.cancel()

    def scan(self, line: bytes) -> int:
        """Send a line to every reader; return how many there were."""
        for wire in self.scanner.wires:
            wire.transport.write(line)
        return len(self.scanner.wires)

    def work(self) -> None:
        """Let the printer print what it may, answer, and read on when there is room again."""
        self._print(None if self.rate is None else 0)

    def status(self) -> dict[str, object]:
        """How every device is, for people and for JSON."""
        printer = self.printer
        return {
            "printer": {
                "plugged": self.wall.plugged,
                "connections": len(self.wall.wires),
                "paper": printer.faults.paper,
                "cover": "open" if printer.faults.cover_open else "closed",
                "drawer": "open" if printer.drawer_open else "closed",
                "jammed": printer.faults.jammed,
                "hot": printer.faults.hot,
                "broken": printer.faults.broken,
                "offline": printer.faults.offline,
                "deaf": printer.faults.deaf,
                "silent": printer.faults.silent,
                "garbled": printer.faults.garbled,
                "half": printer.faults.half,
                "rate": self.rate,
                "received": printer.received,
                "pulses": printer.pulses,
                "cuts": printer.paper.cuts,
            },
            "scanner": self.scanner.status(),
            **self.inputs.status(),
            "clock": self.time.told(),
            "sun": self.supply.sun_told(),
            "battery": dict(self.supply.reading()),
            **self.supply.strip.status(),
            **self.counter.status(),
            **self.cabinet.status(),
        }

    @property
    def _plugs(self) -> tuple[Plug, ...]:
        """Everything that can be plugged in."""
        counter = self.counter.plugs.values()
        return (self.wall, self.scanner, *self.inputs.plugs, *self.supply.plugs, *counter, self.cabinet.plug)

    def _received(self, wire: PrinterWire, chunk: bytes) -> None:
        """Bytes for the printer: real-time answers first, then print."""
        wire.transport.write(self.printer.receive(chunk))
        self.work()

    def _print(self, budget: int | None) -> None:
        """Print some, send the answers to whoever is connected, and see that the rest follows."""
        if answers := self.printer.work(budget):
            for wire in self.wall.wires:
                wire.transport.write(answers)
        for wire in self.wall.wires:
            wire.heed()
        self._follow_drawer()
        if self.rate is not None and self._ticking is None and self.printer.held:
            self._ticking = asyncio.get_running_loop().call_later(TICK_S, self._tick)

    def _follow_drawer(self) -> None:
        """Let the drawer's own sensor say what the printer's solenoid did, and somebody push it in later."""
        is_open = self.printer.drawer_open
        if is_open == self.counter.panel.drawer_open:
            return
        self.counter.panel.drawer(is_open)
        if is_open and self._drawer_shuts_s is not None:
            loop = asyncio.get_running_loop()
            self._shutting = loop.call_later(self._drawer_shuts_s, self._shut_drawer)

    def _shut_drawer(self) -> None:
        """Somebody pushes the drawer in."""
        self.printer.drawer_open = False
        self._follow_drawer()

    def _tick(self) -> None:
        """One step of a slow printer."""
        self._ticking = None
        self._print(None if self.rate is None else max(1, int(self.rate * TICK_S)))
