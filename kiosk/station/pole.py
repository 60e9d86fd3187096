"""The two lines of a pole display for one moment at the counter, in the shop's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiosk.checkout.money import half_up
from kiosk.i18n import _, amount, quantity, speaking

if TYPE_CHECKING:
    from kiosk.checkout.customer import Line, View
    from kiosk.settings import Settings

WIDTH = 20
"""Characters of a line, of every pole display there is."""


def two_lines(view: View, settings: Settings) -> tuple[str, str]:
    """Upper and lower line; too long a word gives way to its figure."""
    currency = settings.currency
    with speaking(settings.language):
        if view.moment == "closed":
            return _middle(settings.name), _middle(_("closed"))
        if view.moment == "idle":
            return _middle(settings.name), _middle(_("Welcome"))
        if view.moment == "paid" and view.change:
            return _pair(_("PAID"), amount(view.given, currency)), _pair(
                _("CHANGE"), amount(view.change, currency)
            )
        if view.moment == "paid":
            return _pair(_("PAID"), amount(view.total, currency)), _middle(_("Thank you"))
        due = _pair(_("TO PAY"), amount(view.due, currency))
        if view.moment == "paying":
            return due, _middle(_("Scan the code") if view.qr else "")
        if view.moment == "weighing" and view.last is not None:
            return _weighed(view.last, view.grams, amount(view.last.price, currency), settings)
        upper = _sold(view.last, settings) if view.last is not None else ""
        return upper, _pair(_("TOTAL"), amount(view.total, currency)) if view.due == view.total else due


def _sold(line: Line, settings: Settings) -> str:
    """What was sold last, with how many of it."""
    count = quantity(line.quantity) if line.unit == "each" else ""
    name = f"{count} {line.name}" if count not in {"", "1"} else line.name
    return _pair(name, amount(line.amount, settings.currency))


def _weighed(line: Line, grams: int | None, price: str, settings: Settings) -> tuple[str, str]:
    """What lies on the scale: the price of a kilogram above, weight and price below."""
    upper = _pair(line.name, f"{price}/{line.unit}")
    if grams is None:
        return upper, re.sub(r"\d", "-", quantity(0, line.unit)).replace("\u00a0", " ")
    worth = amount(half_up(line.price * grams, 1000), settings.currency)
    return upper, _pair(quantity(grams, line.unit).replace("\u00a0", " "), worth)


def _pair(left: str, right: str) -> str:
    """A word at the left, a figure at the right."""
    room = max(WIDTH - 1 - len(right), 0)
    return f"{left[:room]:<{room}} {right}"[-WIDTH:] if right else left[:WIDTH]


def _middle(text: str) -> str:
    """A word in the middle."""
    return text[:WIDTH].center(WIDTH)
