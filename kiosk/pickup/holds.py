"""One hold binds goods, a box size, a slot and a deadline, in one transaction or not at all.

A hold never takes a piece that is not there (`kiosk.pickup.room`). BEGIN IMMEDIATE has one writer at a time
look and write, so that of eight who want the last unit one gets it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.pickup.boxes import boxes_with, happen
from kiosk.pickup.compartment import Event, State
from kiosk.pickup.order import Stage, Step
from kiosk.pickup.orders import Order, contents, order_of, step
from kiosk.pickup.points import is_window
from kiosk.pickup.room import available, boxes_left, sold_from_under
from kiosk.pickup.wish import BadWish, NoBoxFree, NoWindow, OtherHold, Outsold, SlotFull, SoldOut, Wish, check

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.points import PickupPoint

UNPAID_MS = 15 * 60_000
"""A hold that is not paid ends after a quarter of an hour."""
COLLECT_MS = 72 * 3_600_000
"""Three days from the deposit."""
EXTENSION_MS = 24 * 3_600_000

_PRODUCT = """
SELECT p.id, a.unit FROM product p JOIN article a ON a.id = p.article WHERE p.sku = ? AND p.active = 1"""
_IN_SLOT = "SELECT count(*) FROM pickup WHERE point = ? AND slot_ms = ? AND done_ms IS NULL"
_INSERT = """
INSERT INTO pickup (id, ref, stage, point, size, low, slot_ms, until_ms, name, tail, checked, held_by, draft)
VALUES (?, ?, 'reserved', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_LINE = "INSERT INTO pickup_line (pickup, product, quantity) VALUES (?, ?, ?)"
_LAPSED = "SELECT id FROM pickup WHERE stage = 'reserved' AND until_ms < ?"
_OF_DRAFT = "SELECT id FROM pickup WHERE draft = ? AND stage = 'reserved'"
_NEWEST_OF_DRAFT = "SELECT id FROM pickup WHERE draft = ? ORDER BY held_by DESC LIMIT 1"
_UNTIL = "UPDATE pickup SET until_ms = ? WHERE id = ?"
_PAID = "UPDATE pickup SET sale = ?, until_ms = slot_ms + ?, draft = NULL WHERE id = ?"
_KNOWN = "SELECT 1 FROM pickup WHERE id = ?"
_EXTEND = """
UPDATE pickup SET until_ms = until_ms + ?, extended = 1, reminded = min(reminded, 48) WHERE id = ?"""


def hold_at(ledger: Ledger, wish: Wish, point: PickupPoint, zone: tzinfo | None) -> Order:
    """Hold what a wish needs in one of the windows of a point; NoWindow, and what `hold` refuses with."""
    check(wish)
    now = ledger.clock.now().wall_ms
    known = ledger.row(_KNOWN, (wish.key,)) is not None
    if not known and not is_window(point, wish.slot_ms, now, zone):
        raise NoWindow(_("nothing can be collected there then; nothing was held; choose another window"))
    return hold(ledger, wish, handovers=point.handovers, boxed=point.kind == "locker")


def hold(ledger: Ledger, wish: Wish, *, handovers: int, boxed: bool) -> Order:
    """Hold everything a wish needs, or nothing: BadWish, SoldOut, SlotFull, NoBoxFree, OtherHold.

    `handovers` is the window's capacity, `boxed` whether the point is a cabinet whose boxes are counted.
    """
    check(wish)
    now = ledger.clock.now()
    with ledger.transaction():
        if ledger.row(_KNOWN, (wish.key,)) is not None:
            return _same(ledger, wish)
        _lapse(ledger, now.wall_ms, trusted=now.trusted)
        _replace(ledger, wish.draft)
        products = [_take(ledger, sku, quantity) for sku, quantity in wish.lines.items()]
        _require_room(ledger, wish.point, wish.slot_ms, wish.size, handovers, boxed=boxed)
        until = wish.until_ms or now.wall_ms + UNPAID_MS
        body: dict[str, object] = {
            "o": wish.key, "p": wish.point, "t": wish.slot_ms, "z": wish.size, "u": until,
            "x": dict(wish.lines),
        }  # fmt: skip
        event = ledger.record("pickup.hold", body)
        ref = f"{ledger.series}P{event.seq}"
        head = (wish.key, ref, wish.point, wish.size, int(wish.low), wish.slot_ms, until)
        ledger.execute(
            _INSERT, (*head, wish.name, wish.tail, int(wish.checked), event.seq, wish.draft or None)
        )
        ledger.executemany(_LINE, [(wish.key, product, quantity) for product, quantity in products])
        return order_of(ledger, wish.key)


def of_draft(ledger: Ledger, draft: str) -> Order | None:
    """Return the newest hold of a sale that is not paid, whatever became of it; None for one without."""
    row = ledger.row(_NEWEST_OF_DRAFT, (draft,))
    return None if row is None else order_of(ledger, row[0])


def pay(ledger: Ledger, order: str, sale: int | None) -> Order:
    """The hold is paid: the goods are the customer's, and it lasts.

    OutOfTurn when it lapsed meanwhile, Outsold when the stall has sold the goods: the hold is let go then.
    """
    with ledger.transaction():
        gone = outsold_within(ledger, order)
        if not gone:
            return pay_within(ledger, order, sale)
        step(ledger, order, Step.LAPSE)
    raise Outsold(gone)


def outsold_within(ledger: Ledger, order: str, *, booked: bool = False) -> list[str]:
    """What the stall has sold of an order's goods; the journal keeps it. See `room.sold_from_under`."""
    gone = sold_from_under(ledger, order, booked=booked)
    if gone:
        ledger.record("pickup.outsold", {"o": order, "x": gone})
    return gone


def renew_within(ledger: Ledger, order: str, *, handovers: int, boxed: bool) -> Order:
    """Take up a hold again that lapsed while it was being paid, if there is room still: SlotFull, NoBoxFree.

    Inside the caller's transaction. One that stands lasts another quarter of an hour.
    """
    old = order_of(ledger, order)
    if old.stage is Stage.RELEASED:
        _require_room(ledger, old.point, old.slot_ms, old.size, handovers, boxed=boxed)
        step(ledger, order, Step.RENEW)
    ledger.execute(_UNTIL, (ledger.clock.now().wall_ms + UNPAID_MS, order))
    return order_of(ledger, order)


def pay_within(ledger: Ledger, order: str, sale: int | None) -> Order:
    """The same inside the caller's transaction, such as the sale's."""
    step(ledger, order, Step.PAY)
    ledger.execute(_PAID, (sale, COLLECT_MS, order))
    return order_of(ledger, order)


def release(ledger: Ledger, order: str) -> Order:
    """Let go of a hold that was not paid."""
    with ledger.transaction():
        return step(ledger, order, Step.LAPSE)


def let_go(ledger: Ledger, order: str) -> Order | None:
    """Let go of a hold that nobody wants any more; None for one that is paid, or gone already."""
    with ledger.transaction():
        known = order_of(ledger, order)
        return step(ledger, order, Step.LAPSE) if known.stage is Stage.RESERVED else None


def is_for(ledger: Ledger, order: str, lines: Mapping[str, int]) -> bool:
    """Whether an order is for exactly these goods, thousandths by SKU."""
    return {sku: quantity for sku, _name, quantity in contents(ledger, order)} == dict(lines)


def lapse(ledger: Ledger) -> int:
    """Let go of every unpaid hold whose time is over, if the clock is trusted; return how many those were."""
    now = ledger.clock.now()
    with ledger.transaction():
        return _lapse(ledger, now.wall_ms, trusted=now.trusted)


def extend(ledger: Ledger, order: str) -> Order:
    """Give an order one more day, once and free, with a last call of its own. BadWish when it has had it."""
    with ledger.transaction():
        old = order_of(ledger, order)
        if old.extended or old.stage not in {Stage.READY, Stage.OVERDUE}:
            raise BadWish(_("this order cannot be kept longer; nothing was changed"))
        if old.stage is Stage.OVERDUE:
            step(ledger, order, Step.EXTEND)
            for box in boxes_with(ledger, order):
                if box.state is State.OVERDUE:
                    happen(ledger, box.number, Event.EXTEND)
        else:
            ledger.record("pickup", {"o": order, "e": str(Step.EXTEND), "s": str(old.stage)})
        ledger.execute(_EXTEND, (EXTENSION_MS, order))
        return order_of(ledger, order)


def _same(ledger: Ledger, wish: Wish) -> Order:
    """The hold that this key made before."""
    order = order_of(ledger, wish.key)
    kept = {sku: quantity for sku, _name, quantity in contents(ledger, wish.key)}
    asked = (wish.point, wish.slot_ms, wish.size, dict(wish.lines))
    if (order.point, order.slot_ms, order.size, kept) != asked:
        raise OtherHold(_("this key belongs to another hold; nothing was changed"))
    return order


def _take(ledger: Ledger, sku: str, quantity: int) -> tuple[int, int]:
    """Product and quantity, if there is enough of it."""
    row = ledger.row(_PRODUCT, (sku,))
    if row is None:
        raise BadWish(_("there is no product {sku}; nothing was held").format(sku=sku))
    if row[1] == "each" and quantity % 1000:
        raise BadWish(_("{sku} is sold by the piece; nothing was held").format(sku=sku))
    left = available(ledger, sku)
    if left is not None and left < quantity:
        raise SoldOut(_("{sku} is sold out; nothing was held").format(sku=sku))
    return int(row[0]), quantity


def _require_room(
    ledger: Ledger, point: str, slot_ms: int, size: str, handovers: int, *, boxed: bool
) -> None:
    """Refuse what the window's hands, or the boxes that will be free then, cannot take."""
    row = ledger.row(_IN_SLOT, (point, slot_ms))
    if row is not None and row[0] >= handovers:
        raise SlotFull(_("this time is full; nothing was held; choose another one"))
    if boxed and not boxes_left(ledger, point, size, slot_ms):
        words = _(
            "no box of size {size} can be promised; nothing was held; choose the counter or another day"
        )
        raise NoBoxFree(words.format(size=size))


def _replace(ledger: Ledger, draft: str) -> None:
    """Let go of what was held for the same sale before: it is another basket, place or time now."""
    for (old,) in ledger.rows(_OF_DRAFT, (draft,)) if draft else ():
        step(ledger, old, Step.LAPSE)


def _lapse(ledger: Ledger, now_ms: int, *, trusted: bool) -> int:
    """Let go of lapsed holds inside the caller's transaction."""
    if not trusted:
        return 0
    over = [row[0] for row in ledger.rows(_LAPSED, (now_ms,))]
    for order in over:
        step(ledger, order, Step.LAPSE)
    return len(over)
