"""Opening the ledger's file: flags, pragmas, whose file it is, and SQLite's errors put into our words."""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from kiosk.ledger.errors import (
    LedgerBusy,
    LedgerDamaged,
    LedgerDiskFailed,
    LedgerError,
    LedgerForeign,
    LedgerFull,
    LedgerReadOnly,
)

APPLICATION_ID = 0x42726F77
"""'Brow' in the file's header (bytes 68 to 71), set by the first schema file: tells our file from others'."""

_HEADER = b"SQLite format 3\0"
_MARK_AT = 68

BUSY_MS = 5_000
"""How long a writer waits for another one. A commit takes milliseconds; 5 s is a card at its worst."""

CHECKPOINT_FRAMES = 1_000
"""Frames (4 MB, some 100 sales) after which a commit also copies the log back; an idle till does it earlier.
From then on the log is overwritten, and a sync of that takes half as long as of a growing file (ext4)."""


def named(error: apsw.Error, path: Path) -> LedgerError | None:
    """Return our exception for one of SQLite's, or None for a mistake of the program or a constraint."""
    match error:
        case apsw.FullError():
            return LedgerFull(path)
        case apsw.ReadOnlyError() | apsw.PermissionsError():
            return LedgerReadOnly(path)
        case apsw.BusyError() | apsw.LockedError():
            return LedgerBusy(path)
        case apsw.CorruptError() | apsw.NotADBError():
            return LedgerDamaged(path, error)
        case apsw.CantOpenError():
            return LedgerDiskFailed(path, error) if writable(path) else LedgerReadOnly(path)
        case apsw.IOError():
            return LedgerDiskFailed(path, error)
    return None


def writable(path: Path) -> bool:
    """Tell whether the file can be written and its folder can take the log beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def connect(path: Path, *, readonly: bool, create: bool = False) -> apsw.Connection:
    """Open the file and harden the connection; nothing is read from the file yet."""
    flags = apsw.SQLITE_OPEN_READONLY if readonly else apsw.SQLITE_OPEN_READWRITE
    connection = apsw.Connection(str(path), flags=flags | (apsw.SQLITE_OPEN_CREATE if create else 0))
    harden(connection)
    return connection


def connect_to_read(path: Path) -> apsw.Connection:
    """Open for reading, also from a disk that nobody can write to, such as a locked USB stick."""
    connection = connect(path, readonly=True)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except (apsw.CantOpenError, apsw.ReadOnlyError) as error:
        connection.close()
        log = path.with_name(path.name + "-wal")
        if (
            log.exists() and log.stat().st_size
        ):  # the newest rows are in there: an answer without them would lie
            raise LedgerReadOnly(path) from error
        return _connect_frozen(path)
    except apsw.Error:
        connection.close()
        raise
    return connection


def _connect_frozen(path: Path) -> apsw.Connection:
    """Open a file that cannot change, without the files SQLite would put beside it."""
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    connection = apsw.Connection(path.resolve().as_uri() + "?immutable=1", flags=flags)
    harden(connection)
    return connection


def harden(connection: apsw.Connection) -> None:
    """Wait for others, let nothing rewrite the schema or call functions behind our back, keep query plans.

    QPSG: a plan never depends on the values bound to it. Without it SQLite prepares some look-ups anew at
    every call (15 against 6 microseconds for a barcode with 100,000 products).
    """
    connection.set_busy_timeout(BUSY_MS)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)


def identify(connection: apsw.Connection, path: Path) -> None:
    """Refuse a file that is not ours; reading its header also finds garbage and a file cut short."""
    if connection.pragma("application_id") == APPLICATION_ID:
        return
    if connection.execute("SELECT count(*) FROM sqlite_schema").get == 0:
        raise LedgerDamaged(path, "the file is empty")
    raise LedgerForeign(path)


def is_marked(path: Path, application_id: int) -> bool:
    """Tell by its header alone whether a file is a SQLite database that bears a program's mark."""
    with path.open("rb") as file:
        header = file.read(100)
    return header.startswith(_HEADER) and header[_MARK_AT : _MARK_AT + 4] == application_id.to_bytes(4, "big")


def prepare_to_write(connection: apsw.Connection) -> None:
    """Make commits survive a power cut: a write-ahead log, one sync for each commit, references enforced."""
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "full")
    connection.pragma("wal_autocheckpoint", CHECKPOINT_FRAMES)
    connection.pragma("foreign_keys", 1)


def sync_file(path: Path) -> None:
    """Make a finished file's contents survive a power cut."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut; Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def publish(made: Path, target: Path) -> None:
    """Put a finished file in its place at once: a power cut leaves the old one or the new one, whole."""
    sync_file(made)
    made.replace(target)
    sync_folder(target.parent)


def clear(path: Path) -> None:
    """Remove what an interrupted attempt left under a temporary name, SQLite's own files included."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
