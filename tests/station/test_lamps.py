"""The status line's lamps say what is known, what is wrong and what nobody knows; never more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hardware.device import State, StateChanged
from hardware.power.reading import PowerRead, Reading
from hardware.printer.status import UNKNOWN, PrinterStatus
from hardware.simulated.stall import SimulatedStall
from kiosk import i18n
from kiosk.demo.stall import devices
from kiosk.settings import DeviceSettings
from kiosk.station.events import QueueChanged
from kiosk.station.lamps import (
    STALE_MS,
    newest,
    power_lamp,
    printer_lamp,
    queue_lamp,
    scanner_lamp,
    touch_lamp,
)
from tests.station.stand import Stand

WELL = PrinterStatus(online=True, paper="ok", cover="closed", drawer="closed", error="none")
HERE = (State.READY, State.DEGRADED)


@pytest.fixture(autouse=True)
def english() -> None:
    """Words in English."""
    i18n.set_language("en")


def printer(state: State, status: PrinterStatus = UNKNOWN) -> tuple[str, str]:
    """State and words of the printer's lamp."""
    lamp = printer_lamp(StateChanged("printer", state), status)
    assert lamp.name == "printer"
    return lamp.state, lamp.words


def with_(**fields: str | bool) -> PrinterStatus:
    """A well printer but for this."""
    plain = {name: getattr(WELL, name) for name in ("online", "paper", "cover", "drawer", "error")}
    return PrinterStatus(**plain | fields)


@pytest.mark.parametrize("state", HERE)
@pytest.mark.parametrize(
    ("status", "lamp"),
    [
        (WELL, ("ok", "printer ok")),
        (with_(paper="low"), ("warn", "paper low")),
        (with_(paper="out", online=False), ("bad", "no paper")),
        (with_(cover="open", online=False), ("bad", "printer cover open")),
        (with_(error="cutter"), ("bad", "cutter stuck")),
        (with_(error="fatal"), ("bad", "printer error")),
        (with_(error="recoverable"), ("bad", "printer error")),
        (with_(error="hot"), ("warn", "print head hot")),
        (with_(online=False), ("bad", "printer offline")),
        (PrinterStatus(paper="out"), ("bad", "no paper")),
    ],
)
def test_a_connected_printer_says_what_to_do(
    state: State, status: PrinterStatus, lamp: tuple[str, str]
) -> None:
    assert printer(state, status) == lamp


def test_a_printer_that_should_answer_and_does_not_is_not_the_same_as_one_that_never_does() -> None:
    assert printer(State.READY, UNKNOWN) == ("unknown", "printer unknown")
    assert printer(State.DEGRADED, UNKNOWN) == ("bad", "printer silent")


@pytest.mark.parametrize(
    "status",
    [PrinterStatus(online=True), PrinterStatus(drawer="open"), PrinterStatus(online=True, cover="closed")],
)
def test_a_printer_that_does_not_tell_of_its_paper_is_not_called_well(status: PrinterStatus) -> None:
    state, words = printer(State.READY, status)
    assert (state, words) == ("unknown", "printer unknown")


@pytest.mark.parametrize("state", [State.ABSENT, State.OPENING, State.CLOSED])
def test_an_old_status_of_a_printer_that_is_gone_counts_nothing(state: State) -> None:
    assert printer(state, WELL) == ("bad", "printer not found")


def test_a_faulty_printer_and_one_that_is_not_configured() -> None:
    assert printer(State.FAULT, WELL) == ("bad", "printer fault")
    lamp = printer_lamp(None, WELL)
    assert (lamp.state, lamp.words) == ("off", "no printer")


def test_the_queue_shows_what_waits_and_first_of_all_what_is_in_doubt() -> None:
    assert queue_lamp(QueueChanged(0, 0)) is None
    waiting, doubtful = queue_lamp(QueueChanged(3, 0)), queue_lamp(QueueChanged(3, 2))
    assert waiting is not None
    assert doubtful is not None
    assert (waiting.state, waiting.words) == ("warn", "3 waiting")
    assert (doubtful.state, doubtful.words) == ("bad", "2 prints in doubt")


@pytest.mark.parametrize("state", State)
def test_a_scanner_is_there_or_not(state: State) -> None:
    lamp = scanner_lamp(StateChanged("scanner", state))
    assert lamp.state == ("ok" if state in HERE else "bad")
    assert scanner_lamp(None).state == "off"


@pytest.mark.parametrize("state", State)
def test_a_touch_panel_is_told_of_when_it_does_not_work(state: State) -> None:
    lamp = touch_lamp(StateChanged("touch", state))
    assert (lamp is None) == (state in {*HERE, State.OPENING})
    assert lamp is None or lamp.state == "bad"
    assert touch_lamp(None) is None


def power(reading: Reading | None, age_ms: int = 0) -> tuple[str, str]:
    """State and words of the battery's lamp."""
    read = None if reading is None else PowerRead("battery", reading, 100_000)
    lamp = power_lamp(True, read, 100_000 + age_ms)
    return lamp.state, lamp.words


