"""A sale whose goods are collected later: receipt, paid hold, code and ticket are one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kiosk.checkout import printqueue, sale
from kiosk.i18n import _, time
from kiosk.pickup import codes, desk, holds, ticketjob
from kiosk.pickup.order import Stage, Step
from kiosk.pickup.orders import order_of, step
from kiosk.pickup.points import PickupPoint, Window, windows
from kiosk.pickup.room import boxes_left, silent_since, taken
from kiosk.pickup.wish import NoBoxFree, Outsold, SlotFull

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.orders import Order
    from kiosk.settings import Settings


NEWS_MS = 5 * 60_000
"""What is known of the boxes counts as new for so long; later it is said how old it is."""
STALE_MS = 60 * 60_000
"""Boxes nobody has seen for an hour are promised to nobody."""


class CabinetSilent(RuntimeError):
    """The cabinet has not answered for so long that no box can be promised; nothing was held."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The windows that can be promised, and how old is what they rest on."""

    windows: tuple[Window, ...]
    as_of_ms: int
    """The moment what is known is from; older than now where the cabinet is silent."""
    clock_trusted: bool


@dataclass(frozen=True, slots=True)
class Booked:
    """A sale, and what became of its order."""

    receipt: sale.Receipt
    ticket: desk.Ticket | None = None
    """What fetches the goods; None where there is nothing to fetch."""
    gone: tuple[str, ...] = ()
    """Goods that the stall has sold to somebody else meanwhile: their money goes back, or they turn up."""


def promise(
    ledger: Ledger, point: PickupPoint, settings: Settings, size: str = "", count: int = 3
) -> Promise:
    """The first windows of a point with hands and boxes free, as this ledger knows it now.

    CabinetSilent when nobody has seen the locker's boxes for an hour.
    """
    now = ledger.clock.now()
    as_of = now.wall_ms
    room = None
    if point.kind == "locker":
        since = silent_since(ledger)
        as_of = now.wall_ms if since is None or now.wall_ms - since < NEWS_MS else since
        if now.wall_ms - as_of > STALE_MS:
            words = _("the cabinet has not answered since {time}; nothing was held; choose the counter")
            raise CabinetSilent(words.format(time=time(as_of)))
        room = partial(boxes_left, ledger, point.name, size) if size else None
    found = windows(point, now.wall_ms, settings.zone, taken(ledger, point.name), count, room)
    return Promise(tuple(found), as_of, now.trusted)


def stands(ledger: Ledger, order: str, settings: Settings) -> None:
    """See before any money is taken that a hold still stands; it lasts a quarter of an hour from here.

    Outsold, SlotFull, NoBoxFree or NoSuchOrder say why it does not any more; it is let go then.
    """
    with ledger.transaction():
        held = _renewed(ledger, order, settings)
        gone = holds.outsold_within(ledger, order) if held.stage is Stage.RESERVED else []
        if gone:
            step(ledger, order, Step.LAPSE)
    if gone:
        raise Outsold(gone)


def commit_to_collect(ledger: Ledger, new: sale.NewSale, order: str, settings: Settings) -> Booked:
    """Book a sale and its order in one transaction: the money is there, so the sale is never lost.

    Without a ticket the hold had lapsed and there is no room any more, or goods of it were sold meanwhile:
    the customer is there and is told.
    """
    pickup = settings.pickup
    made: list[tuple[desk.Ticket | None, tuple[str, ...]]] = []
    if pickup is None:
        return Booked(sale.commit(ledger, new))
    secret = codes.make_secret(settings.folder)

    def with_the_sale(receipt: sale.Receipt) -> None:
        """Inside the sale's transaction."""
        try:
            held = _renewed(ledger, order, settings)
        except (SlotFull, NoBoxFree):
            return
        if held.stage is not Stage.RESERVED:
            return
        gone = holds.outsold_within(ledger, order, booked=True)
        holds.pay_within(ledger, order, receipt.id)
        if gone:
            step(ledger, order, Step.MISS)
            made.append((None, tuple(gone)))
            return
        ticket = desk.give_code_within(ledger, order, secret, pickup.hub)
        made.append((ticket, ()))
        if settings.has_printer:
            body = ticketjob.dump(ticket, secret)
            if new.receipt:
                printqueue.attach(ledger, receipt.id, body)  # the receipt is the ticket
            else:
                printqueue.enqueue(ledger, "ticket", None, body=body)

    receipt = sale.commit(ledger, new, also=with_the_sale)
    return Booked(receipt, *made[0]) if made else Booked(receipt)


def _renewed(ledger: Ledger, order: str, settings: Settings) -> Order:
    """A hold, taken up again where it lapsed and there is room; SlotFull or NoBoxFree where there is none."""
    held = order_of(ledger, order)
    point = settings.pickup.point(held.point) if settings.pickup is not None else None
    if point is None or held.stage not in {Stage.RESERVED, Stage.RELEASED}:
        return held
    return holds.renew_within(ledger, order, handovers=point.handovers, boxed=point.kind == "locker")


def print_ticket(ledger: Ledger, ticket: desk.Ticket, settings: Settings, by: str) -> None:
    """Queue a ticket that somebody has on the screen, on a slip of its own; the journal keeps who did."""
    order, secret = ticket.order, codes.read_secret(settings.folder)
    with ledger.transaction():
        ledger.record("pickup.slip", {"o": order.id, "g": order.generation, "w": by})
        printqueue.enqueue(ledger, "ticket", None, body=ticketjob.dump(ticket, secret))


def taken_from_screen(ledger: Ledger, ticket: desk.Ticket, by: str) -> None:
    """The customer has the code from the screen: paper that comes later shows it to whoever stands there.

    What still waits for the printer is printed without it.
    """
    order = ticket.order
    with ledger.transaction():
        ledger.record("pickup.shown", {"o": order.id, "g": order.generation, "w": by})
        printqueue.forget(ledger, order.id)
