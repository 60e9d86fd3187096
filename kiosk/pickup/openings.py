"""One attempt to open one box, written down before anything moves.

Order of things: the intent is committed; each pulse is counted and committed before it is sent; then only
what the contacts say is recorded. A power cut anywhere leaves an attempt that says at worst "a pulse may have
been sent", and a start never pulses: it waits for two polls and concludes (`kiosk.pickup.recovery`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.pickup.boxes import box_of, boxes, happen, settle
from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.pickup.inside import settle_contents
from kiosk.pickup.order import Step
from kiosk.pickup.parcels import follow
from kiosk.pickup.recovery import Door, Item, conclude
from kiosk.pickup.reopening import require

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

MOST_PULSES = 2
_INTEND = "INSERT INTO opening (id, box, purpose, pickup, actor) VALUES (?, ?, ?, ?, ?)"
_LAST = """
SELECT id, box, purpose, pickup, actor, pulses, outcome FROM opening WHERE box = ?
ORDER BY id DESC LIMIT 1"""
_PULSE = "UPDATE opening SET pulses = pulses + 1 WHERE id = ?"
_END = "UPDATE opening SET outcome = ? WHERE id = ?"
_PUBLIC = frozenset(set(Purpose) - {Purpose.STAFF})
_MOVING = frozenset({State.OPENING, State.OPEN, State.CLOSING})


class AnotherDoorOpen(RuntimeError):
    """A door is open, or being opened, for somebody else: one at a time."""

    def __init__(self, box: int) -> None:
        super().__init__(_("please wait: box {box} is open").format(box=box))
        self.box = box


class CollectionOnly(RuntimeError):
    """So little power is left that nothing is taken in any more; nothing was opened."""

    def __init__(self) -> None:
        super().__init__(_("Low power: boxes are only emptied for now. Nothing was opened."))


class PulsesSpent(RuntimeError):
    """This attempt has had its two pulses."""


@dataclass(frozen=True, slots=True)
class Opening:
    """An attempt."""

    id: int
    """Journal seq of its intent."""
    box: int
    purpose: Purpose
    order: str
    actor: str
    pulses: int = 0
    outcome: str = ""


def intend(ledger: Ledger, box: int, purpose: Purpose, order: str = "", actor: str = "") -> Opening:
    """Write down that a box is to be opened, with the order's step. Nothing has moved yet.

    AnotherDoorOpen while a door moves for somebody else; NotNow or OutOfTurn when box or order are not so
    far; TooLate for opening once more what is not opened once more.
    """
    with ledger.transaction():
        for other in boxes(ledger):
            if other.state in _MOVING and other.number != box and purpose in _PUBLIC:
                raise AnotherDoorOpen(other.number)
        before = box_of(ledger, box)
        reopened = before.state is State.CLOSING
        if purpose is Purpose.AGAIN and not reopened:
            require(ledger, before, order, actor)
        mine = order if purpose is Purpose.PUT_BACK and order else None
        held = happen(ledger, box, Event.INTEND, purpose=purpose, order=mine, actor=actor)
        owner = order or held.order
        if owner and not reopened:
            _begin(ledger, box, owner, purpose, actor)
        body: dict[str, object] = {"b": box, "p": str(purpose), "w": actor}
        if owner:
            body["o"] = owner
        event = ledger.record("opening", body)
        ledger.execute(_INTEND, (event.seq, box, purpose, owner or None, actor))
    return Opening(event.seq, box, purpose, owner, actor)


def book_pulse(ledger: Ledger, opening: Opening) -> Opening:
    """Count a pulse that is about to be sent. PulsesSpent after the second."""
    with ledger.transaction():
        now = last(ledger, opening.box)
        if now is None or now.id != opening.id or now.pulses >= MOST_PULSES or now.outcome:
            raise PulsesSpent(_("box {box}: the lock must be looked at").format(box=opening.box))
        ledger.execute(_PULSE, (opening.id,))
    return Opening(now.id, now.box, now.purpose, now.order, now.actor, now.pulses + 1)


def not_sent(ledger: Ledger, opening: Opening) -> Compartment:
    """The attempt ended before a pulse: box and order are as they were."""
    return _in_vain(ledger, opening, "not sent", Event.NOT_SENT)


def stuck(ledger: Ledger, opening: Opening) -> Compartment:
    """Both pulses were sent and the door stayed shut. The code stays valid; the lock is a fault."""
    return _in_vain(ledger, opening, "stuck", Event.STUCK)


def seen_open(ledger: Ledger, number: int) -> Compartment:
    """The contact says that a door is open: the end of an attempt, or a door nobody was to open."""
    with ledger.transaction():
        before = box_of(ledger, number)
        opening = last(ledger, number)
        box = happen(ledger, number, Event.SEEN_OPEN)
        if opening is not None and before.state in {State.OPENING, State.FAILED}:
            _end(ledger, opening, "opened")
            if before.state is State.FAILED and opening.order:
                _begin(ledger, number, opening.order, opening.purpose, opening.actor)
    return box


def seen_shut(ledger: Ledger, number: int, item: Item = "unknown") -> Compartment:
    """The contact has said for a second that a door is shut; with an item sensor that settles it.

    A person's word may still be asked for where the box is CLOSING afterwards.
    """
    with ledger.transaction():
        box = happen(ledger, number, Event.SEEN_SHUT)
        if box.state is State.CLOSING and box.purpose is Purpose.PUT_BACK:
            return settle_contents(ledger, box, Event.UNSURE, "put back")  # staff look, sensor or not
        if box.state is State.CLOSING and item != "unknown" and box.purpose is not Purpose.STAFF:
            box = settle_contents(ledger, box, Event.FULL if item == "yes" else Event.EMPTY, "sensor")
    return box


def said(ledger: Ledger, number: int, event: Event, actor: str) -> Compartment:
    """What the person at a CLOSING box says of it: FULL, EMPTY, UNSURE, or staff's own words."""
    with ledger.transaction():
        return settle_contents(ledger, box_of(ledger, number), event, actor)


