"""The shift: opened with a float, closed with a count, and every sale belongs to one.

The business date is fixed when the shift opens and never follows the clock afterwards. Until the roll-over
hour a new shift still counts as the day before. A clock that has fallen back behind the last shift does not
take the books with it: the shift keeps the last date and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from kiosk.checkout.basketline import clean_text
from kiosk.checkout.money import MAX_MINOR
from kiosk.checkout.people import Approval, Person, Right, require
from kiosk.checkout.printqueue import enqueue
from kiosk.checkout.sale import NoShift
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger


class ShiftOpen(RuntimeError):
    """A shift is open already; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("a shift is open already; nothing was changed; close it first"))


class BadCash(ValueError):
    """An amount of cash that nobody puts into a drawer, or no reason for it; nothing was booked."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One stretch of selling between two counts of the drawer."""

    id: int  # journal seq of its opening
    business_date: str  # ISO
    person: str  # who opened it
    float_amount: int
    opened_ms: int  # Unix milliseconds
    clock_trusted: bool
    date_kept: bool = False  # the clock was behind the last shift, whose date this one keeps


_CURRENT = """
SELECT s.id, s.business_date, p.name, s.float_amount, j.wall_ms, j.clock_trusted, j.body ->> '$.kept'
FROM session s JOIN person p ON p.id = s.person JOIN journal j ON j.seq = s.id
WHERE s.id = (SELECT max(id) FROM session) AND NOT EXISTS (SELECT 1 FROM closing c WHERE c.session = s.id)"""
_LAST_DATE = "SELECT business_date FROM session ORDER BY id DESC LIMIT 1"
_OPEN = "INSERT INTO session (id, business_date, person, float_amount) VALUES (?, ?, ?, ?)"
_MOVE = "INSERT INTO cash_move (id, session, kind, amount, reason, person) VALUES (?, ?, ?, ?, ?, ?)"


def current(ledger: Ledger) -> Shift | None:
    """Return the open shift, or None."""
    row = ledger.row(_CURRENT)
    if row is None:
        return None
    key, day, person, amount, wall_ms, trusted, kept = row
    return Shift(key, day, person, amount, wall_ms, bool(trusted), bool(kept))


def business_day(wall_ms: int, roll_over_hour: int = 0, zone: tzinfo | None = None) -> date:
    """Return the day a moment counts to: before the roll-over hour (0 to 23, local time) the day before.

    `zone` None is this machine's time zone.
    """
    local = datetime.fromtimestamp(wall_ms // 1000, UTC).astimezone(zone)
    return local.date() - timedelta(days=1) if local.hour < roll_over_hour else local.date()


def open_shift(
    ledger: Ledger,
    person: Person,
    float_amount: int,
    *,
    roll_over_hour: int = 0,
    zone: tzinfo | None = None,
) -> Shift:
    """Start a shift with what was counted into the drawer; ShiftOpen if there is one."""
    require(person, Right.SELL)
    if not 0 <= float_amount <= MAX_MINOR:
        raise BadCash(_("the float is negative or beyond any drawer; nothing was booked; count again"))
    with ledger.transaction():
        if current(ledger) is not None:
            raise ShiftOpen
        day = business_day(ledger.clock.now().wall_ms, roll_over_hour, zone).isoformat()
        last = ledger.row(_LAST_DATE)
        kept = last is not None and day < last[0]
        if last is not None and kept:
            day = last[0]
        body: dict[str, object] = {"d": day, "float": float_amount, "w": person.name}
        if kept:
            body["kept"] = True  # the clock is behind the last shift
        event = ledger.record("shift.open", body)
        ledger.execute(_OPEN, (event.seq, day, person.id, float_amount))
    return Shift(event.seq, day, person.name, float_amount, event.wall_ms, event.clock_trusted, kept)


def cash_in(
    ledger: Ledger, amount: int, reason: str, person: Person, approvals: Iterable[Approval] = ()
) -> int:
    """Book cash put into the drawer, and open it; return the journal seq."""
    return _move(ledger, "in", amount, reason, person, require(person, Right.CASH_MOVE, approvals))


def cash_out(
    ledger: Ledger, amount: int, reason: str, person: Person, approvals: Iterable[Approval] = ()
) -> int:
    """Book cash taken out of the drawer, and open it; return the journal seq."""
    return _move(ledger, "out", amount, reason, person, require(person, Right.CASH_MOVE, approvals))


def open_drawer(ledger: Ledger, reason: str, person: Person, approvals: Iterable[Approval] = ()) -> int:
    """Open the drawer without a sale, which is booked as well; return the journal seq."""
    return _move(ledger, "drawer", 0, reason, person, require(person, Right.OPEN_DRAWER, approvals))


def _move(ledger: Ledger, kind: str, amount: int, reason: str, person: Person, by: Person) -> int:
    """Book one movement of cash with its journal row and the pulse for the drawer."""
    reason = clean_text(reason)
    if kind != "drawer" and not 0 < amount <= MAX_MINOR:
        raise BadCash(_("this amount is not positive or beyond any drawer; nothing was booked"))
    if not reason:
        raise BadCash(_("nothing was booked; say what it is for"))
    with ledger.transaction():
        shift = current(ledger)
        if shift is None:
            raise NoShift
        body: dict[str, object] = {"amount": amount, "reason": reason, "w": person.name}
        if by.id != person.id:
            body["by"] = by.name
        event = ledger.record(f"cash.{kind}", body)
        ledger.execute(_MOVE, (event.seq, shift.id, kind, amount, reason, person.id))
        enqueue(ledger, "drawer", event.seq)
    return event.seq
