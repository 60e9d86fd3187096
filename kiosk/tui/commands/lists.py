"""Commands of the quick-list editor: what stands on the keys of the till."""

from __future__ import annotations

from typing import Final

from kiosk.checkout.rights import Right
from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

KEY: Final = (
    Command("relabel", "lists", "f2", N_("label"), N_("Write something else on the chosen key."), "line"),
    Command("recolour", "lists", "f3", N_("colour"), N_("Give the chosen key another colour."), "line"),
    Command("carry", "lists", "f4", N_("move"), N_("Move the chosen key: choose where, then Enter."), "line"),
    Command("how_many", "lists", "asterisk", N_("count"), N_("How many one touch adds."), "line"),
    Command(
        "product",
        "lists",
        "f5",
        N_("product"),
        N_("Change the product on the key: name, price, codes."),
        "line",
        Right.EDIT_CATALOGUE,
    ),
    Command(
        "take_off", "lists", "delete", N_("take off"), N_("Take the chosen key away."), "line", hue="bad"
    ),
)
LIST: Final = (
    Command(
        "this_list",
        "lists",
        "f6",
        N_("this list"),
        N_("Its name, colour and place, its code for the customer, or delete it."),
    ),
    Command("new_list", "lists", "f7", N_("new list"), N_("Make another list, or a bundle.")),
    Command("next_page", "lists", "pagedown,space", N_("next page"), N_("Show the next page of the list.")),
    Command(
        "put",
        "lists",
        "enter",
        N_("put a product"),
        N_("Find a product, or scan one, and put it on the chosen key."),
        right=Right.EDIT_LISTS,
        hue="accent",
    ),
    Command("next_list", "lists", "tab", N_("next list"), N_("Open the next list."), "hidden"),
    Command("last_list", "lists", "shift+tab", N_("list before"), N_("Open the list before."), "hidden"),
    Command("key_left", "lists", "left", N_("key left"), N_("Choose the key at the left."), "hidden"),
    Command("key_right", "lists", "right", N_("key right"), N_("Choose the key at the right."), "hidden"),
    Command("key_up", "lists", "up", N_("key above"), N_("Choose the key above."), "hidden"),
    Command("key_down", "lists", "down", N_("key below"), N_("Choose the key below."), "hidden"),
)
LISTS: Final = (*KEY, *LIST)
