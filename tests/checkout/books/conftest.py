"""A stall with an open shift: 100.00 in the drawer, 09:00 on a Thursday."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.checkout.shift import open_shift
from tests.checkout.books.stall import Stall, build


@pytest.fixture
def shut(tmp_path: Path) -> Iterator[Stall]:
    """A stall whose shift is not open."""
    stall = build(tmp_path)
    yield stall
    stall.ledger.close()


@pytest.fixture
def stall(shut: Stall) -> Stall:
    """A stall with an open shift."""
    open_shift(shut.ledger, shut.mia, 10_000)
    return shut
