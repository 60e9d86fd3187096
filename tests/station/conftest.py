"""The demo shop, made once and copied for each test, and a till between simulated devices."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hardware.printer.profile import for_columns
from hardware.simulated.stall import SimulatedStall
from kiosk import demo
from kiosk.settings import DeviceSettings, Settings
from tests.station.stand import Stand, usual


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo shop that every test gets a copy of; hashing its PINs takes a while."""
    return demo.build(tmp_path_factory.mktemp("pattern") / "shop", language="en", timezone="UTC")


@pytest.fixture
def shop(pattern: Settings, tmp_path: Path) -> Settings:
    """A demo shop of this test's own."""
    folder = tmp_path / "shop"
    shutil.copytree(pattern.folder, folder)
    return replace(pattern, folder=folder)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the printer and try lost devices again ten times as often as at a stall."""
    monkeypatch.setattr("hardware.printer.printer.LOOK_S", 0.2)
    monkeypatch.setattr("hardware.printer.handover.ACKNOWLEDGE_S", 0.3)
    monkeypatch.setattr("hardware.printer.handover.STALL_S", 1.0)
    monkeypatch.setattr("hardware.printer.handover.DEAF_S", 2.0)
    monkeypatch.setattr("hardware.supervisor.FIRST_WAIT_S", 0.05)
    monkeypatch.setattr("hardware.supervisor.LONGEST_WAIT_S", 0.2)


@pytest.fixture
def stall() -> Iterator[SimulatedStall]:
    """Devices without a till."""
    with SimulatedStall(profile=for_columns(42)) as running:
        yield running


@pytest.fixture
def stall_devices(stall: SimulatedStall) -> dict[str, DeviceSettings]:
    """The simulated devices as settings, by name."""
    return {one.name: one for one in usual(stall)}


@pytest.fixture
def opening(shop: Settings, stall: SimulatedStall) -> Iterator[Callable[..., Stand]]:
    """How to open a till with changed settings; every one is closed in the end."""
    opened: list[Stand] = []

    def opens(**changed: Any) -> Stand:
        opened.append(Stand.open(shop, stall, **changed))
        return opened[-1]

    yield opens
    for stand in opened:
        stand.station.close()


@pytest.fixture
def stand(opening: Callable[..., Stand]) -> Stand:
    """A till between its devices, the printer found and looked at."""
    stand = opening()
    stand.until(lambda: stand.lamp("printer")[0] == "ok")
    return stand
