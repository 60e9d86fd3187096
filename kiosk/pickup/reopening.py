"""A box once more for whoever has just emptied it and forgot something: until when, how often.

Within three minutes of shutting it, at the screen they still stand before, once and without a code. With the
code for a quarter of an hour, and for so long nobody else is given the box. A wall clock that jumps shortens
nothing: in the same boot the time since that boot counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.pickup.boxes import boxes
from kiosk.pickup.compartment import OPEN_ABANDONED_S, Compartment, Purpose, State
from kiosk.pickup.order import Stage
from kiosk.pickup.orders import order_of

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

IN_VISIT_MS = 3 * 60_000
WITH_CODE_MS = 15 * 60_000
MOST = 3
"""Openings after the collecting one, so that nobody keeps a box for ever."""
BY_CODE = "customer, by code"
"""The actor of a reopening whose code was shown again; every other one has the visit's single try."""
_EMPTIED = frozenset({State.FREE, State.CHECK})
_COLLECTED = frozenset({Stage.COLLECTED, Stage.COLLECTED_OPEN})
_COLLECTING = """
SELECT o.id, o.pickup, b.boot_id, j.boot_ms, j.wall_ms, j.clock_trusted
FROM opening o JOIN journal j ON j.seq = o.id JOIN boot b ON b.id = j.boot
WHERE o.box = ? AND o.purpose = 'pickup' AND o.outcome = 'opened' ORDER BY o.id DESC LIMIT 1"""
_SINCE = "SELECT purpose FROM opening WHERE box = ? AND id > ? AND outcome <> 'not sent'"
_FORGET = "UPDATE pickup SET code = NULL WHERE id = ?"
_WITH_CODES = "SELECT id FROM pickup WHERE code IS NOT NULL AND done_ms IS NOT NULL"


class TooLate(RuntimeError):
    """The box is not opened once more: too late, too often, or somebody else has it."""


@dataclass(frozen=True, slots=True)
class Emptied:
    """A box that was collected from, and which nobody else has had since."""

    box: Compartment
    order: str
    shut_ms: int
    """Milliseconds since it was shut; at the least, where the clock is not trusted."""
    again: int
    """How often it was opened once more."""

    def opens(self, *, by_code: bool) -> bool:
        """Whether it may be opened once more."""
        if by_code:
            return self.shut_ms <= WITH_CODE_MS and self.again < MOST
        return self.shut_ms <= IN_VISIT_MS and not self.again


def emptied(ledger: Ledger, box: Compartment) -> Emptied | None:
    """What a box was collected for last; None where it holds something, or somebody else had it since."""
    row = ledger.row(_COLLECTING, (box.number,)) if box.state in _EMPTIED else None
    if row is None:
        return None
    opening, order, boot_id, boot_ms, wall_ms, trusted = row
    later = [purpose for (purpose,) in ledger.rows(_SINCE, (box.number, opening))]
    collected = order_of(ledger, order)
    if collected.stage not in _COLLECTED or any(purpose != Purpose.AGAIN for purpose in later):
        return None
    now = ledger.clock.now()
    if boot_id == now.boot_id:
        age = now.boot_ms - boot_ms
    else:
        age = now.wall_ms - wall_ms if trusted and now.trusted else now.boot_ms
    stood_open = min(max((collected.done_ms or wall_ms) - wall_ms, 0), OPEN_ABANDONED_S * 1000)
    return Emptied(box, order, max(age - stood_open, 0), len(later))


def box_of(ledger: Ledger, order: str, *, by_code: bool) -> Compartment | None:
    """The box that an order was collected from and that may be opened once more; None when none may."""
    found = filter(None, (emptied(ledger, box) for box in boxes(ledger)))
    return next((one.box for one in found if one.order == order and one.opens(by_code=by_code)), None)


def require(ledger: Ledger, box: Compartment, order: str, actor: str) -> None:
    """Raise TooLate unless a box may be opened once more for an order; in the intent's own transaction."""
    found = emptied(ledger, box)
    if found is None or found.order != order or not found.opens(by_code=actor == BY_CODE):
        raise TooLate(_("this box is not opened once more; please ask the staff"))


def resting(ledger: Ledger) -> frozenset[int]:
    """The empty boxes that are nobody else's yet, because who emptied them may come back."""
    free = (emptied(ledger, box) for box in boxes(ledger) if box.state is State.FREE)
    return frozenset(one.box.number for one in free if one is not None and one.shut_ms <= WITH_CODE_MS)


def forget_codes(ledger: Ledger) -> None:
    """Keep no code of an order that it opens nothing for any more."""
    over = [key for (key,) in ledger.rows(_WITH_CODES) if box_of(ledger, key, by_code=True) is None]
    if over:
        with ledger.transaction():
            ledger.executemany(_FORGET, [(key,) for key in over])
