"""The simulated stall's power: a battery, its panel, the meters that tell of them, and the outlets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from hardware.simulated import vedirect
from hardware.simulated.battery import Pack, SimulatedBattery
from hardware.simulated.plugs import HOST, Plug, Wire
from hardware.simulated.sky import SimulatedSky
from hardware.simulated.stalltime import StallTime
from hardware.simulated.strip import Strip

READING_S = 5.0
"""Time between two readings of the meter with a JSON wire."""
BLOCK_S = 1.0
"""Time between two blocks of VE.Direct."""


class Supply:
    """Lives on the bench's event loop."""

    def __init__(self, time: StallTime, longitude: float = 0.0) -> None:
        """Make the meters, still unplugged. `time` drives the battery, and the sun over the `longitude`."""
        self.time = time
        self.battery = SimulatedBattery(clock=time.now)
        self.sky = SimulatedSky(longitude=longitude)
        self.faults = vedirect.WireFaults()
        """What is wrong with the shunt's wire; the sun's charger has none."""
        self.meter = self._talker(READING_S, lambda: json.dumps(self.reading()).encode() + b"\r\n")
        self.shunt = self._talker(BLOCK_S, lambda: vedirect.shunt(self.look(), self.faults))
        self.sun = self._talker(BLOCK_S, lambda: vedirect.charger(self.look(), vedirect.WireFaults()))
        self.talkers = (self.meter, self.shunt, self.sun)
        self.strip = Strip(time, self._drawn)

    @property
    def plugs(self) -> tuple[Plug, ...]:
        """Everything that can be plugged in."""
        return (*(talker.plug for talker in self.talkers), *self.strip.plugs.values())

    def devices(self) -> dict[str, dict[str, object]]:
        """The settings tables that connect a till to these meters."""
        return {
            "battery": {"kind": "battery-vedirect", "address": self.shunt.url, "every": 0},
            "solar": {"kind": "solar-vedirect", "address": self.sun.url, "every": 0},
            **self.strip.devices(),
        }

    def stop(self) -> None:
        """Stop the clocks."""
        self.strip.stop()
        for talker in self.talkers:
            talker.stop()

    def look(self) -> Pack:
        """How the battery is now, under the sun there is; a flat one takes the inverter with it."""
        if self.sky.sky != "none":
            self.battery.set(solar_w=self.sky.watts(self.time.wall_s))
        pack = self.battery.look()
        self.strip.starve(pack.flat)
        return pack

    def sun_told(self) -> dict[str, object]:
        """How the sun is, for people and for JSON."""
        return {"sky": self.sky.sky, "solar_w": round(self.look().solar_w, 1)}

    def reading(self) -> dict[str, float]:
        """The same as a meter with a JSON wire tells it."""
        self.look()
        return self.battery.reading()

    def _talker(self, every_s: float, say: Callable[[], bytes]) -> Talker:
        """A meter that keeps up with the stall's time."""
        return Talker(lambda: self.time.pause(every_s), say)

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

    def __init__(self, pause_s: Callable[[], float], say: Callable[[], bytes]) -> None:
        """Remember what it says, and how long it is silent after it."""
        self.plug = Plug(lambda: ListenerWire(self.tell))
        self._pause_s = pause_s
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
            self._timer = asyncio.get_running_loop().call_later(self._pause_s(), self.tell)

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
