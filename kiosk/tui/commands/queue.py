"""Commands of what waits: prints, and payments nobody knows the outcome of."""

from __future__ import annotations

from typing import Final

from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

QUEUE: Final = (
    Command("give_up", "prints", "delete", N_("give up"), N_("Do not print the chosen slip any more.")),
    Command(
        "give_up_all",
        "prints",
        "f8",
        N_("give up all"),
        N_("Do not print any of the slips that wait or are in doubt."),
    ),
    Command(
        "settle",
        "prints",
        "f4",
        N_("settle"),
        N_("Say what became of the chosen payment."),
        hue="warn",
    ),
    Command(
        "again",
        "prints",
        "f5",
        N_("print again"),
        N_("Print the chosen slip again, whole and marked as a copy."),
        hue="accent",
    ),
    Command("above", "prints", "up", N_("one above"), N_("Choose the one above."), "hidden"),
    Command("below", "prints", "down", N_("one below"), N_("Choose the one below."), "hidden"),
    Command("page_up", "prints", "pageup", N_("page before"), N_("Show the page before."), "hidden"),
    Command("page_down", "prints", "pagedown", N_("next page"), N_("Show the next page."), "hidden"),
)
