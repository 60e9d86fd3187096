"""Tries a ledger as a user who owns nothing here: `guest.py LEDGER` prints what came of each attempt."""

from __future__ import annotations

import os
import sys
import urllib.parse  # noqa: F401 - which pathlib imports when it makes a URI, and then it is too late
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import LedgerError
from kiosk.ledger.instance import TillLock


def attempts(path: Path) -> list[str]:
    """Open for writing, open for reading, take the till's lock; and what came of each."""
    outcomes = []
    for attempt in (Ledger.open, lambda place: Ledger.open(place, readonly=True), TillLock):
        try:
            attempt(path)
            outcomes.append("fine")
        except (LedgerError, OSError) as error:
            outcomes.append(type(error).__name__)
    return outcomes


if __name__ == "__main__":
    # What the attempts need is imported before: root's Python may be closed to a guest.
    with TemporaryDirectory() as folder:
        Ledger.create(Path(folder) / "ledger.db").close()
        for name in ("ledger.db", "none.db"):
            attempts(Path(folder) / name)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    sys.stdout.write(" ".join(attempts(Path(sys.argv[1]))))
