"""The boxes of a cabinet on disk: every change with its journal row, in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kiosk.i18n import _
from kiosk.pickup.compartment import TABLE, Compartment, Event, Purpose, State
from kiosk.pickup.said import box_state

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_COLUMNS = "number, size, state, purpose, pickup, was, low"
_ALL = f"SELECT {_COLUMNS} FROM compartment ORDER BY number"  # noqa: S608  a constant of this file
_ONE = f"SELECT {_COLUMNS} FROM compartment WHERE number = ?"  # noqa: S608
_OF_ORDER = f"""
SELECT {_COLUMNS} FROM compartment WHERE pickup = ? ORDER BY state NOT IN ('occupied', 'overdue'), number"""  # noqa: S608
_PUT = """
INSERT INTO compartment (number, size, low, state, purpose, was, pickup, since)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (number) DO UPDATE SET size = excluded.size, low = excluded.low, state = excluded.state,
    purpose = excluded.purpose, was = excluded.was, pickup = excluded.pickup, since = excluded.since"""
_DROP = "DELETE FROM compartment WHERE number = ?"

FULL = frozenset({State.OCCUPIED, State.OVERDUE})
"""Something lies inside."""


class NoSuchBox(LookupError):
    """The cabinet has no box of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(_("there is no box {number}; nothing was opened").format(number=number))


class InUse(RuntimeError):
    """A box that holds something, or may, cannot be taken off the cabinet."""


def boxes(ledger: Ledger) -> list[Compartment]:
    """Return every box, by number."""
    return [_box(row) for row in ledger.rows(_ALL)]


def box_of(ledger: Ledger, number: int) -> Compartment:
    """Return one box; NoSuchBox when there is none."""
    row = ledger.row(_ONE, (number,))
    if row is None:
        raise NoSuchBox(number)
    return _box(row)


def box_with(ledger: Ledger, order: str) -> Compartment | None:
    """Return the box that is held for an order or holds it; of several the first that is full."""
    row = ledger.row(_OF_ORDER, (order,))
    return None if row is None else _box(row)


def boxes_with(ledger: Ledger, order: str) -> list[Compartment]:
    """Return every box that is held for an order or holds it, the full ones first."""
    return [_box(row) for row in ledger.rows(_OF_ORDER, (order,))]


def set_up(ledger: Ledger, sizes: Iterable[tuple[int, str, bool]]) -> None:
    """Make the ledger's boxes those of the cabinet: number, size and whether it is low. A new box is UNKNOWN.

    InUse, and nothing is changed, when a box that is to go is an order's, or something lies in it.
    """
    wanted = {number: (size, low) for number, size, low in sizes}
    with ledger.transaction():
        known = {box.number: box for box in boxes(ledger)}
        for number, box in known.items():
            if number not in wanted and (box.order or box.known in FULL):
                words = _("box {number} is “{state}”; nothing was changed; empty it first")
                raise InUse(words.format(number=number, state=box_state(box.state)))
        event = ledger.record("cabinet.setup", {"boxes": [[n, *wanted[n]] for n in sorted(wanted)]})
        for number in known.keys() - wanted.keys():
            ledger.execute(_DROP, (number,))
        for number, (size, low) in wanted.items():
            old = known.get(number, Compartment(number, size))
            _put(ledger, replace(old, size=size, low=low), event.seq)


def happen(
    ledger: Ledger,
    number: int,
    event: Event,
    *,
    purpose: Purpose | None = None,
    order: str | None = None,
    actor: str = "",
) -> Compartment:
    """Let something happen to a box, inside the caller's transaction; NotNow when it cannot."""
    box = box_of(ledger, number).after(event, purpose=purpose, order=order)
    body: dict[str, object] = {"b": number, "e": str(event), "s": str(box.state)}
    if box.order:
        body["o"] = box.order
    if actor:
        body["w"] = actor
    _put(ledger, box, ledger.record("box", body).seq)
    return box


def change(ledger: Ledger, number: int, event: Event, actor: str) -> Compartment:
    """Let something happen to a box, on its own; NotNow when it cannot."""
    with ledger.transaction():
        return happen(ledger, number, event, actor=actor)


def withdraw(ledger: Ledger, number: int, actor: str) -> Compartment:
    """A box's order is none of its any more, inside the caller's transaction.

    Only promised, it is free. With something inside it is in CHECK: staff fetch it before anybody else gets
    the box. Where its board is silent, it will be so when that speaks.
    """
    box = box_of(ledger, number)
    if box.state is State.HELD:
        return happen(ledger, number, Event.RELEASE, actor=actor)
    return _uncertain(ledger, box, "withdrawn", "", actor)


def doubt(ledger: Ledger, number: int, actor: str) -> Compartment:
    """What lies in a box is not what its order says any more, inside the caller's transaction: staff look."""
    box = box_of(ledger, number)
    return _uncertain(ledger, box, "doubted", box.order, actor)


def _uncertain(ledger: Ledger, box: Compartment, why: str, order: str, actor: str) -> Compartment:
    """A box in CHECK from now on, or as soon as it is known what it is."""
    if (box.state, Event.UNSURE) in TABLE:
        return happen(ledger, box.number, Event.UNSURE, order=order, actor=actor)
    was = {State.HELD: State.FREE, State.OCCUPIED: State.CHECK, State.OVERDUE: State.CHECK}
    box = replace(box, order=order, was=was.get(box.was, box.was) if box.was is not None else None)
    body = {"b": box.number, "e": why, "s": str(box.state), "w": actor}
    _put(ledger, box, ledger.record("box", body).seq)
    return box


def settle(ledger: Ledger, number: int, state: State) -> Compartment:
    """Write down what an UNKNOWN box turned out to be, inside the caller's transaction."""
    box = box_of(ledger, number).resolved(state)
    body: dict[str, object] = {"b": number, "e": "resolved", "s": str(state)}
    if box.order:
        body["o"] = box.order
    _put(ledger, box, ledger.record("box", body).seq)
    return box


def _put(ledger: Ledger, box: Compartment, seq: int) -> None:
    """Store a box as it is after the event `seq`."""
    row = (box.number, box.size, int(box.low), box.state, box.purpose, box.was, box.order or None, seq)
    ledger.execute(_PUT, row)


def _box(row: tuple[Any, ...]) -> Compartment:
    """A box from its row."""
    number, size, state, purpose, order, was, low = row
    return Compartment(
        number,
        size,
        State(state),
        None if purpose is None else Purpose(purpose),
        order or "",
        None if was is None else State(was),
        bool(low),
    )
