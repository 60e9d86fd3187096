"""What a new minute brings: the time, the theme of the hour, and rest for a till that nobody uses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.settings.shop import UiSettings
from kiosk.tui import hours
from kiosk.tui.app import BarrowApp
from kiosk.tui.theme import DAY, NIGHT
from tests.tui.fakes import FakeSettings, FakeStation
from tests.tui.hands import press, scan, till
from tests.tui.looks import strips

CANDLE = "4000000000001"
AUTO = FakeSettings(ui=UiSettings("auto", day_from=7 * 60, night_from=20 * 60))


def minute(app: BarrowApp, station: FakeStation, hours: float) -> None:
    """The clock's minute changes, so many hours later."""
    station.clock.advance(int(hours * 3_600_000))
    app._minute()


async def test_the_theme_turns_when_night_and_day_begin() -> None:
    station = FakeStation(settings=AUTO)  # it is 12:12
    async with till(station) as (app, pilot):
        minute(app, station, 7.5)
        assert app.theme == DAY.name, "19:42"
        minute(app, station, 0.5)
        assert app.theme == NIGHT.name, "20:12"
        await pilot.pause()
        painted = {part.style.bgcolor.name for part in strips(app)[5] if part.style and part.style.bgcolor}
        assert NIGHT.panel in painted and DAY.panel not in painted
        minute(app, station, 10.7)
        assert app.theme == NIGHT.name, "06:54"
        minute(app, station, 0.2)
        assert app.theme == DAY.name, "07:06"


async def test_a_theme_chosen_by_hand_holds_until_the_next_half_of_the_day() -> None:
    station = FakeStation(settings=AUTO)
    async with till(station) as (app, _pilot):
        app.change_theme()
        minute(app, station, 1)
        assert app.theme == NIGHT.name, "13:12, and chosen"
        minute(app, station, 7)
        assert app.theme == NIGHT.name, "20:12"
        app.change_theme()
        minute(app, station, 3)
        assert app.theme == DAY.name, "23:12, and chosen"


async def test_nothing_turns_under_a_question_or_a_payment() -> None:
    station = FakeStation(settings=AUTO)
    async with till(station) as (app, pilot):
        await press(pilot, "slash")
        minute(app, station, 8)
        assert app.theme == DAY.name, "somebody is typing"
        await press(pilot, "escape")
        minute(app, station, 0.02)
        assert app.theme == NIGHT.name


@pytest.mark.parametrize(("theme", "name"), [("day", DAY.name), ("night", NIGHT.name)])
async def test_a_fixed_theme_stays(theme: str, name: str) -> None:
    station = FakeStation(settings=replace(AUTO, ui=replace(AUTO.ui, theme=theme)))
    async with till(station, theme=name) as (app, _pilot):
        for _quarter in range(4):
            minute(app, station, 6)
            assert app.theme == name


async def test_a_till_that_nobody_uses_rests_until_somebody_does(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [hours.monotonic_ms()]
    monkeypatch.setattr(hours, "monotonic_ms", lambda: now[0])
    station = FakeStation()
    async with till(station) as (app, pilot):
        now[0] += hours.REST_AFTER_MS
        minute(app, station, 0)
        assert station.rests == []
        now[0] += 1
        minute(app, station, 0)
        minute(app, station, 0)
        assert station.rests == [True]
        await scan(pilot, CANDLE)
        assert station.rests == [True, False]
