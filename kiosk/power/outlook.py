"""Until when it lasts: what is left, what is drawn and what the sun brings, each as uncertain as it is."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.power.belief import deviates
from kiosk.power.counter import CHARGING_YIELD
from kiosk.power.estimator import State
from kiosk.power.load import Expected
from kiosk.power.pack import Pack
from kiosk.power.sky import STEP_S, clearness

MOST_S = 86_400.0
"""Beyond a day nothing is promised: it reads '> 24 h'."""
LEAST_W = 1.0
"""A smaller load is a meter's offset."""
SUNNY = 3
"""With sun only every third point is followed through the day, which takes 72 steps each."""
BURST = 0.025
"""How far the burst that ends it comes early or late, part of the usable Ah, 1 sd."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Equally likely ways it may go, each list rising."""

    times: tuple[float, ...]  # seconds until the reserve is reached
    energies: tuple[float, ...]  # Wh above the reserve

    def lasts(self, share: float) -> float:
        """Return the seconds that this share of the ways does not reach: 0.1 is nearly safe, 0.5 even."""
        return quantile(self.times, share)

    def wh(self, share: float) -> float:
        """Return the Wh above the reserve that this share of the ways does not have."""
        return quantile(self.energies, share)

    def reaches(self, seconds: float) -> float:
        """Return the probability that it lasts so long."""
        return 1 - bisect_left(self.times, seconds) / len(self.times)


def quantile(rising: Sequence[float], share: float) -> float:
    """Return the value that a share of equally likely ones does not reach."""
    place = min(len(rising) - 1.0, max(0.0, share * len(rising) - 0.5))
    low = min(len(rising) - 2, int(place)) if len(rising) > 1 else 0
    high = min(len(rising) - 1, low + 1)
    return rising[low] + (place - low) * (rising[high] - rising[low])


def energies(state: State, pack: Pack, load_w: float, reserve_wh: float = 0.0) -> list[float]:
    """Return the Wh above the reserve at this load, one for each point of the belief, in their order."""
    ohm = state.resistance.ohm
    dry, drop = pack.dry(ohm, state.burst_a), load_w / pack.nominal_v * ohm
    found = []
    for (usable, left), (*_, burst) in zip(state.belief.spread(), deviates(), strict=True):
        ah = max(0.0, min(left, usable) + BURST * usable * burst)
        found.append(max(0.0, ah * (pack.mean_v(pack.charge(usable, ah, dry), dry) - drop) - reserve_wh))
    return found


def outlook(
    state: State, pack: Pack, load: Expected, clear: Sequence[float] = (), reserve_wh: float = 0.0
) -> Outlook:
    """Return until when it lasts with this load, down to the reserve.

    `clear` is what the panel would give under a clear sky, by STEP_S from now; empty: no sun is counted on.
    """
    expected_w = max(LEAST_W, load.watts)
    found = energies(state, pack, expected_w, reserve_wh)
    sky = clearness(state.load.blocks)
    most = state.belief.usable * pack.nominal_v
    times = []
    for wh, (_a, _b, drawn, bright, _c) in list(zip(found, deviates(), strict=True))[
        :: SUNNY if clear else 1
    ]:
        watts = expected_w * math.exp(load.doubt(wh / expected_w * 3600) * drawn)
        share = max(0.0, sky.share + sky.doubt * bright)
        times.append(_lasts(wh, most, watts, [share * w for w in clear]))
    return Outlook(tuple(sorted(times)), tuple(sorted(found)))


def _lasts(wh: float, most: float, watts: float, sun: Sequence[float]) -> float:
    """Return the seconds until nothing is left; what the sun brings beyond a full pack is lost."""
    if not sun:
        return min(MOST_S, wh / watts * 3600)
    for step, bright in enumerate(sun):
        net = watts - bright
        drawn = net * STEP_S / 3600
        if drawn >= wh:
            return step * STEP_S + wh / net * 3600
        wh = wh - drawn if net > 0 else min(most, wh - drawn * CHARGING_YIELD)
    return MOST_S
