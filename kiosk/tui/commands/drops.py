"""Commands of what was brought back."""

from __future__ import annotations

from typing import Final

from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

DROPS: Final = (
    Command("decide", "drops", "f5", N_("decide"), N_("Say what is done about the chosen return.")),
    Command("settled", "drops", "f7", N_("settled"), N_("Show those that are settled as well, or no more.")),
    Command(
        "take_out", "drops", "enter", N_("take out"), N_("Open the box the chosen return lies in."),
        hue="accent",
    ),
    Command("above", "drops", "up", N_("one above"), N_("Choose the return above."), "hidden"),
    Command("below", "drops", "down", N_("one below"), N_("Choose the return below."), "hidden"),
    Command("page_up", "drops", "pageup", N_("page before"), N_("Show the page before."), "hidden"),
    Command("page_down", "drops", "pagedown", N_("next page"), N_("Show the next page."), "hidden"),
)  # fmt: skip
