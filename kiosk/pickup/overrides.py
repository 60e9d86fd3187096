"""Which boxes staff opened, who and why: counted for the day's report, listed for whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_STAFF = """
SELECT j.wall_ms, j.clock_trusted, o.box, o.actor, o.pulses, o.outcome
FROM opening o JOIN journal j ON j.seq = o.id WHERE o.purpose = 'staff' AND j.wall_ms >= ? ORDER BY o.id"""


@dataclass(frozen=True, slots=True)
class Override:
    """A box opened by staff."""

    at_ms: int
    """Unix milliseconds."""
    clock_trusted: bool
    box: int
    who: str
    why: str
    pulses: int
    outcome: str
    """opened, stuck, not sent, lost; empty while it is under way."""


def overrides(ledger: Ledger, since_ms: int = 0) -> list[Override]:
    """Return the boxes that staff opened since then, oldest first."""
    found = []
    for at_ms, trusted, box, actor, pulses, outcome in ledger.rows(_STAFF, (since_ms,)):
        who, _colon, why = actor.partition(": ")
        found.append(Override(at_ms, bool(trusted), box, who, why, pulses, outcome))
    return found
