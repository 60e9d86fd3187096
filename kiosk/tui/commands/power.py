"""Commands of the power screen."""

from __future__ import annotations

from typing import Final

from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

POWER: Final = (
    Command("to_demos", "power", "f6", N_("demos"), N_("Show goods, and see what that takes."), goes="demos"),
    Command("to_parts", "power", "f7", N_("parts"), N_("How battery and inverter age; swap."), goes="parts"),
    Command("what_if", "power", "w", N_("what if"), N_("See what would be; nothing is switched.")),
    Command("restore", "power", "f4", N_("bring back"), N_("Switch on again what was shed."), hue="blue"),
    Command("stay_on", "power", "f9", N_("stay on"), N_("Keep the till on: you know better."), hue="warn"),
    Command(
        "rescue",
        "power",
        "f5",
        N_("close the gap"),
        N_("Switch off what closing time needs."),
        hue="accent",
    ),
)
WHAT_IF: Final = (
    Command("earlier", "whatif", "minus", N_("−30 min"), N_("Close half an hour earlier.")),
    Command("later", "whatif", "plus", N_("+30 min"), N_("Close half an hour later.")),
    Command("no_sun", "whatif", "s", N_("no sun"), N_("Count on no sun, or on it again.")),
    Command("more", "whatif", "a", N_("+ watts"), N_("One more appliance of so many watts.")),
    Command("as_it_is", "whatif", "delete", N_("as it is"), N_("Forget the question."), hue="accent"),
)
