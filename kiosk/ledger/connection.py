"""The ledger: one SQLite file that holds everything the stall must not lose.

Constant SQL over apsw where a customer waits; the same connection as a peewee database for reports, set-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

import apsw

from kiosk.ledger import confirmation, migrations, storage
from kiosk.ledger.clock import Clock, SystemClock
from kiosk.ledger.errors import LedgerDamaged, LedgerError, LedgerMissing, LedgerReadOnly, TransactionMissing
from kiosk.ledger.journal import FORMULAS
from kiosk.ledger.recorder import Event, Recorder
from kiosk.ledger.transaction import Transaction

if TYPE_CHECKING:
    from kiosk.ledger.database import LedgerDatabase

__all__ = ["Event", "Ledger"]


class Ledger:
    """One connection to the ledger file, for one thread at a time; `sibling()` makes another."""

    def __init__(self, connection: apsw.Connection, path: Path, clock: Clock, *, readonly: bool) -> None:
        """Take over an opened connection; `create` and `open` are the ways to get a ledger."""
        own = {str(key): str(value) for key, value in connection.execute("SELECT key, value FROM meta")}
        try:
            self.device_id = own["device_id"]
            self.epoch = int(
                own["epoch"]
            )  # random; new when a copy is brought back, so that a hub sees the fork
            self.series = own["series"]
            self.currency = own["currency"]
            self.exponent = int(own["exponent"])
            self.formula = int(own["formula"])
        except (KeyError, ValueError) as error:
            raise LedgerDamaged(path, f"meta: {error}") from error
        if self.formula not in FORMULAS:
            raise LedgerDamaged(path, f"journal formula {self.formula}")
        self.path = path
        self.clock = clock
        self.readonly = readonly
        self.connection = connection
        self._execute = connection.execute
        self._recorder = Recorder(connection, clock, self.formula)
        self._transaction = Transaction(connection, path, self._recorder.forget)

    @classmethod
    def create(
        cls,
        path: Path | str,
        *,
        clock: Clock | None = None,
        series: str = "A",
        currency: str = "EUR",
        exponent: int = 2,
    ) -> Self:
        """Make a new ledger for one till and open it; LedgerExists rather than overwrite.

        `series` (1 to 4 letters and digits) leads every receipt number and must differ between tills.
        """
        from kiosk.ledger import birth  # once in a till's life

        clock = clock or SystemClock()
        birth.make(Path(path), clock, series, currency, exponent)
        return cls.open(path, clock=clock)

    @classmethod
    def open(cls, path: Path | str, *, clock: Clock | None = None, readonly: bool = False) -> Self:
        """Open a ledger and bring its schema up to date; a read-only one is taken as it is."""
        where = Path(path)
        if not where.is_file():
            raise LedgerMissing(where)
        connection: apsw.Connection | None = None
        try:
            if readonly:
                connection = storage.connect_to_read(where)
            else:
                connection = storage.connect(where, readonly=False)
            storage.identify(connection, where)
            cls._make_current(connection, where, readonly)
            ledger = cls(connection, where, clock or SystemClock(), readonly=readonly)
        except (apsw.Error, LedgerError) as error:
            if connection is not None:
                connection.close()
            if isinstance(error, apsw.Error):
                raise storage.named(error, where) or error from error
            raise
        confirmation.recall(ledger)
        return ledger

    @staticmethod
    def _make_current(connection: apsw.Connection, path: Path, readonly: bool) -> None:
        if readonly:
            migrations.check_version(connection, path, migrations.newest())
            return
        if connection.readonly("main") or not storage.writable(path):
            raise LedgerReadOnly(path)
        migrations.migrate(connection, path)
        storage.prepare_to_write(connection)

    def sibling(self, *, readonly: bool = False) -> Ledger:
        """Open another connection to the same file, for another thread."""
        return Ledger.open(self.path, clock=self.clock, readonly=readonly)

    def execute(self, sql: str, params: Iterable[Any] | Mapping[str, Any] = ()) -> apsw.Cursor:
        """Run constant SQL; the statement stays prepared, so always pass the very same text."""
        try:
            return self._execute(sql, params)  # type: ignore[arg-type]
        except apsw.Error as error:
            raise storage.named(error, self.path) or error from error

    def executemany(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run constant SQL once for every row of values."""
        try:
            self.connection.executemany(sql, rows)
        except apsw.Error as error:
            raise storage.named(error, self.path) or error from error

    def row(self, sql: str, params: Iterable[Any] | Mapping[str, Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None."""
        try:
            return self._execute(sql, params).fetchone()  # type: ignore[arg-type]
        except apsw.Error as error:
            raise storage.named(error, self.path) or error from error

    def rows(self, sql: str, params: Iterable[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        try:
            return self._execute(sql, params).fetchall()  # type: ignore[arg-type]
        except apsw.Error as error:
            raise storage.named(error, self.path) or error from error

    def transaction(self) -> AbstractContextManager[None]:
        """Return the `with` block of one write: stored whole and synced to disk at its end, or not at all."""
        return self._transaction

    def record(
        self, kind: str, body: Mapping[str, object], *, event_id: UUID | None = None, version: int = 1
    ) -> Event:
        """Append a journal row inside the current transaction; DuplicateEvent when `event_id` is known.

        `kind` is lower-case words with dots; `version` numbers the shape of its body; amounts are integers.
        """
        if not self.connection.in_transaction:
            raise TransactionMissing
        return self._recorder.append(kind, body, event_id, version)

    def checkpoint(self) -> None:
        """Copy the log back into the file as far as readers allow; for idle moments, never during a sale."""
        self.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    @cached_property
    def database(self) -> LedgerDatabase:
        """This connection as a peewee database, for reports and set-up."""
        from kiosk.ledger.database import LedgerDatabase

        return LedgerDatabase(self.connection, str(self.path), self.transaction)

    def close(self) -> None:
        """Close the connection; the last one to close copies the log back into the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        """Return the ledger, open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close at the end of a `with` block."""
        self.close()
