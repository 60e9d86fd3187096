"""Commands of the two screens after the till: taking money, and the moment the customer looks at."""

from __future__ import annotations

from typing import Final

from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

TENDER: Final = (
    Command("cash", "tender", "f5", N_("CASH"), N_("Take what is left in cash."), "pay", hue="accent"),
    Command("card", "tender", "f6", N_("CARD"), N_("Take it by card."), "pay", hue="accent"),
    Command("qr", "tender", "f7", N_("QR"), N_("Show the customer a payment code."), "pay", hue="accent"),
    Command(
        "other",
        "tender",
        "ctrl+w",
        N_("OTHER"),
        N_("Take it another way this shop offers."),
        "pay",
        hue="accent",
    ),
    Command(
        "settle",
        "tender",
        "f4",
        N_("ask again"),
        N_("Say what became of a payment, or that it went back."),
        hue="warn",
    ),
    Command(
        "shift",
        "tender",
        "f8",
        N_("open a shift"),
        N_("Count the float and open a shift; the sale waits here."),
        "pay",
        hue="accent",
        goes="shift",
    ),
    Command(
        "finish",
        "tender",
        "enter",
        N_("finish"),
        N_("Book the sale: everything is paid."),
        "pay",
        hue="accent",
    ),
)
CHANGE: Final = (
    Command("view", "change", "v", N_("view"), N_("Show the receipt as it is printed.")),
    Command("code", "change", "q", N_("as code"), N_("Show the receipt as a code for the customer's phone.")),
    Command("print", "change", "p", N_("print"), N_("Print the receipt, or a marked copy of it.")),
    Command(
        "ticket", "change", "t", N_("ticket"), N_("Show the customer what fetches their goods."), hue="blue"
    ),
    Command("clock", "change", "k", N_("clock"), N_("Say whether the clock is right."), hue="warn"),
    Command(
        "next",
        "change",
        "enter,space",
        N_("next customer"),
        N_("Back to the till; a scan does the same."),
        hue="accent",
    ),
)
