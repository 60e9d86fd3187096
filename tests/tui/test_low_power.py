"""Power runs short: the till dims, paints seldom, offers a code for paper; a locker only hands out."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.power.outlets.reading import OutletRead, OutletReading
from hardware.power.reading import PowerRead, Reading
from kiosk.power.headroom import Headroom
from kiosk.power.shedding import Proposal
from kiosk.power.thrift import Level, Thrift
from kiosk.power.view import PowerView
from kiosk.station.events import EndingWord, HeadroomChanged, PowerEnding
from kiosk.tui import incoming
from kiosk.tui.power import ending_words
from kiosk.tui.screens.codeview import CodeScreen
from kiosk.tui.theme import DAY, NIGHT
from kiosk.tui.themedim import DIM
from tests.tui.fakes import FakeStation
from tests.tui.hands import flash_text, press, till, touch_key
from tests.tui.looks import strips, text_of
from tests.tui.paying import selling
from tests.tui.scenes import playing
from tests.tui.stall import until
from tests.tui.test_locker import a_locker, at_locker

BY_POWER = (Level.SPARING, Level.COLLECTING, Level.ENDING)


async def test_it_dims_while_power_is_short_and_is_bright_again_by_itself() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        for level in BY_POWER:
            station.thrift = level
            app.on_lamps_changed()
            assert app.theme == DIM.name
        await pilot.pause()
        painted = {part.style.bgcolor.name for part in strips(app)[5] if part.style and part.style.bgcolor}
        assert DIM.panel in painted and DAY.panel not in painted
        station.thrift = Level.PLENTY
        app.on_lamps_changed()
        assert app.theme == DAY.name


async def test_a_theme_chosen_by_hand_holds_until_power_is_short_the_next_time() -> None:
    station = FakeStation(thrift=Level.SPARING)
    async with till(station) as (app, _pilot):
        app.on_lamps_changed()
        app.change_theme()
        app.on_lamps_changed()
        assert app.theme == DAY.name, "the sun shines on it"
        for level in (Level.PLENTY, Level.SPARING):
            station.thrift = level
            app.on_lamps_changed()
        assert app.theme == DIM.name


async def test_nothing_dims_under_a_question() -> None:
    station = FakeStation()
    async with till(station, theme=NIGHT.name) as (app, pilot):
        await press(pilot, "slash")
        station.thrift = Level.SPARING
        app.on_lamps_changed()
        assert app.theme == NIGHT.name, "somebody is typing"
        await press(pilot, "escape")
        app.on_lamps_changed()
        assert app.theme == DIM.name


def figures(level: Level, at_ms: int) -> list[object]:
    """What a stall's devices say in five seconds: a shunt, a charger, two outlets and the gauge."""
    reads: list[object] = [PowerRead(name, Reading(volts=13.0), at_ms) for name in ("battery", "solar")]
    reads += [OutletRead(name, OutletReading(True, 12.0), 0.0, at_ms) for name in ("lamp", "fridge")]
    return [*reads, HeadroomChanged(PowerView(Headroom("A", ""), at_ms, thrift=Thrift(level)))]


