"""What the doctor says of power: the kit as it is told of, meters that contradict each other, the record."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from hardware.simulated.i2c import SimulatedBus
from hardware.simulated.stall import SimulatedStall
from kiosk import demo
from kiosk.demo.morning import KIT, write_morning
from kiosk.demo.stall import devices as as_settings
from kiosk.doctor import devices
from kiosk.doctor.power import prospects
from kiosk.ledger.clock import FakeClock
from kiosk.power.pack import Stall
from kiosk.power.sun import Site
from kiosk.settings import DeviceSettings, Settings

NOON = 1_795_431_600_000
SHUNT = DeviceSettings("shunt", "battery", "vedirect", options={"address": "/dev/ttyUSB0"})
CHARGER = DeviceSettings("charger", "solar", "vedirect", options={"address": "/dev/ttyUSB1"})
FRIDGE = DeviceSettings("fridge", "outlet", "shelly2", options={"address": "192.0.2.7"})
PIJUICE = DeviceSettings("ups", "battery", "pijuice")
BARE = replace(KIT, stall=Stall(KIT.stall.pack))
WHOLE = replace(KIT, stall=replace(KIT.stall, site=Site(52.5, 13.4, 200)))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("doctor") / "shop"
    return demo.build(folder, clock=FakeClock(NOON), language="en", timezone="UTC")


@pytest.fixture(scope="module")
def stall() -> Iterator[SimulatedStall]:
    with SimulatedStall() as running:
        yield running


@pytest.mark.parametrize(
    ("kit", "hangs", "said"),
    [
        (None, (), []),
        (None, (SHUNT,), ["note: nothing is foreseen"]),
        (None, (PIJUICE,), ["note: nothing is foreseen", "note: ups: its end is not seen coming"]),
        (KIT, (), ["missing: no meter"]),
        (BARE, (SHUNT, FRIDGE), ["note: the inverter"]),
        (BARE, (SHUNT, CHARGER), ["note: the sun"]),
        (WHOLE, (SHUNT, CHARGER, FRIDGE), []),
    ],
)
def test_what_is_missing_for_a_forecast_is_named_with_its_fix(
    shop: Settings, kit: object, hangs: tuple[DeviceSettings, ...], said: list[str]
) -> None:
    found = list(prospects(replace(shop, power=kit, devices=hangs)))  # type: ignore[arg-type]
    record = 0 if kit is None else 2  # and what switches off at the end
    words = [f"{one.state}: {one.words}" for one in found[: len(found) - record]]
    assert [any(word.startswith(begin) for word in words) for begin in said] == [True] * len(said)
    assert len(words) == len(said)
    assert all(one.fix for one in found[: len(found) - record])


@pytest.mark.parametrize(
    ("power_off", "battery", "said"),
    [
        ("", SHUNT, "note: at the very end all is written, and nothing switches the box off"),
        ("no", PIJUICE, "note: at the very end all is written, and nothing switches the box off"),
        ("", PIJUICE, "found: at the very end ups switches the box off"),
        ("sh -c true", PIJUICE, "found: at the very end ups, sh switches the box off"),
        ("no-such-program now", SHUNT, "wrong: no-such-program is not there to switch off"),
    ],
)
def test_what_switches_the_box_off_is_named(
    shop: Settings, power_off: str, battery: DeviceSettings, said: str
) -> None:
    kit = replace(WHOLE, power_off=power_off)
    found = [f"{one.state}: {one.words}" for one in prospects(replace(shop, power=kit, devices=(battery,)))]
    assert said in found


def test_the_record_is_found_measured_and_doubted_when_it_is_too_large(
    shop: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = replace(shop, folder=tmp_path, power=WHOLE, devices=(SHUNT,))
    *_, absent = prospects(here)
    assert (absent.state, "not there yet" in absent.words) == ("note", True)
    write_morning(tmp_path, FakeClock(NOON))
    *_, found = prospects(here)
    assert found.state == "found"
    assert str(tmp_path / "power.db") in found.words
    assert found.words.endswith("minutes of 1 day")
    monkeypatch.setattr("kiosk.doctor.power.MOST_MB", 0)
    *_, large = prospects(here)
    assert (large.state, "kiosk export DIR power" in large.fix) == ("wrong", True)


@pytest.mark.parametrize(
    ("error", "fix"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "/dev/i2c-1"), "raspi-config"),
        (PermissionError(errno.EACCES, "Permission denied", "/dev/i2c-1"), "usermod -aG i2c"),
        (OSError(errno.ENOENT, "smbus2 is not installed: pip install 'barrow[pi]'"), "into the Python"),
        (None, "sit well on the pins"),
    ],
)
def test_a_battery_board_that_cannot_be_read_has_its_fix(
    shop: Settings, error: OSError | None, fix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bus(_number: int) -> SimulatedBus:
        if error is not None:
            raise error
        return SimulatedBus({})  # nobody is on it

    monkeypatch.setattr("hardware.power.hats.factory.smbus", bus)
    monkeypatch.setattr("kiosk.doctor.meters.ANSWER_S", 0.1)
    monkeypatch.setattr("kiosk.doctor.ports._group", lambda _node: None)
    (found,) = devices.look(shop, PIJUICE)
    assert (found.is_bad, fix in found.fix) == (True, True)


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("quick", [False, True])
def test_a_damaged_record_is_wrong_and_says_how_it_comes_back(
    shop: Settings, tmp_path: Path, deep: bool, quick: bool
) -> None:
    here = replace(shop, folder=tmp_path, power=WHOLE, devices=(SHUNT,))
    write_morning(tmp_path, FakeClock(NOON))
    apsw.Connection(str(tmp_path / "power.db")).pragma("wal_checkpoint", "truncate")
    whole = (tmp_path / "power.db").read_bytes()
    sound = 4096 if deep else 20  # the first page lists the tables
    (tmp_path / "power.db").write_bytes(whole[:sound] + b"?" * (len(whole) - sound))
    *_, damaged = prospects(here, quick=quick)
    assert (damaged.state, "power.db cannot be used" in damaged.words) == ("wrong", True)
    assert "--restore NAME.power.db" in damaged.fix


def test_two_meters_of_one_battery_that_contradict_each_other_are_named(
    shop: Settings, stall: SimulatedStall
) -> None:
    shunt = next(one for one in as_settings(stall.devices()) if one.name == "battery")
    url = str(stall.meter()["port"]).removeprefix("socket://")
    other = DeviceSettings("board", "battery", "tcp", url)
    hangs = replace(shop, devices=(shunt, other))
    assert [one.state for one in devices.configured(hangs)] == ["found", "found"]
    stall.do("battery", fault="sign")
    *_both, finding = devices.configured(hangs)
    assert (finding.area, finding.state) == ("power", "wrong")
    assert "believed" in finding.words
    assert "flip = true" in finding.fix
    stall.do("battery", fault="clear")


def test_an_outlet_says_what_becomes_of_it_when_the_till_dies(shop: Settings, stall: SimulatedStall) -> None:
    lamp = next(one for one in as_settings(stall.devices()) if one.name == "lamp")
    (plain,) = devices.configured(replace(shop, devices=(lamp,)))
    assert ("stays off" in plain.words, "dead_man = 600 under [devices.lamp]" in plain.fix) == (True, True)
    safe = replace(lamp, options={**lamp.options, "dead_man": 600})
    (given,) = devices.configured(replace(shop, devices=(safe,)))
    assert ("comes on again 600 s" in given.words, given.fix) == (True, "")


def test_an_outlet_behind_a_broker_that_is_not_there_is_missing_with_its_fix(shop: Settings) -> None:
    lamp = DeviceSettings(
        "lamp", "outlet", "tasmota-mqtt", options={"topic": "plug", "broker": "127.0.0.1:9"}
    )
    (finding,) = devices.configured(replace(shop, devices=(lamp,)))
    assert finding.state == "missing"
    assert "plug" in finding.words
    assert "mosquitto_sub" in finding.fix
