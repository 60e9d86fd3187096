"""The states of a pickup order, as a table. Pure.

READY, and with it the code, comes only after the deposit's door was seen shut and somebody or something said
that the parcel is inside. COLLECTED comes only after a door was seen open and then shut. What is known less
well has a state of its own and never borrows the better word.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kiosk.i18n import _
from kiosk.pickup.said import order_stage


class Stage(StrEnum):
    """How far an order has come."""

    RESERVED = "reserved"
    """Held for fifteen minutes, until it is paid."""
    PAID = "paid"
    PICKING = "picking"
    PACKED = "packed"
    """Its label is printed."""
    IN_TRANSIT = "in transit"
    AT_HUB = "at hub"
    """At the counter or the cabinet, in nobody's box yet."""
    DEPOSITING = "depositing"
    """A door was opened to put it in; no code is sent yet."""
    DEPOSITED = "deposited"
    """The door was seen shut and the parcel is inside."""
    READY = "ready"
    """The code was sent."""
    OPENING = "opening"
    """A door is being opened for whoever collects it."""
    COLLECTED = "collected"
    COLLECTED_OPEN = "collected, door left open"
    COLLECTED_UNATTESTED = "collected, not seen"
    """Found gone after a power cut."""
    SHORT = "short"
    """Something of it is missing: substitute, other hub or money back."""
    NO_BOX = "no box"
    """No box it fits into is free: it waits at the counter."""
    OVERDUE = "overdue"
    """Its days are over; it is handed out until staff clear it."""
    TO_RETURN = "to return"
    """Cleared: on its way back to the shelf."""
    RETURNED_TO_STOCK = "returned to stock"
    REPORTED = "reported"
    """Whoever collects it says that something is wrong; staff look before anything else happens."""
    REFUNDED = "refunded"
    RELEASED = "released"
    """The hold ended before it was paid."""


class Step(StrEnum):
    """What happens to an order."""

    PAY = "pay"
    LAPSE = "lapse"
    PICK = "pick"
    PACK = "pack"
    SEND = "send"
    ARRIVE = "arrive"
    OPEN_FOR_DEPOSIT = "open for deposit"
    DEPOSIT_SEEN = "deposit seen"
    DEPOSIT_FAILED = "deposit failed"
    """The door did not open, or the box was not empty, or the parcel did not fit: it is outside again."""
    FOUND_INSIDE = "found inside"
    """Staff have looked into a box that nobody was sure of, and the parcel lies there."""
    NO_BOX = "no box"
    ANNOUNCE = "announce"
    """The code goes out."""
    OPEN_FOR_PICKUP = "open for pickup"
    PICKUP_SEEN = "pickup seen"
    """Open was seen, then shut, and the box is empty or the person says they have it."""
    PART_SEEN = "part seen"
    """One of its boxes was emptied; another one waits (`kiosk.pickup.parcels`)."""
    PICKUP_FAILED = "pickup failed"
    """The door did not open, or the parcel is still inside."""
    LEFT_OPEN = "left open"
    FOUND_GONE = "found gone"
    HANDED_OVER = "handed over"
    """Over the counter, by a person."""
    PARTLY = "partly handed over"
    """The rest waits on."""
    RENEW = "renew"
    """The hold had lapsed while it was being paid, and there is still room for it."""
    EXPIRE = "expire"
    EXTEND = "extend"
    CLEAR = "clear"
    RESTOCK = "restock"
    REPORT = "report"
    MISS = "miss"
    SETTLE = "settle"
    """Staff have looked at a report and it is as it was."""
    REFUND = "refund"


class OutOfTurn(RuntimeError):
    """An order cannot take this step now; nothing was changed."""

    def __init__(self, stage: Stage, step: Step) -> None:
        words = _("the order is “{stage}”: that cannot be now; nothing was changed")
        super().__init__(words.format(stage=order_stage(stage)))
        self.stage, self.step = stage, step


ENDED = frozenset(
    {
        Stage.COLLECTED,
        Stage.COLLECTED_OPEN,
        Stage.COLLECTED_UNATTESTED,
        Stage.RETURNED_TO_STOCK,
        Stage.REFUNDED,
        Stage.RELEASED,
    }
)
"""Nothing more is expected of these, though each may still be reported."""
COLLECTABLE = frozenset({Stage.READY, Stage.OVERDUE})
"""A code opens a box in these and in no other."""

