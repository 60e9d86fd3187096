"""The simulated stall's power: one battery, the meters that tell of it, and what hangs on its inverter."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from hardware.simulated import vedirect
from hardware.simulated.battery import SimulatedBattery
from hardware.simulated.plugs import HOST, Plug, Wire
from hardware.simulated.strip import Strip

READING_S = 5.0
"""Time between two readings of the meter with a JSON wire."""
BLOCK_S = 1.0
"""Time between two blocks of VE.Direct."""


class Supply:
    """Lives on the bench's event loop."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Make the meters, still unplugged. `clock` drives the battery."""
        self.battery = SimulatedBattery(clock=clock)
        self.faults = vedirect.WireFaults()
        """What is wrong with the shunt's wire; the sun's charger has none."""
        self.meter = Talker(READING_S, lambda: json.dumps(self.battery.reading()).encode() + b"\r\n")
        self.shunt = Talker(BLOCK_S, lambda: vedirect.shunt(self.battery.look(), self.faults))
        self.sun = Talker(BLOCK_S, lambda: vedirect.charger(self.battery.look(), vedirect.WireFaults()))
        self.talkers = (self.meter, self.shunt, self.sun)
        self.strip = Strip(clock, self._drawn)

    @property
    def plugs(self) -> tuple[Plug, ...]:
        """Everything that can be plugged in."""
        return (*(talker.plug for talker in self.talkers), *self.strip.plugs.values())

    def devices(self) -> dict[str, dict[str, object]]:
        """The settings tables that connect a till to these meters."""
        return {
            "battery": {"kind": "battery-vedirect", "address": self.shunt.url, "every": 1},
            "solar": {"kind": "solar-vedirect", "address": self.sun.url},
            **self.strip.devices(),
        }

    def stop(self) -> None:
        """Stop the clocks."""
        self.strip.stop()
        for talker in self.talkers:
            talker.stop()

    def _drawn(self, watts: float | None) -> None:
        """The inverter gives so many watts now."""
        self.battery.invert(watts)
        self.tell()

    def tell(self) -> None:
        """Let every meter speak now: something has changed."""
        for talker in self.talkers:
            talker.tell()


class Talker:
    """A meter that talks by itself: at once to who has just come, then now and again while anyone listens."""

    def __init__(self, every_s: float, say: Callable[[], bytes]) -> None:
        """Remember what it says, and how often."""
        self.plug = Plug(lambda: ListenerWire(self.tell))
        self._every_s = every_s
        self._say = say
        self._timer: asyncio.TimerHandle | None = None

    @property
    def url(self) -> str:
        """Where to listen, for a driver's ``port``."""
        return f"socket://{HOST}:{self.plug.port}"

    def tell(self) -> None:
        """Say it now, and again after a while."""
        self.stop()
        if self.plug.wires:
            said = self._say()
            for wire in self.plug.wires:
                wire.transport.write(said)
            self._timer = asyncio.get_running_loop().call_later(self._every_s, self.tell)

    def stop(self) -> None:
        """Say nothing more by itself."""
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()


class ListenerWire(Wire):
    """A listener to a meter, who hears the first reading at once."""

    def __init__(self, greet: Callable[[], None]) -> None:
        """Remember how to send a reading."""
        self._greet = greet

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody listens."""
        super().connection_made(transport)
        self._greet()
