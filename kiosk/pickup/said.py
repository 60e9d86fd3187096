"""How a box is and how far an order is, in the words of whoever stands before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.i18n import N_, _

BOX: Final[Mapping[str, str]] = {
    "free": N_("free"), "held": N_("held"), "opening": N_("opening"), "open": N_("open"),
    "closing": N_("shut: what is inside?"), "occupied": N_("full"), "overdue": N_("overdue"),
    "check": N_("look inside"), "left open": N_("left open"), "failed": N_("lock fault"),
    "unknown": N_("unknown"), "service": N_("out of use"),
}  # fmt: skip
"""By `kiosk.pickup.compartment.State`."""
ORDER: Final[Mapping[str, str]] = {
    "reserved": N_("not paid"), "paid": N_("to prepare"), "picking": N_("to prepare"), "packed": N_("packed"),
    "in transit": N_("on its way"), "at hub": N_("here"), "depositing": N_("being put in"),
    "deposited": N_("put in"), "ready": N_("ready"), "opening": N_("door opening"), "short": N_("missing"),
    "no box": N_("at the counter"), "overdue": N_("overdue"), "to return": N_("back to the shelf"),
    "reported": N_("reported"), "collected": N_("collected"),
    "collected, door left open": N_("collected"), "collected, not seen": N_("found gone"),
    "returned to stock": N_("back in stock"), "refunded": N_("paid back"), "released": N_("let go"),
}  # fmt: skip
"""By `kiosk.pickup.order.Stage`."""


def box_state(state: str) -> str:
    """How a box is."""
    return _(BOX[state])


def order_stage(stage: str) -> str:
    """How far an order is."""
    return _(ORDER[stage])
