"""The stall's day as a picture: what it drew, what the sun brought, and how likely it is still alive later.

Above the axis stands the load, below it the sun. Right of now the bars are the expected load times the
probability that there is still power: they taper into a wedge where it may end. Closing time is a line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment

from kiosk.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from kiosk.power.view import PowerView

EIGHTHS = " ▁▂▃▄▅▆▇█"
PAST_S, AHEAD_S, LEAST_AHEAD_S = 6 * 3600, 8 * 3600, 2 * 3600
"""At most so much of the past, and at most and at least so much of what is to come."""
HOUR_S = 3600
LABEL = 6
"""Cells that an hour's label needs to itself."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: a stretch of time."""

    at_s: float  # its middle, seconds from now
    load_w: float | None = None
    solar_w: float | None = None


def span(view: PowerView, wall_s: float) -> tuple[float, float]:
    """Return from when to when the picture goes, in seconds from now."""
    first = view.day[0].wall_s - wall_s if view.day else 0.0
    best_s = view.headroom.until.best_s or 0.0
    ahead = max(LEAST_AHEAD_S, best_s * 1.05, (view.closing_s or 0.0) * 1.05)
    return max(-PAST_S, min(first, -HOUR_S)), min(AHEAD_S, ahead)


def bars(view: PowerView, wall_s: float, width: int) -> list[Bar]:
    """Return a bar for each column; what nobody measured is unknown, not nothing."""
    first, last = span(view, wall_s)
    wide = (last - first) / max(1, width)
    loads: dict[int, list[float]] = {}
    suns: dict[int, list[float]] = {}
    for minute in view.day:
        at = int((minute.wall_s - wall_s - first) // wide)
        for values, watts in ((loads, minute.load_w), (suns, minute.solar_w)):
            if watts is not None and 0 <= at < width:
                values.setdefault(at, []).append(watts)
    found = []
    for column in range(width):
        at_s = first + (column + 0.5) * wide
        if at_s > 0:
            found.append(Bar(at_s, _ahead(view, at_s)))
        else:
            found.append(Bar(at_s, _mean(loads.get(column)), _mean(suns.get(column))))
    return found


def _ahead(view: PowerView, at_s: float) -> float | None:
    """Return the expected load, as far as it may still be carried then."""
    ways, load = view.headroom.ways, view.headroom.load_w
    return None if ways is None or load is None else load * ways.reaches(at_s)


def _mean(values: Sequence[float] | None) -> float | None:
    return sum(values) / len(values) if values else None


class DayChart(Painted):
    """The picture; as wide and high as its box."""

    DEFAULT_CSS = "DayChart { width: 1fr; height: 8; }"
    surface = "panel"
    _view: PowerView | None = None
    _wall_s = 0.0
    _bars: Sequence[Bar] = ()
    _clock: Callable[[float], str] = staticmethod(str)

    def show(self, view: PowerView | None, wall_s: float, clock: Callable[[float], str]) -> None:
        """Show a day; `clock` tells seconds from now as a time of day."""
        self._view, self._wall_s, self._clock = view, wall_s, clock
        self._bars = ()
        self.repaint()

    def row(self, y: int, width: int, /) -> list[Segment]:
        """One row: load above the axis, the sun below it, the hours at the foot."""
        view, height = self._view, self.size.height
        if view is None or height < 3:
            return []
        if len(self._bars) != width:
            self._bars = bars(view, self._wall_s, width)
        sun_rows = max(1, (height - 2) // 3) if any(bar.solar_w for bar in self._bars) else 0
        load_rows = height - 2 - sun_rows
        if y < load_rows:
            return [self._cell(at, y, load_rows) for at in range(width)]
        if y == load_rows:
            return [self._axis(at) for at in range(width)]
        if y < height - 1:
            return [self._sun(bar, y - load_rows - 1, sun_rows) for bar in self._bars]
        return self._hours(width)

    def _most(self) -> float:
        watts = [w for bar in self._bars for w in (bar.load_w, bar.solar_w) if w]
        return max([*watts, 1.0])

    def _cell(self, at: int, y: int, rows: int) -> Segment:
        """A cell of the load: what was, what is to come, and the lines through it."""
        bar = self._bars[at]
        if bar.load_w is None:
            return Segment(" ", self.ink())
        level = -(-int(bar.load_w * rows * 8) // int(self._most())) if bar.load_w > 0 else 0
        filled = min(max(level - (rows - 1 - y) * 8, 0), 8)
        if self._passes(at, 0.0):
            return Segment("│", self.ink("ink", bold=True))
        if self._view and self._view.closing_s and self._passes(at, self._view.closing_s):
            return Segment("┊", self.ink("warn", bold=True))
        return Segment(EIGHTHS[filled], self.ink("accent" if bar.at_s <= 0 else "line"))

    def _passes(self, at: int, moment_s: float) -> bool:
        """Tell whether a moment lies in a column."""
        half = (self._bars[-1].at_s - self._bars[0].at_s) / max(1, len(self._bars) - 1) / 2
        return self._bars[at].at_s - half < moment_s <= self._bars[at].at_s + half

    def _axis(self, at: int) -> Segment:
        """The ground line: dots where nothing was measured, and the stretch in which it may end."""
        bar, view = self._bars[at], self._view
        if bar.at_s <= 0:
            return Segment("·" if bar.load_w is None else "─", self.ink("quiet"))
        until = view.headroom.until if view else None
        if until is None or until.safe_s is None or until.best_s is None:
            return Segment("·", self.ink("quiet"))
        if bar.at_s < until.safe_s:
            return Segment("━", self.ink("good", bold=True))
        return Segment("╍" if bar.at_s < until.best_s else " ", self.ink("warn", bold=True))

    def _sun(self, bar: Bar, y: int, rows: int) -> Segment:
        """A cell of the sun, which hangs from the axis in half rows."""
        halves = math.ceil((bar.solar_w or 0.0) * rows * 2 / self._most())
        return Segment(" ▀█"[min(max(halves - y * 2, 0), 2)], self.ink("warn"))

    def _hours(self, width: int) -> list[Segment]:
        """The hours below, as many as fit."""
        first, last = self._bars[0].at_s, self._bars[-1].at_s
        per_s = (last - first) / max(1, width - 1)
        text, hour = [" "] * width, (self._wall_s + first) // HOUR_S * HOUR_S
        free = 0
        while (hour := hour + HOUR_S) <= self._wall_s + last:
            at = int((hour - self._wall_s - first) / per_s)
            label = self._clock(hour - self._wall_s)
            if at >= free and at + len(label) <= width:
                text[at : at + len(label)] = label
                free = at + max(len(label) + 1, LABEL)
        return [Segment("".join(text), self.ink("quiet"))]
