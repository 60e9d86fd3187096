"""The ledger's connection as a peewee database: for reports and set-up, never where a customer waits.

peewee builds its SQL anew for every call, 5 to 7 times the cost of constant SQL.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import apsw
from playhouse.apsw_ext import APSWDatabase


class LedgerDatabase(APSWDatabase):  # type: ignore[misc]  # peewee carries no types
    """peewee over a connection that somebody else opened and will close."""

    def __init__(
        self, connection: apsw.Connection, path: str, begin: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._connection = connection
        self._begin = begin
        super().__init__(path, thread_safe=False)  # one ledger is used by one thread at a time

    def _connect(self) -> apsw.Connection:
        """Take the ledger's own connection, so that models see and join its transaction."""
        return self._connection

    def _close(self, conn: apsw.Connection) -> None:
        """Leave the connection open: the ledger closes it."""

    def atomic(self, *_args: Any, **_options: Any) -> AbstractContextManager[None]:
        """Return the ledger's transaction: the only kind there is."""
        return self._begin()
