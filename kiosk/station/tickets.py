"""What a job of the print queue says of goods to be collected: at the end of their receipt, or on its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.catalogue.paper import Row
from kiosk.pickup import codes, orders, slip, ticketjob
from kiosk.pickup.order import ENDED

if TYPE_CHECKING:
    from kiosk.checkout.printqueue import Job
    from kiosk.checkout.stationery import Stationery
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings
    from kiosk.settings.pickup import PickupSettings

Code = Sequence[Row]
"""What stands where a ticket has its code: the code, or words instead of it."""


def code_of(ledger: Ledger, job: Job, settings: Settings, paper: Stationery) -> Code:
    """The code a job carries, its seal opened for this moment; words where it counts no more.

    NoSecret when the file with the secret is not there.
    """
    if settings.pickup is None or job.body is None or not ticketjob.is_ticket(job.body):
        return slip.no_code_rows(paper)
    ticket = ticketjob.load(ledger, job.body, codes.read_secret(settings.folder), settings.pickup.hub)
    return slip.no_code_rows(paper) if ticket is None else slip.code_rows(ticket, paper)


def at_the_end(
    ledger: Ledger, rows: list[Row], sale: int, pickup: PickupSettings | None, paper: Stationery, code: Code
) -> list[Row]:
    """A receipt whose goods are still to be collected, with what was promised at its end."""
    order = orders.order_of_sale(ledger, sale)
    if order is None or order.stage in ENDED:
        return rows
    point = pickup.point(order.point) if pickup is not None else None
    *receipt, cut = rows
    return [*receipt, Row(rule=True), *slip.promise_rows(order, point, paper), *code, cut]


def alone(
    ledger: Ledger, job: Job, pickup: PickupSettings | None, paper: Stationery, code: Code
) -> list[Row]:
    """A ticket of its own, with what is in the bag; nothing for a job whose ticket is gone."""
    if not ticketjob.is_ticket(job.body):
        return []
    order = orders.order_of(ledger, ticketjob.order_in(job.body or ""))
    point = pickup.point(order.point) if pickup is not None else None
    promised = slip.promise_rows(order, point, paper)
    return slip.slip_rows(promised, orders.contents(ledger, order.id), paper, code, copy=job.copy)
