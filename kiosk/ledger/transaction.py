"""A transaction as a `with` block: all of it is stored and safe on disk afterwards, or none of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import apsw

from kiosk.ledger.errors import TransactionNested
from kiosk.ledger.storage import named


class Transaction:
    """The one write transaction of a connection; made once and entered for every sale: that is cheap."""

    __slots__ = ("_connection", "_execute", "_on_rollback", "_path", "active")

    def __init__(self, connection: apsw.Connection, path: Path, on_rollback: Callable[[], None]) -> None:
        self._connection = connection
        self._execute = connection.execute
        self._path = path
        self._on_rollback = on_rollback
        self.active = False

    def __enter__(self) -> None:
        """Take the write lock now, so that what is read inside cannot change before the commit."""
        if self.active:
            raise TransactionNested
        try:
            self._execute("BEGIN IMMEDIATE")
        except apsw.Error as error:
            raise named(error, self._path) or error from error
        self.active = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or roll back when anything went wrong inside or in the commit itself."""
        self.active = False
        if error is None:
            try:
                self._execute("COMMIT")
            except apsw.Error as failure:
                self._roll_back()
                raise named(failure, self._path) or failure from failure
            return
        self._roll_back()
        # peewee wraps SQLite's errors in its own; it is not imported here to tell them
        origin = error.__context__ if type(error).__module__ == "peewee" else error
        cause = named(origin, self._path) if isinstance(origin, apsw.Error) else None
        if cause is not None:
            raise cause from error

    def _roll_back(self) -> None:
        """Take everything back; SQLite may have done so already when the disk was full."""
        self._on_rollback()
        if self._connection.in_transaction:
            self._execute("ROLLBACK")
