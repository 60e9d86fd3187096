"""The demo stall's morning: what its gauge would know had it stood there since eight, written down for it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kiosk.energy.minutes import Row
from kiosk.energy.powerbook import Known, PowerBook
from kiosk.ledger.clock import Clock
from kiosk.power.chemistry import LFP
from kiosk.power.estimator import filled, fresh, step
from kiosk.power.keep import as_text
from kiosk.power.pack import Limits, Pack, Stall
from kiosk.power.sample import Outlet, Sample
from kiosk.power.sun import Site
from kiosk.settings.power import OutletSettings, PowerSettings

TILL_W, LAMP_W, FRIDGE_W = 31.0, 12.0, 48.0
PRICE = 350_000
"""Of a kWh, in millionths of a euro: what charging at home costs about."""
KIT = PowerSettings(
    Stall(Pack(LFP, 4, 48.0, 10.8), None, Limits(200, 400)),
    {
        "lamp": OutletSettings(1, idle_w=0.0, by_hand=True),
        "fridge": OutletSettings(2, True),
        "blender": OutletSettings(3, watts=300),
    },
    direct_w=TILL_W,
    price=PRICE,
)
"""What the simulated stall consists of: see `hardware.simulated.battery` and `strip`."""
HOURS, EVERY_S = 3, 30
FULL_AGO_S = 2700
"""It was plugged out of the mains so long ago, and gave since then what the simulated battery lacks."""


def kit(site: Site) -> PowerSettings:
    """Return the same with a panel."""
    return replace(KIT, stall=replace(KIT.stall, site=site))


def write_morning(
    folder: Path, clock: Clock, kit: PowerSettings = KIT, sun: Callable[[float], float] = lambda _wall_s: 0.0
) -> None:
    """Write down three hours of the stall's power up to now; `sun` tells the panel's watts at a time."""
    stamp = clock.now()
    first_s = stamp.wall_ms // 1000 - HOURS * 3600
    state, rows = fresh(kit.stall.pack), []
    for t_s in range(0, HOURS * 3600, EVERY_S):
        if t_s == HOURS * 3600 - FULL_AGO_S:
            state = filled(state)
        wall_s = float(first_s + t_s)
        sample = replace(_sample(t_s, sun(wall_s)), wall_s=wall_s)
        state = step(state, sample, kit.stall)
        figures = (sample.volts, sample.amps, sample.load_w, sample.solar_w, sample.ac_w)
        rows.append(Row(first_s + t_s, EVERY_S, *figures))
    book = PowerBook(folder)
    try:
        book.keep(Known(as_text(state), stamp.boot_id, stamp.boot_ms, stamp.wall_ms, stamp.trusted), rows)
    finally:
        book.close()


def _sample(t_s: int, solar_w: float) -> Sample:
    """Return one look: the fridge runs a third of the time, the till a little more or less."""
    fridge = FRIDGE_W if t_s % 1800 < 600 else 1.0
    ac_w = LAMP_W + fridge
    load_w = TILL_W + 3 * math.sin(t_s / 400) + 6 + 1.05 * ac_w
    outlets = (Outlet("fridge", True, fridge), Outlet("lamp", True, LAMP_W), Outlet("blender", False, 0.0))
    return Sample(float(t_s), 13.2, (load_w - solar_w) / 13.2, solar_w, ac_w, outlets)
