"""Figures that no busy machine changes: what a sale writes on disk and on paper, and how often it waits."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parent / "benchmarks"


@pytest.fixture
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Any]]:
    """How to get at a benchmark by name; they import one another."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    before = set(sys.modules)
    yield import_module
    for name in set(sys.modules) - before:
        if BENCHMARKS.joinpath(f"{name}.py").exists():
            del sys.modules[name]


@pytest.fixture
def books(benchmarks: Callable[[str], Any]) -> Any:
    """The benchmark of the ledger."""
    return benchmarks("books")


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


def test_a_receipt_is_little_more_than_its_letters(benchmarks: Callable[[str], Any]) -> None:
    printing = benchmarks("printing")
    rows = printing.receipt_of(20)
    letters = sum(48 if row.rule else len(row.text) + 1 for row in rows)
    sent = printing.encode(rows, printing.PROFILES["80mm"])
    assert len(sent) <= 1.1 * letters, f"{len(sent)} bytes for {letters} letters, with a QR code and a cut"
