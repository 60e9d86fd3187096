"""What can go wrong with the ledger: one exception per cause: what failed, what is safe, what to do.

Where a customer waits the message begins with what matters and ends with the path: a till shows one line.
"""

from __future__ import annotations

from pathlib import Path

from kiosk.i18n import _


class LedgerError(Exception):
    """Any trouble with the ledger; its text is meant for the person at the till."""


class LedgerMissing(LedgerError, FileNotFoundError):
    """There is no file where the ledger should be."""

    def __init__(self, path: Path) -> None:
        text = _(
            "There is no ledger at {path}. Nothing was changed. Make a shop with `kiosk init`, "
            "or bring a copy back with `kiosk backup --restore FILE`."
        )
        super().__init__(text.format(path=path))


class LedgerExists(LedgerError, FileExistsError):
    """A new ledger was asked for where one stands already."""

    def __init__(self, path: Path) -> None:
        text = _(
            "There is a ledger at {path} already. It was not touched. Open it, or choose another folder."
        )
        super().__init__(text.format(path=path))


class LedgerDamaged(LedgerError, OSError):
    """The file is cut short, overwritten or otherwise not what SQLite wrote."""

    def __init__(self, path: Path, reason: object) -> None:
        text = _(
            "The ledger {path} is damaged ({reason}). Nothing was written to it. Keep the file, "
            "then bring the last copy back with `kiosk backup --restore FILE`."
        )
        super().__init__(text.format(path=path, reason=reason))


class LedgerForeign(LedgerError, ValueError):
    """The file is a sound SQLite database, but of another program."""

    def __init__(self, path: Path) -> None:
        text = _("{path} is not a ledger of this program. It was not touched. Check the path.")
        super().__init__(text.format(path=path))


class LedgerTooNew(LedgerError, RuntimeError):
    """The file was last written by a newer version of this program."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        text = _(
            "The ledger {path} has format {found}; this program knows formats up to {known}. "
            "Nothing was changed. Install the newer version again."
        )
        super().__init__(text.format(path=path, found=found, known=known))


class LedgerReadOnly(LedgerError, PermissionError):
    """The file, its folder or the whole disk can only be read."""

    def __init__(self, path: Path) -> None:
        text = _(
            "The ledger cannot be written: the file, its folder or the disk is read-only. "
            "Everything stored is safe. Give write permission, or remount the disk. ({path})"
        )
        super().__init__(text.format(path=path))


class LedgerBusy(LedgerError, TimeoutError):
    """Another program kept the ledger locked for longer than we wait (5 s)."""

    def __init__(self, path: Path) -> None:
        text = _(
            "Not stored: another program is holding the ledger. Everything before it is safe. "
            "Close the other program and try again. ({path})"
        )
        super().__init__(text.format(path=path))


class LedgerFull(LedgerError, OSError):
    """There is no room left for this transaction."""

    def __init__(self, path: Path) -> None:
        text = _(
            "Not stored: the disk is full. Everything before it is safe. "
            "Free some space and try again. ({path})"
        )
        super().__init__(text.format(path=path))


class LedgerDiskFailed(LedgerError, OSError):
    """The disk or memory card refused to read or write."""

    def __init__(self, path: Path, reason: object) -> None:
        text = _(
            "Not stored: the disk did not answer properly. Make a copy with `kiosk backup TARGET` now. "
            "Then change the card or disk. ({reason}; {path})"
        )
        super().__init__(text.format(path=path, reason=reason))


class DuplicateEvent(LedgerError, ValueError):
    """An event with this id is in the journal already, so the same thing was asked for twice."""

    def __init__(self, event_id: object) -> None:
        text = _(
            "Event {event} is in the ledger already. It was not stored a second time. "
            "Nothing to do: look at the stored one."
        )
        super().__init__(text.format(event=event_id))


class TransactionMissing(LedgerError, RuntimeError):
    """A mistake in the program: a journal row outside a transaction."""

    def __init__(self) -> None:
        super().__init__("record() was called outside `with ledger.transaction()`; nothing was stored")


class TransactionNested(LedgerError, RuntimeError):
    """A mistake in the program: a transaction inside a transaction, which could only half roll back."""

    def __init__(self) -> None:
        super().__init__("transaction() was called inside another one; the outer one is rolled back")


class AlreadyRunning(LedgerError, RuntimeError):
    """Another till has this ledger open."""

    def __init__(self, path: Path, pid: int | None) -> None:
        self.pid = pid  # None: the other till could not be asked
        who = _("process {pid}").format(pid=pid) if pid else _("another process")
        text = _(
            "A till is running on {path} already ({who}). It was not disturbed. "
            "Use that one, or end it before starting another."
        )
        super().__init__(text.format(path=path, who=who))


class CopyFailed(LedgerError, OSError):
    """A copy could not be written, or not where it was asked for."""

    def __init__(self, target: Path, reason: object) -> None:
        text = _(
            "The copy {target} could not be made ({reason}). The ledger in use is untouched. "
            "Check the disk and its free space, or choose another place."
        )
        super().__init__(text.format(target=target, reason=reason))


class CopyMissing(LedgerMissing):
    """There is no copy where one was to be brought back from; a folder may hold some."""

    def __init__(self, copy: Path) -> None:
        text = _("There is no copy at {path}. Nothing was changed. Check its name; is the stick plugged in?")
        newest = max(copy.glob("ledger-*[0-9].db"), key=lambda one: one.stat().st_mtime, default=None)
        if newest is not None:
            text = _("{path} is a folder. Nothing was changed. The newest copy in it is {name}.")
        elif copy.is_dir():
            text = _("{path} is a folder without a copy. Nothing was changed.")
        FileNotFoundError.__init__(self, text.format(path=copy, name="" if newest is None else newest.name))


class CopyDamaged(LedgerError, RuntimeError):
    """A copy does not hold what was once written: it must not replace a ledger."""

    def __init__(self, copy: Path, reason: object) -> None:
        text = _(
            "The copy {copy} cannot be relied on ({reason}). The ledger in use is untouched. "
            "Use another copy; if it was made just now, run `kiosk doctor`."
        )
        super().__init__(text.format(copy=copy, reason=reason))
