"""The list of what is to be collected, on paper: to pick by, and for a day on which the screen is dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.stationery import END
from kiosk.i18n import _, speaking
from kiosk.pickup import handover
from kiosk.pickup.standing import standing
from kiosk.station.rendering import enqueue_rows, stationery

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings


def queue_list(ledger: Ledger, settings: Settings) -> None:
    """Queue the list. It names no code: those are the customers'."""
    with speaking(settings.language):
        rows = list_rows(ledger, settings)
    enqueue_rows(ledger, rows)


def list_rows(ledger: Ledger, settings: Settings) -> list[Row]:
    """Return the list: each order with its time, name, place and what is still to be handed over."""
    paper, now = stationery(settings), ledger.clock.now().wall_ms
    rows = [*paper.head(), *paper.text(_("TO COLLECT"), align="centre", bold=True)]
    rows += paper.text(f"{i18n.date(now)} {i18n.time(now)}", align="centre")
    for one in standing(ledger):
        order = one.order
        whose = f"{order.name} ··{order.tail}" if order.tail else order.name
        where = _("box {number}").format(number=one.box) if one.box else ""
        rows += [Row(rule=True)]
        rows += paper.pair(f"{order.ref} {whose}".strip(), where, bold=True)
        rows += paper.pair(_("from"), f"{i18n.date(order.slot_ms)} {i18n.time(order.slot_ms)}")
        for _sku, name, there, handed in handover.lines(ledger, order.id):
            if handed < there:
                rows += paper.indented(f"{i18n.quantity(there - handed)} × {name}")
    return [*rows, Row(rule=True), END]
