"""Commands of the power screen."""

from __future__ import annotations

from typing import Final

from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

POWER: Final = (
    Command("to_demos", "power", "f6", N_("demos"), N_("Show goods, and see what that takes."), goes="demos"),
    Command("to_parts", "power", "f7", N_("parts"), N_("How battery and inverter age; swap."), goes="parts"),
    Command(
        "rescue",
        "power",
        "f5",
        N_("close the gap"),
        N_("Switch off what closing time needs."),
        hue="accent",
    ),
)
