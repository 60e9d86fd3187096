"""What an inverter takes from the battery for what it gives: idle, in proportion, and more when it is
loaded.

P_dc = idle + slope P + bend P², fitted from pairs of what the battery's shunt and the outlets said at the
same moment. Idle alone is 6 W for a usual 200 W inverter: a tenth of a small battery over a market day.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

LEAST_PAIRS = 12
LEAST_SPREAD_W = 40.0
"""The outlets must have given so different watts, or the slope is a guess."""
STRAY = 4.0
"""Pairs further off than so many times the usual error are strays: something unmetered was on."""
LEAST_ERROR_W = 1.0
"""Nobody measures better than this; below it nothing is a stray."""


@dataclass(frozen=True, slots=True)
class Curve:
    """An inverter's losses."""

    idle_w: float
    slope: float
    bend: float  # per watt

    def taken(self, given_w: float) -> float:
        """Return the watts taken from the battery for watts given to the outlets."""
        return self.idle_w + self.slope * given_w + self.bend * given_w * given_w

    def running(self, given_w: float) -> float:
        """Return what the battery gives for watts at the outlets beside what the inverter takes anyway."""
        return self.taken(given_w) - self.idle_w

    def given(self, taken_w: float) -> float:
        """Return the watts given to the outlets for watts taken from the battery; below idle it is none."""
        more = taken_w - self.idle_w
        if more <= 0:
            return 0.0
        if self.bend <= 0:
            return more / self.slope
        return (math.sqrt(self.slope**2 + 4 * self.bend * more) - self.slope) / (2 * self.bend)

    def efficiency(self, given_w: float) -> float:
        """Return the part of what is taken that comes out, 0 to 1."""
        return given_w / self.taken(given_w) if given_w > 0 else 0.0


USUAL = Curve(6.0, 1.05, 2e-4)
"""A 200 W inverter of which nothing has been measured: 10 W cost 16.5 W, 200 W cost 224 W."""
IDLE_W, SLOPE, BEND = (0.0, 60.0), (1.0, 1.6), (0.0, 2e-3)
"""What an inverter's figures can be; outside, the fit has seen something else."""


def fit(pairs: Iterable[tuple[float, float]], direct_w: float = 0.0) -> Curve | None:
    """Return the curve through pairs of (shunt W, sum of outlet W); None while they do not tell.

    `direct_w` is what hangs on the battery without the inverter; left at 0 it is part of the idle watts.
    """
    points = [(given, taken - direct_w) for taken, given in pairs if given >= 0]
    for _ in range(3):  # strays bend the first curve, so that their neighbours look strange too
        curve = _through(points)
        if curve is None:
            return None
        errors = [abs(taken - curve.taken(given)) for given, taken in points]
        most = STRAY * max(LEAST_ERROR_W, 1.4826 * median(errors))
        kept = [point for point, error in zip(points, errors, strict=True) if error <= most]
        if len(kept) == len(points):
            break
        points = kept
    return curve if curve is not None and _can_be(curve) else None


def _through(points: Sequence[tuple[float, float]]) -> Curve | None:
    """Return the best curve, a straight line where a bent one cannot be."""
    if len(points) < LEAST_PAIRS:
        return None
    given = [point[0] for point in points]
    if max(given) - min(given) < LEAST_SPREAD_W:
        return None
    for powers in ((0, 1, 2), (0, 1)):
        found = _least_squares(points, powers)
        if found is not None:
            curve = Curve(found[0], found[1], found[2] if len(found) == 3 else 0.0)
            if _can_be(curve) or len(powers) == 2:
                return curve
    return None


def _can_be(curve: Curve) -> bool:
    """Tell whether an inverter can be so."""
    ranges = ((curve.idle_w, IDLE_W), (curve.slope, SLOPE), (curve.bend, BEND))
    return all(low <= figure <= high for figure, (low, high) in ranges)


def _least_squares(points: Sequence[tuple[float, float]], powers: Sequence[int]) -> list[float] | None:
    """Return the coefficients of some powers; None where the points do not determine them."""
    scale = max(given for given, _taken in points)
    rows = [[(given / scale) ** power for power in powers] for given, _taken in points]
    size = len(powers)
    table = [
        [sum(row[i] * row[j] for row in rows) for j in range(size)]
        + [sum(row[i] * taken for row, (_given, taken) in zip(rows, points, strict=True))]
        for i in range(size)
    ]
    for i in range(size):  # Gauss, with the largest first
        best = max(range(i, size), key=lambda k, i=i: abs(table[k][i]))  # type: ignore[misc]
        table[i], table[best] = table[best], table[i]
        if abs(table[i][i]) < 1e-9:
            return None
        for k in range(size):
            if k != i:
                factor = table[k][i] / table[i][i]
                table[k] = [a - factor * b for a, b in zip(table[k], table[i], strict=True)]
    return [table[i][size] / table[i][i] / scale**power for i, power in enumerate(powers)]
