"""A market day played on the wire: simulated twins make what the meters send, the drivers read it.

Bytes of a shunt and of a solar charger, JSON of three outlets, every twenty seconds by a clock of its own,
into the real gauge. No sockets and no threads: eight hours take a second and come out the same each time.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

from hardware.power.outlets import shelly2
from hardware.power.outlets.reading import OutletRead
from hardware.power.reading import PowerRead, Reading, overlay
from hardware.power.vedirect import Blocks, decode
from hardware.simulated import outletwires, vedirect
from hardware.simulated.battery import SimulatedBattery
from hardware.simulated.outlet import RESTING_W, SimulatedOutlet
from hardware.simulated.sky import LATITUDE, PANEL_W, SimulatedSky
from hardware.simulated.strip import APPLIANCES, RESTS_S, RUNS_S
from kiosk import i18n
from kiosk.ledger.clock import FakeClock
from kiosk.power.chemistry import LFP
from kiosk.power.estimator import filled
from kiosk.power.pack import Limits, Pack, Stall
from kiosk.power.sun import Site
from kiosk.power.view import PowerView
from kiosk.settings.power import OutletSettings, PowerSettings
from kiosk.station.gauge import Gauge

EIGHT = 1_776_672_000_000
"""2026-04-20 08:00 UTC."""
STEP_S = 20.0
KIT = PowerSettings(
    Stall(Pack(LFP, 4, 48.0, 10.8), Site(LATITUDE, 0.0, PANEL_W, 0.0), Limits(200, 400)),
    {"lamp": OutletSettings(1), "fridge": OutletSettings(2, True), "blender": OutletSettings(3)},
)
PRINTER_W, BURST = 17.0, 0.06
"""Mean of a step in which a receipt is printed, and how many steps have one: a dozen sales an hour."""


@dataclass
class Stand:
    """The stall: what is plugged in, the sky over it, and the gauge that is told of it."""

    gauge: Gauge
    clock: FakeClock
    battery: SimulatedBattery
    sky: SimulatedSky
    outlets: Mapping[str, SimulatedOutlet]
    dice: random.Random
    faults: vedirect.WireFaults = field(default_factory=vedirect.WireFaults)
    _wires: dict[str, Blocks] = field(default_factory=lambda: {"shunt": Blocks(), "solar": Blocks()})

    @property
    def passed_s(self) -> float:
        """Since eight o'clock."""
        return (self.clock.wall_ms - EIGHT) / 1000

    def step(self) -> None:
        """Let twenty seconds pass, let everything speak, and let the gauge listen."""
        self.clock.advance(int(STEP_S * 1000))
        self._draw()
        pack = self.battery.look()
        self._hears("shunt", vedirect.shunt(pack, self.faults))
        self._hears("solar", vedirect.charger(pack, vedirect.WireFaults()))
        for name, outlet in self.outlets.items():
            said = json.dumps(outletwires.shelly2(outlet, "/rpc/Switch.GetStatus", {})).encode()
            self.gauge.heard(OutletRead(name, shelly2.decode(said), 0.0, self.clock.boot_ms))
        self.gauge.take()

    def _draw(self) -> None:
        """The fridge turns, a receipt may print, the sun moves."""
        self.outlets["fridge"].rest(self.passed_s % (RUNS_S + RESTS_S) >= RUNS_S)
        printing = PRINTER_W if self.dice.random() < BURST else 0.0
        self.battery.invert(sum(one.watts for one in self.outlets.values()) + printing)
        self.battery.set(solar_w=self.sky.watts(self.clock.wall_ms / 1000))

    def _hears(self, name: str, sent: bytes) -> None:
        """Bytes through the driver's own parser: a live block, and a history block before it or none."""
        whole = Reading()
        for block in self._wires[name].feed(sent, self.clock.boot_ms / 1000):
            whole = overlay(whole, decode(block))
        if whole.volts is not None:
            self.gauge.heard(PowerRead(name, whole, self.clock.boot_ms))


def stand(folder: Path, load_w: float, gives_ah: float, closing_min: int) -> Stand:
    """Return a stall at eight o'clock with a battery full to the brim, and the panel folded."""
    i18n.set_locale("en_IE", "UTC")
    clock = FakeClock(EIGHT)
    gauge = Gauge(
        KIT, closing_min, folder, clock, lambda _event: None, monotonic=lambda: clock.boot_ms / 1000
    )
    gauge.open()
    assert gauge._state is not None
    gauge._state = filled(gauge._state)

    def now() -> float:
        return clock.boot_ms / 1000

    outlets = {name: SimulatedOutlet(watts, on=on, clock=now) for name, (watts, on) in APPLIANCES.items()}
    outlets["blender"].draw(90)
    battery = SimulatedBattery(soc=1.0, load_w=load_w, gives_ah=gives_ah, clock=now)
    return Stand(gauge, clock, battery, SimulatedSky(), outlets, random.Random(8))


Events = Mapping[float, Callable[[Stand], object]]
"""What happens, by hours since eight."""


@dataclass(frozen=True)
class Promise:
    """What the screen said at a moment, and what was true."""

    hour: float
    view: PowerView
    true_s: float
    """Until the battery holds no more than the reserve, with the switches as they were."""

    @property
    def safe_s(self) -> float:
        """Until P10."""
        assert self.view.headroom.until.safe_s is not None
        return self.view.headroom.until.safe_s

    @property
    def kept(self) -> bool:
        """Whether the true end lies within what was promised."""
        until = self.view.headroom.until
        return until.best_s is not None and self.safe_s <= self.true_s <= until.best_s


def played(stall: Stand, events: Events, every_s: float = 1800) -> Iterator[Promise]:
    """Play until the battery is flat; give each half hour's promises, once there are any."""
    left = dict(events)
    while not stall.battery.look().flat:
        for hour in [hour for hour in left if hour * 3600 <= stall.passed_s]:
            left.pop(hour)(stall)
        stall.step()
        if stall.passed_s % every_s < STEP_S:
            view = stall.gauge.view()
            if view.headroom.until.safe_s is not None:
                yield Promise(stall.passed_s / 3600, view, truth_s(stall, view.reserve_wh))


def truth_s(stall: Stand, reserve_wh: float) -> float:
    """Seconds until the battery really holds no more than the reserve, if nobody switches anything meanwhile.

    The sky goes on as it will: a copy of battery and sky is played to the end, minute by minute.
    """
    battery, sky, ahead = copy(stall.battery), copy(stall.sky), [0.0]
    battery._clock, battery._since = (lambda: ahead[0]), 0.0
    given: list[float] = []
    while not (pack := battery.look()).flat:
        given.append(pack.out_wh)
        resting = (stall.passed_s + ahead[0]) % (RUNS_S + RESTS_S) >= RUNS_S
        ac_w = BURST * PRINTER_W
        for name, outlet in stall.outlets.items():
            ac_w += (RESTING_W if name == "fridge" and resting else outlet.rated_w) if outlet.on else 0.0
        battery.invert(ac_w)
        battery.set(solar_w=sky.watts(stall.clock.wall_ms / 1000 + ahead[0]))
        ahead[0] += 60
    return 60.0 * sum(given[-1] - wh > reserve_wh for wh in given)