@pytest.mark.parametrize(
    ("soc", "state"),
    [(1.0, "ok"), (0.2, "ok"), (0.199, "warn"), (0.1, "warn"), (0.099, "bad"), (0.0, "bad")],
)
def test_a_battery_warns_below_a_fifth_and_is_red_below_a_tenth(soc: float, state: str) -> None:
    assert power(Reading(soc=soc))[0] == state


def test_an_empty_battery_is_empty_and_a_silent_one_unknown() -> None:
    assert power(Reading(soc=0.0)) == ("bad", "battery 0 %")
    assert power(Reading(soc=0.5, load_w=0.0)) == ("ok", "battery 50 % · 0 W")
    assert power(Reading(soc=0.929, load_w=30.6)) == ("ok", "battery 92 % · 31 W")
    for nothing in (None, Reading(), Reading(volts=13.1, load_w=30.0)):
        assert power(nothing) == ("unknown", "power unknown")


def test_a_reading_grows_old() -> None:
    assert power(Reading(soc=0.9), STALE_MS)[0] == "ok"
    assert power(Reading(soc=0.9), STALE_MS + 1) == ("unknown", "power unknown")


def test_no_meter_is_no_lamp_that_worries() -> None:
    assert power_lamp(False, None, 0).state == "off"


def test_a_device_that_has_not_spoken_is_being_opened() -> None:
    said = StateChanged("printer", State.READY)
    assert newest({}, None) is None
    assert newest({}, "printer") == StateChanged("printer", State.OPENING)
    assert newest({"printer": said}, "printer") == said


def test_the_lamps_of_a_till_follow_its_devices(stand: Stand) -> None:
    assert [lamp.name for lamp in stand.station.lamps] == ["printer", "scanner", "power"]
    stand.until(lambda: {lamp.state for lamp in stand.station.lamps} == {"ok"})
    stand.printer("paper-low")
    stand.until(lambda: stand.lamp("printer") == ("warn", "paper low"))
    stand.printer("silent")
    stand.until(lambda: stand.lamp("printer")[0] in {"unknown", "bad"})
    stand.printer("clear")
    stand.until(lambda: stand.lamp("printer") == ("ok", "printer ok"))
    stand.printer("unplug")
    stand.until(lambda: stand.lamp("printer") == ("bad", "printer not found"))
    stand.stall.do("scanner", act="unplug")
    stand.until(lambda: stand.lamp("scanner") == ("bad", "scanner not found"))
    stand.stall.do("scanner", act="replug")
    stand.until(lambda: stand.lamp("scanner")[0] == "ok")
    stand.stall.do("touch", act="unplug")
    stand.until(lambda: stand.lamp("touch") == ("bad", "no touch panel"))
    stand.stall.do("touch", act="replug")
    stand.until(lambda: "touch" not in {lamp.name for lamp in stand.station.lamps})
    stand.stall.do("inverter", act="off")
    stand.stall.do("battery", soc=0.05, load_w=200)
    stand.until(lambda: stand.lamp("power") == ("bad", "battery 5 % · 200 W"))


def test_a_till_with_a_keyboard_scanner_lets_its_reader_in_within_a_millisecond(
    monkeypatch: pytest.MonkeyPatch, opening: Callable[..., Stand], stall_devices: dict[str, DeviceSettings]
) -> None:
    intervals: list[float] = []
    monkeypatch.setattr("sys.setswitchinterval", intervals.append)
    plain = opening(devices=(stall_devices["printer"],))
    plain.until(lambda: plain.lamp("printer")[0] == "ok")
    assert intervals == []
    keyed = opening(devices=(stall_devices["keys"],))
    keyed.until(lambda: keyed.lamp("scanner")[0] == "ok")
    assert intervals == [0.001]


def test_the_printer_is_looked_at_when_a_rest_ends_and_when_money_is_taken(stand: Stand) -> None:
    stand.station.rest(True)
    stand.station.look()  # from here on a minute passes between two looks
    stand.printer("paper-out")
    stand.station.rest(False)
    stand.until(lambda: stand.lamp("printer") == ("bad", "no paper"))
    stand.printer("paper-ok")
    stand.station.look()
    stand.until(lambda: stand.lamp("printer") == ("ok", "printer ok"))


def test_a_second_printer_does_not_speak_for_the_first(
    opening: Callable[..., Stand], stall_devices: dict[str, DeviceSettings]
) -> None:
    with SimulatedStall() as kitchen:
        kitchen.do("printer", act="paper-out")
        (other,) = (one for one in devices(kitchen.devices()) if one.role == "printer")
        stand = opening(devices=(*stall_devices.values(), replace(other, name="kitchen")))
        stand.until(
            lambda: (
                any(c.device == "kitchen" and c.reason for c in stand.heard.of(StateChanged))
                and stand.lamp("printer")[0] == "ok"
            )
        )
        stand.printer("paper-low")
        stand.until(lambda: stand.lamp("printer") == ("warn", "paper low"))
        stand.station.close()
