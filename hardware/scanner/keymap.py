"""Which character a key types: the keyboard that a scanner pretends to be.

The tables in ``keymaps.json`` are made by ``python -m hardware.scanner.keymaps``. They must be those of the
*scanner's* setting, whatever the console's keyboard is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

TABLES: Final = Path(__file__).with_name("keymaps.json")
LAYOUTS: Final = ("us", "gb", "de", "fr", "es", "it")
"""The keyboards there are tables for, by their names in xkb."""
ACCENTS: Final = MappingProxyType(
    {
        "\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0306": "˘",
        "\u0307": "˙", "\u0308": "¨", "\u030a": "˚", "\u030b": "˝", "\u030c": "ˇ", "\u0327": "¸",
        "\u0328": "˛",
    }
)  # fmt: skip
"""What a dead key is in the tables, a combining character, and what it types before a space."""


@dataclass(frozen=True, slots=True)
class KeyMap:
    """One keyboard."""

    name: str
    keys: Mapping[int, tuple[str, ...]]
    """By key: what it types alone, with Shift, with AltGr, with both. Empty: nothing."""

    def typed(self, key: int, *, shift: bool, altgr: bool) -> str:
        """The character, or combining character of a dead key; nothing where there is none."""
        levels = self.keys.get(key, ())
        level = shift + 2 * altgr
        return levels[level] if level < len(levels) else ""

    @property
    def has_altgr(self) -> bool:
        """Whether the right Alt key is AltGr."""
        return any(len(levels) > 2 for levels in self.keys.values())


@cache
def keymap(name: str) -> KeyMap:
    """The keyboard of a layout in `LAYOUTS`."""
    table = json.loads(TABLES.read_text(encoding="utf-8"))[name]
    return KeyMap(name, MappingProxyType({int(key): tuple(levels) for key, levels in table.items()}))
