"""Adding a row to the journal, inside the transaction of what it tells about.

This is the hot path of a sale: constant SQL, the newest row read once, one insert.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import apsw

from kiosk.ledger import hlc, journal
from kiosk.ledger.clock import Clock, Stamp
from kiosk.ledger.errors import DuplicateEvent

_NEWEST = "SELECT seq, hash, hlc, wall_ms, clock_trusted FROM journal ORDER BY seq DESC LIMIT 1"
_BOOT = "SELECT id FROM boot WHERE boot_id = ?"
_NEW_BOOT = "INSERT INTO boot (boot_id) VALUES (?) RETURNING id"
_KNOWN = "SELECT 1 FROM journal WHERE event_id = ?"
_APPEND = (
    "INSERT INTO journal"
    " (seq, event_id, type, version, hlc, boot, boot_ms, wall_ms, clock_trusted, body, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the journal, as far as the one who made it needs it."""

    seq: int
    """Per-device sequence without gaps; also the id of the sale, shift or cash movement it made."""
    identity: bytes
    """The event id as stored; 16 bytes, in the order of events."""
    wall_ms: int
    """Unix milliseconds as stored: never before the row in front, but for a clock that was put right."""
    clock_trusted: bool

    @property
    def event_id(self) -> UUID:
        """The permanent id, reused on every retry; made when asked for, because few ask."""
        return UUID(bytes=self.identity)


def settle(stamp: Stamp, last_wall_ms: int, last_trusted: bool) -> tuple[int, bool]:
    """Return the wall time to store and whether it is trusted.

    Time that runs backwards is not believed: the row gets the last time plus 1 ms and is marked. But a
    trusted clock after an untrusted one has been put right, and is taken as it is.
    """
    if stamp.wall_ms >= last_wall_ms or (stamp.trusted and not last_trusted):
        return stamp.wall_ms, stamp.trusted
    return last_wall_ms + 1, False


class Recorder:
    """Writes journal rows over one connection."""

    def __init__(self, connection: apsw.Connection, clock: Clock, formula: int) -> None:
        self._execute = connection.execute
        self._clock = clock
        self._hash = journal.FORMULAS[formula]
        self._boots: dict[str, int] = {}

    def forget(self) -> None:
        """Drop what was remembered of rows that a rollback took back."""
        self._boots.clear()

    def append(self, kind: str, body: Mapping[str, object], event_id: UUID | None, version: int) -> Event:
        """Add one row after the newest one and return it; DuplicateEvent when the id is known."""
        journal.check_kind(kind)
        stamp = self._clock.now()
        boot = self._boots.get(stamp.boot_id) or self._boot(stamp.boot_id)
        newest = self._execute(_NEWEST).fetchone()
        last_seq, previous, last_hlc, last_wall, last_trusted = newest or (0, journal.BEFORE_FIRST, 0, 0, 1)
        wall, trusted = settle(stamp, last_wall, bool(last_trusted))
        order = hlc.tick(last_hlc, stamp.wall_ms)
        identity = hlc.id_bytes(order) if event_id is None else event_id.bytes
        seq, text = last_seq + 1, journal.canonical(body)
        whole = journal.envelope(
            text,
            stamp.boot_ms,
            stamp.boot_id,
            order,
            hlc.id_text(identity),
            seq,
            trusted,
            kind,
            version,
            wall,
        )
        row = (
            seq, identity, kind, version, order, boot, stamp.boot_ms, wall, int(trusted), text,
            self._hash(previous, whole),
        )  # fmt: skip
        try:
            self._execute(_APPEND, row)
        except apsw.ConstraintError as error:
            if self._execute(_KNOWN, (identity,)).fetchone():
                raise DuplicateEvent(hlc.id_text(identity)) from error
            raise
        return Event(seq, identity, wall, trusted)

    def _boot(self, boot_id: str) -> int:
        """Return the row of a boot, made at its first event."""
        found: tuple[Any, ...] | None = self._execute(_BOOT, (boot_id,)).fetchone()
        if found is None:
            (found,) = self._execute(_NEW_BOOT, (boot_id,)).fetchall()
        self._boots[boot_id] = int(found[0])
        return self._boots[boot_id]
