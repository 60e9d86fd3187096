"""What the README shows can be used as it stands: settings, commands, files."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.cli import COMMANDS
from kiosk.settings import parse
from kiosk.station.wiring import device

HOUSE = Path(__file__).parents[2]
TEXT = (HOUSE / "README.md").read_text("utf-8")
SHOP = """
[shop]
name = "Stall 3"
currency = "EUR"
[tax.A]
rate = "19 %"
"""


def test_its_settings_are_taken_by_the_shop_and_by_each_driver() -> None:
    shown = "\n".join(re.findall(r"```toml\n(.*?)```", TEXT, re.S))
    settings = parse(f"{SHOP}\n{shown}".encode(), HOUSE / "shop.toml")
    assert len(settings.devices) >= 10
    assert [device(settings, chosen).name for chosen in settings.devices] == [
        chosen.name for chosen in settings.devices
    ]


def test_its_commands_and_files_are_there() -> None:
    commands = set(re.findall(r"(?:^|`)kiosk ([a-z]+)", TEXT, re.M))
    assert len(commands) >= 10
    assert commands <= set(COMMANDS)
    files = set(re.findall(r"`((?:tests|hardware|kiosk|image)/[\w./-]+)`|\]\(([^)]+)\)", TEXT))
    assert len(files) >= 30
    assert not [name for pair in files for name in pair if name and not (HOUSE / name).exists()]
