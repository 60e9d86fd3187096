"""Commands of the till. Digits make a number, letters press the product keys, the rest is here."""

from __future__ import annotations

from typing import Final

from kiosk.checkout.rights import Right
from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

BAR: Final = (
    Command("times", "till", "asterisk", N_("3 ×"), N_("How many of what comes next: 3 * then scan or tap.")),
    Command("find", "till", "slash", N_("find"), N_("Search the catalogue by name, number or code.")),
    Command("undo", "till", "f2", N_("undo"), N_("Take back the last thing done to this sale.")),
    Command("park", "till", "f3", N_("park"), N_("Put this sale aside, or take up one that was put aside.")),
    Command(
        "choose", "till", "f4", N_("line"), N_("Change the chosen line: quantity, price, discount, note.")
    ),
    Command("more", "till", "f9", N_("more"), N_("Everything else the till can do.")),
)
PAY: Final = (
    Command("cash", "till", "f5", N_("CASH"), N_("Take cash for this sale."), "pay", Right.SELL, "accent"),
    Command("card", "till", "f6", N_("CARD"), N_("Take a card on the reader."), "pay", Right.SELL, "accent"),
    Command(
        "qr", "till", "f7", N_("QR"), N_("Show the customer a payment code."), "pay", Right.SELL, "accent"
    ),
    Command("other", "till", "ctrl+w", N_("OTHER"), N_("Take it another way."), "pay", Right.SELL, "accent"),
    Command(
        "collect",
        "till",
        "ctrl+g",
        N_("COLLECT"),
        N_("Hold it for whoever collects it later."),
        "pay",
        Right.SELL,
        "blue",
    ),
)
LINE: Final = (
    Command("fewer", "till", "minus", N_("1 less"), N_("One less of the chosen line."), "line"),
    Command("another", "till", "plus", N_("1 more"), N_("One more of the chosen line."), "line"),
    Command("quantity", "till", "ctrl+n", N_("quantity"), N_("Set the quantity of the chosen line."), "line"),
    Command("price", "till", "ctrl+p", N_("price"), N_("Charge another price."), "line", Right.PRICE),
    Command("discount", "till", "ctrl+d", N_("discount"), N_("Discount a line."), "line", Right.DISCOUNT),
    Command("note", "till", "ctrl+t", N_("note"), N_("Write a note on the chosen line."), "line"),
    Command(
        "void",
        "till",
        "delete",
        N_("void"),
        N_("Strike the chosen line out; it stays visible."),
        "line",
        hue="bad",
    ),
)
MORE: Final = (
    Command(
        "off_sale", "till", "ctrl+e", N_("discount on all"), N_("Discount the sale."), "more", Right.DISCOUNT
    ),
    Command(
        "void_sale", "till", "ctrl+x", N_("void sale"), N_("Throw this sale away."), "more", Right.VOID_SALE
    ),
    Command(
        "refund", "till", "ctrl+r", N_("return"), N_("Take goods back."), "more", Right.REFUND, goes="refund"
    ),
    Command(
        "receipts",
        "till",
        "ctrl+b",
        N_("receipts"),
        N_("Find a receipt, print it again."),
        "more",
        goes="receipts",
    ),
    Command("shift", "till", "f8", N_("shift"), N_("Open, cash in or out, X, close."), "more", goes="shift"),
    Command(
        "reports",
        "till",
        "ctrl+o",
        N_("reports"),
        N_("What was sold."),
        "more",
        Right.REPORTS,
        goes="reports",
    ),
    Command(
        "prints", "till", "ctrl+y", N_("printing"), N_("What waits to be printed."), "more", goes="prints"
    ),
    Command(
        "lists",
        "till",
        "ctrl+l",
        N_("edit keys"),
        N_("Edit the lists."),
        "more",
        Right.EDIT_LISTS,
        goes="lists",
    ),
    Command(
        "people", "till", "ctrl+u", N_("people"), N_("Who works here."), "more", Right.SETTINGS, goes="people"
    ),
    Command(
        "add_product", "till", "insert", N_("new product"), N_("Add a product."), "more", Right.EDIT_CATALOGUE
    ),
    Command(
        "clock", "till", "ctrl+k", N_("clock"), N_("Say whether the clock is right."), "more", hue="warn"
    ),
    Command(
        "orders",
        "till",
        "ctrl+s",
        N_("orders"),
        N_("Give out what is collected here, and see what is to be said."),
        "more",
        goes="orders",
    ),
    Command(
        "boxes",
        "till",
        "ctrl+f",
        N_("boxes"),
        N_("Look after the boxes of the locker."),
        "more",
        goes="boxes",
    ),
    Command(
        "demos",
        "till",
        "ctrl+a",
        N_("demos"),
        N_("Show goods, and see what that takes."),
        "more",
        goes="demos",
    ),
    Command("lock", "till", "f10", N_("lock"), N_("Lock the till; the sale stays as it is."), "more"),
    Command(
        "quit",
        "till",
        "ctrl+q",
        N_("exit"),
        N_("Close the till; a supervisor confirms."),
        "more",
        Right.SETTINGS,
    ),
)
HIDDEN: Final = (
    Command("enter_code", "till", "enter", N_("use code"), N_("Look up the number typed."), "hidden"),
    Command("rub_out", "till", "backspace", N_("rub out"), N_("Take back the last digit typed."), "hidden"),
    Command("line_up", "till", "up", N_("line above"), N_("Choose the line above."), "hidden"),
    Command("line_down", "till", "down", N_("line below"), N_("Choose the line below."), "hidden"),
    Command("page_up", "till", "pageup", N_("earlier lines"), N_("Show the page before."), "hidden"),
    Command("page_down", "till", "pagedown", N_("later lines"), N_("Show the page after."), "hidden"),
    Command(
        "power", "till", "ctrl+v", N_("power"), N_("What is left, what may go on."), "hidden", goes="power"
    ),
    Command("next_list", "till", "tab,right", N_("next list"), N_("Open the next quick-list."), "hidden"),
    Command("last_list", "till", "shift+tab,left", N_("list before"), N_("Open the list before."), "hidden"),
)
TILL: Final = (*BAR, *PAY, *LINE, *MORE, *HIDDEN)
