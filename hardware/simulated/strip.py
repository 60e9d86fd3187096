"""The simulated stall's inverter and the three smart outlets on it: a lamp, a fridge and a blender."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from hardware.simulated.inverter import SimulatedInverter
from hardware.simulated.outlet import OutletFaults, SimulatedOutlet
from hardware.simulated.outletwires import HttpWire, shelly2
from hardware.simulated.plugs import HOST, Plug
from hardware.simulated.stalltime import StallTime

APPLIANCES: Mapping[str, tuple[float, bool]] = {
    "lamp": (12.0, True),
    "fridge": (48.0, True),
    "blender": (300.0, False),
}
"""Watts, and whether it is on in the morning."""
FRIDGE = "fridge"
RUNS_S, RESTS_S = 600.0, 1200.0
"""The fridge's compressor runs so long, then rests so long, in the stall's time."""


class Strip:
    """Lives on the bench's event loop."""

    def __init__(self, time: StallTime, drawn: Callable[[float | None], None]) -> None:
        """`drawn` is told the inverter's watts, ``None`` while it is off."""
        self.inverter = SimulatedInverter()
        self.outlets = {
            name: SimulatedOutlet(watts, on=on, clock=time.clock, counter=time.now)
            for name, (watts, on) in APPLIANCES.items()
        }
        self.plugs = {name: self._plug(outlet) for name, outlet in self.outlets.items()}
        self._time = time
        self._drawn = drawn
        self._starved = False
        """Whether the battery gives nothing any more."""
        self._timer: asyncio.TimerHandle | None = None
        self._coming: set[asyncio.Future[None]] = set()
        """Outlets that are being put back on the network."""

    def _plug(self, outlet: SimulatedOutlet) -> Plug:
        """Where an outlet is on the network."""
        return Plug(lambda: HttpWire(outlet, shelly2, self.changed))

    def devices(self) -> dict[str, dict[str, object]]:
        """The settings tables that connect a till to the outlets."""
        return {
            name: {"kind": "outlet-shelly2", "address": f"{HOST}:{plug.port}", "every": 2}
            for name, plug in self.plugs.items()
        }

    def status(self) -> dict[str, object]:
        """How they are, for people and for JSON."""
        inverter = self.inverter
        told: dict[str, object] = {
            "inverter": {"on": inverter.on, "strikes": inverter.strikes, "given_up": inverter.given_up}
        }
        for name, outlet in self.outlets.items():
            told[name] = {
                "on": outlet.on,
                "watts": outlet.watts,
                "wh": round(outlet.wh, 2),
                "limit_w": outlet.limit_w,
                "tripped": outlet.tripped,
                "vanished": outlet.faults.vanished,
            }
        return told

    def act(self, name: str, act: str | None) -> None:
        """Do something to an outlet; see `ACTS`."""
        if act is not None:
            ACTS[act](self.outlets[name])
        self.changed()

    def changed(self) -> None:
        """Something may have been switched: feed the inverter, give power or take it, look again in time."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        edge_s = self._turn_compressor()
        asked = sum(outlet.drawn_w for outlet in self.outlets.values() if outlet.on)
        now = self._time.clock()
        again = None if self._starved else self.inverter.feed(asked, now)
        fed = self.inverter.on and not self._starved
        for name, outlet in self.outlets.items():
            _ = outlet.wh  # counts what was taken until now
            outlet.powered = fed
            self._show(name, fed and not outlet.faults.vanished)
        self._drawn(asked if fed else None)
        backs = [now + back for outlet in self.outlets.values() if (back := outlet.back_after_s)]
        times = [now + edge_s, *backs, *([] if again is None else [again])]
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(max(0.05, min(times) - now), self.changed)

    def starve(self, flat: bool) -> None:
        """The battery is flat, or gives power again."""
        if flat is not self._starved:
            self._starved = flat
            self.changed()

    def _turn_compressor(self) -> float:
        """Let the fridge run or rest as it is time to; return the real seconds until it turns again."""
        at_s = self._time.passed_s % (RUNS_S + RESTS_S)
        self.outlets[FRIDGE].rest(at_s >= RUNS_S)
        return self._time.real((RUNS_S if at_s < RUNS_S else RUNS_S + RESTS_S) - at_s)

    async def settled(self) -> None:
        """Wait until every outlet that comes back is there."""
        await asyncio.gather(*self._coming)

    def stop(self) -> None:
        """Stop the clock."""
        if self._timer is not None:
            self._timer.cancel()

    def _show(self, name: str, there: bool) -> None:
        """An outlet without power, or gone, is not on the network."""
        plug = self.plugs[name]
        if not there:
            plug.unplug()
        elif not plug.plugged:
            self._coming.add(task := asyncio.ensure_future(plug.plug()))
            task.add_done_callback(self._coming.discard)


def _fault(name: str) -> Callable[[SimulatedOutlet], None]:
    """An act that turns one fault on."""
    return lambda outlet: setattr(outlet.faults, name, True)


def _mend(outlet: SimulatedOutlet) -> None:
    """Take every fault away."""
    outlet.faults = OutletFaults()


ACTS: Mapping[str, Callable[[SimulatedOutlet], None]] = {
    "on": lambda outlet: outlet.switch(True),
    "off": lambda outlet: outlet.switch(False),
    "vanish": _fault("vanished"),
    "silent": _fault("silent"),
    "stuck": _fault("stuck"),
    "deaf": _fault("deaf"),
    "reset": SimulatedOutlet.reset_counter,
    "clear": _mend,
}
"""Everything that can happen to an outlet. ``clear`` mends all of it and brings it back."""
