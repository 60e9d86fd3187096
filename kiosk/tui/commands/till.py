"""Commands of the till. Digits make a number, letters press the product keys, the rest is here."""

from __future__ import annotations

from typing import Final

from kiosk.checkout.people import Right
from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

TILL: Final = (
    Command(
        "times", "till", "asterisk", N_("3 ×"), N_("How many of what is added next: 3 * then scan or tap.")
    ),
    Command("find", "till", "slash", N_("find"), N_("Search the catalogue by name, number or code.")),
    Command("undo", "till", "f2", N_("undo"), N_("Take back the last thing done to this sale.")),
    Command(
        "park", "till", "f3", N_("park"), N_("Put this sale aside under a name, or take up a parked one.")
    ),
    Command("choose", "till", "f4", N_("line…"), N_("Choose a line to change its quantity, price or note.")),
    Command("more", "till", "f9", N_("more"), N_("Everything else the till can do.")),
    Command("cash", "till", "f5", N_("CASH"), N_("Take cash for this sale."), "pay", Right.SELL, "accent"),
    Command("card", "till", "f6", N_("CARD"), N_("Take a card on the reader."), "pay", Right.SELL, "accent"),
    Command(
        "qr", "till", "f7", N_("QR"), N_("Show a payment code to the customer."), "pay", Right.SELL, "accent"
    ),
    Command("fewer", "till", "minus", N_("− 1"), N_("One less of the chosen line."), "line"),
    Command("another", "till", "plus", N_("+ 1"), N_("One more of the chosen line."), "line"),
    Command("quantity", "till", "ctrl+n", N_("quantity"), N_("Set the quantity of the chosen line."), "line"),
    Command("price", "till", "ctrl+p", N_("price"), N_("Charge another price."), "line", Right.PRICE),
    Command(
        "discount", "till", "ctrl+d", N_("discount"), N_("Take something off a line."), "line", Right.DISCOUNT
    ),
    Command("note", "till", "ctrl+t", N_("note"), N_("Write a note on the chosen line."), "line"),
    Command(
        "void", "till", "delete", N_("void"), N_("Strike the chosen line out; it stays visible."), "line"
    ),
    Command("line_up", "till", "up", N_("line above"), N_("Choose the line above."), "hidden"),
    Command("line_down", "till", "down", N_("line below"), N_("Choose the line below."), "hidden"),
    Command("page_up", "till", "pageup", N_("earlier lines"), N_("Show the page before."), "hidden"),
    Command("page_down", "till", "pagedown", N_("later lines"), N_("Show the page after."), "hidden"),
    Command("next_list", "till", "tab,right", N_("next list"), N_("Open the next quick-list."), "hidden"),
    Command(
        "last_list", "till", "shift+tab,left", N_("list before"), N_("Open the quick-list before."), "hidden"
    ),
    Command(
        "off_sale",
        "till",
        "ctrl+e",
        N_("discount on all"),
        N_("Take something off all lines."),
        "more",
        Right.DISCOUNT,
    ),
    Command(
        "void_sale",
        "till",
        "ctrl+x",
        N_("void sale"),
        N_("Throw this unpaid sale away."),
        "more",
        Right.VOID_SALE,
    ),
    Command(
        "weigh", "till", "f8", N_("weigh"), N_("Take the weight from the scale for the chosen line."), "line"
    ),
    Command("lock", "till", "f10", N_("lock"), N_("Lock the till; the sale stays with you."), "more"),
    Command(
        "quit",
        "till",
        "ctrl+q",
        N_("exit"),
        N_("Close the till; a supervisor confirms it."),
        "more",
        Right.SETTINGS,
    ),
)
