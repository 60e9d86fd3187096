"""A sale whose goods are collected later: receipt, paid hold, code and ticket are one transaction."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.checkout import printqueue, sale
from kiosk.pickup import codes, desk, holds, ticketjob
from kiosk.pickup.order import Stage
from kiosk.pickup.orders import order_of
from kiosk.pickup.points import PickupPoint, Window, windows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.orders import Order
    from kiosk.settings import Settings


@dataclass(frozen=True, slots=True)
class Promise:
    """The windows that can be promised, and how old is what they rest on."""

    windows: tuple[Window, ...]
    as_of_ms: int
    clock_trusted: bool


def promise(ledger: Ledger, point: PickupPoint, settings: Settings, count: int = 3) -> Promise:
    """The first windows of a point with room, as this ledger knows it now."""
    now = ledger.clock.now()
    taken = holds.taken(ledger, point.name)
    found = windows(point, now.wall_ms, settings.zone, taken, count)
    return Promise(tuple(found), now.wall_ms, now.trusted)


def hold_basket(
    ledger: Ledger,
    lines: Mapping[str, int],
    point: PickupPoint,
    size: str,
    slot_ms: int,
    *,
    low: bool,
    checked: bool,
) -> Order:
    """Hold what is in the basket for a quarter of an hour; holds' own refusals when it cannot be."""
    wish = holds.Wish(secrets.token_hex(8), point.name, slot_ms, size, lines, low=low, checked=checked)
    return holds.hold(ledger, wish, handovers=point.handovers, boxed=point.kind == "locker")


def commit_to_collect(
    ledger: Ledger, new: sale.NewSale, order: str, settings: Settings
) -> tuple[sale.Receipt, desk.Ticket | None]:
    """Book a sale and its order; no ticket when the hold had lapsed, and the goods are handed over now."""
    pickup = settings.pickup
    tickets: list[desk.Ticket] = []
    if pickup is None:
        return sale.commit(ledger, new), None
    secret = codes.make_secret(settings.folder)

    def with_the_sale(receipt: sale.Receipt) -> None:
        """Inside the sale's transaction."""
        if order_of(ledger, order).stage is not Stage.RESERVED:
            return
        holds.pay_within(ledger, order, receipt.id)
        ticket = desk.give_code_within(ledger, order, secret, pickup.hub)
        tickets.append(ticket)
        if settings.has_printer:
            body = ticketjob.dump(ticket, secret)
            if new.receipt:
                printqueue.attach(ledger, receipt.id, body)  # the receipt is the ticket
            else:
                printqueue.enqueue(ledger, "ticket", None, body=body)

    receipt = sale.commit(ledger, new, also=with_the_sale)
    return receipt, tickets[0] if tickets else None


def print_ticket(ledger: Ledger, ticket: desk.Ticket, settings: Settings, by: str) -> None:
    """Queue a ticket that somebody has on the screen, on a slip of its own; the journal keeps who did."""
    order, secret = ticket.order, codes.read_secret(settings.folder)
    with ledger.transaction():
        ledger.record("pickup.slip", {"o": order.id, "g": order.generation, "w": by})
        printqueue.enqueue(ledger, "ticket", None, body=ticketjob.dump(ticket, secret))
