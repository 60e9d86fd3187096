"""Commands every screen answers to."""

from __future__ import annotations

from typing import Final

from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

COMMON: Final = (
    Command("help", "*", "f1", N_("help"), N_("Show what can be done here, and with which key."), "more"),
    Command(
        "theme", "*", "f11", N_("day / night"), N_("Change between the day and the night colours."), "more"
    ),
    Command("palette", "*", "f12", N_("commands"), N_("Find a command by name; for supervisors."), "more"),
    Command("back", "*", "escape", N_("back"), N_("Leave this screen; nothing is lost."), "hidden"),
)
