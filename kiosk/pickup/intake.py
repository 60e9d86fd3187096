"""An order arrives at its hub: known or never heard of, and a box for it that is large enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.pickup.boxes import FULL, box_of, boxes, boxes_with, happen
from kiosk.pickup.compartment import Compartment, Event, State
from kiosk.pickup.holds import COLLECT_MS
from kiosk.pickup.order import Stage, Step
from kiosk.pickup.orders import NoSuchOrder, Order, order_of, step
from kiosk.pickup.reopening import resting
from kiosk.pickup.tokens import SIZES, Label

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_FROM_LABEL = """
INSERT INTO pickup (id, ref, stage, point, size, slot_ms, until_ms, verifier, generation, held_by)
VALUES (?, ?, 'at hub', ?, ?, ?, ?, ?, ?, ?)"""
_HELD = "SELECT number FROM compartment WHERE state = 'held' ORDER BY since"
_ON_THE_WAY = {
    Stage.PAID: (Step.PACK, Step.ARRIVE),
    Stage.PICKING: (Step.PACK, Step.ARRIVE),
    Stage.PACKED: (Step.ARRIVE,),
    Stage.IN_TRANSIT: (Step.ARRIVE,),
}
"""The steps that an arrival proves."""


class NoBox(RuntimeError):
    """No free box is large enough: it waits at the counter, and its buyer is told."""


class BoxesUnknown(RuntimeError):
    """The board is silent: what is free is not known, which is not the same as full."""


def send_off(ledger: Ledger, order: Order) -> Order:
    """An order has left for its hub, packed by then, inside the caller's transaction; OutOfTurn."""
    if order.stage in {Stage.PAID, Stage.PICKING}:
        step(ledger, order.id, Step.PACK)
    return step(ledger, order.id, Step.SEND)


def take_in(ledger: Ledger, order: Order) -> Order:
    """An order that is known here has come, inside the caller's transaction."""
    for passed in _ON_THE_WAY.get(order.stage, ()):
        order = step(ledger, order.id, passed)
    return order


def take_in_label(ledger: Ledger, label: Label, point: str) -> Order:
    """A bag with a genuine label has come; an order nobody has heard of is made from it. In a transaction."""
    key = label.token.order.hex()
    try:
        return take_in(ledger, order_of(ledger, key))
    except NoSuchOrder:
        event = ledger.record("pickup.label", {"o": key, "z": label.size, "g": label.token.generation})
        slot = label.token.not_before * 1000
        ledger.execute(
            _FROM_LABEL,
            (key, f"L{event.seq}", point, label.size, slot, slot + COLLECT_MS, label.verifier,
             label.token.generation, event.seq),
        )  # fmt: skip
        return order_of(ledger, key)


def assign_box(ledger: Ledger, order: Order, *, larger_than: str = "", more: bool = False) -> Order:
    """Give an order the smallest free box it fits into, inside the caller's transaction; NoBox, BoxesUnknown.

    `larger_than` is a size it was found not to fit; `more` asks for one besides those that are full. Low
    boxes are for who asked for one, and left for last. Where all are taken, the one that was promised longest
    ago to an order that never came is let go of.
    """
    mine = boxes_with(ledger, order.id)
    waiting = [box for box in mine if box.known not in FULL]
    if (waiting or (mine and not more)) and not larger_than:
        return order
    found = choose(available(ledger), order.size, larger_than=larger_than, low=order.low)
    found = found or _oldest_hold(ledger, order, larger_than)
    if found is None and one_unknown(ledger, order.size, larger_than):
        raise BoxesUnknown(_("The cabinet does not answer; nothing was opened. Try again in a moment."))
    if found is None:
        raise NoBox(_("no box is free that is large enough; nothing was opened; it waits at the counter"))
    for old in waiting:
        if old.state is State.HELD:
            happen(ledger, old.number, Event.RELEASE)
    happen(ledger, found.number, Event.HOLD, order=order.id)
    return order_of(ledger, order.id)


def one_unknown(ledger: Ledger, size: str, larger_than: str = "") -> bool:
    """Whether a box that would do may be free, its board being silent: a silent cabinet is no full one."""
    least = _least(size, larger_than)
    return any(box.state is State.UNKNOWN and rank(box.size) >= least for box in boxes(ledger))


def _oldest_hold(ledger: Ledger, order: Order, larger_than: str) -> Compartment | None:
    """The box that another order was given longest ago and never came into: it is let go of, and free."""
    least = _least(order.size, larger_than)
    for (number,) in ledger.rows(_HELD):
        box = box_of(ledger, number)
        if box.order != order.id and rank(box.size) >= least:
            return happen(ledger, number, Event.RELEASE)
    return None


def available(ledger: Ledger) -> list[Compartment]:
    """Return the boxes that something can be put into, but for those whose last guest may come back."""
    kept = resting(ledger)
    return [box for box in boxes(ledger) if box.number not in kept]


def choose(
    there: list[Compartment], size: str, *, larger_than: str = "", low: bool = False
) -> Compartment | None:
    """The smallest free box from a size on; of several a low one for who needs it, else a high one. Pure."""
    least = _least(size, larger_than)
    fitting = [box for box in there if box.state is State.FREE and rank(box.size) >= least]
    return min(fitting, key=lambda box: (box.low != low, rank(box.size), box.number), default=None)


def _least(size: str, larger_than: str) -> int:
    """The rank of the smallest box that may do: of a size on, or above one it was found not to fit."""
    return rank(larger_than) + 1 if larger_than else rank(size)


def rank(size: str) -> int:
    """Where a size stands among `SIZES`; one that is not there is as large as the largest."""
    return SIZES.index(size) if size in SIZES else len(SIZES)
