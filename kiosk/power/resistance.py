"""The resistance between cells and meter, learned from what the voltage does when the current steps."""

from __future__ import annotations

from dataclasses import dataclass

SUPPOSED_OHM = 0.025
"""Wiring and cells of a 600 Wh pack before anything was seen: 20 to 45 mΩ in the traces we have."""
WEIGHT = 25.0
"""What the supposed value weighs, in squared amps of steps seen: a fridge starting five times or so."""
STEP_A = 0.5
"""A smaller step between two minutes is noise of a meter with steps of 10 mA and 10 mV."""
MEMORY = 0.995
"""What is kept of old steps at each new one: half is forgotten after 140, since contacts corrode."""
MOST_OHM = 0.5
"""More would drop 2.5 V at 5 A, and no inverter ran. Such a step, or one against its current, was no drop: a
charger came on, cells collapsed, a meter changed its range."""
SLOW = 1.07
"""What a lasting load drops beyond its first minute, in the same traces."""


@dataclass(frozen=True, slots=True)
class Resistance:
    """Sums over the steps seen."""

    volt_amps: float = SUPPOSED_OHM * WEIGHT
    amps2: float = WEIGHT

    @property
    def ohm(self) -> float:
        """What a lasting ampere costs in volts."""
        return SLOW * self.volt_amps / self.amps2

    def stepped(self, volts: float, amps: float) -> Resistance:
        """Return what is known after the voltage moved by `volts` while the current moved by `amps`."""
        if abs(amps) < STEP_A or not 0 <= -volts / amps <= MOST_OHM:
            return self
        return Resistance(self.volt_amps * MEMORY - volts * amps, self.amps2 * MEMORY + amps * amps)
