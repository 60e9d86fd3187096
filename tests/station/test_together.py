"""Meters speak one after the other: an outlet counts as it was when the battery was read."""

from __future__ import annotations

import pytest

from hardware.power.outlets.reading import OutletRead, OutletReading
from kiosk.power.sample import Outlet, Sample
from kiosk.station.together import Heard, as_of, evened, remembered


def read(at_ms: int, watts: float) -> OutletRead:
    return OutletRead("blender", OutletReading(on=watts > 0, watts=watts), 0.0, at_ms)


@pytest.mark.parametrize(
    ("moment_ms", "watts"), [(900, 0.0), (1000, 0.0), (5999, 0.0), (6000, 300.0), (99_000, 300.0)]
)
def test_an_outlet_counts_as_it_was_when_the_battery_was_read(moment_ms: int, watts: float) -> None:
    heard: Heard = {}
    for one in (read(0, 7.0), read(1000, 0.0), read(6000, 300.0)):
        heard = remembered(heard, one)
    assert as_of(heard, moment_ms)["blender"].reading.watts == watts


def test_between_two_samples_an_outlet_drew_the_mean_as_the_battery_did() -> None:
    sample = Sample(10.0, 13.0, 30.0, outlets=(Outlet("blender", True, 300.0), Outlet("lamp", True, 12.0)))
    before = (Outlet("blender", False, 0.0), Outlet("lamp", None, None))
    assert [outlet.watts for outlet in evened(sample, before).outlets] == [150.0, 12.0]
