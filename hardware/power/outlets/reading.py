"""One look at a smart outlet, in SI units. Whatever it does not say is ``None``, never zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from hardware.device import Event
from hardware.power.reading import DIGITS, within


@dataclass(frozen=True, slots=True)
class OutletReading:
    """What an outlet says of itself and of what is plugged into it."""

    on: bool | None = None
    """Whether its relay is closed."""
    watts: float | None = None
    """Taken by what is plugged in. Not volts times amps: these can be ten times as much."""
    wh: float | None = None
    """Its own count of Wh; it starts at 0 again after a power cut."""
    volts: float | None = None
    amps: float | None = None
    power_factor: float | None = None
    """Watts over volt-amperes, 0 to 1."""
    celsius: float | None = None
    """Inside the outlet."""
    limit_w: float | None = None
    """The watts above which it switches itself off."""
    alarms: tuple[str, ...] = ()
    """What it complains of, in words."""
    source: str = ""


LIMITS: Mapping[str, tuple[float, float]] = {
    "watts": (0, 20_000),
    "wh": (0, 1e9),
    "volts": (0, 480),
    "amps": (0, 100),
    "power_factor": (0, 1),
    "celsius": (-60, 150),
    "limit_w": (0, 20_000),
}
"""What one outlet can be; a figure outside is a broken meter and counts as unknown."""


@dataclass(frozen=True, slots=True)
class OutletRead(Event):
    """An outlet answered."""

    reading: OutletReading
    own_wh: float
    """Wh taken since this till was started, added up from its watts and never less than before."""
    at_ms: int
    """Monotonic milliseconds; a reading grows old."""


def checked(reading: OutletReading) -> OutletReading:
    """The reading without figures that cannot be, and with what follows from the rest.

    An open relay passes nothing: watts that stay behind after it was switched off (github.com/schmupu/
    ioBroker.shelly, issue 90) are 0, and the outlet is said to be stuck.
    """
    figures: dict[str, Any] = {name: within(getattr(reading, name), *span) for name, span in LIMITS.items()}
    alarms = reading.alarms
    if reading.on is False:
        if figures["watts"]:
            alarms = (*alarms, "its watts did not go back to 0")
        figures["watts"] = 0.0
    volts, amps, watts = figures["volts"], figures["amps"], figures["watts"]
    if reading.power_factor is None and volts and amps and watts is not None and watts <= volts * amps:
        figures["power_factor"] = round(watts / (volts * amps), DIGITS)
    return replace(reading, alarms=alarms, **figures)


def together(parts: Iterable[OutletReading]) -> OutletReading:
    """Several answers of one look as one reading; what a later one does not say stays as it was said."""
    whole = OutletReading()
    for part in parts:
        known: dict[str, Any] = {
            field.name: value
            for field in fields(OutletReading)
            if (value := getattr(part, field.name)) not in (None, (), "")
        }
        whole = replace(whole, **known)
    return checked(whole)
