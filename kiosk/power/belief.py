"""What is believed of a pack: how much it gives from full to cut-off, and how much of that is left.

Two numbers that are not known exactly and depend on one another, kept as a mean and a spread each and how
they go together. That is all a reboot has to keep. For a question it is spread out into fixed, evenly placed
points: a particle filter without dice, where the same readings always give the same answer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import NormalDist

POINTS = 150
"""200 random particles score no better than 600; evenly placed ones need fewer still."""

LEAST_ALIVE = 0.2
"""Part of the points that must still have something left before the rest is given up."""


@dataclass(frozen=True, slots=True)
class Belief:
    """Usable and left, both in Ah, with their variances and covariance in Ah²."""

    usable: float
    left: float
    usable_var: float
    left_var: float
    cov: float

    def drawn(self, amp_hours: float, doubt: float = 0.0) -> Belief:
        """Return what is believed after a draw (negative: a charge) known to within `doubt` Ah (1 sd)."""
        left_var = (math.sqrt(self.left_var) + doubt) ** 2 if doubt else self.left_var
        return replace(self, left=min(self.left - amp_hours, self.usable), left_var=left_var)

    def widened(self, doubt: float) -> Belief:
        """Return what is believed after something independent, `doubt` Ah (1 sd), could have happened."""
        return replace(self, left_var=self.left_var + doubt**2)

    def alive(self) -> Belief:
        """Return what is believed of a pack that still delivers: one that should be empty gives more."""
        points = self.spread()
        living = [1.0 if left > 0 else 0.0 for _usable, left in points]
        if not any(living):
            more = math.sqrt(self.left_var) / 2 - self.left
            return replace(self, usable=self.usable + more, left=self.left + more)
        return self if sum(living) > LEAST_ALIVE * POINTS else self.weighed(points, living)

    def spread(self) -> list[tuple[float, float]]:
        """Return points of equal weight as (usable, left) in Ah; left may be negative: there it is over."""
        usable_sd = math.sqrt(self.usable_var)
        along = self.cov / usable_sd if usable_sd else 0.0
        across = math.sqrt(max(0.0, self.left_var - along**2))
        return [
            (self.usable + usable_sd * a, self.left + along * a + across * b) for a, b, *_rest in deviates()
        ]

    def weighed(self, points: Sequence[tuple[float, float]], weights: Sequence[float]) -> Belief:
        """Return what is believed once the points have weights; unchanged where all weights vanish."""
        total = sum(weights)
        if total <= 0:
            return self
        usable = sum(w * u for w, (u, _l) in zip(weights, points, strict=True)) / total
        left = sum(w * x for w, (_u, x) in zip(weights, points, strict=True)) / total
        uu = ll = ul = 0.0
        for w, (u, x) in zip(weights, points, strict=True):
            du, dl = u - usable, x - left
            uu += w * du * du
            ll += w * dl * dl
            ul += w * du * dl
        return Belief(usable, left, uu / total, ll / total, ul / total)


def full(usable: float, sd: float) -> Belief:
    """Return what is believed of a pack that has just been filled."""
    return Belief(usable, usable, sd**2, sd**2, sd**2)


@cache
def deviates() -> tuple[tuple[float, float, float, float, float], ...]:
    """Return evenly placed points of five independent standard normals, mean 0 and variance 1 exactly.

    Roberts' R5 sequence: multiples of the powers of 1/g, where g⁶ = g + 1.
    """
    golden = 1.1347241384015194
    normal = NormalDist()
    columns = [
        [normal.inv_cdf((0.5 + k * golden**-axis) % 1) for k in range(1, POINTS + 1)] for axis in range(1, 6)
    ]
    whole: list[list[float]] = []
    for column in columns:
        mean = sum(column) / POINTS
        axis = [x - mean for x in column]
        for done in whole:  # Gram-Schmidt: no axis leans on an earlier one
            lean = sum(x * y for x, y in zip(axis, done, strict=True)) / POINTS
            axis = [x - lean * y for x, y in zip(axis, done, strict=True)]
        sd = math.sqrt(sum(x * x for x in axis) / POINTS)
        whole.append([x / sd for x in axis])
    return tuple(zip(*whole, strict=True))
