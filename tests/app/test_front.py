"""What is read of a shop before the first frame agrees with its whole settings, and judges nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.front import FILE, PLAIN, ShopFront, look
from kiosk.settings import NoSettings, Settings, SettingsErrors, load

LEAST = """
[shop]
name = "Stall 3"
currency = "EUR"
[tax.A]
rate = "19 %"
"""
MORE = """
[ui]
theme = "night"
day_from = "6:30"
night_from = "21:15"
"""


def written(folder: Path, text: str) -> Path:
    """A shop with these settings."""
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def front_of(settings: Settings) -> ShopFront:
    """What the whole settings say of the front."""
    ui = settings.ui
    shop = (settings.name, settings.language, settings.locale, settings.timezone)
    return ShopFront(*shop, ui.theme, ui.day_from, ui.night_from)


@pytest.mark.parametrize(
    "text",
    [
        LEAST,
        LEAST + MORE,
        LEAST.replace("[tax", 'language = "de"\nlocale = "de_AT"\ntimezone = "Europe/Vienna"\n[tax'),
    ],
)
def test_the_front_is_that_of_the_whole_settings(text: str, tmp_path: Path) -> None:
    folder = written(tmp_path, text)
    assert look(folder) == front_of(load(folder))


def test_what_cannot_be_used_counts_as_missing(tmp_path: Path) -> None:
    wrong = (
        '[shop]\nname = "a\\u001b[2J"\nlanguage = 7\nlocale = "../x"\ntimezone = "a b"\n'
        '[ui]\ntheme = "pink"\nday_from = "25:00"'
    )
    assert look(written(tmp_path, wrong)) == PLAIN
    assert look(written(tmp_path, "shop = 3\nui = []")) == PLAIN


def test_a_file_that_cannot_be_read_is_told_of_before_the_screen(tmp_path: Path) -> None:
    with pytest.raises(NoSettings):
        look(tmp_path)
    with pytest.raises(SettingsErrors, match="TOML"):
        look(written(tmp_path, "name = "))
    with pytest.raises(SettingsErrors, match="too long"):
        look(written(tmp_path, "#" * 300_000))
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsErrors, match="UTF-8"):
        look(tmp_path)
