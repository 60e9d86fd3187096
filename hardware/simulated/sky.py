"""The sun over the simulated stall, and the cloud before it.

Written apart from the till's own sun, so that each is the other's witness: declination after Cooper 1969,
hour angle without the equation of time, clear sky after Meinel 1976, a flat panel.
"""

from __future__ import annotations

import math
import time
from typing import Literal

Sky = Literal["none", "clear", "cloud"]
SKIES: tuple[Sky, ...] = ("none", "clear", "cloud")
PANEL_W = 60.0
"""Rated watts of the panel that lies on the stall's roof: not enough for the stall, at any hour."""
LATITUDE = 40.0
"""Degrees north, if nobody says where: Madrid, Beijing, Philadelphia."""
YIELD = 0.76
"""What arrives of them: heat, dust, cable, charger."""
THICK = 0.8
"""What a usual cloud keeps back."""


class SimulatedSky:
    """Where the stall is, and what hangs over it. Times are those of the stall, in Unix seconds."""

    def __init__(self, latitude: float = LATITUDE, longitude: float = 0.0) -> None:
        """Stand somewhere, in degrees north and east, with no sun to speak of: the panel is still folded."""
        self.latitude = latitude
        self.longitude = longitude
        self.sky: Sky = "none"
        self._thick = THICK
        self._cloud_until_s = math.inf

    def change(self, sky: Sky, thick: float = THICK, until_s: float = math.inf) -> None:
        """Unfold the panel under a clear sky or a cloud, which passes at a moment, or fold it again."""
        self.sky, self._thick, self._cloud_until_s = sky, thick, until_s

    def watts(self, wall_s: float) -> float:
        """What the panel gives at a moment."""
        if self.sky == "cloud" and wall_s >= self._cloud_until_s:
            self.sky = "clear"
        if self.sky == "none":
            return 0.0
        share = 1 - self._thick if self.sky == "cloud" else 1.0
        return share * clear_w(wall_s, self.longitude, self.latitude)


def clear_w(wall_s: float, longitude: float, latitude: float = LATITUDE) -> float:
    """What a flat panel gives under a clear sky."""
    height = math.sin(elevation(wall_s, latitude, longitude))
    if height <= 0.02:
        return 0.0
    square_metre = float(1.1 * 1353 * 0.7 ** (height**-0.678) * height)
    return square_metre / 1000 * PANEL_W * YIELD


def elevation(wall_s: float, latitude: float, longitude: float) -> float:
    """The sun's height over the ground, in radians."""
    day = time.gmtime(wall_s).tm_yday
    declination = math.radians(23.45) * math.sin(2 * math.pi * (284 + day) / 365)
    hour = math.radians(wall_s % 86_400 / 240 + longitude - 180)
    north = math.radians(latitude)
    flat = math.cos(north) * math.cos(declination) * math.cos(hour)
    return math.asin(math.sin(north) * math.sin(declination) + flat)
