"""Bringing a copy back in the place of a ledger that is lost, damaged or was wrong."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import apsw

from kiosk.i18n import _
from kiosk.ledger import backup, storage
from kiosk.ledger.clock import Clock
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import CopyFailed, CopyMissing, LedgerBusy, LedgerError
from kiosk.ledger.instance import TillLock
from kiosk.ledger.verify import Progress

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""For the series of a restored ledger; without 0, 1, I and O, which are misread on paper."""

OTHERS_MS = 500
"""How long to wait for another program to let go of the ledger; whoever holds it longer is using it."""

_SET = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
_BASE = "SELECT value FROM meta WHERE key = 'series_base'"


@dataclass(frozen=True, slots=True)
class Restored:
    """A ledger that was brought back."""

    path: Path
    rows: int  # of the journal, as they were in the copy
    series: str  # of receipts from now on
    kept: Path | None  # where the replaced ledger is now; None: there was none


def restore(
    copy: Path | str, path: Path | str, *, clock: Clock | None = None, progress: Progress | None = None
) -> Restored:
    """Put a checked copy in the place of the ledger and keep the replaced one beside it.

    Refused, with nothing changed: a copy that is not there (CopyMissing), damaged or not ours (CopyDamaged,
    LedgerForeign), and a ledger that a till or another program is using (AlreadyRunning, LedgerBusy).
    """
    source, place = Path(copy), Path(path)
    if not source.is_file():
        raise CopyMissing(source)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and source.exists() and source.samefile(place):
        raise CopyFailed(place, _("that is the ledger itself"))
    with TillLock(place):
        rows = backup.check(source).rows
        made = place.with_name(place.name + ".new")
        try:
            storage.clear(made)
            with Ledger.open(source, readonly=True) as old:
                backup.copy_pages(old, made, progress)
            series = _begin_anew(made, clock)
            kept = put_aside(place)
            storage.publish(made, place)
        except (apsw.Error, OSError) as error:
            if isinstance(error, LedgerBusy):
                raise
            raise CopyFailed(place, error) from error
        finally:
            storage.clear(made)
    return Restored(place, rows, series, kept)


def _begin_anew(made: Path, clock: Clock | None) -> str:
    """Make the copy a ledger of its own and return its new receipt series.

    Receipts printed since the copy are unknown to it. So their numbers must not come again: the series gets
    three random signs. A hub sees a new epoch and asks for everything once more. What waited for the printer
    is in doubt, and the drawer is not opened for a sale of long ago.
    """
    with Ledger.open(made, clock=clock) as ledger:
        base = str((ledger.row(_BASE) or (ledger.series,))[0])
        before, series = ledger.series, base + "".join(secrets.choice(SIGNS) for _sign in range(3))
        epoch = str(secrets.randbits(63))
        with ledger.transaction():
            ledger.executemany(_SET, [("series_base", base), ("series", series), ("epoch", epoch)])
            ledger.execute("DELETE FROM cursor")
            ledger.execute(
                "UPDATE print_job SET state = 'CANCELLED' WHERE kind = 'drawer' AND state = 'QUEUED'"
            )
            ledger.execute("UPDATE print_job SET state = 'DOUBTFUL' WHERE state IN ('QUEUED', 'SENDING')")
            ledger.record("ledger.restored", {"epoch": epoch, "series": series, "series_before": before})
        ledger.connection.pragma("journal_mode", "delete")
    return series


def put_aside(place: Path) -> Path | None:
    """Give the replaced ledger a second name beside its first; the first is then taken over in one step."""
    if not place.exists():
        return None
    if _sound(place):
        _fold_log(place)
    kept = _free_name(place)
    log = place.with_name(place.name + "-wal")
    if log.exists():  # only beside a damaged file: a sound one has taken its log in
        log.rename(kept.with_name(kept.name + "-wal"))
    place.with_name(place.name + "-shm").unlink(missing_ok=True)
    try:
        os.link(place, kept)
    except OSError:  # a FAT stick has no second names: a power cut now leaves only the kept one
        place.rename(kept)
    return kept


def _sound(place: Path) -> bool:
    """Tell whether the file can be read in full; read-only, as writing to a damaged one empties its log."""
    try:
        connection = storage.connect_to_read(place)
        try:
            return bool(connection.pragma("quick_check", 1) == "ok")
        finally:
            connection.close()
    except (apsw.BusyError, apsw.LockedError) as error:
        raise LedgerBusy(place) from error
    except (apsw.Error, LedgerError):
        return False


def _fold_log(place: Path) -> None:
    """Bring the log into the file; LedgerBusy when another program has it open."""
    connection = storage.connect(place, readonly=False)
    try:
        connection.set_busy_timeout(OTHERS_MS)
        connection.pragma("journal_mode", "delete")
    except (apsw.BusyError, apsw.LockedError) as error:
        raise LedgerBusy(place) from error
    finally:
        connection.close()


def _free_name(place: Path) -> Path:
    """Return the first free `ledger.replaced-N.db`."""
    number = 1
    while (kept := place.with_name(f"{place.stem}.replaced-{number}{place.suffix}")).exists():
        number += 1
    return kept
