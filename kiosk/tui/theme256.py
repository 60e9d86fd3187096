"""The two faces on terminals with 256 colours: plain tmux, macOS Terminal, many SSH clients.

Such a terminal has no dark colours between black and a third of full, so true colours would all fall together
and keys would lose their edges. These use exact colours of the xterm palette, and keep 7:1 all the same.
"""

from __future__ import annotations

from typing import Final

from kiosk.tui.theme import DAY, NIGHT, Key

DAY_256: Final = DAY._replace(
    name="stall-day-256",
    ground="#ffffd7",
    panel="#ffffff",
    raised="#ffffaf",
    ink="#1c1c1c",
    quiet="#444444",
    line="#b2b2b2",
    accent="#005f00",
    good="#005f00",
    warn="#5f0000",
    bad="#af0000",
    keys={
        "plain": Key("#e4e4e4", "#1c1c1c", "#5f5f5f"),
        "off": Key("#ffffd7", "#444444", "#b2b2b2"),
        "accent": Key("#005f00", "#ffffff", "#5faf5f"),
        "warn": Key("#5f0000", "#ffffff", "#af5f00"),
        "bad": Key("#870000", "#ffffff", "#ff5f5f"),
        "slate": Key("#444444", "#ffffff", "#808080"),
        "blue": Key("#00005f", "#ffffff", "#0087d7"),
        "teal": Key("#005f5f", "#ffffff", "#00afaf"),
        "green": Key("#005f00", "#ffffff", "#5faf5f"),
        "olive": Key("#4e4e4e", "#ffffff", "#afaf00"),
        "amber": Key("#3a3a3a", "#ffffff", "#d78700"),
        "red": Key("#870000", "#ffffff", "#ff5f5f"),
        "plum": Key("#5f005f", "#ffffff", "#d787d7"),
    },
)

NIGHT_256: Final = NIGHT._replace(
    name="stall-night-256",
    ground="#080808",
    panel="#121212",
    raised="#262626",
    ink="#eeeeee",
    quiet="#bcbcbc",
    line="#444444",
    accent="#5fd7af",
    good="#5fd7af",
    warn="#ffd75f",
    bad="#ffafaf",
    keys={
        "plain": Key("#262626", "#eeeeee", "#949494"),
        "off": Key("#080808", "#a8a8a8", "#444444"),
        "accent": Key("#5fd7af", "#121212", "#afffd7"),
        "warn": Key("#d7af00", "#121212", "#ffd787"),
        "bad": Key("#ff8787", "#080808", "#ffd7d7"),
        "slate": Key("#303030", "#eeeeee", "#9e9e9e"),
        "blue": Key("#00005f", "#ffffff", "#5fafff"),
        "teal": Key("#005f5f", "#ffffff", "#00d7d7"),
        "green": Key("#005f00", "#ffffff", "#5fd75f"),
        "olive": Key("#303030", "#eeeeee", "#afaf00"),
        "amber": Key("#303030", "#eeeeee", "#d78700"),
        "red": Key("#5f0000", "#ffffff", "#ff8787"),
        "plum": Key("#5f005f", "#ffffff", "#d787d7"),
    },
)
