"""Tries to take money by something that may answer late or never: a card reader, a bank, a phone.

A try is on disk before the first call goes out, so that after a power cut the till still knows what to ask
about. A pending or unknown one counts nothing and is never dropped; only a person or the terminal settles it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.checkout.basketline import clean_text
from kiosk.checkout.rights import Approval, Person, Right, require
from kiosk.checkout.tender import Attempt, NoSuchAttempt
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

# A confirmed payment stays one: an answer that comes later cannot take money back. One that was settled as
# not paid changes only by the news that it was: a late "nobody knows" opens nothing again.
_STORE = """
INSERT INTO payment_attempt (id, draft, method, asked, state, reference) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, reference = excluded.reference
WHERE payment_attempt.draft = excluded.draft AND (payment_attempt.state IN ('pending', 'unknown')
    OR (payment_attempt.state <> 'confirmed' AND excluded.state = 'confirmed'))"""
# Money that came after its sale was paid without it belongs to no sale any more.
_SETTLE = """
UPDATE payment_attempt SET state = ?1, reference = ?2, sale = iif(?1 = 'confirmed', NULL, sale)
WHERE id = ?3 AND (state IN ('pending', 'unknown') OR (state <> 'confirmed' AND ?1 = 'confirmed'))"""
_BACK = "UPDATE payment_attempt SET state = 'cancelled' WHERE id = ? AND sale IS NULL"
_CLEAR = """
UPDATE payment_attempt SET state = 'cancelled'
WHERE id = ? AND state = 'confirmed' AND sale IS NULL AND draft NOT IN (SELECT id FROM draft)
RETURNING id, method, asked, state, reference"""
_GET = "SELECT id, method, asked, state, reference FROM payment_attempt WHERE id = ?"
_OF_DRAFT = "SELECT id, method, asked, state, reference FROM payment_attempt WHERE draft = ? AND sale IS NULL"
_OPEN = """
SELECT a.id, a.method, a.asked, a.state, a.reference, a.draft, coalesce(d.name, '')
FROM payment_attempt a LEFT JOIN draft d ON d.id = a.draft
WHERE a.sale IS NULL AND (a.state IN ('pending', 'unknown') OR (a.state = 'confirmed' AND d.id IS NULL))"""


class HasSale(ValueError):
    """A payment is not astray: its sale is open, parked or booked; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("this payment belongs to a sale; nothing was changed; settle it with its sale"))


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
        if before.state not in ("pending", after.state) and not after.is_open:
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


def clear(
    ledger: Ledger, attempt_id: str, reason: str, person: Person, *, approvals: Iterable[Approval] = ()
) -> Attempt:
    """Note how money that came for no sale was put right; the reason goes into the journal with who gave it.

    The payment, which is returned, stays in the ledger and waits no more. HasSale when it is not astray;
    NotAllowed without the right to give money back.
    """
    by = require(person, Right.REFUND, approvals)
    with ledger.transaction():
        row = ledger.row(_CLEAR, (attempt_id,))
        if row is None:
            raise HasSale
        gone = _attempt(row)
        body: dict[str, object] = {"id": gone.id, "m": gone.method, "amount": gone.asked}
        body |= {"ref": gone.reference, "why": clean_text(reason), "w": person.name}
        if by.id != person.id:
            body["by"] = by.name
        ledger.record("payment.cleared", body)
    return gone


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
