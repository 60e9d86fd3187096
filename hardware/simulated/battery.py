"""A battery that drains: watts in and out against a clock that can be injected, and hurried."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

CAPACITY_WH = 614.0
"""Twelve volts, 48 Ah of LiFePO4: the smallest pack that meets the 600 Wh a stall needs."""
CAPACITY_AH = 48.0
_VOLTS = ((0.0, 10.8), (0.05, 12.0), (0.2, 12.8), (0.5, 13.1), (0.9, 13.3), (1.0, 13.5))
"""Open-circuit volts of four LiFePO4 cells by state of charge; typical maker's curve, flat in the middle."""
IDLE_W, SLOPE, CURVE = 6.0, 1.05, 2e-4
"""What a 200 W inverter takes from the battery: idle, per watt of its output, per watt squared."""


@dataclass(frozen=True, slots=True)
class Pack:
    """How the battery is at one moment; current and power out of it are positive."""

    volts: float
    amps: float
    watts: float
    soc: float
    load_w: float
    solar_w: float
    used_ah: float
    out_wh: float
    in_wh: float
    celsius: float = 24.0


class SimulatedBattery:
    """Energy is exact; volts are only plausible."""

    def __init__(
        self, *, soc: float = 0.92, load_w: float = 31.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start at a state of charge (0 to 1) with a constant load; `clock` gives monotonic seconds."""
        self._clock = clock
        self._since = clock()
        self._wh = soc * CAPACITY_WH
        self._load_w = load_w
        self._solar_w = 0.0
        self._ac_w: float | None = None
        self._speed = 1.0
        self._out_wh = self._in_wh = 0.0

    def set(
        self,
        *,
        load_w: float | None = None,
        solar_w: float | None = None,
        soc: float | None = None,
        speed: float | None = None,
    ) -> None:
        """Change the load, the sun, the charge, or how much faster time passes; raises ``ValueError``."""
        self._settle()
        self._load_w = _within("load_w", load_w, 0, 2000, self._load_w)
        self._solar_w = _within("solar_w", solar_w, 0, 2000, self._solar_w)
        self._wh = _within("soc", soc, 0, 1, self._wh / CAPACITY_WH) * CAPACITY_WH
        self._speed = _within("speed", speed, 1, 3600, self._speed)

    def invert(self, ac_w: float | None) -> None:
        """Let the inverter give so many watts to its outlets; ``None`` switches it off."""
        self._settle()
        self._ac_w = ac_w

    def look(self) -> Pack:
        """How it is now."""
        self._settle()
        soc = self._wh / CAPACITY_WH
        load = self._load() if self._wh else 0.0
        volts, watts = _volts(soc), load - self._solar_w
        return Pack(
            volts=volts,
            amps=watts / volts,
            watts=watts,
            soc=soc,
            load_w=load,
            solar_w=self._solar_w,
            used_ah=(1 - soc) * CAPACITY_AH,
            out_wh=self._out_wh,
            in_wh=self._in_wh,
        )

    def reading(self) -> dict[str, float]:
        """The same as a meter with a JSON wire tells it."""
        pack = self.look()
        return {
            "volts": round(pack.volts, 2),
            "amps": round(pack.amps, 2),
            "soc": round(pack.soc, 4),
            "capacity_wh": CAPACITY_WH,
            "load_w": round(pack.load_w, 1),
            "solar_w": pack.solar_w,
            "celsius": pack.celsius,
        }

    def _load(self) -> float:
        """Watts taken directly, and through the inverter."""
        ac = self._ac_w
        return self._load_w + (0.0 if ac is None else IDLE_W + SLOPE * ac + CURVE * ac * ac)

    def _settle(self) -> None:
        """Move energy for the time since the last look."""
        now = self._clock()
        hours = max(0.0, now - self._since) * self._speed / 3600
        self._since = now
        net = (self._solar_w - self._load()) * hours
        moved = min(CAPACITY_WH, max(0.0, self._wh + net)) - self._wh
        self._wh += moved
        self._in_wh += max(0.0, moved)
        self._out_wh += max(0.0, -moved)


def _volts(soc: float) -> float:
    """Between two points of the curve."""
    at = min(max(bisect_right(_VOLTS, (soc, 99.0)), 1), len(_VOLTS) - 1)
    (soc_a, volts_a), (soc_b, volts_b) = _VOLTS[at - 1], _VOLTS[at]
    return volts_a + (volts_b - volts_a) * (soc - soc_a) / (soc_b - soc_a)


def _within(key: str, value: float | None, least: float, most: float, now: float) -> float:
    """A new value within its bounds, or the present one."""
    if value is None:
        return now
    if not least <= value <= most:
        raise ValueError(f"{key}: {value} is not between {least} and {most}")
    return value
