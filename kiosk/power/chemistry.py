"""What a cell's voltage says about its charge, and how much of it a stall can draw.

The curves are cells discharged at a stall's pace, C/8, with the drop over their own resistance added back, in
PyBaMM (parameter sets Prada2013 for LFP, Chen2020 for NMC); near empty that is 100 mV below cells at rest.
Another maker's cells lie some 10 to 40 mV beside them, which is why voltage only ever nudges a count.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

FINE = 200
"""Steps of the curves once spread out evenly, so that looking up is one multiplication."""


@dataclass(frozen=True, slots=True)
class Chemistry:
    """One family of cells."""

    name: str
    curve: tuple[tuple[float, float], ...]
    """(state of charge 0 to 1, volts at rest), rising."""
    full_v: float  # volts per cell that only a charger reaches
    dry: float  # the state of charge at which a stall's bursts pull the cells to the cut-off
    yield_: float  # usable Ah from full to cut-off, as a part of the nameplate's
    yield_sd: float
    rise: float  # what a nearly empty cell's resistance rises by, ohm times its Ah
    tells: bool
    """Whether volts alone tell minutes. LFP: 5 mV a percent on a 4S pack, far less than its wiring drops."""
    volts: tuple[float, ...] = field(init=False, repr=False, compare=False)
    slopes: tuple[float, ...] = field(init=False, repr=False, compare=False)
    areas: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        volts = [interpolate(self.curve, step / FINE) for step in range(FINE + 1)]
        areas = accumulate(((v + w) / 2 / FINE for v, w in pairwise(volts)), initial=0.0)
        object.__setattr__(self, "volts", tuple(volts))
        object.__setattr__(self, "slopes", tuple(_slopes(volts)))
        object.__setattr__(self, "areas", tuple(areas))

    def rest_v(self, charge: float) -> float:
        """Return a cell's volts at rest."""
        return between(self.volts, charge)

    def charge_at(self, cell_v: float) -> float:
        """Return the state of charge at which a cell has so many volts."""
        return bisect_left(self.volts, cell_v) / FINE

    def slope(self, charge: float) -> float:
        """Return how many volts one whole charge would be at this point of the curve."""
        return between(self.slopes, charge)

    def area(self, charge: float) -> float:
        """Return the integral of the curve from empty to here: volts times charge."""
        return between(self.areas, charge)


def interpolate(curve: Sequence[tuple[float, float]], x: float) -> float:
    """Return the value at x of a line through rising points; beyond its ends, the end's."""
    before = curve[0]
    for point in curve:
        if x <= point[0]:
            share = (x - before[0]) / (point[0] - before[0]) if point[0] > before[0] else 1.0
            return before[1] + share * (point[1] - before[1])
        before = point
    return before[1]


def _slopes(volts: Sequence[float]) -> list[float]:
    """Return the curve's slope at every step, over two percent of a charge to either side."""
    slopes = []
    for step in range(FINE + 1):
        low, high = max(0, step - FINE // 50), min(FINE, step + FINE // 50)
        slopes.append((volts[high] - volts[low]) * FINE / (high - low))
    return slopes


def between(table: Sequence[float], x: float) -> float:
    """Return the value at x, 0 to 1, of an evenly spread table; beyond its ends, the end's."""
    if x <= 0:
        return table[0]
    if x >= 1:
        return table[-1]
    place = x * FINE
    step = int(place)
    return table[step] + (place - step) * (table[step + 1] - table[step])


LFP = Chemistry(
    "lfp",
    (
        (0.0, 1.9), (0.02, 2.117), (0.05, 2.645), (0.08, 2.858), (0.1, 2.931), (0.12, 2.986), (0.15, 3.067),
        (0.2, 3.157), (0.25, 3.181), (0.3, 3.199), (0.35, 3.225), (0.4, 3.249), (0.5, 3.268), (0.6, 3.271),
        (0.7, 3.274), (0.75, 3.286), (0.8, 3.308), (0.9, 3.315), (0.95, 3.317), (0.98, 3.347), (1.0, 3.599),
    ),
    full_v=3.5, dry=0.08, yield_=0.86, yield_sd=0.06, rise=0.11, tells=False,
)  # fmt: skip
NMC = Chemistry(
    "nmc",
    (
        (0.0, 2.5), (0.02, 2.819), (0.05, 3.083), (0.08, 3.208), (0.1, 3.277), (0.12, 3.347), (0.15, 3.421),
        (0.2, 3.475), (0.25, 3.519), (0.3, 3.572), (0.35, 3.621), (0.4, 3.658), (0.5, 3.738), (0.6, 3.830),
        (0.7, 3.936), (0.75, 3.981), (0.8, 4.027), (0.9, 4.090), (0.95, 4.105), (0.98, 4.137), (1.0, 4.194),
    ),
    full_v=4.15, dry=0.08, yield_=0.90, yield_sd=0.06, rise=0.03, tells=True,
)  # fmt: skip
CHEMISTRIES = {chemistry.name: chemistry for chemistry in (LFP, NMC)}
