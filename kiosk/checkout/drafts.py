"""Sales that are not paid yet: the one on the screen, and those parked under a name.

The one on the screen is saved as it grows, so that a power cut loses nothing that was scanned. A parked one
waits for its customer, over restarts and closings, and can be taken up by whoever is signed in. Only paying
or discarding ends a draft, and both are in the journal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiosk.checkout.attempts import attempts_of
from kiosk.checkout.basket import Basket
from kiosk.checkout.draftbody import DraftDamaged
from kiosk.checkout.people import Approval, Person, Right, require
from kiosk.checkout.tender import Attempt
from kiosk.checkout.totals import Pricing
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger


class NoSuchDraft(LookupError):
    """The parked sale is gone: somebody took it up, paid or discarded it. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("this sale is not parked any more; nothing was changed; look through the others"))


class MoneyTaken(ValueError):
    """Money was taken (or may have been) for a sale that was to be discarded; it is kept."""

    def __init__(self) -> None:
        super().__init__(
            _("money was taken for this sale; it is kept; give the money back or finish it first")
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """An unpaid sale as it is listed."""

    id: str  # uuid hex; also the event id under which it is committed, so that it is paid once
    state: Literal["open", "parked"]
    name: str
    person: int | None  # who saved it last
    updated_ms: int  # Unix milliseconds
    body: str  # JSON, see `draftbody`

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it is left to pay for. One that cannot be read is taken to hold something."""
        try:
            return all(line.get("voided", False) for line in json.loads(self.body)["lines"])
        except (ValueError, LookupError, TypeError, AttributeError):
            return False


@dataclass(frozen=True, slots=True)
class Recalled:
    """A draft taken up again."""

    id: str
    basket: Basket
    attempts: tuple[Attempt, ...]  # every try to take money for it, to go on with


_SAVE = """
INSERT INTO draft (id, state, name, person, updated_ms, body) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, name = excluded.name, person = excluded.person,
                               updated_ms = excluded.updated_ms, body = excluded.body"""
_ALL = "SELECT id, state, name, person, updated_ms, body FROM draft ORDER BY updated_ms DESC, id"
_GET = "SELECT id, state, name, person, updated_ms, body FROM draft WHERE id = ?"
_DROP = "DELETE FROM draft WHERE id = ?"


def save_open(ledger: Ledger, draft_id: str, basket: Basket, person: Person | None) -> None:
    """Keep the basket on the screen; one with no line at all needs no keeping."""
    with ledger.transaction():
        if basket.lines:
            _save(ledger, draft_id, "open", basket, person)
        elif not attempts_of(ledger, draft_id):
            ledger.execute(_DROP, (draft_id,))


def park(ledger: Ledger, draft_id: str, basket: Basket, person: Person, name: str) -> None:
    """Put a sale aside under a name, which is journalled."""
    require(person, Right.SELL)
    basket = basket.rename(name)
    with ledger.transaction():
        _save(ledger, draft_id, "parked", basket, person)
        body = {"id": draft_id, "name": basket.name, "total": basket.totals.gross, "w": person.name}
        ledger.record("sale.parked", body)


def recall(ledger: Ledger, draft_id: str, person: Person, pricing: Pricing) -> Recalled:
    """Take a sale up again; NoSuchDraft when it is gone, DraftDamaged when it cannot be read (it is kept)."""
    require(person, Right.SELL)
    with ledger.transaction():
        draft = _found(ledger, draft_id)
        basket = read_basket(draft, pricing)
        _save(ledger, draft_id, "open", basket, person)
    return Recalled(draft_id, basket, attempts_of(ledger, draft_id))


def drafts(ledger: Ledger, state: Literal["open", "parked"] | None = None) -> list[Draft]:
    """Return the unpaid sales, latest first; None: open and parked ones."""
    return [draft for draft in (Draft(*row) for row in ledger.rows(_ALL)) if state in (None, draft.state)]


def discard(
    ledger: Ledger, draft_id: str, basket: Basket, person: Person, approvals: Iterable[Approval] = ()
) -> None:
    """Throw an unpaid sale away, journalling what was in it; MoneyTaken when a payment came or may have."""
    by = require(person, Right.VOID_SALE, approvals)
    lines = [[line.item.sku, line.quantity, line.price] for line in basket.lines]
    body: dict[str, object] = {"id": draft_id, "x": lines, "total": basket.totals.gross, "w": person.name}
    if by.id != person.id:
        body["by"] = by.name
    with ledger.transaction():
        if any(one.is_open or one.state == "confirmed" for one in attempts_of(ledger, draft_id)):
            raise MoneyTaken
        ledger.execute(_DROP, (draft_id,))
        ledger.record("sale.discarded", body)


def read_basket(draft: Draft, pricing: Pricing) -> Basket:
    """Return what is in a draft; DraftDamaged when it is no basket of this shop."""
    try:
        body = json.loads(draft.body)
    except ValueError as error:
        raise DraftDamaged([str(error)]) from error
    return Basket.from_json(body, pricing)


def _found(ledger: Ledger, draft_id: str) -> Draft:
    """Return a draft that is still there."""
    row = ledger.row(_GET, (draft_id,))
    if row is None:
        raise NoSuchDraft
    return Draft(*row)


def _save(ledger: Ledger, draft_id: str, state: str, basket: Basket, person: Person | None) -> None:
    """Write a draft inside the caller's transaction."""
    text = json.dumps(basket.to_json(), ensure_ascii=False, separators=(",", ":"))
    seller = None if person is None else person.id
    ledger.execute(_SAVE, (draft_id, state, basket.name, seller, ledger.clock.now().wall_ms, text))
