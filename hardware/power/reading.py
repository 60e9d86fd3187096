"""One look at a power source. Whatever the meter does not say is ``None``, never zero."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

from hardware.device import Event


@dataclass(frozen=True, slots=True)
class Reading:
    """What a battery or its shunt says; every field may be unknown."""

    volts: float | None = None
    amps: float | None = None
    """Into the battery is positive, out of it negative."""
    soc: float | None = None
    """State of charge, 0 to 1."""
    capacity_wh: float | None = None
    """Usable Wh from full to cut-off."""
    load_w: float | None = None
    """Watts taken by everything connected."""
    solar_w: float | None = None
    """Watts coming in from the panel."""
    celsius: float | None = None
    """Temperature of the pack."""

    @property
    def left_wh(self) -> float | None:
        """Usable Wh left, when charge and capacity are both known."""
        return None if self.soc is None or self.capacity_wh is None else self.soc * self.capacity_wh


LIMITS: Mapping[str, tuple[float, float]] = {
    "volts": (0, 1000),
    "amps": (-1000, 1000),
    "soc": (0, 1),
    "capacity_wh": (0, 1e6),
    "load_w": (0, 1e5),
    "solar_w": (0, 1e5),
    "celsius": (-60, 150),
}
"""What a small stall's power can be; a figure outside is a broken meter and counts as unknown."""


@dataclass(frozen=True, slots=True)
class PowerRead(Event):
    """A meter delivered a reading."""

    reading: Reading
    at_ms: int
    """Monotonic milliseconds; a reading grows old."""


def read(table: Mapping[str, object]) -> Reading:
    """A reading from named figures; unknown names are ignored, impossible values are unknown."""
    return Reading(
        **{field.name: _figure(table.get(field.name), *LIMITS[field.name]) for field in fields(Reading)}
    )


def _figure(value: object, least: float, most: float) -> float | None:
    """A finite number within its limits, or nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and least <= value <= most else None
