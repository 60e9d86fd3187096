"""One hold binds goods, a box size, a slot and a deadline, in one transaction or not at all.

Held goods are those of orders not paid yet: a paid order's sale has moved its stock already. The stall's own
table wins: a sale never asks for holds, and a hold never takes a piece that is not there. BEGIN IMMEDIATE has
one writer at a time look and write, so that of eight who want the last unit one gets it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.pickup.order import Stage, Step
from kiosk.pickup.orders import Order, contents, order_of, step

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

UNPAID_MS = 15 * 60_000
"""A hold that is not paid ends after a quarter of an hour."""
COLLECT_MS = 72 * 3_600_000
"""Three days from the deposit."""
EXTENSION_MS = 24 * 3_600_000
FULLEST_PERCENT = 90
"""A cabinet stops promising when so many of its boxes are spoken for: returns and mishaps need the rest."""
MOST_LINES, LONGEST_NAME = 50, 60
_KEY = re.compile("[0-9a-f]{16}", re.ASCII)
_TAIL = re.compile("[0-9]{0,2}", re.ASCII)

_PRODUCT = "SELECT id, stock_tracked FROM product WHERE sku = ? AND active = 1"
_WAS_COUNTED = "SELECT 1 FROM stock_move WHERE product = ? AND cause IN ('received', 'count') LIMIT 1"
_ON_HAND = """
SELECT coalesce((SELECT quantity FROM stock_level WHERE product = ?1), 0)
     + coalesce((SELECT sum(quantity) FROM stock_move WHERE product = ?1
                 AND id > coalesce((SELECT upto FROM stock_level WHERE product = ?1), 0)), 0)
     - coalesce((SELECT sum(l.quantity) FROM sale_line l
                 JOIN sale s ON s.id = l.sale JOIN article a ON a.id = l.article
                 WHERE a.sku = ?2 AND s.kind <> 'training'
                 AND s.id > coalesce((SELECT upto FROM stock_level WHERE product = ?1), 0)), 0)"""
_HELD = """
SELECT coalesce(sum(l.quantity), 0) FROM pickup_line l JOIN pickup o ON o.id = l.pickup
WHERE l.product = ? AND o.stage = 'reserved'"""
_IN_SLOT = "SELECT count(*) FROM pickup WHERE point = ? AND slot_ms = ? AND done_ms IS NULL"
_TAKEN = "SELECT slot_ms, count(*) FROM pickup WHERE point = ? AND done_ms IS NULL GROUP BY slot_ms"
_SPOKEN_FOR = """
SELECT count(*) FROM pickup WHERE point = ? AND size = ? AND done_ms IS NULL AND stage <> 'no box'"""
_USABLE = "SELECT count(*) FROM compartment WHERE size = ? AND state NOT IN ('failed', 'service')"
_UNUSABLE = """
SELECT count(*) FROM compartment WHERE size = ? AND pickup IS NULL AND state IN ('check', 'left open')"""
_INSERT = """
INSERT INTO pickup (id, ref, stage, point, size, low, slot_ms, until_ms, name, tail, checked, held_by)
VALUES (?, ?, 'reserved', ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_LINE = "INSERT INTO pickup_line (pickup, product, quantity) VALUES (?, ?, ?)"
_LAPSED = "SELECT id FROM pickup WHERE stage = 'reserved' AND until_ms < ?"
_PAID = "UPDATE pickup SET sale = ?, until_ms = slot_ms + ? WHERE id = ?"
_EXTEND = "UPDATE pickup SET until_ms = until_ms + ?, extended = 1 WHERE id = ?"


class BadWish(ValueError):
    """The wish for a hold is not one; nothing was held."""


class SoldOut(RuntimeError):
    """There is less of it than was wished; nothing was held."""


class SlotFull(RuntimeError):
    """The window has no room any more; nothing was held."""


class NoBoxFree(RuntimeError):
    """No box of this size can be promised; nothing was held."""


class OtherHold(ValueError):
    """The key belongs to another hold; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to collect, where and when."""

    key: str
    """Sixteen hex digits made once by whoever asks: the same wish again gives the same hold."""
    point: str
    slot_ms: int
    size: str
    lines: Mapping[str, int]
    """Thousandths by SKU."""
    low: bool = False
    name: str = ""
    tail: str = ""
    checked: bool = False
    until_ms: int = field(default=0)
    """The hold's end; 0: a quarter of an hour from now."""


def hold(ledger: Ledger, wish: Wish, *, handovers: int, boxed: bool) -> Order:
    """Hold everything a wish needs, or nothing: BadWish, SoldOut, SlotFull, NoBoxFree, OtherHold.

    `handovers` is the window's capacity, `boxed` whether the point is a cabinet whose boxes are counted.
    """
    _check(wish)
    now = ledger.clock.now()
    with ledger.transaction():
        known = ledger.row("SELECT id FROM pickup WHERE id = ?", (wish.key,))
        if known is not None:
            return _same(ledger, wish)
        _lapse(ledger, now.wall_ms, trusted=now.trusted)
        products = [_take(ledger, sku, quantity) for sku, quantity in wish.lines.items()]
        if _count(ledger, _IN_SLOT, (wish.point, wish.slot_ms)) >= handovers:
            raise SlotFull(_("this time is full; nothing was held; choose another one"))
        if boxed:
            _require_box(ledger, wish)
        until = wish.until_ms or now.wall_ms + UNPAID_MS
        body: dict[str, object] = {
            "o": wish.key, "p": wish.point, "t": wish.slot_ms, "z": wish.size, "u": until,
            "x": dict(wish.lines),
        }  # fmt: skip
        event = ledger.record("pickup.hold", body)
        ref = f"{ledger.series}P{event.seq}"
        head = (wish.key, ref, wish.point, wish.size, int(wish.low), wish.slot_ms, until)
        ledger.execute(_INSERT, (*head, wish.name, wish.tail, int(wish.checked), event.seq))
        ledger.executemany(_LINE, [(wish.key, product, quantity) for product, quantity in products])
        return order_of(ledger, wish.key)


def taken(ledger: Ledger, point: str) -> dict[int, int]:
    """Return how many orders each window of a point has."""
    return dict(ledger.rows(_TAKEN, (point,)))


def available(ledger: Ledger, sku: str) -> int | None:
    """Return the thousandths of a product that can be held; None where nobody counts, or has counted."""
    row = ledger.row(_PRODUCT, (sku,))
    if row is None or not row[1] or ledger.row(_WAS_COUNTED, (row[0],)) is None:
        return None
    return _count(ledger, _ON_HAND, (row[0], sku)) - _count(ledger, _HELD, (row[0],))


def pay(ledger: Ledger, order: str, sale: int | None) -> Order:
    """The hold is paid: the goods are the customer's, and it lasts. OutOfTurn when it lapsed meanwhile."""
    with ledger.transaction():
        return pay_within(ledger, order, sale)


def pay_within(ledger: Ledger, order: str, sale: int | None) -> Order:
    """The same inside the caller's transaction, such as the sale's."""
    step(ledger, order, Step.PAY)
    ledger.execute(_PAID, (sale, COLLECT_MS, order))
    return order_of(ledger, order)


def release(ledger: Ledger, order: str) -> Order:
    """Let go of a hold that was not paid."""
    with ledger.transaction():
        return step(ledger, order, Step.LAPSE)


def lapse(ledger: Ledger) -> int:
    """Let go of every unpaid hold whose time is over, if the clock is trusted; return how many those were."""
    now = ledger.clock.now()
    with ledger.transaction():
        return _lapse(ledger, now.wall_ms, trusted=now.trusted)


def extend(ledger: Ledger, order: str) -> Order:
    """Give an order one more day, once and free. BadWish when it has had it."""
    with ledger.transaction():
        old = order_of(ledger, order)
        if old.extended or old.stage not in {Stage.READY, Stage.OVERDUE}:
            raise BadWish(_("this order cannot be kept longer; nothing was changed"))
        if old.stage is Stage.OVERDUE:
            step(ledger, order, Step.EXTEND)
        else:
            ledger.record("pickup", {"o": order, "e": str(Step.EXTEND), "s": str(old.stage)})
        ledger.execute(_EXTEND, (EXTENSION_MS, order))
        return order_of(ledger, order)


def _check(wish: Wish) -> None:
    """Refuse what cannot be a wish, whoever sent it."""
    problems = [
        words
        for words, wrong in (
            (_("the key is not sixteen hex digits"), _KEY.fullmatch(wish.key) is None),
            (_("there is nothing in it"), not wish.lines or len(wish.lines) > MOST_LINES),
            (_("a quantity is not positive"), any(q <= 0 or q > 10**9 for q in wish.lines.values())),
            (_("the name is too long"), len(wish.name) > LONGEST_NAME or not wish.name.isprintable()),
            (_("two digits of a phone number at the most"), _TAIL.fullmatch(wish.tail) is None),
        )
        if wrong
    ]
    if problems:
        raise BadWish("; ".join([*problems, _("nothing was held")]))


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
    left = available(ledger, sku)
    if left is not None and left < quantity:
        raise SoldOut(_("{sku} is sold out; nothing was held").format(sku=sku))
    return int(row[0]), quantity


def _require_box(ledger: Ledger, wish: Wish) -> None:
    """Refuse when nine of ten usable boxes of the size are spoken for."""
    usable = _count(ledger, _USABLE, (wish.size,)) - _count(ledger, _UNUSABLE, (wish.size,))
    most = max(1, usable * FULLEST_PERCENT // 100) if usable > 0 else 0
    if _count(ledger, _SPOKEN_FOR, (wish.point, wish.size)) >= most:
        words = _(
            "no box of size {size} can be promised; nothing was held; choose the counter or another day"
        )
        raise NoBoxFree(words.format(size=wish.size))


def _lapse(ledger: Ledger, now_ms: int, *, trusted: bool) -> int:
    """Let go of lapsed holds inside the caller's transaction."""
    if not trusted:
        return 0
    over = [row[0] for row in ledger.rows(_LAPSED, (now_ms,))]
    for order in over:
        step(ledger, order, Step.LAPSE)
    return len(over)


def _count(ledger: Ledger, sql: str, values: tuple[object, ...]) -> int:
    """One number."""
    row = ledger.row(sql, values)
    return 0 if row is None else int(row[0])
