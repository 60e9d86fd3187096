"""The slip a customer takes home: where, from when, until when, and the code that opens the box."""

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
    from kiosk.pickup.points import PickupPoint


def slip_rows(
    ticket: Ticket, point: PickupPoint, contents: Sequence[tuple[str, str, int]], paper: Stationery
) -> list[Row]:
    """Return the slip, in large type: whoever reads it stands in the rain and looks for the digits.

    `contents` are SKU, name and thousandths; every piece of the order is named.
    """
    order = ticket.order
    rows = [*paper.head(), *paper.text(_("TO COLLECT"), align="centre", bold=True)]
    rows += [*paper.pair(_("Order {ref}").format(ref=order.ref), _paid(order.sale)), Row(rule=True)]
    rows += [row for _sku, name, milli in contents for row in paper.pair(name, i18n.quantity(milli, "each"))]
    rows += [Row(rule=True), *paper.text(point.title, bold=True)]
    rows += paper.pair(_("from"), f"{i18n.date(order.slot_ms)} {i18n.time(order.slot_ms)}")
    rows += paper.pair(_("until"), f"{i18n.date(order.until_ms)} {i18n.time(order.until_ms)}")
    rows += [Row(), *paper.text(_("Your code"), align="centre")]
    rows += paper.text(show(ticket.code), align="centre", bold=True, big=True)
    rows += [Row(qr=ticket.token, align="centre")]
    rows += paper.text(_("Type the code or hold this to the reader. Whoever has it can collect."))
    return [*rows, END]


def _paid(sale: int | None) -> str:
    return _("paid") if sale is not None else ""
