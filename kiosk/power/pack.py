"""What the estimator is told once: the pack as on its label, the panel and its place, the inverter."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.power.chemistry import Chemistry
from kiosk.power.inverter import USUAL, Curve
from kiosk.power.sun import Site

LEAST_DRY = 0.02
MOST_DRY = 0.2
"""Between these a stall's bursts reach the cut-off, whatever was learned of wiring and bursts."""
GAP_S = 30.0
"""A longer pause between two samples is a gap, and a source silent for longer is stale."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A battery, or several alike."""

    chemistry: Chemistry
    cells: int  # in series
    nameplate_ah: float
    cutoff_v: float  # of the whole pack, where its protection or the inverter switches off
    most_w: float | None = None  # what its protection lets out; None: not known

    @property
    def nominal_v(self) -> float:
        """Volts half-way."""
        return self.cells * self.chemistry.rest_v(0.5)

    @property
    def full_v(self) -> float:
        """Volts that only a charger reaches: 14.0 for four LFP cells."""
        return self.cells * self.chemistry.full_v

    def dry(self, ohm: float, burst_a: float) -> float:
        """Return the state of charge at which a burst of so many amps pulls the pack to its cut-off."""
        drop = (ohm + self.cells * self.chemistry.rise / self.nameplate_ah) * burst_a
        charge = self.chemistry.charge_at((self.cutoff_v + drop) / self.cells)
        return min(MOST_DRY, max(LEAST_DRY, charge))

    def charge(self, usable: float, left: float, dry: float) -> float:
        """Return the state of charge of the cells, 0 to 1, from the Ah usable and the Ah left until dry."""
        return dry + (1 - dry) * left / max(usable, 1e-6)

    def mean_v(self, charge: float, dry: float) -> float:
        """Return the mean volts, without the drop over its resistance, from a charge down to dry."""
        if charge - dry < 1e-3:
            return self.cells * self.chemistry.rest_v(dry)
        area = self.chemistry.area
        return self.cells * (area(charge) - area(dry)) / (charge - dry)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an inverter can give, at the temperature it has."""

    continuous_w: float
    surge_w: float  # for seconds


@dataclass(frozen=True, slots=True)
class Stall:
    """A stall's power as its owner describes it."""

    pack: Pack
    site: Site | None = None  # None: no panel, or its place was not told
    limits: Limits | None = None  # None: the inverter's were not told
    curve: Curve = USUAL  # the inverter's losses
    gap_s: float = GAP_S
