"""What other gauges say of the same days, for the score table: none of them knows how sure it is.

Linear voltage: percent between empty and full volts, at the last minute's draw. BMV style: Ah from the label
with Peukert 1.05, at amps smoothed over 65 s (fitted to a captured BMV-702), no floor. Plain counting: Ah
from the label, at the last minute's draw. Both counts begin with the charge the day really began with.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from tests.power.scoring import EVERY_S, Day, Promise

TAU_S = 65.0
PEUKERT = 1.05
LEAST_A = 0.1
FULL_V, EMPTY_V = {"lfp": 3.4, "nmc": 4.15}, {"lfp": 2.7, "nmc": 3.0}
MOST_S = 86_400.0


def _steps(day: Day) -> Iterator[tuple[float, float, float, float]]:
    """Give (t_s, volts, amps of the last minute, Ah used) for every five minutes."""
    amps = used = 0.0
    due = float(EVERY_S)
    for before, now in pairwise(day.record.samples):
        pause = now.t_s - before.t_s
        drawn = now.amps or 0.0
        used += drawn * pause / 3600
        amps += (drawn - amps) * (1 - math.exp(-pause / TAU_S))
        if now.t_s >= due:
            yield due, now.volts or 0.0, amps, used
            due += EVERY_S


def _promise(t_s: float, hours: float) -> Promise:
    return Promise(t_s, None, min(MOST_S, max(0.0, hours * 3600)), None)


def _ah(day: Day) -> float:
    return day.record.head.pack.nameplate_ah


def linear_voltage(day: Day) -> Iterator[Promise]:
    """Percent from volts."""
    pack = day.record.head.pack
    kind = pack.chemistry.name
    for t_s, volts, amps, _used in _steps(day):
        share = (volts / pack.cells - EMPTY_V[kind]) / (FULL_V[kind] - EMPTY_V[kind])
        yield _promise(t_s, min(1.0, max(0.0, share)) * _ah(day) / max(LEAST_A, amps))


def counting(day: Day) -> Iterator[Promise]:
    """Ah from the label less what was used."""
    left = _ah(day) * float(day.told["truth_soc0"])
    for t_s, _volts, amps, used in _steps(day):
        yield _promise(t_s, (left - used) / max(LEAST_A, amps))


def bmv(day: Day) -> Iterator[Promise]:
    """The same with Peukert's exponent at the 20-hour rate."""
    left, rate = _ah(day) * float(day.told["truth_soc0"]), _ah(day) / 20
    for t_s, _volts, amps, used in _steps(day):
        yield _promise(t_s, (left - used) / rate * (rate / max(LEAST_A, amps)) ** PEUKERT)
