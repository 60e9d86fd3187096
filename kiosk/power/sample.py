"""What the estimator is told: one look at the pack, the panel and the outlets, in SI units.

Whatever is not known is None, never zero. Time is monotonic seconds; the wall clock is a rumour and only used
for the sun and for closing time.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outlet:
    """A switched and metered outlet."""

    name: str
    on: bool | None = None
    watts: float | None = None  # at the outlet, before the inverter's losses


@dataclass(frozen=True, slots=True)
class Sample:
    """One look."""

    t_s: float  # monotonic seconds, any origin
    volts: float | None = None  # at the pack
    amps: float | None = None  # out of the pack is positive
    solar_w: float | None = None  # from the panel, after the charger
    ac_w: float | None = None  # everything behind the inverter
    outlets: tuple[Outlet, ...] = ()
    wall_s: float | None = None  # Unix seconds; None when the clock is not trusted
    source: str = ""  # what said it, in the owner's words
    shunt: bool = True  # it counts amps at the pack; a gauge that guesses from volts does not

    @property
    def net_w(self) -> float | None:
        """Watts out of the pack."""
        return None if self.volts is None or self.amps is None else self.volts * self.amps

    @property
    def load_w(self) -> float | None:
        """Watts taken by everything: what leaves the pack and what the panel brings."""
        net = self.net_w
        return None if net is None else max(0.0, net + (self.solar_w or 0.0))
