"""Where a touch is on the picture: rotation of the panel, and what four touched corners tell. Pure.

The six numbers are those of libinput's ``LIBINPUT_CALIBRATION_MATRIX``: one found elsewhere fits here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Point = tuple[float, float]
"""Parts of width and height: (0, 0) is the top left corner, (1, 1) the bottom right one."""

JUST_BELOW_ONE: Final = 1 - 1e-9
FLATTEST: Final = 0.01
"""Four touches that span less of the panel than this, as an area, tell nothing."""


class NoCalibration(ValueError):
    """The touched points lie too close together, or on a line."""


@dataclass(frozen=True, slots=True)
class Affine:
    """x becomes ax + by + c, y becomes dx + ey + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    def place(self, point: Point) -> Point:
        """Where a point lies; those outside of the picture are brought to its edge."""
        x, y = self.map(point)
        return min(max(x, 0.0), JUST_BELOW_ONE), min(max(y, 0.0), JUST_BELOW_ONE)

    def map(self, point: Point) -> Point:
        """Where a point goes."""
        x, y = point
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def after(self, first: Affine) -> Affine:
        """Both, `first` before this one."""
        columns = [
            (self.a * x + self.b * y, self.d * x + self.e * y)
            for x, y in ((first.a, first.d), (first.b, first.e))
        ]
        c, f = self.map((first.c, first.f))
        return Affine(columns[0][0], columns[1][0], c, columns[0][1], columns[1][1], f)


ROTATIONS: Final = {
    0: Affine(),
    90: Affine(0, -1, 1, 1, 0, 0),
    180: Affine(-1, 0, 1, 0, -1, 1),
    270: Affine(0, 1, 0, -1, 0, 1),
}
"""By degrees that the panel is turned clockwise, as seen from the front."""


def fit(touched: Sequence[Point], shown: Sequence[Point]) -> Affine:
    """The map that brings touched points nearest to where they were shown, by least squares.

    Raises `NoCalibration` when the touched points cannot tell, as when one corner was touched four times.
    """
    n = len(touched)
    mx, my = (sum(axis) / n for axis in zip(*touched, strict=True))
    xx = sum((x - mx) ** 2 for x, _ in touched)
    yy = sum((y - my) ** 2 for _, y in touched)
    xy = sum((x - mx) * (y - my) for x, y in touched)
    area = xx * yy - xy * xy
    if area < FLATTEST:
        raise NoCalibration("the touched points lie too close together: touch the four corners again")
    rows = []
    for axis in (0, 1):
        mean = sum(point[axis] for point in shown) / n
        tx = sum((t[0] - mx) * (s[axis] - mean) for t, s in zip(touched, shown, strict=True))
        ty = sum((t[1] - my) * (s[axis] - mean) for t, s in zip(touched, shown, strict=True))
        across, down = (yy * tx - xy * ty) / area, (xx * ty - xy * tx) / area
        rows.append((across, down, mean - across * mx - down * my))
    return Affine(*rows[0], *rows[1])
