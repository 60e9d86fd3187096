"""Over the counter: an order is set aside, found by whatever its customer shows, and given out by a person.

Each of these is one transaction: whatever is cut off, an order was handed over whole, in part, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.pickup import codes, tokens
from kiosk.pickup.boxes import boxes_with, withdraw
from kiosk.pickup.compartment import State
from kiosk.pickup.desk import WrongCode, announce_within
from kiosk.pickup.intake import take_in
from kiosk.pickup.order import COLLECTABLE, Stage, Step
from kiosk.pickup.orders import Order, order_called, order_of, step
from kiosk.pickup.tokens import BadToken, Keys, Label

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_BY_CODE = "SELECT id FROM pickup WHERE code = ?"
_LINES = """
SELECT p.sku, a.name, l.quantity, l.handed FROM pickup_line l JOIN product p ON p.id = l.product
JOIN article a ON a.id = p.article WHERE l.pickup = ? ORDER BY a.name"""
_HAND = """
UPDATE pickup_line SET handed = handed + ?1
WHERE pickup = ?2 AND product = (SELECT id FROM product WHERE sku = ?3) AND handed + ?1 <= quantity
RETURNING 1"""
_ALL = "UPDATE pickup_line SET handed = quantity WHERE pickup = ?"
_LEFT = "SELECT count(*) FROM pickup_line WHERE pickup = ? AND handed < quantity"


class InABox(RuntimeError):
    """The order lies in a box of the cabinet: it is given out there."""

    def __init__(self, box: int) -> None:
        super().__init__(_("it lies in box {box}; nothing was changed; open that one").format(box=box))
        self.box = box


class LookFirst(PermissionError):
    """This order is given out only after a look at the name, or the age, of who collects it."""

    def __init__(self) -> None:
        super().__init__(_("look at the name and the age first; nothing was handed over"))


class NotSoMuch(ValueError):
    """More would be handed over than the order has left; nothing was."""

    def __init__(self) -> None:
        super().__init__(_("so much is not left of it; nothing was handed over"))


def find(ledger: Ledger, text: str, keys: Keys) -> Order:
    """The order of a token, a code or what it is called: BadToken, WrongCode, NoSuchOrder.

    Somebody who is signed in asks, so no code counts as a try at the keypad, and an order that is not ready,
    or was collected, is found as well.
    """
    text = text.strip()
    if text.startswith(tokens.PREFIX):
        found = tokens.read(text, keys)
        token = found.token if isinstance(found, Label) else found
        order = order_of(ledger, token.order.hex())
        if not isinstance(found, Label) and token.generation != order.generation:
            raise BadToken(_("a newer code was given out for this order; this one opens nothing any more"))
        return order
    try:
        digits = codes.read(text)
    except codes.NotACode:
        return order_called(ledger, text)
    row = ledger.row(_BY_CODE, (codes.key_of(keys.secret, str(keys.hub), digits),))
    if row is None:
        raise WrongCode
    return order_of(ledger, row[0])


def lines(ledger: Ledger, order: str) -> list[tuple[str, str, int, int]]:
    """Return what is in an order: SKU, name, thousandths, and how many of these were handed over."""
    return [(sku, name, quantity, handed) for sku, name, quantity, handed in ledger.rows(_LINES, (order,))]


def set_aside(ledger: Ledger, order: str, by: str) -> Order:
    """It lies on the shelf behind the counter: its code counts from now on, and its customer is told."""
    with ledger.transaction():
        return _to_shelf(ledger, order_of(ledger, order), by)


def hand_over(
    ledger: Ledger, order: str, by: str, now: Mapping[str, int] | None = None, *, looked: bool = False
) -> Order:
    """Give an order out; `now` is what of it (thousandths by SKU), if not all. The rest waits on.

    `looked` says that somebody looked at the name, where the order wants that: LookFirst. InABox for one that
    lies in the cabinet, NotSoMuch, OutOfTurn.
    """
    with ledger.transaction():
        old = order_of(ledger, order)
        if old.checked and not looked:
            raise LookFirst
        _to_shelf(ledger, old, by)
        if now is None:
            ledger.execute(_ALL, (order,))
            return step(ledger, order, Step.HANDED_OVER, by)
        if not now or any(quantity <= 0 for quantity in now.values()):
            raise NotSoMuch
        for sku, quantity in now.items():
            if not ledger.rows(_HAND, (quantity, order, sku)):
                raise NotSoMuch
        ledger.record("pickup.partly", {"o": order, "x": dict(now), "w": by})
        row = ledger.row(_LEFT, (order,))
        return step(ledger, order, Step.PARTLY if row and row[0] else Step.HANDED_OVER, by)


def miss(ledger: Ledger, order: str, by: str) -> Order:
    """It, or something of it, is not here: it gets a substitute, turns up, or its money goes back."""
    with ledger.transaction():
        _out_of_boxes(ledger, order, by)
        return step(ledger, order, Step.MISS, by)


def _to_shelf(ledger: Ledger, order: Order, by: str) -> Order:
    """Bring an order to where its code counts, inside the caller's transaction; InABox."""
    _out_of_boxes(ledger, order.id, by)
    if order.stage in COLLECTABLE:
        return order
    if order.stage is Stage.SHORT:
        order = step(ledger, order.id, Step.PACK, by)
    order = take_in(ledger, order)
    if order.stage is not Stage.NO_BOX:
        step(ledger, order.id, Step.NO_BOX, by)
    return announce_within(ledger, order.id)


def _out_of_boxes(ledger: Ledger, order: str, by: str) -> None:
    """Let go of boxes that were only promised to it; InABox where it lies in one."""
    mine = boxes_with(ledger, order)
    for box in mine:
        if box.known is not State.HELD:
            raise InABox(box.number)
    for box in mine:
        withdraw(ledger, box.number, by)