_BEFORE_A_BOX = (Stage.PAID, Stage.PICKING, Stage.PACKED, Stage.AT_HUB, Stage.NO_BOX)
"""Paid for, and in nobody's box."""

TABLE: Mapping[tuple[Stage, Step], Stage] = MappingProxyType(
    {
        (Stage.RESERVED, Step.PAY): Stage.PAID,
        (Stage.RESERVED, Step.LAPSE): Stage.RELEASED,
        (Stage.RELEASED, Step.RENEW): Stage.RESERVED,
        (Stage.PAID, Step.PICK): Stage.PICKING,
        (Stage.PAID, Step.PACK): Stage.PACKED,
        (Stage.PICKING, Step.PACK): Stage.PACKED,
        (Stage.PACKED, Step.SEND): Stage.IN_TRANSIT,
        (Stage.PACKED, Step.ARRIVE): Stage.AT_HUB,
        (Stage.IN_TRANSIT, Step.ARRIVE): Stage.AT_HUB,
        (Stage.AT_HUB, Step.OPEN_FOR_DEPOSIT): Stage.DEPOSITING,
        (Stage.AT_HUB, Step.NO_BOX): Stage.NO_BOX,
        (Stage.NO_BOX, Step.OPEN_FOR_DEPOSIT): Stage.DEPOSITING,
        (Stage.NO_BOX, Step.ANNOUNCE): Stage.READY,
        (Stage.DEPOSITING, Step.DEPOSIT_SEEN): Stage.DEPOSITED,
        (Stage.DEPOSITING, Step.DEPOSIT_FAILED): Stage.AT_HUB,
        **{(stage, Step.FOUND_INSIDE): Stage.DEPOSITED for stage in (Stage.DEPOSITING, Stage.AT_HUB)},
        (Stage.DEPOSITED, Step.ANNOUNCE): Stage.READY,
        (Stage.DEPOSITED, Step.REPORT): Stage.REPORTED,
        **{(stage, Step.OPEN_FOR_PICKUP): Stage.OPENING for stage in COLLECTABLE},
        **{(stage, Step.HANDED_OVER): Stage.COLLECTED for stage in COLLECTABLE},
        **{(stage, Step.PARTLY): stage for stage in COLLECTABLE},
        (Stage.OPENING, Step.PICKUP_SEEN): Stage.COLLECTED,
        (Stage.OPENING, Step.PICKUP_FAILED): Stage.READY,
        (Stage.OPENING, Step.PART_SEEN): Stage.READY,
        (Stage.OPENING, Step.LEFT_OPEN): Stage.COLLECTED_OPEN,
        (Stage.OPENING, Step.FOUND_GONE): Stage.COLLECTED_UNATTESTED,
        (Stage.OPENING, Step.REPORT): Stage.REPORTED,
        (Stage.READY, Step.EXPIRE): Stage.OVERDUE,
        (Stage.OVERDUE, Step.EXTEND): Stage.READY,
        **{(stage, Step.CLEAR): Stage.TO_RETURN for stage in (Stage.OVERDUE, Stage.REPORTED)},
        (Stage.TO_RETURN, Step.RESTOCK): Stage.RETURNED_TO_STOCK,
        **{
            (stage, Step.REPORT): Stage.REPORTED
            for stage in (
                Stage.READY,
                Stage.OVERDUE,
                Stage.COLLECTED,
                Stage.COLLECTED_OPEN,
                Stage.COLLECTED_UNATTESTED,
            )
        },
        (Stage.REPORTED, Step.SETTLE): Stage.READY,
        **{(stage, Step.MISS): Stage.SHORT for stage in (*_BEFORE_A_BOX, *COLLECTABLE)},
        (Stage.SHORT, Step.PACK): Stage.PACKED,
        **{
            (stage, Step.REFUND): Stage.REFUNDED
            for stage in (
                *_BEFORE_A_BOX,
                *COLLECTABLE,
                Stage.IN_TRANSIT,
                Stage.DEPOSITED,
                Stage.SHORT,
                Stage.TO_RETURN,
                Stage.RETURNED_TO_STOCK,
                Stage.REPORTED,
            )
        },
    }
)
"""What leads where."""


def after(stage: Stage, step: Step) -> Stage:
    """The stage after a step; OutOfTurn when it cannot be taken now."""
    goal = TABLE.get((stage, step))
    if goal is None:
        raise OutOfTurn(stage, step)
    return goal
