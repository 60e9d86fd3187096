"""The screens as text, at the three sizes: what moved is seen in the difference.

BARROW_UPDATE_GOLDEN=1 rewrites them; look at them then.
"""

from __future__ import annotations

import pytest

from hardware.power.reading import PowerRead, Reading
from kiosk.tui.app import monotonic_ms
from kiosk.tui.commands import commands
from kiosk.tui.screens import selling
from tests.tui.fakes import MIA, SAM, FakeLamp, FakeStation, a_sale
from tests.tui.hands import SIZES, press, scan, till
from tests.tui.looks import same_as_golden

SCENES: dict[str, tuple[str, ...]] = {
    "empty": (),
    "sale": (),
    "sale-line": ("up",),
    "sale-more": ("f9",),
    "sale-digits": ("1", "2"),
    "sale-quantity": ("up", "ctrl+n", "1", "2"),
    "sale-discount": ("ctrl+e",),
    "sale-leave": ("up", "ctrl+p", "9", "enter", "2", "5"),
    "sale-age": ("scan:4000000000042",),
    "sale-twice": ("scan:4000000000001", "scan:4000000000001"),
    "sale-unknown": ("scan:4006381333931",),
    "sale-search": ("slash", "s", "o", "y"),
    "sale-park": ("f3", "r", "e", "d"),
    "sale-help": ("f1",),
    "sale-palette": ("f12", "d", "i"),
    "lock": (),
    "lock-fault": ("a", "1", "1"),
    "lock-clock": (),
}


def station_of(scene: str) -> FakeStation:
    """The shop a scene plays in."""
    person = None if scene.startswith("lock") else SAM if scene == "sale-palette" else MIA
    station = FakeStation(signed_in=person)
    station.power = PowerRead(
        "battery", Reading(soc=0.87, capacity_wh=600, load_w=71, solar_w=38), monotonic_ms()
    )
    if scene.startswith("sale"):
        a_sale(station)
    if scene == "lock-fault":
        station.lamps = (FakeLamp("printer", "bad", "no paper"), *station.lamps[1:])
    station.clock.trusted = scene != "lock-clock"
    return station


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
async def test_it_looks_as_it_did(scene: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    everywhere = {row.goes: "" for row in commands("till") if row.goes}
    monkeypatch.setattr(selling, "WHERE", everywhere)
    async with till(station_of(scene), size=size) as (app, pilot):
        at_ms = 1_000_000
        for step in SCENES[scene]:
            if step.startswith("scan:"):
                await scan(pilot, step.removeprefix("scan:"), at_ms)
                at_ms += 1000
            else:
                await press(pilot, step)
        await pilot.pause()
        same_as_golden(app, f"{scene}-{size[0]}x{size[1]}")
