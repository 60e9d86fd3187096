"""How good promises of time were, on days whose end is known: what the gates and the score table count.

A day's head line holds, beside what a stall is told, the truth (`truth_t_end_s`, and why the day `ended`).
Only this file reads it. Days are scored as they would be measured: with a shunt's gain, offset and steps.
"""

from __future__ import annotations

import gzip
import json
import random
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from kiosk.power import replay, trace
from kiosk.power.sample import Sample

FIRST_S = 1800
EVERY_S = 300
LONG_S = 7200
CLOSINGS = (0.6, 0.75, 0.85, 0.92, 0.97, 1.03, 1.08, 1.15, 1.3, 1.5)
"""Closing times of a day, as parts of the time it lasted."""
OPTIMISTIC = 1.25
YIELD = 0.904
"""Part of the Ah in a pack that came out before a burst reached the cut-off, on the recorded LFP days."""
Told = Literal["rest", "whole", "count"]
"""What comes with a learned capacity: the Ah from the first row on; all Ah, and it is not said how many were
used; or both."""


@dataclass(frozen=True)
class Promise:
    """What was said at a moment: seconds until the end, and the probability of reaching each closing time."""

    t_s: float
    safe_s: float | None
    even_s: float | None
    best_s: float | None
    closings: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Day:
    """A day whose end is known."""

    name: str
    record: trace.Trace  # as measured
    told: Mapping[str, Any]  # the head line with the truth in it
    drawn_ah: float  # from the first row to the end, in truth

    @property
    def used_ah(self) -> float:
        """What had been drawn since full when the record began."""
        table = self.told
        whole = table["truth_capacity_factor"] * self.record.head.pack.nameplate_ah
        return float((1 - table["truth_soc0"]) * whole)

    @property
    def left_ah(self) -> float:
        """What was left at the first row: seen where the pack ran empty, else what such packs give."""
        if self.emptied:
            return self.drawn_ah
        return YIELD * self.told["truth_capacity_factor"] * self.record.head.pack.nameplate_ah - self.used_ah

    @property
    def end_s(self) -> float:
        """When the pack was empty, or the day over."""
        return float(self.told["truth_t_end_s"])

    @property
    def emptied(self) -> bool:
        """Whether it lasted until the pack was empty: only then is the end a truth about minutes."""
        return bool(self.told["ended"] == "cut-off")

    def closings(self) -> dict[str, float]:
        """Closing times to ask about; past the end of a day that did not run dry there is no truth."""
        if self.told["ended"] == "full":
            return {}
        return {str(part): part * self.end_s for part in CLOSINGS if self.emptied or part <= 1}


def measured(sample: Sample, gain: float, offset: float) -> Sample:
    """Return what a shunt makes of a row: steps of 10 mA and 10 mV."""
    if sample.volts is None or sample.amps is None:
        return sample
    return replace(sample, volts=round(sample.volts, 2), amps=round(sample.amps * gain + offset, 2))


def load(path: Path, seed: int) -> Day:
    """Read a day and measure it with a shunt of its own: gain 0.4 %, offset 20 mA (1 sd)."""
    dice = random.Random(f"{path.name}{seed}")
    with gzip.open(path, "rt") as file:
        told = json.loads(file.readline().removeprefix("#"))
    true = trace.read(path)
    gain, offset = 1 + dice.gauss(0, 0.004), dice.gauss(0, 0.02)
    drawn = sum(
        ((a.amps or 0) + (b.amps or 0)) / 2 * (b.t_s - a.t_s) / 3600 for a, b in pairwise(true.samples)
    )
    samples = tuple(measured(sample, gain, offset) for sample in true.samples)
    return Day(path.name.split(".")[0], trace.Trace(true.head, samples), told, drawn)


def ours(day: Day, mode: replay.Mode, seed: int = 0, told: Told = "rest") -> list[Promise]:
    """Return what Barrow said; a learned capacity is right within 2 % (1 sd)."""
    whole = day.left_ah if told == "rest" else day.left_ah + day.used_ah
    usable = whole * (1 + random.Random(f"{day.name}{seed}").gauss(0, 0.02))
    rows = replay.replay(
        day.record,
        mode,
        usable if mode == "learned" else None,
        day.closings(),
        used_ah=day.used_ah if told == "count" else None,
    )
    return [
        Promise(row.t_s, until.safe_s, until.even_s, until.best_s, row.closings)
        for row in rows
        for until in [row.headroom.until]
    ]


@dataclass(slots=True)
class Score:
    """Sums over days; every figure is None where nothing was said."""

    far: list[float] = field(default_factory=list)  # error with more than two hours to go, part of them
    near: list[float] = field(default_factory=list)  # error with less, minutes
    ends: list[float] = field(default_factory=list)  # error of the end time, minutes
    over: list[bool] = field(default_factory=list)  # P10 a quarter too optimistic in the last two hours
    inside: list[bool] = field(default_factory=list)  # the truth lay between P10 and P90
    jumps: list[float] = field(default_factory=list)  # of the end time from one row to the next, minutes
    safe: list[bool] = field(default_factory=list)  # said to reach closing time: did it not?
    lost: list[bool] = field(default_factory=list)  # said not to: did it?
    mute: int = 0  # times nothing was said

    def __add__(self, other: Score) -> Score:
        """Return the score of both."""
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def add(self, day: Day, promises: Iterable[Promise]) -> None:
        """Count a day."""
        before: float | None = None
        for promise in promises:
            left = day.end_s - promise.t_s
            if promise.t_s < FIRST_S or left <= 0:
                continue
            if promise.even_s is None:
                self.mute += 1
                before = None
                continue
            if before is not None:
                self.jumps.append(abs(promise.t_s + promise.even_s - before) / 60)
            before = promise.t_s + promise.even_s
            if day.emptied:
                self._compare(promise, promise.even_s, left)
            for name, at_s in day.closings().items():
                self._decide(promise.closings.get(name), at_s, promise.t_s, day.end_s)

    def _compare(self, promise: Promise, even_s: float, left: float) -> None:
        self.ends.append(abs(even_s - left) / 60)
        if left > LONG_S:
            self.far.append(abs(even_s - left) / left)
        else:
            self.near.append(abs(even_s - left) / 60)
            if promise.safe_s is not None:
                self.over.append(promise.safe_s > OPTIMISTIC * left)
        if promise.safe_s is not None and promise.best_s is not None:
            self.inside.append(promise.safe_s <= left <= promise.best_s)

    def _decide(self, probability: float | None, at_s: float, t_s: float, end_s: float) -> None:
        if probability is None or at_s <= t_s:
            return
        if probability >= 0.9:
            self.safe.append(end_s < at_s)
        elif probability <= 0.1:
            self.lost.append(end_s >= at_s)

    def row(self) -> dict[str, float | None]:
        """Return the figures of the gates, percent or minutes."""
        return {
            "far %": _mean(self.far, 100),
            "near min": statistics.median(self.near) if self.near else None,
            "P10 over %": _mean(self.over, 100),
            "inside %": _mean(self.inside, 100),
            "jump min": _mean(self.jumps),
            "false safe %": _mean(self.safe, 100),
            "false no %": _mean(self.lost, 100),
            "end min": statistics.median(self.ends) if self.ends else None,
        }


def _mean(values: Sequence[float], times: float = 1) -> float | None:
    return times * sum(values) / len(values) if values else None


def score(days: Iterable[Day], promises: Callable[[Day], Iterable[Promise]]) -> Score:
    """Return the score of one way to promise over some days."""
    found = Score()
    for day in days:
        found.add(day, promises(day))
    return found
