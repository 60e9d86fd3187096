"""A ledger in an empty folder, on a clock that moves when told; and a vandal's access to its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger

Tamper = Callable[..., None]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(path: Path, clock: FakeClock) -> Iterator[Ledger]:
    with Ledger.create(path, clock=clock) as made:
        yield made


@pytest.fixture
def five(ledger: Ledger, clock: FakeClock) -> Ledger:
    """A ledger whose rows 2 to 6 tell of five sales; no sale stands beside them."""
    for number in range(1, 6):
        clock.advance(1_000)
        with ledger.transaction():
            ledger.record("sold", {"no": f"A-{number:06}", "total": 450 * number, "who": "Zoë"})
    return ledger


@pytest.fixture
def tamper(path: Path) -> Tamper:
    """Change the file behind the program's back, as somebody with a database browser would."""

    def change(sql: str, params: tuple[object, ...] = ()) -> None:
        connection = apsw.Connection(str(path))
        connection.execute(
            "DROP TRIGGER IF EXISTS journal_no_update; DROP TRIGGER IF EXISTS journal_no_delete"
        )
        connection.execute(sql, params)  # type: ignore[arg-type]
        connection.close()

    return change
