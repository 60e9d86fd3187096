"""What one moment at the counter looks like to the customer: words and figures, in the shop's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.checkout.money import half_up
from kiosk.i18n import _, amount, money, ngettext, quantity
from kiosk.tui.basketrows import BasketRow
from kiosk.tui.text import clean

if TYPE_CHECKING:
    from kiosk.checkout.customer import Line, View
    from kiosk.checkout.money import Currency


@dataclass(frozen=True, slots=True)
class Face:
    """Everything on the screen but the shop's name."""

    word: str
    """What the figure is."""
    figure: str = ""
    """Digits and signs only, to be drawn large."""
    below: str = ""
    rows: tuple[BasketRow, ...] = ()
    qr: str = ""


def face_of(view: View | None, currency: Currency) -> Face:
    """The face of a moment; None is a till that is not there."""
    if view is None:
        return Face(_("One moment, please"))
    match view.moment:
        case "closed":
            return Face(_("This till is closed"))
        case "idle":
            return Face(_("Welcome"))
        case "weighing":
            return _weighing(view, currency)
        case "paying":
            return Face(_("To pay"), amount(view.due, currency), _payee(view, currency), qr=view.qr)
        case "paid":
            return _paid(view, currency)
        case _:
            return _selling(view, currency)


def rows_of(view: View, currency: Currency) -> tuple[BasketRow, ...]:
    """The basket's rows, oldest first; what is left out is said in the first one."""
    rows: list[BasketRow] = []
    if view.more:
        earlier = ngettext("{n} more line", "{n} more lines", view.more).format(n=view.more)
        rows.append(BasketRow(0, "more", text=earlier))
    for uid, line in enumerate(view.lines, start=1):
        rows += _line(uid, line, currency)
    if view.discount:
        rows.append(BasketRow(0, "sale", text=_("discount"), sum=amount(-view.discount, currency)))
    return tuple(rows)


def _line(uid: int, line: Line, currency: Currency) -> list[BasketRow]:
    """One line, and how its sum comes about."""
    each = line.unit == "each"
    count = quantity(line.quantity) if each else ""
    rows = [BasketRow(uid, "line", count, clean(line.name), amount(line.amount + line.off, currency))]
    price = amount(line.price, currency)
    if not each:
        rows.append(
            BasketRow(uid, "more", text=f"{quantity(line.quantity, line.unit)} × {price}/{line.unit}")
        )
    elif line.quantity != 1000:
        rows.append(BasketRow(uid, "more", text=_("at {price}").format(price=price)))
    if line.off:
        rows.append(BasketRow(uid, "more", text=_("discount"), sum=amount(-line.off, currency)))
    return rows


def _selling(view: View, currency: Currency) -> Face:
    rows = rows_of(view, currency)
    if view.due != view.total:
        total = _("of {total}").format(total=money(view.total, currency))
        return Face(_("To pay"), amount(view.due, currency), total, rows)
    count = ngettext("{n} item", "{n} items", view.pieces).format(n=view.pieces)
    return Face(_("Total"), amount(view.total, currency), f"{currency.code} · {count}", rows)


def _weighing(view: View, currency: Currency) -> Face:
    rows, line = rows_of(view, currency), view.last
    if line is None:
        return _selling(view, currency)
    word = f"{clean(line.name)} · {money(line.price, currency)}/{line.unit}"
    digits = quantity(view.grams or 0, line.unit).partition("\u00a0")[0]
    if view.grams is None:
        return Face(word, re.sub(r"\d", "-", digits), line.unit, rows)
    worth = money(half_up(line.price * view.grams, 1000), currency)
    net = _("{unit} net · {worth}") if view.net else "{unit} · {worth}"
    return Face(word, digits, net.format(unit=line.unit, worth=worth), rows)


def _paid(view: View, currency: Currency) -> Face:
    if view.change:
        words = _("paid {given}, total {total}")
        below = words.format(given=money(view.given, currency), total=money(view.total, currency))
        return Face(_("Change"), amount(view.change, currency), below)
    return Face(_("Thank you"), amount(view.total, currency), _("paid"))


def _payee(view: View, currency: Currency) -> str:
    """Who is paid, and in what."""
    return " · ".join(filter(None, (currency.code, clean(view.payee))))
