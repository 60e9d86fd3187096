"""The doctor at the counter: a scale is asked, a panel is looked at, and each obstacle has its fix."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hardware.panel import pins
from hardware.panel.chips import NoChip
from hardware.simulated.stall import SimulatedStall
from kiosk import demo
from kiosk.demo.stall import devices as as_settings
from kiosk.doctor import devices
from kiosk.doctor.finding import Finding
from kiosk.ledger.clock import FakeClock
from kiosk.settings import DeviceSettings, Settings
from kiosk.settings.load import parse

NOON = 1_795_431_600_000


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A demo shop."""
    folder = tmp_path_factory.mktemp("doctor") / "shop"
    return demo.build(folder, clock=FakeClock(NOON), language="en", timezone="UTC")


@pytest.fixture
def stall() -> Iterator[SimulatedStall]:
    with SimulatedStall() as running:
        yield running


def looked_at(shop: Settings, *chosen: DeviceSettings) -> list[Finding]:
    return list(devices.configured(replace(shop, devices=chosen)))


def one_of(stall: SimulatedStall, name: str) -> DeviceSettings:
    return next(one for one in as_settings(stall.devices()) if one.name == name)


@pytest.mark.parametrize(
    ("fault", "state", "words", "fix"),
    [
        ("", "found", "shows 0.335", ""),
        ("moving", "found", "ready", ""),
        ("over", "found", "ready", ""),
        ("silent", "missing", "does not answer", "baud"),
        ("garbage", "wrong", "another language", "kind"),
    ],
)
def test_a_scale_is_asked(
    shop: Settings, stall: SimulatedStall, fault: str, state: str, words: str, fix: str
) -> None:
    stall.do("scale", grams=335, fault=fault)
    (finding,) = looked_at(shop, one_of(stall, "scale"))
    assert (finding.state, words in finding.words, fix in finding.fix) == (state, True, True), finding


def test_a_display_is_opened_and_a_pulled_one_is_missing(shop: Settings, stall: SimulatedStall) -> None:
    pole = one_of(stall, "display")
    assert [finding.state for finding in looked_at(shop, pole)] == ["found"]
    stall.do("display", act="unplug")
    assert [finding.state for finding in looked_at(shop, pole)] == ["missing"]


def test_a_panel_is_looked_at_and_a_stuck_button_named(
    shop: Settings, stall: SimulatedStall, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = one_of(stall, "panel")
    assert [finding.state for finding in looked_at(shop, panel)] == ["found"]
    monkeypatch.setattr("hardware.panel.panel.Panel.held", ("pay",))
    (finding,) = looked_at(shop, panel)
    assert (finding.state, "pay" in finding.words, "button_pressed" in finding.fix) == ("wrong", True, True)


@pytest.mark.parametrize(
    ("error", "fix"),
    [
        (NoChip(errno.ENOENT, "no GPIO chip", "/dev/gpiochip*"), 'pins = "mock"'),
        (PermissionError(errno.EACCES, "Permission denied", "/nowhere/gpiochip0"), "usermod -aG gpio"),
        (pins.DirectoryNotWritable("the working directory / cannot be written"), "WorkingDirectory="),
        (pins.DirectoryMoved("LG_WD is set to /x"), "LG_WD"),
        (pins.NoLgpio("lgpio is not installed"), "pip install lgpio"),
        (pins.PinRefused("pay: 'GPIO busy'"), "gpioinfo"),
    ],
)
def test_each_obstacle_before_the_pins_has_its_fix(
    shop: Settings, monkeypatch: pytest.MonkeyPatch, error: OSError, fix: str
) -> None:
    def refused() -> Any:
        raise error

    monkeypatch.setattr("hardware.panel.factory.real_factory", refused)
    panel = DeviceSettings("panel", "panel", "gpio", options={"pay": 17})
    (finding,) = looked_at(shop, panel)
    assert finding.is_bad
    assert fix in finding.fix


def test_a_taken_port_of_the_customer_s_screen_is_named(shop: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        screen = DeviceSettings("screen", "display", "screen", options={"port": port})
        (finding,) = looked_at(shop, screen)
    assert (finding.state, "port" in finding.fix) == ("wrong", True)
    assert [one.state for one in looked_at(shop, replace(screen, options={}))] == ["found"]


def test_the_keys_of_the_counter_s_devices_are_read_and_checked_by_their_drivers(shop: Settings) -> None:
    text = (
        (shop.folder / "shop.toml").read_text()
        + """
[devices.scale]
kind = "toledo8217"
address = "/dev/serial/by-id/usb-FTDI"

[devices.pole]
role = "display"
kind = "cd5220"
address = "/dev/ttyUSB1"
brightness = 9

[devices.panel]
kind = "gpio"
pay = 17
launch = 4
"""
    )
    read = parse(text.encode(), Path("shop.toml")).devices
    assert [(one.name, one.role, one.kind) for one in read][-3:] == [
        ("scale", "scale", "toledo8217"),
        ("pole", "display", "cd5220"),
        ("panel", "panel", "gpio"),
    ]
    scale, pole, panel = (next(iter(looked_at(shop, one))) for one in read[-3:])
    assert (scale.state, "/dev/serial/by-id/usb-FTDI" in scale.words) == ("missing", True)
    assert "brightness: 9" in pole.words
    assert "launch: no such option" in panel.words


@pytest.mark.parametrize("name", ["battery", "lamp"])
def test_a_meter_answers_or_says_nothing(
    shop: Settings, stall: SimulatedStall, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    meter = one_of(stall, name)
    (answered,) = looked_at(shop, meter)
    assert (answered.state, "answers, " in answered.words) == ("found", True)
    assert ("13." in answered.words) is (name == "battery")
    assert ("on, 12 W" in answered.words) is (name == "lamp")
    monkeypatch.setattr("kiosk.doctor.meters.ANSWER_S", 0.3)
    if name == "lamp":
        stall.do("outlet", name=name, act="silent")
    else:
        stall.do("battery", fault="silent")
    (finding,) = looked_at(shop, meter)
    assert finding.state == "missing"
    assert finding.fix
