"""One look at a power source, in SI units and with one sign: out of the battery is positive.

Whatever a source does not say, or says in a way that cannot be, is ``None``, never zero. How old a reading is
stands in the event that carries it, in monotonic time, so that a clock set forward or back changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from hardware.device import Event

JUMP_W = 10.0
"""A change of a battery's watts that is worth telling at once: something was switched."""


class Quality(StrEnum):
    """How a source knows what it says, best first: of two that disagree the earlier one is believed."""

    SHUNT = "shunt"
    """Every ampere of the battery passes its shunt."""
    BMS = "bms"
    """The pack's own board: measured, but its charge state drifts between full charges."""
    CHARGER = "charger"
    """A charge controller: it sees what passes through itself, not what the stall takes elsewhere."""
    GAUGE = "gauge"
    """A percentage guessed from the voltage; on lithium iron phosphate it means little."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a battery, its shunt or its charger says; every figure may be unknown."""

    volts: float | None = None
    amps: float | None = None
    """Out of the battery is positive, into it negative."""
    watts: float | None = None
    """At the battery, with the sign of `amps`: net of load and sun."""
    wh: float | None = None
    """The source's own count of Wh taken out of the battery; starts again whenever the source likes."""
    charged_wh: float | None = None
    """The same for Wh put into the battery."""
    soc: float | None = None
    """State of charge, 0 to 1."""
    capacity_wh: float | None = None
    """Usable Wh from full to cut-off."""
    capacity_ah: float | None = None
    """Ah of the full pack, as the source was told."""
    remaining_ah: float | None = None
    """Ah left, by the source's own count."""
    used_ah: float | None = None
    """Ah taken out since the pack was last full."""
    seconds_left: float | None = None
    """The source's own guess of the time until empty."""
    seconds_to_full: float | None = None
    soc_per_hour: float | None = None
    """How fast the charge changes; less is negative."""
    min_cell_volts: float | None = None
    """Volts of the weakest cell."""
    max_cell_volts: float | None = None
    """Volts of the strongest cell."""
    cycles: float | None = None
    """Charge cycles so far."""
    celsius: float | None = None
    """Temperature of the pack, or of the nearest thing the source measures."""
    load_w: float | None = None
    """Watts taken by what is connected to this source's output."""
    output_volts: float | None = None
    output_amps: float | None = None
    input_volts: float | None = None
    """What comes in from outside: mains, USB, a vehicle."""
    input_amps: float | None = None
    input_w: float | None = None
    ac_va: float | None = None
    """Volt-amperes of an inverter's output: at least its watts, and up to ten times as many."""
    solar_w: float | None = None
    """Watts coming in from the panel."""
    solar_volts: float | None = None
    solar_amps: float | None = None
    solar_wh: float | None = None
    """Count of Wh from the panel; many controllers start again each morning."""
    solar_volts_limit: float | None = None
    """The most that the charger bears from the panel."""
    charging: bool | None = None
    """Whether the source says that it is charging."""
    plugged: bool | None = None
    """Whether power comes in from outside."""
    state: str | None = None
    """What a charger or inverter is doing: off, bulk, float, inverting."""
    alarms: tuple[str, ...] = ()
    """What the source complains of, in words."""
    quality: Quality | None = None
    source: str = ""
    """What spoke, as a person would name it: ``VE.Direct 0x203``, ``JBD BMS``."""

    @property
    def left_wh(self) -> float | None:
        """Usable Wh left, when charge and capacity are both known."""
        return None if self.soc is None or self.capacity_wh is None else self.soc * self.capacity_wh


LIMITS: Mapping[str, tuple[float, float]] = {
    "volts": (0, 1000),
    "amps": (-1000, 1000),
    "watts": (-1e5, 1e5),
    "wh": (0, 1e9),
    "charged_wh": (0, 1e9),
    "soc": (0, 1),
    "capacity_wh": (0, 1e6),
    "capacity_ah": (0, 1e5),
    "remaining_ah": (0, 1e5),
    "used_ah": (-1e5, 1e5),
    "seconds_left": (0, 3e6),
    "seconds_to_full": (0, 3e6),
    "soc_per_hour": (-10, 10),
    "min_cell_volts": (0, 5),
    "max_cell_volts": (0, 5),
    "cycles": (0, 1e5),
    "celsius": (-60, 150),
    "load_w": (0, 1e5),
    "output_volts": (0, 1000),
    "output_amps": (0, 1000),
    "input_volts": (0, 1000),
    "input_amps": (0, 1000),
    "input_w": (0, 1e5),
    "ac_va": (0, 1e5),
    "solar_w": (0, 1e5),
    "solar_volts": (0, 1000),
    "solar_amps": (0, 1000),
    "solar_wh": (0, 1e9),
    "solar_volts_limit": (0, 1000),
}
"""What a small stall's power can be; a figure outside is a broken meter and counts as unknown."""
DIGITS = 6
"""Decimals kept: a microvolt is below every source's step, and 13.644000000000002 is nobody's voltage."""


@dataclass(frozen=True, slots=True)
class PowerRead(Event):
    """A meter delivered a reading."""

    reading: Reading
    at_ms: int
    """Monotonic milliseconds; a reading grows old."""


def read(table: Mapping[str, object]) -> Reading:
    """A reading from named figures; unknown names are ignored, impossible values are unknown."""
    figures: dict[str, Any] = {name: number(table.get(name)) for name in LIMITS}
    return checked(Reading(**figures))


def checked(reading: Reading) -> Reading:
    """The reading without figures that cannot be, and with its watts where volts and amps tell them."""
    figures: dict[str, Any] = {
        name: within(getattr(reading, name), *limits) for name, limits in LIMITS.items()
    }
    volts, amps = figures["volts"], figures["amps"]
    if reading.watts is None and volts is not None and amps is not None:
        figures["watts"] = round(volts * amps, DIGITS)
    return replace(reading, **figures)


def overlay(under: Reading, over: Reading) -> Reading:
    """Two looks at one source as one: what the second does not say stays as the first said it."""
    known: dict[str, Any] = {
        field.name: value
        for field in fields(Reading)
        if (value := getattr(over, field.name)) not in (None, (), "")
    }
    return replace(under, **known)


def flipped(reading: Reading) -> Reading:
    """What a shunt mounted the other way round says, put right."""
    return replace(
        reading,
        amps=None if reading.amps is None else -reading.amps,
        watts=None if reading.watts is None else -reading.watts,
    )


def number(value: object) -> float | None:
    """A number of JSON as a float; anything else is unknown, and so are 400 digits, which no float holds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def within(value: float | None, least: float, most: float) -> float | None:
    """A finite number within its limits, or nothing."""
    if value is None or not math.isfinite(value) or not least <= value <= most:
        return None
    return round(float(value), DIGITS) + 0.0  # -0.0 becomes 0.0
