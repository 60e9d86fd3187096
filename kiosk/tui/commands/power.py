"""Commands of the power screen."""

from __future__ import annotations

from typing import Final

from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

POWER: Final = (
    Command(
        "rescue",
        "power",
        "f5",
        N_("close the gap"),
        N_("Switch off what closing time needs."),
        hue="accent",
    ),
)
