"""Commands of the receipts: finding one, a copy, the code, taking goods back."""

from __future__ import annotations

from typing import Final

from kiosk.checkout.rights import Right
from kiosk.i18n import N_
from kiosk.tui.commands.command import Command


def _finding(place: str) -> tuple[Command, ...]:
    """What finding a receipt needs, wherever it is done."""
    return (
        Command("search", place, "slash", N_("search"), N_("Type a number, a product or a reference.")),
        Command("rub_out", place, "backspace", N_("rub out"), N_("Take back the last letter."), "hidden"),
        Command("above", place, "up", N_("receipt above"), N_("Choose the receipt above."), "hidden"),
        Command("below", place, "down", N_("receipt below"), N_("Choose the receipt below."), "hidden"),
        Command("page_up", place, "pageup", N_("later ones"), N_("Show later receipts."), "hidden"),
        Command("page_down", place, "pagedown", N_("earlier ones"), N_("Show earlier receipts."), "hidden"),
        Command("paper_back", place, "left", N_("slip back"), N_("Show the slip's page before."), "hidden"),
        Command("paper_on", place, "right", N_("slip on"), N_("Show the slip's next page."), "hidden"),
    )


RECEIPTS: Final = (
    *_finding("receipts"),
    Command("code", "receipts", "f6", N_("as code"), N_("Show it as a code for the customer's phone.")),
    Command("take_back", "receipts", "f7", N_("return"), N_("Take goods of it back."), right=Right.REFUND),
    Command(
        "copy",
        "receipts",
        "f5",
        N_("print a copy"),
        N_("Print it again, marked as a copy and counted."),
        hue="accent",
    ),
)
REFUND: Final = (
    *_finding("refund"),
    Command(
        "take_back",
        "refund",
        "enter",
        N_("take back"),
        N_("Take goods of the chosen receipt back."),
        right=Right.REFUND,
        hue="accent",
    ),
)
RETURN: Final = (
    Command("everything", "return", "f5", N_("all of it"), N_("Take back all that is still out.")),
    Command(
        "go_on",
        "return",
        "enter",
        N_("go on"),
        N_("Choose what can be done about it: repair, swap, or money back."),
        right=Right.REFUND,
        hue="accent",
    ),
    Command("whole_line", "return", "a", N_("whole line"), N_("All of the chosen line comes back."), "line"),
    Command("nothing", "return", "n", N_("nothing"), N_("Nothing of the chosen line comes back."), "line"),
    Command("one_more", "return", "plus", N_("1 more"), N_("One more of the chosen line."), "line"),
    Command("one_less", "return", "minus", N_("1 less"), N_("One less of the chosen line."), "line"),
    Command("how_much", "return", "asterisk", N_("how much"), N_("Type how much comes back."), "line"),
    Command("above", "return", "up", N_("line above"), N_("Choose the line above."), "hidden"),
    Command("below", "return", "down", N_("line below"), N_("Choose the line below."), "hidden"),
)
