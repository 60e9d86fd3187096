"""Commands of the reports."""

from __future__ import annotations

from typing import Final

from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

REPORTS: Final = (
    Command("range", "reports", "f2", N_("range"), N_("Choose a day, a week, a month or a year.")),
    Command("earlier", "reports", "left", N_("earlier"), N_("The day, week, month or year before.")),
    Command("later", "reports", "right", N_("later"), N_("The day, week, month or year after.")),
    Command("write", "reports", "f5", N_("as file"), N_("Write this report as CSV into the shop's folder.")),
    Command(
        "paper",
        "reports",
        "f6",
        N_("on paper"),
        N_("Look at this report as it would be printed, and print it."),
        hue="accent",
    ),
    Command("next_report", "reports", "tab", N_("next report"), N_("By the next thing."), "hidden"),
    Command("last_report", "reports", "shift+tab", N_("report before"), N_("By the thing before."), "hidden"),
    Command("page_up", "reports", "pageup", N_("page before"), N_("Show the page before."), "hidden"),
    Command("page_down", "reports", "pagedown", N_("next page"), N_("Show the next page."), "hidden"),
)
