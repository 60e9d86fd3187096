"""The stall's power on disk: what is known of it, and what it drew, in a file of its own beside the ledger.

A file of its own, because telemetry must never make a sale wait: the ledger syncs to the disk with every
commit, this one once in a while. After a power cut its last minute may be missing, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import apsw

FILE = "power.db"
DAY_S, YEAR_S = 86_400, 366 * 86_400
"""How long samples of ten seconds are kept, and the means of minutes."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS known (
  id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL, boot TEXT NOT NULL, boot_ms INTEGER NOT NULL,
  wall_ms INTEGER NOT NULL, trusted INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS sample (
  wall_s INTEGER PRIMARY KEY, volts REAL, amps REAL, load_w REAL, solar_w REAL, ac_w REAL) STRICT;
CREATE TABLE IF NOT EXISTS minute (
  wall_s INTEGER PRIMARY KEY, volts REAL, amps REAL, load_w REAL, solar_w REAL, ac_w REAL) STRICT;
"""
_MEANS = (
    "INSERT OR REPLACE INTO minute"
    " SELECT wall_s / 60 * 60, avg(volts), avg(amps), avg(load_w), avg(solar_w), avg(ac_w)"
    " FROM sample WHERE wall_s >= ? AND wall_s < ? GROUP BY wall_s / 60"
)
_MINUTES = "SELECT * FROM minute WHERE wall_s >= ? AND wall_s < ? ORDER BY wall_s"
_SAMPLES = "SELECT * FROM sample WHERE wall_s >= ? AND wall_s < ? ORDER BY wall_s"


@dataclass(frozen=True, slots=True)
class Row:
    """Power at a moment or over a minute; None is unknown."""

    wall_s: int
    volts: float | None
    amps: float | None
    load_w: float | None
    solar_w: float | None
    ac_w: float | None


@dataclass(frozen=True, slots=True)
class Known:
    """What was known when it was last written down."""

    state: str
    boot_id: str
    boot_ms: int
    wall_ms: int
    trusted: bool


class PowerBook:
    """One connection, for one thread."""

    def __init__(self, folder: Path) -> None:
        """Open the file, or make it. `apsw.Error` when it cannot be used: power is then not kept."""
        self._db = apsw.Connection(str(folder / FILE))
        self._db.set_busy_timeout(2000)
        self._db.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        self._db.execute(SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def known(self) -> Known | None:
        """Return what was last written down."""
        row = self._db.execute("SELECT state, boot, boot_ms, wall_ms, trusted FROM known").fetchone()
        if row is None:
            return None
        state, boot, boot_ms, wall_ms, trusted = row
        return Known(str(state), str(boot), int(str(boot_ms)), int(str(wall_ms)), bool(trusted))

    def keep(self, known: Known, rows: Iterable[Row]) -> None:
        """Write down what is known and the newest samples; make means of minutes, drop what is old."""
        with self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO known VALUES (1, ?, ?, ?, ?, ?)",
                (known.state, known.boot_id, known.boot_ms, known.wall_ms, int(known.trusted)),
            )
            told = [(row.wall_s, row.volts, row.amps, row.load_w, row.solar_w, row.ac_w) for row in rows]
            if not told:
                return
            self._db.executemany("INSERT OR REPLACE INTO sample VALUES (?, ?, ?, ?, ?, ?)", told)
            first, last = told[0][0] // 60 * 60, told[-1][0]
            self._db.execute(_MEANS, (first, last + 1))
            if not known.trusted:
                return  # a clock that is a year ahead must not throw the year away
            self._db.execute("DELETE FROM sample WHERE wall_s < ?", (last - DAY_S,))
            self._db.execute("DELETE FROM minute WHERE wall_s < ?", (last - YEAR_S,))

    def minutes(self, from_s: int, until_s: int) -> list[Row]:
        """Return the means of minutes in a span, oldest first."""
        return self._rows(_MINUTES, from_s, until_s)

    def samples(self, from_s: int, until_s: int) -> list[Row]:
        """Return the samples in a span, oldest first."""
        return self._rows(_SAMPLES, from_s, until_s)

    def _rows(self, sql: str, from_s: int, until_s: int) -> list[Row]:
        return [Row(*row) for row in self._db.execute(sql, (from_s, until_s))]
