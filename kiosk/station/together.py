"""One moment out of meters that speak one after the other: what each outlet drew when the battery was read.

An outlet that has just said that it is on, beside a battery that has not felt it yet, looks as if everything
else had gone off, and the end moves hours away. So an outlet counts as it was when the battery was read; and
between two samples, over which the battery's amps are averaged, so are its watts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.power.sample import Outlet, Sample

if TYPE_CHECKING:
    from hardware.power.outlets.reading import OutletRead

Heard = Mapping[str, tuple["OutletRead", ...]]
"""The two newest readings of each outlet, newest first."""


def remembered(heard: Heard, read: OutletRead) -> Heard:
    """Return what was heard with one more reading."""
    return {**heard, read.device: (read, *heard.get(read.device, ())[:1])}


def as_of(heard: Heard, at_ms: int) -> dict[str, OutletRead]:
    """Return each outlet as it was at a moment, or as soon after it as it was first heard."""
    return {
        name: next((read for read in reads if read.at_ms <= at_ms), reads[-1])
        for name, reads in heard.items()
    }


def evened(sample: Sample, before: Iterable[Outlet]) -> Sample:
    """Return a sample whose outlets' watts are the mean since the sample before."""
    watts = {outlet.name: outlet.watts for outlet in before}
    return replace(sample, outlets=tuple(_mean(one, watts.get(one.name)) for one in sample.outlets))


def _mean(outlet: Outlet, before_w: float | None) -> Outlet:
    if outlet.watts is None or before_w is None:
        return outlet
    return replace(outlet, watts=(outlet.watts + before_w) / 2)
