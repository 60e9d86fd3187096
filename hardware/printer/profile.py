"""What the common receipt printers can do: paper width, columns, code page numbers, QR and cutter.

Figures: makers' sheets and the capability file of python-escpos 3.1 (TM-T20II, TM-T88V, POS-5890, TUP500).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

Cut = Literal["none", "partial", "full"]

EPSON_PAGES: Mapping[str, int] = MappingProxyType(
    {"CP437": 0, "CP850": 2, "CP1252": 16, "CP852": 18, "CP858": 19}
)
"""``ESC t n`` as Epson numbers the pages, and most others after it."""
POS_5890_PAGES: Mapping[str, int] = MappingProxyType(
    {"CP437": 52, "CP850": 2, "CP1252": 71, "CP852": 54, "CP858": 53}
)
"""The second block of numbers that cheap 58 mm boards answer to; some of them ignore the first."""


class UnknownProfile(ValueError):
    """No printer profile, column count or code page of that name."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of printer."""

    name: str
    dots: int
    """Printable width in dots."""
    columns: int
    """Characters of the chosen font in one line."""
    font: Literal["a", "b"] = "a"
    """Font A is 12 dots wide, font B 9."""
    page: str = "CP858"
    """The one code page that is set after every reset; CP858 is CP850 with the euro."""
    pages: Mapping[str, int] = field(default_factory=lambda: EPSON_PAGES)
    """Code page name to the printer's own number for it."""
    native_qr: bool = True
    """Whether the printer draws QR codes itself; otherwise they are sent as a picture."""
    cut: Cut = "partial"
    tear: int = 4
    """Lines fed before the paper is torn off by hand, where there is no cutter."""
    genuine: bool = False
    """An Epson TM of the last fifteen years: it tells of changes by itself (``GS a``), says when a job is
    printed (``GS ( H``), and real-time commands can be muted (``GS ( D``). Copies may print these as letters.
    """


_ALL = (
    Profile("80mm", dots=576, columns=48),
    Profile("80mm-42", dots=512, columns=42),
    Profile("58mm", dots=384, columns=32, native_qr=False, cut="none"),
    Profile("58mm-42", dots=384, columns=42, font="b", native_qr=False, cut="none"),
    Profile("tm-t20", dots=576, columns=48, genuine=True),
    Profile("tm-t88", dots=512, columns=42, genuine=True),
    Profile("pos-5890", dots=384, columns=32, pages=POS_5890_PAGES, native_qr=False, cut="none"),
)
PROFILES: Mapping[str, Profile] = MappingProxyType({profile.name: profile for profile in _ALL})
"""The presets, by name. ``80mm`` and ``80mm-42`` suit the many relatives of the TM-T20 and the TM-T88."""


def choose(
    name: str, *, page: str | None = None, number: int | None = None, native_qr: bool | None = None
) -> Profile:
    """The preset of that name, with another code page or QR drawing where the settings say so.

    `number` is this printer's own for the page, as its self-test strip showed.
    """
    if name not in PROFILES:
        raise UnknownProfile(f"no printer profile {name!r}; there are {', '.join(PROFILES)}")
    profile = PROFILES[name]
    if page is not None and page not in profile.pages:
        raise UnknownProfile(f"no code page {page!r} on {name!r}; there are {', '.join(profile.pages)}")
    page = profile.page if page is None else page
    return replace(
        profile,
        page=page,
        pages=profile.pages if number is None else {**profile.pages, page: number},
        native_qr=profile.native_qr if native_qr is None else native_qr,
    )


def for_columns(columns: int, *, page: str | None = None) -> Profile:
    """The preset a shop means that only says how many columns its paper has: 32, 42 or 48."""
    for profile in _ALL:
        if profile.columns == columns:
            return choose(profile.name, page=page)
    widths = sorted({profile.columns for profile in _ALL})
    raise UnknownProfile(
        f"no printer profile with {columns} columns; there are {', '.join(map(str, widths))}"
    )
