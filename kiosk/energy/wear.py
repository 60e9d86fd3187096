"""When a part is due to be swapped: it gives too little of its label, or its resistance has doubled.

The thresholds are those of the owner's test-and-swap: 75 % of the label's capacity, twice the resistance it
had when new. What nobody measured is unknown, and no reason to swap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kiosk.i18n import _

WORN = 0.75
"""Part of its label below which a pack is worn."""
DOUBLED = 2.0

Flag = Literal["capacity", "resistance"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a part is like; every figure may be unknown."""

    usable_ah: float | None = None
    usable_wh: float | None = None
    ohm: float | None = None
    idle_w: float | None = None
    cycles: float | None = None


UNKNOWN = Figures()


@dataclass(frozen=True, slots=True)
class Label:
    """What it was like when new."""

    ah: float | None = None
    wh: float | None = None
    ohm: float | None = None


def share(figures: Figures, label: Label) -> float | None:
    """Return the part of its label that a pack gives; by its Ah, or else by its Wh."""
    if figures.usable_ah is not None and label.ah:
        return figures.usable_ah / label.ah
    if figures.usable_wh is not None and label.wh:
        return figures.usable_wh / label.wh
    return None


def flags(figures: Figures, label: Label) -> tuple[Flag, ...]:
    """Return why a part should be swapped; empty where nothing is known against it."""
    found: list[Flag] = []
    given = share(figures, label)
    if given is not None and given < WORN:
        found.append("capacity")
    if figures.ohm is not None and label.ohm is not None and figures.ohm >= DOUBLED * label.ohm:
        found.append("resistance")
    return tuple(found)


def swap_words(flags: Iterable[Flag]) -> str:
    """Say that a part should be swapped, and why; nothing where nothing is known against it."""
    words = {"capacity": _("below 75 % of its label"), "resistance": _("resistance doubled")}
    why = ", ".join(words[flag] for flag in flags)
    return _("swap it: {why}").format(why=why) if why else ""
