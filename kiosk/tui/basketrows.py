"""The rows of a basket as they stand on the screen: texts without colours, one frozen row a line of cells.

Pure, and quick: a line's rows are made once and kept as long as the line stays the same value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kiosk.checkout.basketline import ONE
from kiosk.i18n import _, amount, ngettext, percent, quantity
from kiosk.tui.text import clean
from kiosk.tui.widgets.total import Sum

if TYPE_CHECKING:
    from kiosk.checkout.basket import Basket, BasketLine, Discount
    from kiosk.checkout.money import Currency

Kind = Literal["line", "void", "more", "ask", "sale"]
"""A line itself; one struck out; something said about it; something it still needs; the discount on all."""


@dataclass(frozen=True, slots=True)
class BasketRow:
    """One row."""

    uid: int
    """The line it belongs to; 0 for the whole sale."""
    kind: Kind
    count: str = ""
    """How many, at the left."""
    text: str = ""
    sum: str = ""
    """What it comes to, at the right."""


def sum_of(basket: Basket) -> Sum:
    """What a basket comes to, as the total shows it."""
    totals, currency = basket.totals, basket.pricing.currency
    count = ngettext("{n} item", "{n} items", totals.count).format(n=totals.count)
    tax = _("incl. tax {tax}").format(tax=amount(totals.tax, currency)) if totals.tax else ""
    return Sum(amount(totals.gross, currency), currency.code, count, tax)


def rows_of(basket: Basket) -> list[BasketRow]:
    """All rows of a basket, in its order; the discount on the whole sale last."""
    currency = basket.pricing.currency
    rows = [row for line in basket.lines for row in line_rows(line, currency)]
    if basket.discount is not None:
        off = basket.totals.discount - sum(line.line_discount for line in basket.live)
        rows.append(BasketRow(0, "sale", text=discount_text(basket.discount), sum=amount(-off, currency)))
    return rows


@lru_cache(maxsize=1200)
def line_rows(line: BasketLine, currency: Currency) -> tuple[BasketRow, ...]:
    """The rows of one line: itself, then what is to be said about it."""
    name = clean(line.item.name) or line.item.sku
    each = line.item.unit == "each"
    count = quantity(line.quantity) if each else ""
    if line.voided:
        return (BasketRow(line.uid, "void", count, name, _("void")),)
    rows = [BasketRow(line.uid, "line", count, name, amount(line.full, currency))]
    if not each:
        price = amount(line.price, currency)
        rows.append(_more(line, f"{quantity(line.quantity, line.item.unit)} × {price}/{line.item.unit}"))
    elif line.quantity != ONE:
        rows.append(_more(line, _("at {price}").format(price=amount(line.price, currency))))
    if line.overridden:
        rows.append(_more(line, _("instead of {price}").format(price=amount(line.item.price or 0, currency))))
    if line.discount is not None:
        rows.append(_more(line, discount_text(line.discount), amount(-line.line_discount, currency)))
    if line.note:
        rows.append(_more(line, f"“{clean(line.note)}”"))
    if line.needs_age_check and line.age_waived_by is not None:
        rows.append(_more(line, _("age not checked")))
    elif line.needs_age_check:
        rows.append(BasketRow(line.uid, "ask", text=_("check age: {n}").format(n=line.item.min_age)))
    if line.needs_note:
        rows.append(BasketRow(line.uid, "ask", text=_("note: {what}").format(what=clean(line.item.prompt))))
    return tuple(rows)


def discount_text(discount: Discount) -> str:
    """What a discount is called: its share and its reason."""
    share = percent(discount.percent) if discount.percent is not None else _("discount")
    return f"{share} {clean(discount.reason)}".strip()


def _more(line: BasketLine, text: str, worth: str = "") -> BasketRow:
    return BasketRow(line.uid, "more", text=text, sum=worth)
