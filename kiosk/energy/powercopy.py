"""A copy of `power.db` beside a copy of the ledger, and its way back. It never stands in the money's way.

The ledger is copied, and brought back, first and whole; what is wrong here is said and costs only the record.
So a power cut between the two leaves the ledger of now beside the record of before, which fits all the same:
what it knows of the battery only counts as older, and its rows belong to times and parts, not to sales.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from kiosk.energy.powerbook import FILE
from kiosk.i18n import _
from kiosk.ledger import storage
from kiosk.ledger.backup import copy_file
from kiosk.ledger.errors import LedgerBusy, LedgerError
from kiosk.ledger.instance import TillLock
from kiosk.ledger.restore import put_aside

if TYPE_CHECKING:
    from kiosk.ledger.verify import Progress

APPLICATION_ID = 0x42726F50
"""'BroP' in a copy's header: tells our copies from a file of somebody else's, which is never overwritten."""
END = ".power.db"
_TABLES = "SELECT count(*) FROM sqlite_schema WHERE name IN ('known', 'sample', 'minute')"
"""Three in every format there was."""


class PowerNotCopied(OSError):
    """`power.db` could not be copied; it, the ledger's copy and what was there before are whole."""

    def __init__(self, file: Path, reason: object) -> None:
        words = _("{file} was not copied: {reason}. The ledger's copy is whole.")
        super().__init__(words.format(file=file, reason=reason))


class PowerNotRestored(OSError):
    """A copy of `power.db` could not be brought back; nothing was changed."""

    def __init__(self, copy: Path, reason: object) -> None:
        words = _("{file} was not brought back: {reason}. The ledger is whole.")
        super().__init__(words.format(file=copy, reason=reason))


def beside(ledger_copy: Path) -> Path:
    """Where the record's copy is that belongs to a ledger's copy."""
    return ledger_copy.with_name(ledger_copy.name.removesuffix(".db") + END)


def is_copy(path: Path) -> bool:
    """Tell whether a file is a copy of a record of power."""
    return path.is_file() and storage.is_marked(path, APPLICATION_ID)


def copy_beside(folder: Path, ledger_copy: Path, progress: Progress | None = None) -> Path | None:
    """Copy the record while the till goes on writing; None where there is none. Raises `PowerNotCopied`."""
    source, place = folder / FILE, beside(ledger_copy)
    if not source.exists():
        return None
    part = place.with_name(place.name + ".part")
    with _making(part, partial(PowerNotCopied, source)):
        if place.exists() and not is_copy(place):
            raise FileExistsError(_("{file} is another program's").format(file=place))
        _copy(source, part, progress)
        storage.publish(part, place)
    return place


def bring_back(copy: Path, folder: Path, progress: Progress | None = None) -> Path | None:
    """Put a copy in the record's place; return where the former one is kept, None where there was none.

    Raises `PowerNotRestored`, with nothing changed, for a copy that is damaged and under a till that runs.
    """
    place = folder / FILE
    made = place.with_name(FILE + ".new")
    with _making(made, partial(PowerNotRestored, copy)), TillLock(folder / "ledger.db"):
        _copy(copy, made, progress)
        kept = put_aside(place)
        storage.publish(made, place)
    return kept


def _copy(source: Path, made: Path, progress: Progress | None) -> None:
    """Copy one moment of it, mark it as ours, and read it all back."""
    connection = storage.connect_to_read(source)
    try:
        connection.execute("BEGIN")
        if connection.execute(_TABLES).get != 3:
            raise ValueError(_("it is no record of power"))
        copy_file(connection, made, progress)
    finally:
        connection.close()
    copy = storage.connect(made, readonly=False)
    try:
        if (wrong := copy.pragma("integrity_check", 1)) != "ok":
            raise ValueError(str(wrong))
        copy.pragma("application_id", APPLICATION_ID)
    finally:
        copy.close()


@contextmanager
def _making(made: Path, failed: Callable[[object], Exception]) -> Iterator[None]:
    """Clear the unfinished file whatever happens, and put what goes wrong into one word."""
    try:
        storage.clear(made)
        try:
            yield
        finally:
            storage.clear(made)
    except LedgerBusy as error:
        raise failed(_("another program has it open")) from error
    except (apsw.Error, OSError, ValueError, LedgerError) as error:
        raise failed(str(getattr(error, "strerror", None) or error).rstrip(".")) from error
