"""A copy of the ledger on another disk, made while the till runs and checked before it counts as a copy."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from kiosk.i18n import _
from kiosk.ledger import storage
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import CopyDamaged, CopyFailed, LedgerDamaged, LedgerError, LedgerForeign
from kiosk.ledger.health import problems
from kiosk.ledger.sticks import is_unplugged
from kiosk.ledger.verify import Progress, verify

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = 256
"""Pages (1 MB) copied between two reports of progress."""

_NEWEST = "SELECT max(seq) FROM journal"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was read back and found whole."""

    path: Path
    rows: int  # of the journal
    size: int  # bytes
    head: bytes  # hash of the newest row: a witness outside the till


def backup(ledger: Ledger, target: Path | str, progress: Progress | None = None) -> Copy:
    """Copy the ledger to a file, or under a telling name into a folder, and return what was checked.

    The copy shows one moment; sales made meanwhile are in the next one. It appears under its name only when
    it is whole, synced and verified. CopyFailed when the place cannot take it, CopyDamaged when what was
    read back is wrong, LedgerForeign rather than overwrite a file that is not a ledger.
    """
    place = _place(ledger, Path(target))
    part = place.with_name(place.name + ".part")
    with _putting_at(place, part):
        with ledger.sibling(readonly=True) as source:
            copy_pages(source, part, progress)
        copy = check(part)
        storage.publish(part, place)
    return Copy(place, copy.rows, copy.size, copy.head)


def copy_pages(source: Ledger, target: Path, progress: Progress | None = None) -> None:
    """Copy a ledger page by page into one plain file, as it stands at the first page."""
    source.execute("BEGIN")  # holds this moment; without it every sale would start the copy anew
    source.row(_NEWEST)
    copy_file(source.connection, target, progress)
    source.execute("ROLLBACK")


def copy_file(source: apsw.Connection, target: Path, progress: Progress | None = None) -> None:
    """Copy any database of ours that way; the source holds its moment."""
    copy = apsw.Connection(str(target), flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
    try:
        with copy.backup("main", source, "main") as run:
            while not run.done:
                run.step(PAGES)
                if progress is not None:
                    progress(run.page_count - run.remaining, run.page_count)
        copy.pragma("journal_mode", "delete")  # one file, readable from a locked stick
    finally:
        copy.close()


def check(path: Path) -> Copy:
    """Read a copy back in full; CopyDamaged says what is wrong with it."""
    try:
        with Ledger.open(path, readonly=True) as ledger:
            wrong = problems(ledger, thorough=True)
            verdict = verify(ledger)
    except LedgerDamaged as error:
        raise CopyDamaged(path, error.__cause__ or error) from error
    if wrong:
        raise CopyDamaged(path, wrong[0])
    if not verdict.ok:
        raise CopyDamaged(
            path, _("journal row {seq}: {reason}").format(seq=verdict.first_bad, reason=verdict.reason)
        )
    return Copy(path, verdict.rows, path.stat().st_size, verdict.head)


def _place(ledger: Ledger, target: Path) -> Path:
    """Return the file to write, refusing the ledger itself and any file that is not a ledger."""
    place = target / _file_name(ledger) if target.is_dir() else target
    if is_unplugged(place.parent):
        raise CopyFailed(place, _("nothing is plugged in there"))
    if not place.parent.is_dir():
        raise CopyFailed(place, _("there is no folder {folder}").format(folder=place.parent))
    if place.exists():
        if place.samefile(ledger.path):
            raise CopyFailed(place, _("that is the ledger itself"))
        if not storage.is_marked(place, storage.APPLICATION_ID):
            raise LedgerForeign(place)
    return place


def _file_name(ledger: Ledger) -> str:
    """Name a copy by series, day and newest row, so that copies sort and never collide."""
    newest = ledger.row(_NEWEST) or (0,)
    day = datetime.fromtimestamp(ledger.clock.now().wall_ms / 1000, UTC)
    return f"ledger-{ledger.series}-{day:%Y%m%d}-{newest[0]:07}.db"


@contextmanager
def _putting_at(place: Path, part: Path) -> Iterator[None]:
    """Clear the unfinished file whatever happens, and name the place in whatever goes wrong with it."""
    try:
        storage.clear(part)
        yield
    except LedgerError:
        raise
    except apsw.FullError as error:  # SQLite's own words for it, here, are "not an error"
        raise CopyFailed(place, _("the disk is full")) from error
    except (apsw.Error, OSError) as error:
        raise CopyFailed(place, error) from error
    finally:
        storage.clear(part)
