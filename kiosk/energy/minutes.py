"""Samples folded into means of minutes: pure, in the order they came, never across a clock that jumped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Row:
    """Power at a moment or over a minute; None is unknown."""

    wall_s: int  # Unix seconds, as the clock said then
    seconds: float  # of these the load is known
    volts: float | None = None
    amps: float | None = None
    load_w: float | None = None
    solar_w: float | None = None
    ac_w: float | None = None


def folded(samples: Sequence[Row], *, all_: bool = False) -> list[tuple[int, Row]]:
    """Return the whole minutes of samples in the order they came, each with the samples it is made of.

    The newest minute may not be whole yet: it is left out unless `all_` is wanted.
    """
    runs = [list(run) for _minute, run in groupby(samples, key=lambda row: row.wall_s // MINUTE_S)]
    return [(len(run), _mean(run)) for run in (runs if all_ else runs[:-1])]


def _mean(run: Sequence[Row]) -> Row:
    """Return the mean of a minute's samples; the load is weighted by the time it stands for."""
    seconds = sum(row.seconds for row in run if row.load_w is not None)
    load = sum(row.load_w * row.seconds for row in run if row.load_w is not None)
    return Row(
        run[0].wall_s // MINUTE_S * MINUTE_S,
        seconds,
        _plain(row.volts for row in run),
        _plain(row.amps for row in run),
        load / seconds if seconds else _plain(row.load_w for row in run),
        _plain(row.solar_w for row in run),
        _plain(row.ac_w for row in run),
    )


def _plain(values: Iterable[float | None]) -> float | None:
    """Return the mean of what is known."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
