"""The schema's history: numbered SQL files, frozen once released, each applied in one transaction."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import apsw

from kiosk.ledger.errors import LedgerDamaged, LedgerTooNew

SCHEMA = Path(__file__).with_name("schema")
_FILE = re.compile(r"([0-9]{4})\.sql")


def steps(folder: Path = SCHEMA) -> list[Path]:
    """Return the SQL files in order; step n is the nth, so the numbers must have no gap."""
    found = sorted(file for file in folder.iterdir() if _FILE.fullmatch(file.name))
    for number, file in enumerate(found, 1):
        if int(file.stem) != number:
            raise ValueError(f"{file} should be number {number:04}: schema files are numbered without gaps")
    return found


@cache
def newest() -> int:
    """Return the number of the newest schema; the files do not change while the program runs."""
    return len(steps())


def migrate(connection: apsw.Connection, path: Path, folder: Path = SCHEMA) -> int:
    """Bring the file to the newest schema and return how many steps that took; 0 when it is current.

    Must run before foreign keys are switched on, so that a step may rebuild a table.
    """
    files = steps(folder)
    found = check_version(connection, path, len(files))
    for number in range(found + 1, len(files) + 1):
        _apply(connection, path, number, files[number - 1].read_text(encoding="utf-8"))
    return len(files) - found


def check_version(connection: apsw.Connection, path: Path, known: int) -> int:
    """Return the file's schema number; LedgerTooNew when it is above what this program knows."""
    found = _version(connection)
    if found > known:
        raise LedgerTooNew(path, found, known)
    return found


def _version(connection: apsw.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").get)


def _apply(connection: apsw.Connection, path: Path, number: int, sql: str) -> None:
    """Apply one step whole or not at all; another process may have been quicker."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < number:
            connection.execute(sql)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise LedgerDamaged(path, f"rows refer to missing rows after schema step {number}")
            connection.execute(f"PRAGMA user_version = {number:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