async def wakeups(station: FakeStation, minutes: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often the figures of so many minutes wake the screen."""
    now, woken = [1_000_000], list[object]()
    monkeypatch.setattr(incoming, "monotonic_ms", lambda: now[0])
    async with till(station) as (app, _pilot):
        with monkeypatch.context() as patched:
            patched.setattr(app, "post_message", woken.append)
            for _ in range(minutes * 12):
                now[0] += 5000
                for figure in figures(Level(station.thrift), now[0]):
                    station.tell(figure)
    return len(woken)


async def test_it_wakes_up_a_tenth_as_often_while_power_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    plenty = await wakeups(FakeStation(), 10, monkeypatch)
    sparing = await wakeups(FakeStation(thrift=Level.SPARING), 10, monkeypatch)
    assert (plenty, sparing) == (10 * 12 * 5, 10 * 2)


async def test_what_gets_worse_is_shown_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "monotonic_ms", lambda: 1_000_000)
    station = FakeStation(thrift=Level.SPARING)
    async with till(station) as (app, pilot):
        for level in (Level.SPARING, Level.SPARING, Level.COLLECTING, Level.PLENTY):
            station.thrift = level
            for figure in figures(level, 0):
                station.tell(figure)
        await pilot.pause()
        assert app.theme == DAY.name


async def test_the_receipt_is_offered_as_a_code_first_and_paper_is_one_key_away(tmp_path: Path) -> None:
    async with playing("change-sparing", tmp_path) as on:
        assert on.made.rows("SELECT kind FROM print_job") == [("drawer",)]
        assert flash_text(on.app) == "Power is short: show the receipt as a code?"
        await touch_key(on.pilot, "code")
        await on.shown(CodeScreen)
        await on.press("escape")
        await on.press("p")
        await on.told("note")
        assert on.made.rows("SELECT kind FROM print_job") == [("drawer",), ("receipt",)]


def proposing(proposal: Proposal | None) -> PowerView:
    return PowerView(Headroom("A", ""), 0, proposal=proposal)


async def test_what_should_go_off_is_said_once_on_the_till_and_leads_to_the_power_screen() -> None:
    station = FakeStation(headroom=proposing(Proposal("shed", "blender")))
    async with till(station) as (app, pilot):
        app.on_lamps_changed()
        assert flash_text(app) == "Power is short: switch blender off?"
        await press(pilot, "slash", "escape")
        app.screen.say("")  # type: ignore[attr-defined]
        app.on_lamps_changed()
        assert flash_text(app) == "", "once"
        station.headroom = proposing(Proposal("shed", "blender", alone=True))
        app.on_lamps_changed()
        assert flash_text(app) == "Power ends in minutes: blender goes off."
        station.headroom = proposing(None)
        app.on_lamps_changed()
        station.headroom = proposing(Proposal("restore", "blender"))
        await press(pilot, "slash")
        app.on_lamps_changed()
        await press(pilot, "escape")
        app.on_lamps_changed()
        assert flash_text(app) == "Power enough again: blender may go on."


@pytest.mark.parametrize(
    ("what", "seconds", "said"),
    [
        ("notice", 60, "Power is at its end: finish this sale. In 60 s the till switches off"),
        ("notice", 0, "Nothing is lost when it goes."),
        ("ordered", 30, "The box switches off within 30 s."),
        ("written", 0, "the box may be switched off now."),
        ("refused", 0, "does not switch off (ups): switch it off."),
        ("unheard", 0, "ups was told to switch the box off and did not"),
        ("stubborn", 0, "ups does not take its order back"),
        ("kept", 0, "the till stays on."),
    ],
)
def test_the_end_in_words(what: EndingWord, seconds: float, said: str) -> None:
    assert said in ending_words(PowerEnding(what, seconds, "ups"))[0]


async def test_the_end_is_said_in_front_and_the_basket_is_written_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    station, flushed = FakeStation(), list[bool]()
    async with till(station) as (app, pilot):
        monkeypatch.setattr(app.keeper, "flush", lambda: flushed.append(True))
        station.tell(PowerEnding("notice", 60))
        await until(pilot, lambda: "In 60 s the till switches off" in flash_text(app))
        assert flushed


async def test_the_end_waits_while_money_is_taken(tmp_path: Path) -> None:
    async with selling(tmp_path) as (made, _app, pilot):
        assert not made.taking_money
        await press(pilot, "f5")
        await until(pilot, lambda: made.taking_money)
        await press(pilot, "escape", "escape")
        await until(pilot, lambda: not made.taking_money)


@pytest.mark.parametrize("level", [Level.COLLECTING, Level.ENDING])
async def test_a_locker_says_that_it_only_hands_out_and_dims(level: Level) -> None:
    station = a_locker()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        station.thrift = level
        app.on_lamps_changed()
        await pilot.pause()
        assert app.theme == DIM.name
        assert "Low power: collecting works" in text_of(app)
        await press(pilot, "2")
        assert screen.visit.page == "idle"
        await press(pilot, "1")
        assert screen.visit.page == "code"
