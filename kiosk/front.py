"""What the first frame needs of a shop: the name over its door, how it speaks, how it looks.

Read in three milliseconds, before the screen's library is loaded. `kiosk.settings` reads the same file whole
and judges it behind the first frame: a value that cannot be used counts as missing here and is told there.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

FILE = "shop.toml"
MOST_BYTES = 200_000
"""A settings file is a few kilobytes; more is another file under this name."""

NAME = ".{1,40}"
LOCALE = "[a-z]{2,3}(_[A-Z]{2})?"
ZONE = "[A-Za-z0-9_+/-]*"
THEMES = ("day", "night", "auto")
TIME_OF_DAY = "([01]?[0-9]|2[0-3]):[0-5][0-9]"
DAY_FROM, NIGHT_FROM = "07:00", "20:00"


class ShopFront(NamedTuple):
    """A shop as seen from the street; the defaults are those of the whole settings."""

    name: str = ""
    language: str = "en"
    locale: str = "en_GB"
    timezone: str = ""
    theme: str = "auto"
    day_from: int = 7 * 60
    """Minutes after midnight at which `auto` turns to the day theme."""
    night_from: int = 20 * 60


PLAIN = ShopFront()


def look(folder: Path) -> ShopFront:
    """Read a shop's front; a file that cannot be read at all is told of as `kiosk.settings` does."""
    try:
        raw = (folder / FILE).read_bytes()
        if len(raw) > MOST_BYTES:
            raise ValueError(FILE)
        table = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"), parse_float=str)
    except (OSError, ValueError):  # a missing file, another encoding, no TOML
        from kiosk.settings import load

        load(folder)
        raise
    shop, ui = (part if isinstance(part := table.get(key), dict) else {} for key in ("shop", "ui"))
    return ShopFront(
        _text(shop, "name", NAME, PLAIN.name),
        _text(shop, "language", "[a-z]{2,3}", PLAIN.language),
        _text(shop, "locale", LOCALE, PLAIN.locale),
        _text(shop, "timezone", ZONE, PLAIN.timezone),
        _text(ui, "theme", "|".join(THEMES), PLAIN.theme),
        minutes(_text(ui, "day_from", TIME_OF_DAY, DAY_FROM)),
        minutes(_text(ui, "night_from", TIME_OF_DAY, NIGHT_FROM)),
    )


def _text(table: dict[str, object], key: str, form: str, default: str) -> str:
    """Return a text of the wanted form, or the default."""
    value = table.get(key)
    good = isinstance(value, str) and value.isprintable() and re.fullmatch(form, value)
    return str(value) if good else default


def minutes(time_of_day: str) -> int:
    """Return a time of day such as `17:30` as minutes after midnight."""
    hours, _colon, left = time_of_day.partition(":")
    return int(hours) * 60 + int(left)
