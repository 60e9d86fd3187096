"""What is said to whoever has not come yet, and what happens when their time is over.

Each reminder is a message (`kiosk.pickup.messages`). Nothing is said, and nothing expires, while the clock is
not trusted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.pickup import dating
from kiosk.pickup.boxes import boxes_with, happen
from kiosk.pickup.compartment import Event, State
from kiosk.pickup.holds import EXTENSION_MS
from kiosk.pickup.messages import OVERDUE_H, Message, say
from kiosk.pickup.order import Stage, Step
from kiosk.pickup.orders import Order, live, step

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

LAST_CALL = 70
HOURS = (24, 48, LAST_CALL)
"""After READY: two reminders and a last call before the three days are over."""
HOUR_MS = 3_600_000
_TOLD = "UPDATE pickup SET reminded = ? WHERE id = ?"


def due(ledger: Ledger) -> list[Message]:
    """Write down and return what is to be said now; overdue orders become so. Needs a trusted clock."""
    now = ledger.clock.now()
    if not now.trusted:
        return []
    said: list[Message] = []
    for order in live(ledger):
        if order.stage is not Stage.READY:
            continue
        order = dating.put_right(ledger, order, now)  # noqa: PLW2901  the same one, dated anew
        if order.ready_ms is None or now.wall_ms < order.ready_ms:
            continue
        with ledger.transaction():
            if now.wall_ms > order.until_ms:
                _expire(ledger, order)
                said.append(say(ledger, order, OVERDUE_H))
            elif hours := _latest(order, now.wall_ms):
                ledger.execute(_TOLD, (hours, order.id))
                said.append(say(ledger, order, hours))
    return said


def _latest(order: Order, now_ms: int) -> int:
    """The latest reminder that is due and was not given; missed earlier ones are not made up for.

    One more day moves the last call by a day.
    """
    passed_h = (now_ms - (order.ready_ms or now_ms)) / HOUR_MS
    later_h = EXTENSION_MS / HOUR_MS if order.extended else 0
    at = {hours: hours + later_h * (hours == LAST_CALL) for hours in HOURS}
    return max((hours for hours in HOURS if order.reminded < hours and at[hours] <= passed_h), default=0)


def _expire(ledger: Ledger, order: Order) -> None:
    """The days are over; the box stays collectable until staff clear it."""
    step(ledger, order.id, Step.EXPIRE)
    for box in boxes_with(ledger, order.id):
        if box.state is State.OCCUPIED:
            happen(ledger, box.number, Event.EXPIRE)
