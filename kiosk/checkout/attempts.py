"""Tries to take money by something that may answer late or never: a card reader, a bank, a phone.

A try is on disk before the first call goes out, so that after a power cut the till still knows what to ask
about. A pending or unknown one counts nothing and is never dropped; only a person or the terminal settles it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.checkout.rights import Person, Right, require
from kiosk.checkout.tender import Attempt, NoSuchAttempt
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

# A confirmed payment stays one: an answer that comes later cannot take money back.
_STORE = """
INSERT INTO payment_attempt (id, draft, method, asked, state, reference) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, reference = excluded.reference
WHERE payment_attempt.state <> 'confirmed' AND payment_attempt.draft = excluded.draft"""
_SETTLE = "UPDATE payment_attempt SET state = ?, reference = ? WHERE id = ? AND state <> 'confirmed'"
_BACK = "UPDATE payment_attempt SET state = 'cancelled' WHERE id = ? AND sale IS NULL"
_GET = "SELECT id, method, asked, state, reference FROM payment_attempt WHERE id = ?"
_OF_DRAFT = "SELECT id, method, asked, state, reference FROM payment_attempt WHERE draft = ? AND sale IS NULL"
_OPEN = """
SELECT a.id, a.method, a.asked, a.state, a.reference, a.draft, coalesce(d.name, '')
FROM payment_attempt a LEFT JOIN draft d ON d.id = a.draft
WHERE a.sale IS NULL AND (a.state IN ('pending', 'unknown') OR (a.state = 'confirmed' AND d.id IS NULL))"""


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """A try whose outcome is not known, or whose money belongs to no sale."""

    attempt: Attempt
    draft: str
    name: str  # of the draft; empty: not parked, or gone


def store_attempt(ledger: Ledger, draft_id: str, attempt: Attempt) -> None:
    """Write a try down, or how it stands now. Call it before the first outside call.

    Cash is kept as what was handed over, in case the power fails between the note and the sale.
    """
    amount = attempt.asked if attempt.tendered is None else attempt.tendered
    if not amount:
        return  # nothing moved, nothing to remember
    row = (attempt.id, draft_id, attempt.method, amount, attempt.state, attempt.reference)
    with ledger.transaction():
        ledger.execute(_STORE, row)


def settle_attempt(ledger: Ledger, attempt_id: str, state: str, reference: str = "") -> Attempt:
    """Write down what became of a try and return it; NoSuchAttempt if nobody knows it.

    It may belong to a sale that is not on the screen any more.
    """
    with ledger.transaction():
        before = _attempt(ledger.row(_GET, (attempt_id,)))
        ledger.execute(_SETTLE, (state, reference or before.reference, attempt_id))
        after = _attempt(ledger.row(_GET, (attempt_id,)))
        if before.state == "unknown" and after.state != "unknown":
            ledger.record(
                "payment.settled",
                {"id": after.id, "m": after.method, "amount": after.asked, "state": after.state},
            )
    return after


def give_back(ledger: Ledger, attempt: Attempt, person: Person) -> None:
    """Note that money went back to the customer by the way it came, before there was a sale; journalled."""
    require(person, Right.SELL)
    body = {"id": attempt.id, "m": attempt.method, "amount": attempt.counts, "w": person.name}
    with ledger.transaction():
        ledger.execute(_BACK, (attempt.id,))
        ledger.record("payment.returned", body)


def attempts_of(ledger: Ledger, draft_id: str) -> tuple[Attempt, ...]:
    """Return the tries to take money for an unpaid sale."""
    return tuple(_attempt(row) for row in ledger.rows(_OF_DRAFT, (draft_id,)))


def open_attempts(ledger: Ledger) -> list[OpenAttempt]:
    """Return every try of any sale that somebody has to look after."""
    return [OpenAttempt(_attempt(row[:5]), row[5], row[6]) for row in ledger.rows(_OPEN)]


def _attempt(row: tuple[Any, ...] | None) -> Attempt:
    """Return a try of a row."""
    if row is None:
        raise NoSuchAttempt(_("there is no such payment; look it up before taking it again"))
    key, method, asked, state, reference = row
    return Attempt(key, method, asked, state, reference)
