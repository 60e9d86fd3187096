"""What is brought back into a box: written down before the door opens, and followed until it is settled.

The customer is told a number, and may show the receipt or the code it was bought with. Repair comes before
replacing, and replacing before money back; what was decided is written here, the money is the till's matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kiosk.checkout.find_sale import find
from kiosk.checkout.stored_sale import label_of
from kiosk.i18n import _
from kiosk.pickup import tokens
from kiosk.pickup.intake import BoxesUnknown, NoBox, available, choose, one_unknown
from kiosk.pickup.orders import NoSuchOrder, order_of

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.compartment import Compartment

RECEIPT = re.compile(r"(?:R/)?([A-Z0-9]{1,8}-[0-9]{6,12})")
"""What is on a receipt for a reader: its number, in its QR code behind `R/`."""


class Case(StrEnum):
    """How far a return is."""

    ANNOUNCED = "announced"
    """A door is being opened for it; nobody has said yet that it is inside."""
    DROPPED = "dropped"
    TRIAGE = "triage"
    """Somebody has taken it out and looks at it."""
    REPAIR = "repair"
    REPAIRED = "repaired"
    REPLACED = "replaced"
    REFUNDED = "refunded"
    GIVEN_BACK = "given back"


NEXT: Mapping[Case, tuple[Case, ...]] = MappingProxyType(
    {
        Case.TRIAGE: (Case.REPAIR, Case.REPLACED, Case.REFUNDED, Case.GIVEN_BACK),
        Case.REPAIR: (Case.REPAIRED, Case.REPLACED, Case.REFUNDED),
        Case.REPAIRED: (Case.GIVEN_BACK,),
    }
)
"""What may be decided, in the order it is offered."""
SETTLED = frozenset({Case.REPLACED, Case.REFUNDED, Case.GIVEN_BACK})

_PUT = """
INSERT INTO return_drop (id, ref, box, state, sale, pickup, since) VALUES (?, ?, ?, 'announced', ?, ?, ?)"""
_MOVE = "UPDATE return_drop SET state = ?, taken_by = ?, since = ? WHERE id = ?"
_COLUMNS = """
SELECT d.id, d.ref, d.box, d.state, d.taken_by, s.series, s.number, p.ref, j.wall_ms
FROM return_drop d JOIN journal j ON j.seq = d.since
LEFT JOIN sale s ON s.id = d.sale LEFT JOIN pickup p ON p.id = d.pickup"""
_ALL = f"{_COLUMNS} WHERE d.state <> 'announced' ORDER BY d.id"
_IN_BOX = f"{_COLUMNS} WHERE d.box = ? ORDER BY d.id DESC LIMIT 1"
_CALLED = f"{_COLUMNS} WHERE d.ref = ?"


class NoSuchReturn(LookupError):
    """Nobody here knows this return."""


class NotNext(RuntimeError):
    """That cannot be decided of a return now; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown with something that is brought back."""

    words: str
    """What it is called: a receipt's number or an order's."""
    sale: int | None = None
    order: str | None = None


@dataclass(frozen=True, slots=True)
class ReturnDrop:
    """Something that was brought back."""

    id: int
    ref: str
    """What the customer was told."""
    box: int
    state: Case
    taken_by: str
    """Who took it out of the box; empty while it lies there."""
    receipt: str
    order: str
    """What the order is called that it came with."""
    since_ms: int
    """Since when it is so, Unix milliseconds."""


def proof_of(ledger: Ledger, text: str, keys: tokens.Keys) -> Proof:
    """What was shown; BadToken or NoSuchOrder for what nobody here has sold."""
    if text.startswith(tokens.PREFIX):
        read = tokens.read(text, keys)
        order = order_of(ledger, (read.token if isinstance(read, tokens.Label) else read).order.hex())
        return Proof(order.ref, order.sale, order.id)
    match = RECEIPT.fullmatch(text)
    found = find(ledger, match[1], 1) if match is not None else []
    if not found:
        raise NoSuchOrder
    return Proof(found[0].number, found[0].id)


def announce(
    ledger: Ledger, size: str, larger_than: str = "", *, low: bool = False, proof: Proof | None = None
) -> tuple[Compartment, str]:
    """Choose a box for something that is brought back and write that down: the box, and the case's number.

    NoBox where none is free, BoxesUnknown where nobody knows.
    """
    with ledger.transaction():
        box = choose(available(ledger), size, larger_than=larger_than, low=low)
        if box is None and one_unknown(ledger, size, larger_than):
            raise BoxesUnknown(_("The boxes do not answer just now; please bring it to the counter."))
        if box is None:
            raise NoBox(_("No box of this size is free; please bring it to the counter."))
        shown = proof or Proof("")
        event = ledger.record("return.announced", {"b": box.number, "n": shown.words})
        ref = f"{ledger.series}R{event.seq}"
        ledger.execute(_PUT, (event.seq, ref, box.number, shown.sale, shown.order, event.seq))
        return box, ref


def dropped(ledger: Ledger, box: int, actor: str) -> None:
    """It lies inside, inside the caller's transaction; what nobody announced is a return all the same."""
    found = _one(ledger.row(_IN_BOX, (box,)))
    if found is None or found.state is not Case.ANNOUNCED:
        event = ledger.record("return.announced", {"b": box, "n": ""})
        ledger.execute(_PUT, (event.seq, f"{ledger.series}R{event.seq}", box, None, None, event.seq))
        found = _one(ledger.row(_IN_BOX, (box,)))
    if found is not None:
        event = ledger.record("return.dropped", {"r": found.ref, "b": box, "w": actor})
        ledger.execute(_MOVE, (Case.DROPPED, "", event.seq, found.id))


