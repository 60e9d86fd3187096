"""The simulated stall's own time, and the sun over it: no jumps, no wrong speed, and two formulas agree."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hardware.simulated.sky import LATITUDE, PANEL_W, SimulatedSky, clear_w
from hardware.simulated.stall import SimulatedStall
from hardware.simulated.stalltime import FASTEST, StallTime
from kiosk.power import sun

NOON_S = datetime(2026, 4, 20, 12, tzinfo=UTC).timestamp()


def test_time_runs_on_without_a_jump_when_its_speed_changes() -> None:
    now = [100.0]
    time = StallTime(lambda: now[0], lambda: NOON_S)
    now[0] += 10
    time.speed = 60
    assert (time.now(), time.passed_s) == (110, 10)
    now[0] += 10
    assert (time.now(), time.wall_s) == (710, NOON_S + 610)
    time.speed = 1
    now[0] += 5
    assert time.now() == 715
    assert time.at(100.0) == 710  # before the last change: counts as that change
    for wrong in (0.5, FASTEST + 1):
        with pytest.raises(ValueError, match="speed"):
            time.speed = wrong


def test_a_meter_speaks_as_often_as_the_stall_s_time_needs() -> None:
    time = StallTime(lambda: 0.0)
    assert time.pause(1.0) == 1.0
    time.speed = 60
    assert time.pause(1.0) == pytest.approx(1 / 6)


@pytest.mark.parametrize("month", [3, 6, 9, 12])
def test_the_sun_is_about_where_the_till_supposes_it(month: int) -> None:
    site = sun.Site(LATITUDE, 0.0, PANEL_W, 0.0)
    for hour in range(24):
        at_s = datetime(2026, month, 21, hour, tzinfo=UTC).timestamp()
        assert clear_w(at_s, 0.0) == pytest.approx(sun.clear_w(site, at_s), abs=0.1 * PANEL_W)


def test_a_cloud_keeps_back_its_part_and_passes() -> None:
    sky = SimulatedSky()
    assert sky.watts(NOON_S) == 0
    sky.change("clear")
    bright = sky.watts(NOON_S)
    sky.change("cloud", 0.9, NOON_S + 600)
    assert sky.watts(NOON_S) == pytest.approx(0.1 * bright)
    assert sky.watts(NOON_S + 600) == pytest.approx(bright, rel=0.01)
    assert sky.sky == "clear"


def test_sun_and_clock_are_played_and_what_cannot_be_is_refused(stall: SimulatedStall) -> None:
    assert stall.do("sun", sky="cloud", thick=0.5, minutes=40)["sky"] == "cloud"
    assert stall.do("clock", speed=60)["speed"] == 60
    assert stall.do("battery", solar_w=20)["solar_w"] == 20
    status = stall.do("status")
    assert status["sun"] == {"sky": "none", "solar_w": 20.0}
    for name, fields, words in (
        ("clock", {"speed": 61}, "speed: 61"),
        ("sun", {"sky": "rain"}, "sun: sky must be"),
        ("sun", {"sky": "cloud", "thick": 2}, "sun: thick 2"),
    ):
        with pytest.raises(ValueError, match=words):
            stall.do(name, **fields)
