"""Commands of the demonstrations and of the parts of the power kit."""

from __future__ import annotations

from typing import Final

from kiosk.checkout.rights import Right
from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

DEMOS: Final = (
    Command("to_power", "demos", "f6", N_("power"), N_("What is left, what may go on."), goes="power"),
    Command("page_up", "demos", "pageup", N_("page before"), N_("Show the page before."), "hidden"),
    Command("page_down", "demos", "pagedown", N_("next page"), N_("Show the next page."), "hidden"),
)
PARTS: Final = (
    Command("to_power", "parts", "f6", N_("power"), N_("What is left, what may go on."), goes="power"),
    Command(
        "add",
        "parts",
        "insert",
        N_("new part"),
        N_("Give a pack, an inverter, a panel or an outlet an id."),
        right=Right.SETTINGS,
    ),
    Command("test", "parts", "f4", N_("test"), N_("Write down what a test of the chosen part measured.")),
    Command(
        "swap",
        "parts",
        "f5",
        N_("swap"),
        N_("Take the chosen part out and put a spare in."),
        hue="accent",
    ),
    Command("above", "parts", "up", N_("one above"), N_("Choose the one above."), "hidden"),
    Command("below", "parts", "down", N_("one below"), N_("Choose the one below."), "hidden"),
    Command("page_up", "parts", "pageup", N_("page before"), N_("Show the page before."), "hidden"),
    Command("page_down", "parts", "pagedown", N_("next page"), N_("Show the next page."), "hidden"),
)
