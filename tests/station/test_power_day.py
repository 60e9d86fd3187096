"""A whole market day of a simulated stall: what the screen promised in the morning is kept in the afternoon.

The day is played by a clock of its own: a fridge that comes and goes, a demonstration at noon, a panel with a
cloud before it, and a battery that gives a little more or less than its kind usually does.
"""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from hardware.power.reading import PowerRead, Quality, Reading
from kiosk.power.chemistry import LFP
from kiosk.station.gauge import LOOK_S
from tests.station.test_gauge import Market

PROMISE_S = 1800.0
"""A promise is noted down each half hour."""
DRY, BESIDE_V, OHM = 0.07, 0.012, 0.03
"""The charge at the cut-off, how far these cells lie above our curve, and what the wiring costs."""
SLACK_S, WITHIN = 20 * 60.0, 0.55
"""No safe end comes later than the true one by more than this; one that comes early costs nothing, and before
a clouded sun has come out again, or of a battery that gives more than its label lets expect, many do."""


def load_w(t_s: float) -> float:
    """What the stall draws: till and lamp all day, the fridge a third of it, a blender at noon."""
    fridge = 50.0 if t_s % 1500 < 500 else 0.0
    blender = 90.0 if 3.5 * 3600 < t_s < 3.75 * 3600 else 0.0
    return 48.0 + fridge + blender


def sun_w(t_s: float) -> float:
    """What the panel brings, with a cloud before it in the second hour."""
    cloud = 0.2 if 3600 < t_s < 5400 else 1.0
    return 25.0 * max(0.0, math.sin(t_s / 30_000 * math.pi)) * cloud


@pytest.mark.parametrize("usable_ah", [39.5, 41.3, 43.5])
def test_the_promises_of_a_day_are_kept(usable_ah: float, tmp_path: Path) -> None:
    market = Market(tmp_path)
    market.fill()
    left_ah, t_s, end_s, reserve_wh = usable_ah, 0.0, 0.0, 25.0
    promises: list[tuple[float, float]] = []
    while left_ah > 0:
        t_s += LOOK_S
        market.clock.advance(int(LOOK_S * 1000))
        rest_v = 4 * (LFP.rest_v(DRY + (1 - DRY) * left_ah / usable_ah) + BESIDE_V)
        amps = (load_w(t_s) - sun_w(t_s)) / rest_v
        volts = rest_v - OHM * amps
        left_ah -= amps * LOOK_S / 3600
        end_s = t_s if left_ah * volts > reserve_wh else end_s
        reading = Reading(volts=volts, amps=amps, quality=Quality.SHUNT, solar_w=sun_w(t_s))
        market.gauge.heard(PowerRead("shunt", reading, market.clock.boot_ms))
        market.gauge.take()
        if t_s % PROMISE_S == 0:
            view = market.gauge.view()
            reserve_wh, until = view.reserve_wh, view.headroom.until
            if until.safe_s is not None and until.best_s is not None:
                promises.append((t_s + until.safe_s, t_s + until.best_s))
    assert end_s > 5 * 3600
    assert len(promises) > 10
    assert all(safe_s <= end_s + SLACK_S for safe_s, _best_s in promises), (end_s, promises)
    within = sum(end_s <= best_s + SLACK_S for _safe_s, best_s in promises) / len(promises)
    assert within >= WITHIN, (end_s, promises)