def doubtful(ledger: Ledger, box: int) -> bool:
    """Whether something was announced for a box and nobody has said whether it is inside."""
    found = _one(ledger.row(_IN_BOX, (box,)))
    return found is not None and found.state is Case.ANNOUNCED


def taken(ledger: Ledger, box: int, actor: str) -> None:
    """Staff found the box empty: what lay there is in their hands, inside the caller's transaction."""
    found = _one(ledger.row(_IN_BOX, (box,)))
    if found is not None and found.state is Case.DROPPED:
        _move(ledger, found, Case.TRIAGE, actor, actor)


def decide(ledger: Ledger, ref: str, state: Case, actor: str) -> ReturnDrop:
    """What is done about it; NoSuchReturn, NotNext."""
    with ledger.transaction():
        found = called(ledger, ref)
        if state not in NEXT.get(found.state, ()):
            words = _("return {ref} is “{state}”: it cannot be “{next}” now; nothing was changed")
            raise NotNext(words.format(ref=ref, state=found.state, next=state))
        _move(ledger, found, state, found.taken_by, actor)
        return called(ledger, ref)


def called(ledger: Ledger, ref: str) -> ReturnDrop:
    """A return by its number; NoSuchReturn."""
    found = _one(ledger.row(_CALLED, (ref,)))
    if found is None:
        raise NoSuchReturn(_("there is no return {ref}; nothing was changed").format(ref=ref[:20]))
    return found


def returns(ledger: Ledger, *, settled: bool = False) -> list[ReturnDrop]:
    """Everything that was brought back and waits for somebody, oldest first; with `settled` all of it."""
    found = [_one(row) for row in ledger.rows(_ALL)]
    return [one for one in found if one is not None and (settled or one.state not in SETTLED)]


def _move(ledger: Ledger, case: ReturnDrop, state: Case, taken_by: str, actor: str) -> None:
    event = ledger.record("return.case", {"r": case.ref, "s": str(state), "w": actor})
    ledger.execute(_MOVE, (state, taken_by[:40], event.seq, case.id))


def _one(row: tuple[Any, ...] | None) -> ReturnDrop | None:
    """A return from its columns."""
    if row is None:
        return None
    key, ref, box, state, taken_by, series, number, order, since = row
    receipt = "" if number is None else label_of(series, number)
    return ReturnDrop(key, ref, box, Case(state), taken_by, receipt, order or "", since)
