"""Commands of the orders at the counter. Letters and digits search, so everything else is a function key."""

from __future__ import annotations

from typing import Final

from kiosk.checkout.rights import Right
from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

BAR: Final = (
    Command("search", "orders", "slash", N_("find"), N_("Type a name, an order or a code.")),
    Command("ready", "orders", "f6", N_("set aside"), N_("It lies at the counter: its code counts now.")),
    Command("told", "orders", "f3", N_("told"), N_("You told the customer what stands here."), hue="blue"),
    Command("other", "orders", "f9", N_("more"), N_("Part of it, not here, one more day, a new code.")),
    Command(
        "hand_over",
        "orders",
        "enter,f5",
        N_("hand over"),
        N_("Give it to whoever has come for it; a question comes first."),
        right=Right.SELL,
        hue="accent",
    ),
)
HIDDEN: Final = (
    Command("partly", "orders", "f4", N_("in part"), N_("Hand a part of it over; the rest waits."), "hidden"),
    Command("missing", "orders", "f7", N_("not here"), N_("It cannot be found."), "hidden"),
    Command("longer", "orders", "f8", N_("one more day"), N_("Keep it a day longer, once."), "hidden"),
    Command("code", "orders", "f2", N_("new code"), N_("The slip is lost: give out a new code."), "hidden"),
    Command(
        "restock",
        "orders",
        "insert",
        N_("back to the shelf"),
        N_("Nobody came: it can be sold again."),
        "hidden",
    ),
    Command("money_back", "orders", "f10", N_("money back"), N_("Give its money back."), "hidden"),
    Command(
        "paper", "orders", "ctrl+y", N_("print the list"), N_("Print what is to be collected."), "hidden"
    ),
    Command(
        "kept",
        "orders",
        "ctrl+o",
        N_("promises kept"),
        N_("How many orders were ready on time and collected, and how the locks fare."),
        "hidden",
    ),
    Command("rub_out", "orders", "backspace", N_("rub out"), N_("Take back the last letter."), "hidden"),
    Command("above", "orders", "up", N_("order above"), N_("Choose the order above."), "hidden"),
    Command("below", "orders", "down", N_("order below"), N_("Choose the order below."), "hidden"),
    Command("page_up", "orders", "pageup", N_("earlier ones"), N_("Show earlier orders."), "hidden"),
    Command("page_down", "orders", "pagedown", N_("later ones"), N_("Show later orders."), "hidden"),
)
ORDERS: Final = (*BAR, *HIDDEN)
