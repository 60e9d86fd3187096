"""The two faces of the screen: `stall-day` for sunlight and `stall-night` for a dark pitch.

A palette names roles, not places: widgets ask for "quiet text on a panel", never for a colour. Every text
role keeps at least 7:1 (WCAG 2 AAA) against every surface it is painted on, in both themes; a test computes
it. Keys keep 3:1 against what is behind them by their fill (day) or by the bar at their left edge (night).
"""

from __future__ import annotations

from collections.abc import Mapping
from colorsys import rgb_to_hls
from functools import lru_cache
from typing import Final, NamedTuple

from rich.style import Style
from textual.theme import Theme


class Key(NamedTuple):
    """The three colours of a touch key."""

    fill: str
    """Behind the label."""
    ink: str
    """The label itself."""
    edge: str
    """The bar at the left, which alone tells the key from its surroundings in the night theme."""


class Palette(NamedTuple):
    """One theme's colours by role, as #rrggbb."""

    name: str
    dark: bool
    ground: str
    """The screen itself."""
    panel: str
    """Basket, dialogue, chart: one step above the ground."""
    raised: str
    """A selected line, a bar's trough: one step above the panel."""
    ink: str
    quiet: str
    """Secondary text; still 7:1."""
    line: str
    """Rules and inactive marks; never text."""
    accent: str
    """The total, what was just added, what to do next."""
    good: str
    warn: str
    bad: str
    keys: Mapping[str, Key]
    """Key colours by hue name; quick-lists choose from `HUES`."""


HUES: Final = ("slate", "blue", "teal", "green", "olive", "amber", "red", "plum")
"""The colours a quick-list or a key can have. The first stands in for an unknown or empty name."""

ANGLES: Final = {"red": 0, "amber": 35, "olive": 60, "green": 115, "teal": 180, "blue": 215, "plum": 295}
"""Where the hues stand on the colour circle, in degrees."""
GREY: Final = 0.15
"""Saturation (HLS) below which a colour is taken for grey."""

DAY: Final = Palette(
    name="stall-day",
    dark=False,
    ground="#f4f1ea",
    panel="#ffffff",
    raised="#e9e4d8",
    ink="#15181b",
    quiet="#43474b",
    line="#b9b3a6",
    accent="#07533a",
    good="#07533a",
    warn="#6b3a00",
    bad="#8e1414",
    keys={
        "plain": Key("#e9e4d8", "#15181b", "#5c615f"),
        "off": Key("#f4f1ea", "#43474b", "#b9b3a6"),
        "accent": Key("#07533a", "#ffffff", "#0f8a61"),
        "warn": Key("#6b3a00", "#ffffff", "#b4690e"),
        "bad": Key("#8e1414", "#ffffff", "#cf3b3b"),
        "slate": Key("#3a4752", "#ffffff", "#6f8291"),
        "blue": Key("#0c4a84", "#ffffff", "#3d8ad0"),
        "teal": Key("#045458", "#ffffff", "#1c9299"),
        "green": Key("#25561f", "#ffffff", "#5a9a4f"),
        "olive": Key("#4d4d06", "#ffffff", "#8f8f1c"),
        "amber": Key("#713f05", "#ffffff", "#c27a1d"),
        "red": Key("#861f2b", "#ffffff", "#cc5664"),
        "plum": Key("#5f2a6a", "#ffffff", "#a363b1"),
    },
)

