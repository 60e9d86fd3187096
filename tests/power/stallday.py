"""Invented stall days on an invented pack, for what recorded days do not hold: switches, other cells, gaps.

The load is a stall's: Pi, router and lights that stay, printer bursts, a fridge that comes and goes,
demonstrations. The pack is a curve, a resistance and one slow relaxation, stepped every ten seconds.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.power.chemistry import LFP, NMC, Chemistry, interpolate
from kiosk.power.pack import Pack
from kiosk.power.sample import Outlet, Sample
from kiosk.power.trace import Trace
from kiosk.power.tracehead import Head
from tests.power.scoring import Day

STEP_S = 10.0
LFP_PACK = Pack(LFP, 4, 46.9, 10.8)
NMC_PACK = Pack(NMC, 3, 55.1, 9.0)
OTHER_LFP = (
    (0.0, 2.5), (0.03, 2.95), (0.08, 3.13), (0.15, 3.205), (0.3, 3.265), (0.5, 3.29), (0.62, 3.295),
    (0.7, 3.325), (0.9, 3.335), (0.97, 3.345), (1.0, 3.45),
)  # fmt: skip
"""A large prismatic cell as makers print it: flatter, 25 mV higher, and a knee that comes late."""

Curve = Sequence[tuple[float, float]]


@dataclass
class Bench:
    """A pack under test: what is left in it is known."""

    curve: Curve
    cells: int
    ah: float  # from full to nothing at all
    ohm: float
    cutoff_v: float
    charge: float = 1.0
    slow_v: float = 0.0

    def draw(self, watts: float, seconds: float) -> tuple[float, float] | None:
        """Return volts and amps after drawing for a while; None when the cut-off was reached."""
        rest = self.cells * interpolate(self.curve, self.charge)
        amps = watts / rest
        for _ in range(3):
            amps = watts / max(1.0, rest - self.slow_v - amps * self.ohm)
        self.slow_v += (amps * self.ohm / 3 - self.slow_v) * min(1.0, seconds / 300)
        self.charge = min(1.0, self.charge - amps * seconds / 3600 / self.ah)
        volts = rest - self.slow_v - amps * self.ohm
        return None if volts <= self.cutoff_v or self.charge <= 0 else (volts, amps)


def bench(pack: Pack, ah: float, curve: Curve | None = None, ohm: float = 0.02, charge: float = 1.0) -> Bench:
    """Return a pack under test like the one described, with cells of its own."""
    chemistry: Chemistry = pack.chemistry
    return Bench(curve or chemistry.curve, pack.cells, ah, ohm, pack.cutoff_v, charge)


def stall_w(dice: random.Random, scale: float = 1.0) -> Iterator[float]:
    """Give a stall's watts at the pack for every ten seconds, for ever."""
    fridge_on, fridge_s, demo_s, demo_w = False, dice.uniform(60, 800), 0.0, 0.0
    while True:
        fridge_s -= STEP_S
        if fridge_s <= 0:
            fridge_on = not fridge_on
            fridge_s = dice.uniform(0.8, 1.2) * (420 if fridge_on else 780)
        demo_s -= STEP_S
        if demo_s <= 0:
            demo_w = 0.0
            if dice.random() < 1.5 * STEP_S / 3600:
                demo_w, demo_s = dice.uniform(60, 110), dice.uniform(40, 240)
        printer = 17.0 if dice.random() < 15 * STEP_S / 3600 else 0.0
        ac = scale * (23 + 48 * fridge_on + demo_w + printer)
        yield 16 + dice.choice((0.0, 0.0, 2.0)) + 6 + 1.05 * ac + 2e-4 * ac * ac


@dataclass(frozen=True)
class Switching:
    """A metered outlet: when it is on, what it draws, and how its draw varies."""

    name: str
    watts: float
    on: Callable[[float], bool]
    spread: float = 0.1


@dataclass(frozen=True)
class Ran:
    """A day that ran until the pack was empty."""

    samples: tuple[Sample, ...]
    end_s: float
    drawn_ah: float


def run(pack: Bench, load: Iterator[float], dice: random.Random, outlets: Sequence[Switching] = ()) -> Ran:
    """Draw a load, and outlets beside it, until the pack is empty; measured in steps of 10 mV and 10 mA."""
    samples: list[Sample] = []
    t_s = drawn = 0.0
    while t_s < 200_000:
        t_s += STEP_S
        found = []
        for outlet in outlets:
            on = outlet.on(t_s)
            watts = max(0.0, outlet.watts * dice.gauss(1, outlet.spread)) if on else 0.0
            found.append(Outlet(outlet.name, on, round(watts, 1)))
        watts = next(load) + sum(1.1 * (outlet.watts or 0) for outlet in found)
        measured = pack.draw(watts, STEP_S)
        if measured is None:
            break
        volts, amps = measured
        drawn += amps * STEP_S / 3600
        samples.append(Sample(t_s, round(volts, 2), round(amps, 2), ac_w=watts - 22, outlets=tuple(found)))
    return Ran(tuple(samples), t_s, drawn)


def minutes(seconds: float | None) -> float:
    """Return minutes; no number where nothing was told."""
    return math.nan if seconds is None else seconds / 60


def as_day(name: str, ran: Ran, pack: Pack, ah: float, charge: float) -> Day:
    """Return a day on an invented pack of so many Ah, begun with this charge, as one to be scored."""
    head = Head(pack, None, 9 * 3600.0, None)
    told = {
        "truth_t_end_s": ran.end_s,
        "truth_soc0": charge,
        "truth_capacity_factor": ah / pack.nameplate_ah,
        "ended": "cut-off",
    }
    return Day(name, Trace(head, ran.samples), told, ran.drawn_ah)


def invented(seed: int, pack: Pack, curve: Curve | None = None) -> Day:
    """Return a day of any pack of this kind: its age, wiring, charge and load are drawn by seed."""
    dice = random.Random(seed)
    ah = pack.nameplate_ah * dice.uniform(0.85, 1.05)
    ohm, charge = dice.uniform(0.018, 0.045), min(1.0, dice.uniform(0.7, 1.2))
    ran = run(bench(pack, ah, curve, ohm, charge), stall_w(dice, dice.uniform(0.75, 1.25)), dice)
    return as_day(f"{pack.chemistry.name}{seed}", ran, pack, ah, charge)
