"""A stall with a locker, on a clock that moves when told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from tests.pickup.stall import build


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(path: Path, clock: FakeClock) -> Iterator[Ledger]:
    with build(path, clock) as made:
        yield made
