"""The application between device threads and screens: nothing lost, nothing merged, nothing doubled."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from textual import events

from hardware.power.reading import PowerRead, Reading
from kiosk.station.events import DrawerStuck
from kiosk.tui.app import BarrowApp, monotonic_ms
from kiosk.tui.keys import Wedge
from kiosk.tui.messages import CodeScanned, LampsChanged, PowerSampled, StationSaid, WeightSeen
from kiosk.tui.screens.clock import ClockDialogue
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.theme import DAY, NIGHT
from kiosk.tui.widgets.powerstrip import PowerStrip
from kiosk.tui.widgets.statusline import StatusLine, fitting
from tests.tui.fakes import BY_CODE, FakeLamp, FakeStation, a_sale
from tests.tui.hands import flash_text, press, scan, till
from tests.tui.looks import strips, text_of


@dataclass(frozen=True)
class CodeScannedEvent:
    """Stands for the device's event; the application knows it by its name."""

    device: str
    raw: str
    at_ms: int


CodeScannedEvent.__name__ = "CodeScanned"


@dataclass(frozen=True)
class ScanLost:
    """Half a code arrived."""

    device: str
    reason: str
    at_ms: int


async def test_scans_of_a_device_thread_arrive_whole_and_in_order() -> None:
    station = FakeStation()
    async with till(station) as (_app, pilot):
        codes = [f"40000000000{number:02}" for number in (1, 2, 3, 5, 6)]

        def gun() -> None:
            for number, code in enumerate(codes):
                station.tell(CodeScannedEvent("gun", code, 1000 * number))

        thread = threading.Thread(target=gun)
        thread.start()
        thread.join()
        await pilot.pause()
        await pilot.pause()
        sold = [line.item.name for line in station.register.basket.lines]
    assert sold == [BY_CODE[code].name for code in codes]


async def test_half_a_scan_asks_to_scan_again() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        station.tell(ScanLost("gun", "no end of line", 1))
        await pilot.pause()
        assert flash_text(app) == "Scan again: part of the code is missing"


def test_only_the_newest_power_reading_and_lamp_news_wait() -> None:
    assert PowerSampled(None).can_replace(PowerSampled(None))
    assert LampsChanged().can_replace(LampsChanged())
    assert not CodeScanned("a", "b", 1).can_replace(CodeScanned("a", "b", 1))


async def test_a_power_reading_shows_on_the_strip() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        station.power = PowerRead("battery", Reading(soc=0.5, load_w=40), monotonic_ms())
        station.tell(station.power)
        await pilot.pause()
        assert app.screen.query_one(PowerStrip).power.charge == 50
        assert "50 % · 40 W" in text_of(app)


async def test_the_status_line_stays_true_behind_a_dialogue() -> None:
    station = FakeStation()
    a_sale(station)
    async with till(station) as (app, pilot):
        await press(pilot, "ctrl+e")
        assert isinstance(app.screen, Dialogue)
        station.lamps = (FakeLamp("printer", "bad", "no paper"),)
        app.post_message(LampsChanged())
        await pilot.pause()
        assert app.screen_stack[0].query_one(StatusLine)._standing.lamps == station.lamps
        assert "no paper" in text_of(app)


async def test_news_that_come_while_the_app_is_taken_down_find_nobody() -> None:
    async with till(FakeStation()) as (app, _pilot):
        app._running = False  # as App._shutdown begins: it clears the screens, and still takes messages
        await app.screen.remove_children()
        app.on_lamps_changed()
        app.on_power_sampled()
        app.on_weight_seen(WeightSeen(1250, "", 0))
        app._running = True


async def test_the_minute_moves_the_clock() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        assert "12:12" in text_of(app)
        station.clock.advance(60_000)
        app.on_lamps_changed()
        await pilot.pause()
        assert "12:13" in text_of(app)


async def test_the_theme_changes_everything_that_is_painted() -> None:
    station = FakeStation()
    a_sale(station)
    async with till(station, theme=DAY.name) as (app, pilot):
        before = _grounds(app)
        await press(pilot, "f11")
        await pilot.pause()
        after = _grounds(app)
        assert app.theme == NIGHT.name
        assert DAY.ground in before and DAY.panel in before
        assert not after & {DAY.ground, DAY.panel, DAY.raised}


async def test_a_code_pasted_by_the_terminal_is_a_scan() -> None:
    station = FakeStation()
    async with till(station) as (app, pilot):
        app.post_message(events.Paste("4000000000001\n"))
        await pilot.pause()
        await pilot.pause()
        assert len(station.register.basket.lines) == 1


async def test_held_keys_are_handed_on_when_they_were_a_persons() -> None:
    station = FakeStation()
    async with till(station, wedge=Wedge(gap_ms=60_000)) as (app, pilot):
        await press(pilot, "a", "b")
        assert station.register.basket.lines == ()
        await app.flush_keys(at_ms=2**62)
        await pilot.pause()
        assert len(station.register.basket.lines) == 2


