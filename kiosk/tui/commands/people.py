"""Commands of the people who work here."""

from __future__ import annotations

from typing import Final

from kiosk.checkout.rights import Right
from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

PEOPLE: Final = (
    Command(
        "leaves",
        "people",
        "delete",
        N_("leaves"),
        N_("Somebody leaves: they cannot sign in any more, their sales stay."),
        right=Right.SETTINGS,
        hue="bad",
    ),
    Command("language", "people", "f4", N_("language"), N_("Choose the language the till speaks to them.")),
    Command("new_pin", "people", "f5", N_("new PIN"), N_("Give the chosen person a new PIN.")),
    Command(
        "add",
        "people",
        "insert",
        N_("add somebody"),
        N_("Add somebody who works here: name, role, language, PIN."),
        right=Right.SETTINGS,
        hue="accent",
    ),
    Command("above", "people", "up", N_("one above"), N_("Choose the person above."), "hidden"),
    Command("below", "people", "down", N_("one below"), N_("Choose the person below."), "hidden"),
    Command("page_up", "people", "pageup", N_("page before"), N_("Show the page before."), "hidden"),
    Command("page_down", "people", "pagedown", N_("next page"), N_("Show the next page."), "hidden"),
)
