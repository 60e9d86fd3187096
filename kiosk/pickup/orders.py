"""Pickup orders on disk: each step with its journal row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.checkout import printqueue
from kiosk.i18n import _
from kiosk.pickup.order import ENDED, Stage, Step, after

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_COLUMNS = """
id, ref, stage, point, size, low, slot_ms, until_ms, ready_ms, done_ms, extended, reminded, name, tail,
checked, sale, generation"""
_ONE = f"SELECT {_COLUMNS} FROM pickup WHERE id = ?"  # noqa: S608  a constant of this file
_BY_REF = f"SELECT {_COLUMNS} FROM pickup WHERE ref = ?"  # noqa: S608
_BY_SALE = f"SELECT {_COLUMNS} FROM pickup WHERE sale = ?"  # noqa: S608
_LIVE = f"SELECT {_COLUMNS} FROM pickup WHERE done_ms IS NULL ORDER BY slot_ms, ref"  # noqa: S608
_LINES = """
SELECT p.sku, a.name, l.quantity FROM pickup_line l JOIN product p ON p.id = l.product
JOIN article a ON a.id = p.article WHERE l.pickup = ? ORDER BY a.name"""
_STEP = "UPDATE pickup SET stage = ?, done_ms = ?, code = CASE WHEN ? THEN NULL ELSE code END WHERE id = ?"

_FROM_A_BOX = frozenset({Step.PICKUP_SEEN, Step.LEFT_OPEN})
"""Steps after which whoever collected may want the box once more."""


class NoSuchOrder(LookupError):
    """Nobody here knows the order."""

    def __init__(self) -> None:
        super().__init__(_("this order is not known here; nothing was changed"))


@dataclass(frozen=True, slots=True)
class Order:
    """A pickup order as it stands."""

    id: str
    """Sixteen hex digits; as bytes in tokens."""
    ref: str
    """What people call it."""
    stage: Stage
    point: str
    size: str
    low: bool
    slot_ms: int
    """Promised from then on, Unix milliseconds."""
    until_ms: int
    """The hold's end while it is not paid, then the last moment to collect it."""
    ready_ms: int | None
    done_ms: int | None
    extended: bool
    reminded: int
    """Hours after READY of the last reminder."""
    name: str
    tail: str
    """The last two digits of a phone number: shown before a box opens."""
    checked: bool
    """Handed over only with a look at the name: age-limited or dear goods."""
    sale: int | None
    generation: int

    @property
    def key(self) -> bytes:
        """The order in a token."""
        return bytes.fromhex(self.id)


def order_of(ledger: Ledger, order: str) -> Order:
    """Return an order by its id; NoSuchOrder when there is none."""
    return _found(ledger.row(_ONE, (order,)))


def order_called(ledger: Ledger, ref: str) -> Order:
    """Return an order by what people call it."""
    return _found(ledger.row(_BY_REF, (ref.strip().upper(),)))


def order_of_sale(ledger: Ledger, sale: int) -> Order | None:
    """Return the order that a sale paid for; None for goods that were taken away at once."""
    row = ledger.row(_BY_SALE, (sale,))
    return None if row is None else _order(row)


def live(ledger: Ledger) -> list[Order]:
    """Return the orders that have not ended, by their promised time."""
    return [_order(row) for row in ledger.rows(_LIVE)]


def contents(ledger: Ledger, order: str) -> list[tuple[str, str, int]]:
    """Return what is in an order: SKU, name, thousandths of its unit."""
    return [(sku, name, quantity) for sku, name, quantity in ledger.rows(_LINES, (order,))]


def step(ledger: Ledger, order: str, what: Step, actor: str = "") -> Order:
    """Take an order one step, inside the caller's transaction; OutOfTurn when it cannot.

    An order that has ended has no code any more, except for opening its box once more for a while
    (`kiosk.pickup.reopening`).
    """
    old = order_of(ledger, order)
    stage = after(old.stage, what)
    body: dict[str, object] = {"o": order, "e": str(what), "s": str(stage)}
    if actor:
        body["w"] = actor
    event = ledger.record("pickup", body)
    ended = stage in ENDED
    forgotten = ended and what not in _FROM_A_BOX
    ledger.execute(_STEP, (stage, event.wall_ms if ended else None, int(forgotten), order))
    if ended:
        printqueue.forget(ledger, order)
    return order_of(ledger, order)


def _found(row: tuple[Any, ...] | None) -> Order:
    """The order of a row."""
    if row is None:
        raise NoSuchOrder
    return _order(row)


def _order(row: tuple[Any, ...]) -> Order:
    """An order from its columns."""
    key, ref, stage, point, size, low, slot, until, ready, done, more, told, name, tail, look, sale, gen = row
    return Order(
        key, ref, Stage(stage), point, size, bool(low), slot, until, ready, done, bool(more), told, name,
        tail, bool(look), sale, gen,
    )  # fmt: skip
