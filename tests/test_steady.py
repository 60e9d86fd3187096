"""Figures that no busy machine changes: what a sale writes, and how often it waits for the disk."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parent / "benchmarks"


@pytest.fixture
def books(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The benchmark of the ledger."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield import_module("books")
    sys.modules.pop("books", None)


def test_a_sale_writes_little(books: Any, tmp_path: Path) -> None:
    ledger, person = books.shop(tmp_path, 1000)
    with ledger:
        figures = books.traces(ledger, person, sales=600)
    assert figures["wal_bytes_per_sale"] <= 42 * 1024
    assert figures["bytes_stored_per_sale"] <= 620, "600, and what 600 sales leave of their last pages"


@pytest.mark.skipif(not shutil.which("strace"), reason="counting needs strace")
def test_a_sale_waits_for_the_disk_once(books: Any) -> None:
    figures = books.fdatasyncs(20)
    assert figures["fdatasync_per_sale"] == 1
