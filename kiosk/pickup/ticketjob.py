"""What the print queue keeps of a ticket until it is on paper: its order, and the code under a seal.

A code is a secret. Its seal is opened only in the moment of printing, with the secret that is not in the
ledger; so neither the ledger's file nor a backup of it tells a code. As soon as the bytes have left, or the
job is given up, or another code is given out, or the order has ended, the seal is forgotten as well. From
then on nobody can print that code: who lost it gets a new one, and the old one opens nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kiosk.pickup import codes
from kiosk.pickup.desk import Ticket, is_code_of, ticket_with
from kiosk.pickup.orders import NoSuchOrder, order_of

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_MARK = '{"ticket":'


def dump(ticket: Ticket, secret: bytes) -> str:
    """Return a job's body for a ticket."""
    order = ticket.order
    sealed = codes.seal(secret, order.id, order.generation, ticket.code)
    return json.dumps({"ticket": [order.id, order.generation, sealed]}, separators=(",", ":"))


def is_ticket(body: str | None) -> bool:
    """Tell whether a job's body is a ticket's."""
    return body is not None and body.startswith(_MARK)


def order_in(body: str) -> str:
    """Return the order a ticket is for."""
    return str(json.loads(body)["ticket"][0])


def load(ledger: Ledger, body: str, secret: bytes, hub: int) -> Ticket | None:
    """Return the ticket of a body; None when its code counts no more: replaced, collected, or cancelled."""
    key, generation, sealed = json.loads(body)["ticket"]
    try:
        order = order_of(ledger, key)
        code = codes.unseal(secret, key, generation, sealed)
    except (NoSuchOrder, codes.NotACode):
        return None
    if order.generation != generation or not is_code_of(ledger, key, code, secret, hub):
        return None
    return ticket_with(ledger, key, code, secret, hub)
