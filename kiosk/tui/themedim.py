"""The dim face, while power is short: dark ground, dark keys, letters no brighter than they must be.

Still 7:1 for every text. Its colours are those of terminals with 256 colours, so that one serves everywhere.
A screen that lights its own pixels draws least for it; another one is at least not looked at for long.
"""

from __future__ import annotations

from typing import Final

from kiosk.tui.theme import NIGHT, PALETTES, Key

DIM: Final = NIGHT._replace(
    name="stall-dim",
    ground="#000000",
    panel="#080808",
    raised="#121212",
    ink="#b2b2b2",
    quiet="#a8a8a8",
    line="#444444",
    accent="#87af87",
    good="#87af87",
    warn="#d7af5f",
    bad="#ff8787",
    keys={
        "plain": Key("#121212", "#b2b2b2", "#767676"),
        "off": Key("#000000", "#a8a8a8", "#303030"),
        "accent": Key("#121212", "#87d7af", "#5faf87"),
        "warn": Key("#121212", "#d7af5f", "#af875f"),
        "bad": Key("#121212", "#ff8787", "#d75f5f"),
        "slate": Key("#121212", "#b2b2b2", "#808080"),
        "blue": Key("#121212", "#87afd7", "#5f87af"),
        "teal": Key("#121212", "#5fafaf", "#008787"),
        "green": Key("#121212", "#87af87", "#5f875f"),
        "olive": Key("#121212", "#afaf5f", "#87875f"),
        "amber": Key("#121212", "#d7af5f", "#af875f"),
        "red": Key("#121212", "#ff8787", "#d75f5f"),
        "plum": Key("#121212", "#d7afd7", "#af87af"),
    },
)
PALETTES[DIM.name] = DIM
