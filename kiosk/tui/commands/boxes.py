"""Commands of staff at the cabinet."""

from __future__ import annotations

from typing import Final

from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

BOXES: Final = (
    Command("open", "boxes", "enter,f5", N_("open"), N_("Open the chosen box, with a reason."), hue="accent"),
    Command(
        "deposit", "boxes", "f2", N_("put in"), N_("Put an order into a box: scan its label or type it.")
    ),
    Command(
        "inside", "boxes", "f6", N_("looked"), N_("You looked: say what lies in the chosen box."), hue="warn"
    ),
    Command(
        "walk",
        "boxes",
        "f3",
        N_("walk"),
        N_("Look into every box that is full or unsure, one by one."),
    ),
    Command("clear", "boxes", "f8", N_("clear"), N_("Take an overdue or reported order out."), hue="warn"),
    Command("service", "boxes", "delete", N_("out of use"), N_("Take the chosen box out of use.")),
    Command(
        "drops", "boxes", "f4", N_("returns"), N_("See what was brought back, and take it out."), goes="drops"
    ),
    Command("till", "boxes", "f9", N_("till"), N_("Go to the till."), goes="till"),
    Command("left", "boxes", "left", N_("box before"), N_("Choose the box before."), "hidden"),
    Command("right", "boxes", "right", N_("next box"), N_("Choose the next box."), "hidden"),
    Command("up", "boxes", "up", N_("box above"), N_("Choose the box above."), "hidden"),
    Command("down", "boxes", "down", N_("box below"), N_("Choose the box below."), "hidden"),
)
