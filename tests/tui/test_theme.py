"""Both themes can be read in the sun and in the dark: WCAG contrast, computed."""

from __future__ import annotations

import pytest

from kiosk.tui.theme import DAY, HUES, NIGHT, Palette, faces, key_colours, nearest_hue, theme_of
from kiosk.tui.theme256 import DAY_256, NIGHT_256
from kiosk.tui.themedim import DIM

ALL = pytest.mark.parametrize(
    "palette", [DAY, NIGHT, DAY_256, NIGHT_256, DIM], ids=lambda palette: palette.name
)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@ALL
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent", "good", "warn", "bad"])
@pytest.mark.parametrize("surface", ["ground", "panel", "raised"])
def test_text_keeps_seven_to_one_on_every_surface(palette: Palette, ink: str, surface: str) -> None:
    assert ratio(getattr(palette, ink), getattr(palette, surface)) >= 7


@ALL
def test_labels_keep_seven_to_one_on_their_keys(palette: Palette) -> None:
    weak = {
        name: ratio(key.ink, key.fill) for name, key in palette.keys.items() if ratio(key.ink, key.fill) < 7
    }
    assert not weak


@ALL
@pytest.mark.parametrize("surface", ["ground", "panel"])
def test_a_key_stands_out_by_its_fill_or_its_bar(palette: Palette, surface: str) -> None:
    behind = getattr(palette, surface)
    for name, key in palette.keys.items():
        if name != "off":  # what cannot be pressed need not stand out
            assert max(ratio(key.fill, behind), ratio(key.edge, behind)) >= 3, name


@ALL
def test_the_offer_of_the_flash_line_can_be_read(palette: Palette) -> None:
    assert ratio(palette.panel, palette.accent) >= 7


@ALL
def test_every_hue_has_its_key_and_the_theme_its_name(palette: Palette) -> None:
    assert set(HUES) <= set(palette.keys)
    assert theme_of(palette).name == palette.name


@pytest.mark.parametrize(
    ("colour", "hue"),
    [
        ("#ff0000", "red"),
        ("#1e66ff", "blue"),
        ("#777777", "slate"),
        ("#00ff20", "green"),
        ("", "slate"),
        ("#zz", "slate"),
    ],
)
def test_a_colour_of_somebody_elses_becomes_the_nearest_hue(colour: str, hue: str) -> None:
    assert nearest_hue(colour) == hue
    assert key_colours(DAY.name, colour) == DAY.keys[hue]


@pytest.mark.parametrize("palette", [DAY_256, NIGHT_256, DIM], ids=lambda palette: palette.name)
def test_the_poorer_palettes_have_exactly_the_terminals_colours(palette: Palette) -> None:
    steps = (0, 95, 135, 175, 215, 255)
    cube = {(r, g, b) for r in steps for g in steps for b in steps}
    greys = {(8 + 10 * number,) * 3 for number in range(24)}
    named = [
        getattr(palette, role) for role in ("ground", "panel", "raised", "ink", "quiet", "accent", "bad")
    ]
    for colour in [
        *named,
        *(part for key in palette.keys.values() for part in (key.fill, key.ink, key.edge)),
    ]:
        assert tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) in cube | greys, colour


def test_a_terminal_gets_the_palette_it_can_show() -> None:
    assert faces("truecolor") == (DAY, NIGHT)
    assert faces(None) == (DAY, NIGHT)
    assert faces("256") == (DAY_256, NIGHT_256)


def test_the_dim_face_gives_off_less_light_than_either_of_the_others() -> None:
    def light(palette: Palette) -> float:
        surfaces = [palette.ground, palette.panel, palette.raised, palette.ink, palette.accent]
        return sum(map(luminance, [*surfaces, *(key.fill for key in palette.keys.values())]))

    assert light(DIM) < 0.5 * light(NIGHT) < 0.5 * light(DAY)
