"""`[power]`: read whole, and every problem told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.settings.load import parse
from kiosk.settings.power import OutletSettings, PowerSettings
from kiosk.settings.problems import SettingsErrors

SHOP = """
[shop]
name = "Stall"
currency = "EUR"
[tax.A]
rate = "19 %"
[devices.fridge]
role = "outlet"
kind = "shelly2"
address = "192.168.1.20"
[power]
"""


def read(power: str) -> PowerSettings:
    found = parse((SHOP + power).encode(), Path("shop.toml")).power
    assert found is not None
    return found


def problems(power: str) -> list[str]:
    with pytest.raises(SettingsErrors) as refused:
        read(power)
    return [problem.key for problem in refused.value.problems]


def test_a_label_is_enough_to_begin_with() -> None:
    found = read("ah = 48")
    pack = found.stall.pack
    assert (pack.chemistry.name, pack.cells, pack.nameplate_ah) == ("lfp", 4, 48.0)
    assert 9 < pack.cutoff_v < 11
    assert (found.stall.site, found.stall.limits, found.locker_w) == (None, None, None)
    assert found.outlet("fridge") == OutletSettings(3, False)


def test_everything_can_be_told() -> None:
    found = read(
        "ah = 47.5\ncutoff_v = 10.5\nmost_w = 600\ninverter_w = 200\ninverter_surge_w = 400\n"
        "latitude = 52.5\nlongitude = 13.4\npanel_w = 200\ntilt = 0\nlocker_w = 8\n"
        'power_off = "systemctl poweroff"\nprice_kwh = 0.3245\ndirect_w = 15\n'
        '[power.outlets.fridge]\nclass = 2\ncompressor = true\nidle_w = 1.5\ndemos = "hand"'
    )
    assert found.stall.pack.nameplate_ah == 47.5
    assert found.stall.limits is not None and found.stall.limits.surge_w == 400
    assert found.stall.site is not None and found.stall.site.tilt == 0
    assert found.outlet("fridge") == OutletSettings(2, True, 1.5, by_hand=True)
    assert (found.price, found.direct_w) == (324_500, 15)
    assert found.power_off == "systemctl poweroff"


@pytest.mark.parametrize(
    ("power", "keys"),
    [
        ("", ["power.ah"]),
        ("ah = 0", ["power.ah"]),
        ('ah = "many"', ["power.ah"]),
        ("ah = true", ["power.ah"]),
        ("ah = 48\ncutoff_v = 15", ["power.cutoff_v"]),
        ("ah = 48\ninverter_w = 300\ninverter_surge_w = 200", ["power.inverter_surge_w"]),
        ("ah = 48\ninverter_surge_w = 200", ["power.inverter_surge_w"]),
        ("ah = 48\npanel_w = 200", ["power.panel_w"]),
        ("ah = 48\npower_off = '\"systemctl'", ["power.power_off"]),
        ("ah = 48\npower_off = true", ["power.power_off"]),
        ("ah = 48\npanels = 200", ["power.panels"]),
        ("ah = 48\nprice_kwh = -0.1", ["power.price_kwh"]),
        ("ah = 48\nprice_kwh = 0.1234567", ["power.price_kwh"]),
        ("ah = 48\nprice_kwh = 10001", ["power.price_kwh"]),
        ("ah = 48\nprice_kwh = true", ["power.price_kwh"]),
        ("ah = 48\n[power.outlets.fridge]\ndemos = 'maybe'", ["power.outlets.fridge.demos"]),
        ("ah = 48\n[power.outlets.kettle]\nclass = 3", ["power.outlets.kettle"]),
        ("ah = 48\n[power.outlets.fridge]\nclass = 4", ["power.outlets.fridge.class"]),
        ('chemistry = "lead"\nah = -1', ["power.chemistry", "power.ah"]),
    ],
)
def test_what_cannot_be_is_told_with_its_key(power: str, keys: list[str]) -> None:
    assert problems(power) == keys
