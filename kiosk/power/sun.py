"""Where the sun stands and what a panel makes of a clear sky, with no network: place and time are enough.

Position after the Astronomical Almanac's low-precision formulas (0.01 degrees until 2050), clear sky after
Haurwitz 1945, its diffuse part after Erbs 1982; they agree with pvlib 0.16.1, from which the vectors are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

J2000_S = 946_728_000
"""Unix seconds of 2000-01-01 12:00 UTC."""
SOLAR_W = 1367.0
"""What a square metre gets above the air."""
LOWEST = 0.05
"""Sine of an elevation of 3 degrees: below it light comes along the ground, and no formula holds."""
YIELD = 0.76
"""What a panel on a stall delivers of its rated watts: heat, dust, cable and charger."""


@dataclass(frozen=True, slots=True)
class Site:
    """A panel and where it stands."""

    latitude: float  # degrees, north positive
    longitude: float  # degrees, east positive
    panel_w: float  # rated watts; 0: no panel
    tilt: float = 30.0  # degrees from flat
    azimuth: float | None = None  # degrees from north over east; None: towards the equator

    @property
    def facing(self) -> float:
        """Where the panel looks, in degrees from north over east."""
        return self.azimuth if self.azimuth is not None else (180.0 if self.latitude >= 0 else 0.0)


def position(wall_s: float, latitude: float, longitude: float) -> tuple[float, float]:
    """Return the sun's elevation and its azimuth from north over east, in radians, without refraction."""
    days = (wall_s - J2000_S) / 86_400
    anomaly = math.radians(357.529 + 0.98560028 * days)
    mean = 280.459 + 0.98564736 * days
    ecliptic = math.radians(mean + 1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly))
    tilt = math.radians(23.439 - 3.6e-7 * days)
    ascension = math.atan2(math.cos(tilt) * math.sin(ecliptic), math.cos(ecliptic))
    sin_dec = math.sin(tilt) * math.sin(ecliptic)
    cos_dec = math.sqrt(1 - sin_dec**2)
    sidereal = math.radians((280.46061837 + 360.98564737 * days + longitude) % 360)
    hour, north = sidereal - ascension, math.radians(latitude)
    sin_el = math.sin(north) * sin_dec + math.cos(north) * cos_dec * math.cos(hour)
    east = -cos_dec * math.sin(hour)
    up = sin_dec * math.cos(north) - cos_dec * math.sin(north) * math.cos(hour)
    return math.asin(max(-1.0, min(1.0, sin_el))), math.atan2(east, up) % (2 * math.pi)


def haurwitz(elevation: float) -> float:
    """Return the watts a square metre lying flat gets from a clear sky; elevation in radians."""
    height = math.sin(elevation)
    return 1098 * height * math.exp(-0.059 / height) if height > 0 else 0.0


def diffuse(clearness: float) -> float:
    """Return the part of the light that comes from everywhere, by the part of all that arrives (Erbs)."""
    k = clearness
    if k <= 0.22:
        return 1 - 0.09 * k
    return max(0.165, 0.9511 - 0.1604 * k + 4.388 * k**2 - 16.638 * k**3 + 12.336 * k**4)


def clear_w(site: Site, wall_s: float) -> float:
    """Return the watts the panel would give now under a clear sky."""
    elevation, azimuth = position(wall_s, site.latitude, site.longitude)
    flat = haurwitz(elevation)
    if flat <= 0:
        return 0.0
    tilt, turned = math.radians(site.tilt), azimuth - math.radians(site.facing)
    straight = math.sin(elevation) * math.cos(tilt) + math.cos(elevation) * math.sin(tilt) * math.cos(turned)
    spread = diffuse(flat / (SOLAR_W * math.sin(elevation)))
    direct = (1 - spread) * max(0.0, straight) / max(LOWEST, math.sin(elevation))
    return flat * (direct + spread * (1 + math.cos(tilt)) / 2) * site.panel_w / 1000 * YIELD
