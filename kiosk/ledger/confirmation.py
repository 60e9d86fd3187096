"""The seller's word that the clock is right: kept for the rest of this boot, across restarts of the till."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.ledger.recorder import Event

_KEEP = (
    "INSERT INTO meta (key, value) VALUES ('clock_confirmed', ?)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
_KEPT = "SELECT value FROM meta WHERE key = 'clock_confirmed'"


def confirm_clock(ledger: Ledger, person: int | None) -> Event:
    """Trust the wall clock as it stands now; who said so goes into the journal."""
    anchor = ledger.clock.confirm()
    with ledger.transaction():
        ledger.execute(_KEEP, (f"{ledger.clock.now().boot_id} {anchor}",))
        return ledger.record("clock.confirmed", {"person": person})


def recall(ledger: Ledger) -> None:
    """Give a newly started till the confirmation of this boot, if there was one."""
    row = ledger.row(_KEPT)
    if row is None:
        return
    boot_id, _space, anchor = row[0].partition(" ")
    if boot_id == ledger.clock.now().boot_id:
        ledger.clock.confirm(int(anchor))