NIGHT: Final = Palette(
    name="stall-night",
    dark=True,
    ground="#0a0d0f",
    panel="#11161a",
    raised="#1d252b",
    ink="#f1f4f2",
    quiet="#b3bcc0",
    line="#3d4a52",
    accent="#63e0ae",
    good="#63e0ae",
    warn="#ffc65c",
    bad="#ff9d94",
    keys={
        "plain": Key("#1d252b", "#f1f4f2", "#8496a1"),
        "off": Key("#0a0d0f", "#a2acb1", "#3d4a52"),
        "accent": Key("#4fcf9c", "#04140d", "#b5f5db"),
        "warn": Key("#f5b53d", "#1a1000", "#ffe2a3"),
        "bad": Key("#ff9088", "#1f0402", "#ffd4d0"),
        "slate": Key("#232d35", "#f1f4f2", "#8da3b3"),
        "blue": Key("#0e2c48", "#f1f4f2", "#4fa3ee"),
        "teal": Key("#06353a", "#f1f4f2", "#2fc0cb"),
        "green": Key("#173518", "#f1f4f2", "#62bd57"),
        "olive": Key("#333408", "#f1f4f2", "#b9b932"),
        "amber": Key("#442a06", "#f1f4f2", "#f0a23a"),
        "red": Key("#481a20", "#f1f4f2", "#f07784"),
        "plum": Key("#38203f", "#f1f4f2", "#c98ad8"),
    },
)

PALETTES: Final[dict[str, Palette]] = {palette.name: palette for palette in (DAY, NIGHT)}
"""Every palette in use by its name; those of poorer terminals are added when one is met."""


def faces(color_system: str | None) -> tuple[Palette, Palette]:
    """The day and the night palette for what a terminal can show, as Rich calls it (`truecolor`, `256`)."""
    if color_system not in {"256", "standard", "windows"}:
        return DAY, NIGHT
    from kiosk.tui.theme256 import DAY_256, NIGHT_256

    PALETTES.update({DAY_256.name: DAY_256, NIGHT_256.name: NIGHT_256})
    return DAY_256, NIGHT_256


def theme_of(palette: Palette) -> Theme:
    """The Textual theme made of a palette; the style sheets use the `$b-…` variables only."""
    return Theme(
        name=palette.name,
        primary=palette.accent,
        accent=palette.accent,
        foreground=palette.ink,
        background=palette.ground,
        surface=palette.panel,
        panel=palette.raised,
        success=palette.good,
        warning=palette.warn,
        error=palette.bad,
        dark=palette.dark,
        variables=variables(palette),
    )


def variables(palette: Palette) -> dict[str, str]:
    """The style sheet variables of a palette."""
    roles = ("ground", "panel", "raised", "ink", "quiet", "line", "accent", "good", "warn", "bad")
    return {f"b-{role}": getattr(palette, role) for role in roles}


@lru_cache(maxsize=512)
def style(
    palette_name: str, ink: str, surface: str = "ground", *, bold: bool = False, strike: bool = False
) -> Style:
    """The style for painting a role of text on a role of surface.

    Args:
        palette_name: `stall-day` or `stall-night`.
        ink: A text role of the palette (`ink`, `quiet`, `line`, `accent`, `good`, `warn`, `bad`) or a
        surface role.
        surface: A surface role (`ground`, `panel`, `raised`), or any other role used as a filled area.
        bold: Heavier letters.
        strike: Struck through, for voided lines.
    """
    palette = PALETTES[palette_name]
    return Style(color=getattr(palette, ink), bgcolor=getattr(palette, surface), bold=bold, strike=strike)


@lru_cache(maxsize=512)
def key_colours(palette_name: str, hue: str) -> Key:
    """The colours of a key; an unknown hue, as from an imported list, is slate."""
    keys = PALETTES[palette_name].keys
    return keys.get(hue) or keys[nearest_hue(hue)]


def nearest_hue(colour: str) -> str:
    """The hue that comes next to `#rrggbb`, as an imported list may have it; slate for anything else.

    Its own colour is not used: nobody promised that a label can be read on it.
    """
    if len(colour) != 7 or colour[0] != "#":
        return HUES[0]
    try:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    except ValueError:
        return HUES[0]
    angle, _light, strength = rgb_to_hls(red, green, blue)
    if strength < GREY:
        return HUES[0]
    return min(
        ANGLES, key=lambda name: min((angle * 360 - ANGLES[name]) % 360, (ANGLES[name] - angle * 360) % 360)
    )
