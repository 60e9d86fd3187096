"""The stall's power on disk: what is known of it, what it drew, and how its parts age, beside the ledger.

A file of its own, because telemetry must never make a sale wait: the ledger syncs to the disk with every
commit, this one once in a while. After a power cut its last minute may be missing, and nothing else.

How much is kept is counted in rows, not in days: no clock, however wrong, can throw anything away.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Self

import apsw

from kiosk.energy import powerschema
from kiosk.energy.minutes import Row, folded
from kiosk.energy.wear import UNKNOWN, Figures
from kiosk.i18n import _
from kiosk.ledger import storage
from kiosk.ledger.errors import LedgerError

log = logging.getLogger(__name__)

FILE = "power.db"
SAMPLES = 10_000
"""A day of looks every ten seconds is 8,640; a switch that is thrown adds one."""
MINUTES = 366 * 24 * 60
"""A year of minutes that never rests."""
AT_ONCE = 600
"""Rows folded or dropped in one transaction: what piled up is caught up with bit by bit."""
DAY_S = 86_400
QUARTER_S = 900
"""The world's time zones differ by quarters of an hour; an hour is made of four of them."""

_VALUES = "wall_s, seconds, volts, amps, load_w, solar_w, ac_w"
_SAMPLE = f"INSERT INTO sample ({_VALUES}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - constants
_MINUTE = f"INSERT INTO minute ({_VALUES}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - constants
_UNFOLDED = f"SELECT id, {_VALUES} FROM sample WHERE id > ? ORDER BY id LIMIT {AT_ONCE}"  # noqa: S608
_DROP = "DELETE FROM {0} WHERE id <= min((SELECT max(id) FROM {0}) - ?, (SELECT min(id) FROM {0}) + {1})"
_DROPS = tuple(
    (_DROP.format(table, AT_ONCE), most) for table, most in (("sample", SAMPLES), ("minute", MINUTES))
)
_MINUTES = f"SELECT {_VALUES} FROM minute WHERE wall_s >= ? AND wall_s < ? ORDER BY id"  # noqa: S608
_QUARTERS = (
    f"SELECT wall_s / {QUARTER_S} * {QUARTER_S}, sum(load_w * seconds) / 3.6, sum(seconds) FROM minute "  # noqa: S608
    "WHERE wall_s >= ? AND wall_s < ? AND load_w IS NOT NULL GROUP BY 1"
)
_SAMPLES = f"SELECT {_VALUES} FROM sample ORDER BY id"  # noqa: S608 - constants
_KNOWN = "SELECT state, boot, boot_ms, wall_ms, trusted FROM known WHERE pack = ?"
_NEWEST = "SELECT id, wall_s FROM figure WHERE component = ? ORDER BY id DESC LIMIT 1"
_SAME_DAY = (
    "UPDATE figure SET wall_s = ?, usable_ah = coalesce(?, usable_ah), ohm = coalesce(?, ohm), "
    "idle_w = coalesce(?, idle_w), cycles = coalesce(?, cycles) WHERE id = ?"
)
_NEW_FIGURE = (
    "INSERT INTO figure (wall_s, usable_ah, ohm, idle_w, cycles, component) VALUES (?, ?, ?, ?, ?, ?)"
)
_FIGURES = "SELECT wall_s, usable_ah, ohm, idle_w, cycles FROM figure WHERE component = ? ORDER BY id"


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a pack when it was last written down."""

    state: str
    boot_id: str
    boot_ms: int
    wall_ms: int
    trusted: bool


class PowerBookUnusable(RuntimeError):
    """`power.db` is damaged, of a newer program, or cannot be written; nothing was changed."""

    def __init__(self, folder: Path, reason: str) -> None:
        words = _("{file} cannot be used: {reason}; sales are safe in the ledger")
        super().__init__(words.format(file=folder / FILE, reason=reason))


class PowerBookDamaged(PowerBookUnusable):
    """Its pages are not what was written."""

    def __init__(self, folder: Path, error: object) -> None:
        words = _("{error}; put it aside, and the till makes a new one")
        super().__init__(folder, words.format(error=error))


class PowerBook:
    """One connection, for one thread."""

    def __init__(self, folder: Path, *, readonly: bool = False) -> None:
        """Open the file, or make it, or only read it; PowerBookUnusable."""
        self._folder = folder
        try:
            if readonly:
                self._db = storage.connect_to_read(folder / FILE)
                powerschema.check_current(self._db)
                return
            self._db = apsw.Connection(str(folder / FILE))
            self._db.set_busy_timeout(2000)
            self._db.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
            powerschema.make_current(self._db)
        except ValueError as error:
            raise PowerBookUnusable(folder, str(error)) from error
        except (apsw.Error, LedgerError) as error:
            raise PowerBookDamaged(folder, error) from error

    @classmethod
    def of(cls, folder: Path) -> Self | None:
        """Open the file of a shop to read; None where nothing was kept, or, logged, it cannot be used."""
        try:
            return cls(folder, readonly=True) if (folder / FILE).is_file() else None
        except PowerBookUnusable as error:
            log.warning("%s", error)
            return None

    def __enter__(self) -> Self:
        """Return the book, open."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def check(self) -> None:
        """Read every page; PowerBookDamaged."""
        try:
            wrong = str(self._db.pragma("quick_check", 1))
        except apsw.Error as error:
            wrong = str(error)
        if wrong != "ok":
            raise PowerBookDamaged(self._folder, wrong)

    def known(self, pack: str = "") -> Known | None:
        """Return what was last written down of a pack; a first pack with an id takes over what had none."""
        rows = self._rows(_KNOWN, (pack,))
        if not rows and (rows := self._rows(_KNOWN, ("",))):
            with self._db:
                self._db.execute("UPDATE known SET pack = ? WHERE pack = ''", (pack,))
                self._db.execute("UPDATE figure SET component = ? WHERE component = ''", (pack,))
        for state, boot, boot_ms, wall_ms, trusted in rows:
            return Known(state, boot, boot_ms, wall_ms, bool(trusted))
        return None

    def keep(
        self, known: Known, rows: Iterable[Row], pack: str = "", aged: Mapping[str, Figures] | None = None
    ) -> None:
        """Write down what is known, the newest samples and how the parts are; one small transaction."""
        with self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?, ?, ?)",
                (pack, known.state, known.boot_id, known.boot_ms, known.wall_ms, int(known.trusted)),
            )
            self._db.executemany(_SAMPLE, (astuple(row) for row in rows))
            for component, figures in (aged or {}).items():
                self._age(component, known.wall_ms // 1000, figures)
            self._fold()
            for drop, most in _DROPS:
                self._db.execute(drop, (most,))

    def _fold(self) -> None:
        """Make means of the minutes that are over."""
        [(upto,)] = self._rows("SELECT sample FROM folded")
        found = self._rows(_UNFOLDED, (upto,))
        samples = [Row(*row[1:]) for row in found]
        made = folded(samples) or (folded(samples, all_=True) if len(found) == AT_ONCE else [])
        taken = sum(count for count, _row in made)
        if taken:
            self._db.executemany(_MINUTE, (astuple(row) for _count, row in made))
            self._db.execute("UPDATE folded SET sample = ?", (found[taken - 1][0],))

    def _age(self, component: str, wall_s: int, figures: Figures) -> None:
        """Write down how a part is; a day has one row, and a day that comes again another.

        What is not known now stays as it was known before.
        """
        told = (wall_s, figures.usable_ah, figures.ohm, figures.idle_w, figures.cycles)
        if figures == UNKNOWN:
            return
        newest = next(iter(self._rows(_NEWEST, (component,))), None)
        if newest is not None and newest[1] // DAY_S == wall_s // DAY_S:
            self._db.execute(_SAME_DAY, (*told, newest[0]))
        else:
            self._db.execute(_NEW_FIGURE, (*told, component))

    def minutes(self, from_s: int, until_s: int) -> list[Row]:
        """Return the means of minutes in a span of the wall clock, in the order they came."""
        return [Row(*row) for row in self._rows(_MINUTES, (from_s, until_s))]

    def quarters(self, from_s: int, until_s: int) -> list[tuple[int, float, float]]:
        """Return each quarter of an hour of a span, the milliwatt hours taken, and in how many seconds.

        Added up by SQLite: a year has half a million minutes, and somebody waits for the report.
        """
        return [(at_s, mwh, seconds) for at_s, mwh, seconds in self._rows(_QUARTERS, (from_s, until_s))]

    def samples(self) -> list[Row]:
        """Return the samples that are kept, in the order they came."""
        return [Row(*row) for row in self._rows(_SAMPLES)]

    def figures(self, component: str) -> list[tuple[int, Figures]]:
        """Return how a part was over time, with the wall clock's seconds; the newest last."""
        return [
            (wall_s, Figures(usable_ah, None, ohm, idle_w, cycles))
            for wall_s, usable_ah, ohm, idle_w, cycles in self._rows(_FIGURES, (component,))
        ]

    def _rows(self, sql: str, params: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query; the tables are STRICT."""
        return self._db.execute(sql, params).fetchall()
