"""The sun without a network: vectors from pvlib 0.16.1, and its day sums for a 200 W panel at 52 N."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from kiosk.power.load import Block
from kiosk.power.sky import Clearness, clear_day, clearness, window
from kiosk.power.sun import Site, clear_w, haurwitz, position

VECTORS = [
    ("2026-04-20 11:00", 52, 5, 48.843, 165.438, 764.4),
    ("2026-01-15 09:30", 52, 5, 10.830, 147.133, 150.7),
    ("2026-06-21 18:00", 52, 5, 15.590, 288.273, 236.9),
    ("2026-12-21 12:00", 6.93, 0, 59.628, 180.878, 884.7),
    ("2030-03-20 03:00", -33.87, 151.21, 53.728, 335.282, 822.8),
    ("2026-07-01 21:00", 68, 20, 3.055, 336.184, 19.3),
]
DAYS = [
    ("01-15", 194, 382),
    ("04-20", 991, 1159),
    ("06-21", 1318, 1317),
    ("10-15", 467, 743),
    ("12-21", 151, 309),
]
"""Wh of a clear day lying flat and leaning 30 degrees south, by pvlib with Haurwitz and Erbs."""
CROWD = Clearness(0.6, 0.2)


def unix(text: str) -> float:
    """Unix seconds of a time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(("when", "latitude", "longitude", "elevation", "azimuth", "flat_w"), VECTORS)
def test_the_sun_stands_where_pvlib_says(
    when: str, latitude: float, longitude: float, elevation: float, azimuth: float, flat_w: float
) -> None:
    up, round_ = position(unix(when), latitude, longitude)
    assert math.degrees(up) == pytest.approx(elevation, abs=0.02)
    assert math.degrees(round_) == pytest.approx(azimuth, abs=0.02)
    assert haurwitz(up) == pytest.approx(flat_w, abs=0.5)


@pytest.mark.parametrize(("day", "flat", "leaning"), DAYS)
def test_a_clear_day_brings_what_pvlib_says(day: str, flat: float, leaning: float) -> None:
    midnight = unix(f"2026-{day}")
    for tilt, expected in ((0.0, flat), (30.0, leaning)):
        site = Site(52, 5, 200, tilt)
        wh = sum(clear_w(site, midnight + step * 600) for step in range(144)) / 6
        assert wh == pytest.approx(expected, rel=0.04)


def test_south_of_the_equator_a_panel_looks_north() -> None:
    noon = unix("2026-06-21 02:00")
    assert clear_w(Site(-33.87, 151.21, 200), noon) > 1.5 * clear_w(
        Site(-33.87, 151.21, 200, azimuth=180), noon
    )


def test_the_panel_carries_the_load_in_the_middle_of_the_day() -> None:
    site = Site(52, 5, 200)
    found = window(clear_day(site, unix("2026-04-20 03:00")), CROWD, 70)
    assert found.from_s is not None and found.until_s is not None
    assert 5 * 3600 < found.from_s < 8 * 3600 and 10 * 3600 < found.until_s < 14 * 3600
    assert found.wh == pytest.approx(0.6 * 1150, rel=0.05)
    assert found.wh_sure == pytest.approx(0.4 * 1150, rel=0.05)


def test_in_december_it_never_does() -> None:
    found = window(clear_day(Site(52, 5, 200), unix("2026-12-21 03:00")), CROWD, 70)
    assert found.from_s is None and found.until_s is None
    assert found.wh > 100


def test_clearness_is_what_arrived_leaning_on_the_day_and_on_a_usual_hour() -> None:
    bright, dull = Block(70, 50, 80, 100), Block(70, 50, 30, 100)
    day = (0.8 + 2 * 0.3 + 0.6) / 4
    assert clearness([dull] * 24 + [bright] * 12).share == pytest.approx(0.8 / 6 + 5 / 6 * day)
    assert clearness([Block(70, 50)]).doubt > clearness([bright]).doubt, "before the sun was seen: less sure"
