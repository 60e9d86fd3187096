"""Whether the ledger's file is sound, page by page; for the doctor, a copy and a person in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import apsw

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

MOST = 10
"""Problems reported at most: after the first few, more of them say nothing new."""


def problems(ledger: Ledger, *, thorough: bool = False) -> list[str]:
    """Return what SQLite finds wrong, empty when the file is sound.

    Reads every page: 0.4 s for 200,000 sales; `thorough` also compares indexes and references.
    """
    check = f"PRAGMA integrity_check({MOST})" if thorough else f"PRAGMA quick_check({MOST})"
    try:
        found = [str(line) for (line,) in ledger.connection.execute(check)]
        if thorough and found == ["ok"]:
            broken = ledger.connection.execute("PRAGMA foreign_key_check").fetchall()[:MOST]
            found += [
                f"row {row} of {table} refers to a missing row of {parent}"
                for table, row, parent, _ in broken
            ]
    except (apsw.CorruptError, apsw.NotADBError, apsw.IOError) as error:
        return [str(error)]
    return [line for line in found if line != "ok"]
