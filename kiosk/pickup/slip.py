"""The ticket on paper: where, from when, until when, and the code that opens the box or fetches the bag.

It stands at the end of the receipt, which then is the ticket, or on a slip of its own. What is printed again
later says everything but the code: that was given out once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.stationery import END, Stationery
from kiosk.i18n import _
from kiosk.pickup.codes import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.pickup.desk import Ticket
    from kiosk.pickup.orders import Order
    from kiosk.pickup.points import PickupPoint


def promise_rows(order: Order, point: PickupPoint | None, paper: Stationery) -> list[Row]:
    """Return what was promised: the order, where, from when and until when."""
    rows = [*paper.text(_("TO COLLECT"), align="centre", bold=True)]
    rows += paper.pair(_("Order {ref}").format(ref=order.ref), _paid(order.sale))
    rows += paper.text(point.title if point is not None else order.point, bold=True)
    rows += paper.pair(_("from"), f"{i18n.date(order.slot_ms)} {i18n.time(order.slot_ms)}")
    return rows + paper.pair(_("until"), f"{i18n.date(order.until_ms)} {i18n.time(order.until_ms)}")


def code_rows(ticket: Ticket, paper: Stationery) -> list[Row]:
    """Return the code: digits in large type for whoever stands in the rain, bars, and the token's QR code."""
    rows = [Row(), *paper.text(_("Your code"), align="centre")]
    rows += paper.text(show(ticket.code), align="centre", bold=True, big=True)
    rows += [Row(bars=ticket.code, align="centre"), Row(qr=ticket.token, align="centre")]
    return rows + paper.text(_("Type the code or hold this to the reader. Whoever has it can collect."))


def no_code_rows(paper: Stationery) -> list[Row]:
    """Return what stands there where the code does not."""
    words = _("The code was given out once and is kept nowhere. Who has lost it gets a new one at the till.")
    return [Row(), *paper.text(words)]


def slip_rows(
    promised: Sequence[Row],
    contents: Sequence[tuple[str, str, int]],
    paper: Stationery,
    code: Sequence[Row],
    *,
    copy: int = 0,
) -> list[Row]:
    """Return a slip of its own; `contents` are SKU, name and thousandths: every piece is named."""
    mark = paper.text(_("COPY {n}").format(n=copy), align="centre", bold=True) if copy else []
    goods = [row for _sku, name, milli in contents for row in paper.pair(name, i18n.quantity(milli, "each"))]
    return [*paper.head(), *mark, *promised, Row(rule=True), *goods, Row(rule=True), *code, END]


def _paid(sale: int | None) -> str:
    return _("paid") if sale is not None else ""