def abandoned(ledger: Ledger, number: int) -> Compartment:
    """Three minutes open: goods may be gone, the box is not sold."""
    with ledger.transaction():
        before = box_of(ledger, number)
        box = happen(ledger, number, Event.ABANDONED)
        if before.purpose is Purpose.PICKUP and before.order:
            follow(ledger, before.order, number, Step.LEFT_OPEN)
    return box


def lost(ledger: Ledger, numbers: list[int] | None = None) -> None:
    """The board fell silent, or the program starts: these boxes, or all, are UNKNOWN until contacts speak."""
    with ledger.transaction():
        for box in boxes(ledger):
            if box.state not in {State.SERVICE, State.UNKNOWN} and (numbers is None or box.number in numbers):
                happen(ledger, box.number, Event.LOST)


def found(ledger: Ledger, number: int, door: Door, item: Item) -> Compartment:
    """Two polls agree on an UNKNOWN box: conclude what it is, and what its order is."""
    with ledger.transaction():
        before = box_of(ledger, number)
        if before.state is not State.UNKNOWN:
            return before
        end = conclude(before, door, item)
        if end.state is State.UNKNOWN:
            return before
        opening = last(ledger, number)
        if opening is not None and not opening.outcome:
            _end(ledger, opening, "opened" if end.state is State.OPEN else "lost")
        if end.step is not None and before.order:
            follow(ledger, before.order, number, end.step)
        return settle(ledger, number, end.state)


def last(ledger: Ledger, box: int) -> Opening | None:
    """Return a box's newest attempt."""
    row = ledger.row(_LAST, (box,))
    if row is None:
        return None
    key, number, purpose, order, actor, pulses, outcome = row
    return Opening(key, number, Purpose(purpose), order or "", actor, pulses, outcome)


def _in_vain(ledger: Ledger, opening: Opening, outcome: str, event: Event) -> Compartment:
    """Write down that no door opened."""
    with ledger.transaction():
        _end(ledger, opening, outcome)
        box = happen(ledger, opening.box, event)
        _back(ledger, opening, box)
    return box


def _begin(ledger: Ledger, box: int, order: str, purpose: Purpose, actor: str) -> None:
    """The order's step that goes with an intent."""
    if purpose is Purpose.PICKUP:
        follow(ledger, order, box, Step.OPEN_FOR_PICKUP, actor)
    elif purpose is Purpose.DEPOSIT:
        follow(ledger, order, box, Step.OPEN_FOR_DEPOSIT, actor)


def _back(ledger: Ledger, opening: Opening, box: Compartment) -> None:
    """Take an order back to where it was before an attempt that came to nothing."""
    if not opening.order or box.state is State.CLOSING:
        return
    if opening.purpose is Purpose.PICKUP:
        follow(ledger, opening.order, opening.box, Step.PICKUP_FAILED)
    elif opening.purpose is Purpose.DEPOSIT:
        follow(ledger, opening.order, opening.box, Step.DEPOSIT_FAILED)


def _end(ledger: Ledger, opening: Opening, outcome: str) -> None:
    """Write down how an attempt ended."""
    ledger.execute(_END, (outcome, opening.id))
