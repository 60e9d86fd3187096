"""A battery that drains: watts in and out against a clock that can be injected, and hurried."""

from __future__ import annotations

import math
import time
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

CAPACITY_WH = 614.0
"""Twelve volts, 48 Ah of LiFePO4: the smallest pack that meets the 600 Wh a stall needs."""
CAPACITY_AH = 48.0
GIVES_AH = 45.5
"""What this one holds: nobody's pack is as on its label. Above its cut-off that makes nine tenths of it, the
mean of 24 discharges of modelled packs."""
CELLS = 4
_VOLTS = (
    (0.0, 2.0), (0.02, 2.458), (0.05, 2.782), (0.1, 2.975), (0.2, 3.166), (0.3, 3.203), (0.4, 3.250),
    (0.5, 3.264), (0.6, 3.267), (0.7, 3.272), (0.8, 3.307), (0.9, 3.312), (0.95, 3.314), (0.98, 3.347),
    (1.0, 3.596),
)  # fmt: skip
"""A cell's volts by its charge, discharged within 50 hours (PyBaMM with the parameters of Prada 2013)."""
OHM = 0.03
"""Cells, fuse and cable together."""
CUTOFF_V, BEARS_S = 10.8, 90.0
"""Its protection switches off after so long with so few volts."""
BACK_V = 12.0
"""Charged up to this it switches on again."""
STEP_S = 60.0
"""Longest step of the count."""
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
    flat: bool = False
    """Its protection has switched off: nothing comes out of it, and it can be charged."""
    celsius: float = 24.0


class SimulatedBattery:
    """Counts exactly; one resistance stands for all that a real pack does besides."""

    def __init__(
        self,
        *,
        soc: float = 0.92,
        load_w: float = 31.0,
        gives_ah: float = GIVES_AH,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start at a state of charge (0 to 1) with a constant load; `clock` gives monotonic seconds."""
        self._gives_ah = gives_ah
        self._clock = clock
        self._since = clock()
        self._soc = soc
        self._load_w = load_w
        self._solar_w = 0.0
        self._ac_w: float | None = None
        self._out_wh = self._in_wh = 0.0
        self._low_s = 0.0
        self._flat = False

    def set(
        self, *, load_w: float | None = None, solar_w: float | None = None, soc: float | None = None
    ) -> None:
        """Change the load, the sun or the charge; raises ``ValueError``."""
        self._settle()
        self._load_w = _within("load_w", load_w, 0, 2000, self._load_w)
        self._solar_w = _within("solar_w", solar_w, 0, 2000, self._solar_w)
        self._soc = _within("soc", soc, 0, 1, self._soc)
        self._recover()

    def invert(self, ac_w: float | None) -> None:
        """Let the inverter give so many watts to its outlets; ``None`` switches it off."""
        self._settle()
        self._ac_w = ac_w

    def look(self) -> Pack:
        """How it is now."""
        self._settle()
        volts, amps = self._flow()
        return Pack(
            volts=volts,
            amps=amps,
            watts=volts * amps,
            soc=self._soc,
            load_w=self._load(),
            solar_w=self._sun(),
            used_ah=(1 - self._soc) * self._gives_ah,
            out_wh=self._out_wh,
            in_wh=self._in_wh,
            flat=self._flat,
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
            "solar_w": round(pack.solar_w, 1),
            "celsius": pack.celsius,
        }

    def _load(self) -> float:
        """Watts taken directly, and through the inverter."""
        if self._flat:
            return 0.0
        ac = self._ac_w
        return self._load_w + (0.0 if ac is None else IDLE_W + SLOPE * ac + CURVE * ac * ac)

    def _sun(self) -> float:
        """What the charger lets in: a full battery takes no more than is drawn."""
        return min(self._solar_w, self._load()) if self._soc >= 1 else self._solar_w

    def _flow(self) -> tuple[float, float]:
        """Volts at its terminals and amps out of it: W = (rest - ohm A) A."""
        rest, watts = CELLS * _volts(self._soc), self._load() - self._sun()
        amps = (rest - math.sqrt(max(0.0, rest * rest - 4 * OHM * watts))) / (2 * OHM)
        return rest - OHM * amps, amps

    def _settle(self) -> None:
        """Move charge for the time since the last look."""
        now = self._clock()
        left_s, self._since = max(0.0, now - self._since), now
        while left_s > 0:
            seconds = min(left_s, STEP_S)
            left_s -= seconds
            volts, amps = self._flow()
            self._soc = min(1.0, max(0.0, self._soc - amps * seconds / 3600 / self._gives_ah))
            self._out_wh += max(0.0, volts * amps) * seconds / 3600
            self._in_wh += max(0.0, -volts * amps) * seconds / 3600
            self._low_s = self._low_s + seconds if volts <= CUTOFF_V and amps > 0 else 0.0
            self._flat = self._flat or self._low_s >= BEARS_S or (self._soc <= 0 and amps > 0)
            self._recover()

    def _recover(self) -> None:
        """Switch on again once it was charged."""
        self._flat = self._flat and CELLS * _volts(self._soc) < BACK_V


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
