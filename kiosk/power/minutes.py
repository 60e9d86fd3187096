"""From samples to minutes, and from minutes to blocks of five: what is kept gets coarser as it gets older."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from kiosk.power.sample import Sample

MINUTE_S = 60.0
BLOCK_MINUTES = 5
BLOCK_S = MINUTE_S * BLOCK_MINUTES


@dataclass(frozen=True, slots=True)
class Sums:
    """The minute that is being filled: everything times seconds."""

    seconds: float = 0.0
    volts: float = 0.0
    amps: float = 0.0
    load: float = 0.0
    solar: float = 0.0
    ah: float = 0.0  # drawn
    peak_a: float = 0.0
    outlets: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def plus(self, sample: Sample, volts: float, amps: float, ah: float, seconds: float) -> Sums:
        """Return the sums with what lies between two samples, the newer one of which is given."""
        outlets = self.outlets
        if sample.outlets:
            outlets = {
                outlet.name: outlets.get(outlet.name, 0.0) + outlet.watts * seconds
                for outlet in sample.outlets
                if outlet.watts is not None
            }
        solar = sample.solar_w or 0.0
        return Sums(
            self.seconds + seconds,
            self.volts + volts * seconds,
            self.amps + amps * seconds,
            self.load + max(0.0, volts * amps + solar) * seconds,
            self.solar + solar * seconds,
            self.ah + ah,
            max(self.peak_a, amps),
            outlets,
        )


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute's means."""

    volts: float
    amps: float
    ah: float  # drawn
    rest_w: float  # what no outlet meters
    solar_w: float = 0.0
    clear_w: float = 0.0  # what the panel would have given under a clear sky


@dataclass(frozen=True, slots=True)
class Block:
    """Five minutes' means, kept for half a day."""

    mean_w: float  # what no outlet meters
    least_w: float  # the least of its minutes
    solar_w: float = 0.0
    clear_w: float = 0.0
    burst_w: float = 0.0  # of the mean, what came and went
    minutes: int = BLOCK_MINUTES


def block(minutes: Sequence[Minute]) -> Block:
    """Return what is kept of some minutes."""
    count = len(minutes)
    return Block(
        sum(minute.rest_w for minute in minutes) / count,
        min(minute.rest_w for minute in minutes),
        sum(minute.solar_w for minute in minutes) / count,
        sum(minute.clear_w for minute in minutes) / count,
        minutes=count,
    )