async def test_one_new_line_costs_one_row_and_the_total() -> None:
    station = FakeStation()
    a_sale(station)
    async with till(station) as (app, pilot):
        await scan(pilot, "4000000000005", 1000)
        await scan(pilot, "4000000000006", 9000)
        from kiosk.tui.widgets.basket import BasketView

        painted: list[int] = []
        view = app.screen.query_one(BasketView)
        row = view.row
        view.row = lambda y, width, /: (painted.append(y), row(y, width))[1]  # type: ignore[method-assign]
        await scan(pilot, "4000000000007", 19_000)
        assert len(set(painted)) == 2, "the new line, and the one that was marked before"


def test_what_is_wrong_is_told_before_what_is_well() -> None:
    told = (("a", "ok", "all is well"), ("b", "bad", "no paper"), ("c", "unknown", "who knows"))
    lamps = [FakeLamp(*lamp) for lamp in told]
    assert [lamp.name for lamp, _words in fitting(lamps, 28)] == ["b", "c"]
    assert [lamp.name for lamp, _words in fitting(lamps, 60)] == ["a", "b", "c"]


def test_a_narrow_line_says_a_lamp_in_fewer_words_before_it_leaves_one_out() -> None:
    power = FakeLamp(
        "power",
        "ok",
        "until 17:40 · 261 Wh · 85 W free · closing: likely",
        ("until 17:40 · closing: likely", "until 17:40"),
    )
    lamps = (FakeLamp("printer", "ok", "printer ok"), FakeLamp("scanner", "ok", "scanner ok"), power)
    assert [words for _lamp, words in fitting(lamps, 90)][2] == power.words
    assert [words for _lamp, words in fitting(lamps, 61)][2] == power.briefs[0]
    assert [words for _lamp, words in fitting(lamps, 45)] == ["printer ok", "scanner ok", "until 17:40"]
    assert [words for _lamp, words in fitting(lamps, 16)] == ["until 17:40"]


async def test_who_sells_is_shown_before_the_place_and_before_what_is_merely_good_to_know() -> None:
    power = FakeLamp(
        "power",
        "ok",
        "bis 20:50 · 462 Wh · 120 W frei · Schluss: ja",
        ("bis 20:50 · Schluss: ja", "bis 20:50"),
    )
    station = FakeStation()
    station.lamps = (FakeLamp("printer", "ok", "Drucker ok"), FakeLamp("scanner", "ok", "Scanner ok"), power)
    async with till(station) as (app, pilot):
        assert "Stall 3 · Mia" in text_of(app).splitlines()[0]
        station.lamps = (
            *station.lamps[:2],
            FakeLamp("prints", "warn", "3 waiting"),
            FakeLamp("drawer", "warn", "drawer open"),
            FakeLamp("scale", "warn", "the scale is not at zero yet"),
        )
        app.post_message(LampsChanged())
        await pilot.pause()
        assert text_of(app).splitlines()[0].startswith(" Mia ")


async def test_a_long_stall_name_leaves_room_for_what_is_wrong() -> None:
    from dataclasses import replace

    station = FakeStation()
    station.settings = replace(station.settings, name="A stall with a long name " * 9)
    station.lamps = (FakeLamp("printer", "bad", "no paper"),)
    async with till(station, size=(80, 24)) as (app, _pilot):
        first = text_of(app).splitlines()[0]
        assert len(first) <= 80
        assert "no paper" in first and "12:12" in first


def _grounds(app: BarrowApp) -> set[str]:
    """Every colour that something is painted on."""
    styles = [part.style for row in strips(app) for part in row]
    return {style.bgcolor.name for style in styles if style and style.bgcolor}


async def test_a_key_that_is_quicker_than_its_screen_waits_for_it() -> None:
    async with till(FakeStation()) as (app, pilot):
        made = app.push_screen(ClockDialogue())
        dialogue = app.screen
        assert isinstance(dialogue, ClockDialogue) and not dialogue.is_mounted
        dialogue.action_do("back")
        await made
        await pilot.pause()
        assert app.screen is not dialogue


async def test_news_that_come_while_a_screen_is_being_made_neither_break_it_nor_get_lost() -> None:
    async with till(FakeStation()) as (app, pilot):
        made = app.push_screen(ClockDialogue())
        assert not app.screen.is_mounted
        app.on_lamps_changed()
        app.on_station_said(StationSaid(DrawerStuck("the printer is not connected")))
        await made
        await press(pilot, "f24")
        assert "the printer is not connected" in flash_text(app)


async def test_trouble_below_is_told_on_a_screen_that_is_only_being_made() -> None:
    async with till(FakeStation()) as (app, pilot):
        made = app.push_screen(ClockDialogue())
        app.tell_trouble(OSError("the disk is full"))
        await made
        await press(pilot, "f24")
        assert "the disk is full" in flash_text(app)
