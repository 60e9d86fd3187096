"""A copy is made while the till sells, is checked before it counts, and overwrites nothing but copies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from kiosk.ledger import backup as copying
from kiosk.ledger.backup import backup, check
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import CopyDamaged, CopyFailed, LedgerForeign
from kiosk.ledger.verify import verify

from .conftest import Tamper


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "stick"
    folder.mkdir()
    yield folder
    assert not list(folder.glob("*.part*")), "an unfinished copy was left behind"


def test_a_copy_is_one_whole_checked_file(five: Ledger, stick: Path) -> None:
    copy = backup(five, stick / "monday.db")
    assert (copy.path, copy.rows) == (stick / "monday.db", 6)
    assert copy.size == copy.path.stat().st_size
    assert five.row("SELECT hash FROM journal WHERE seq = 6") == (copy.head,)
    assert [file.name for file in stick.iterdir()] == ["monday.db"]
    with Ledger.open(copy.path, readonly=True) as read:
        assert (read.device_id, read.epoch) == (five.device_id, five.epoch)


def test_a_copy_into_a_folder_is_named_by_series_day_and_newest_row(five: Ledger, stick: Path) -> None:
    assert backup(five, stick).path == stick / "ledger-A-20260101-0000006.db"


def test_a_later_copy_replaces_an_older_one(five: Ledger, stick: Path) -> None:
    backup(five, stick / "copy.db")
    with five.transaction():
        five.record("sale", {})
    assert backup(five, stick / "copy.db").rows == 7


def test_the_till_sells_while_the_copy_is_made(
    five: Ledger, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "PAGES", 4)
    steps: list[tuple[int, int]] = []

    def sell(done: int, total: int) -> None:
        steps.append((done, total))
        with five.transaction():
            five.record("sale", {"text": "x" * 3_000})

    copy = backup(five, stick, sell)
    assert len(steps) > 5, "sales must not start the copy anew"
    assert [done for done, _total in steps] == sorted(done for done, _total in steps)
    assert steps[-1][0] == steps[-1][1]
    assert copy.rows == 6, "the copy shows the moment it began"
    assert verify(five).rows == 6 + len(steps)


@pytest.mark.parametrize("name", ["thesis.txt", "empty"])
def test_a_file_that_is_no_ledger_is_not_overwritten(five: Ledger, stick: Path, name: str) -> None:
    (stick / name).write_text("forty years of work" if name != "empty" else "")
    before = (stick / name).read_bytes()
    with pytest.raises(LedgerForeign, match="not touched"):
        backup(five, stick / name)
    assert (stick / name).read_bytes() == before


def test_the_ledger_is_no_place_for_its_copy(five: Ledger, path: Path) -> None:
    with pytest.raises(CopyFailed, match="the ledger itself"):
        backup(five, path)


def test_a_missing_folder_is_named(five: Ledger, stick: Path) -> None:
    with pytest.raises(CopyFailed, match="no folder"):
        backup(five, stick / "none" / "copy.db")


def test_a_stick_that_is_pulled_out_leaves_no_copy_and_no_harm(five: Ledger, stick: Path) -> None:
    def pull(_done: int, _total: int) -> None:
        raise OSError(5, "Input/output error")

    with pytest.raises(CopyFailed, match=r"Input/output error.*untouched"):
        backup(five, stick / "copy.db", pull)
    assert list(stick.iterdir()) == []
    with five.transaction():
        five.record("sale", {})


def test_a_stick_without_room_is_called_full(five: Ledger, stick: Path) -> None:
    def fill(_done: int, _total: int) -> None:
        raise apsw.FullError("not an error")  # the very words that SQLite had for a full tmpfs

    with pytest.raises(CopyFailed, match=r"the disk is full.*untouched"):
        backup(five, stick / "copy.db", fill)
    assert list(stick.iterdir()) == []


def test_an_older_copy_survives_a_failed_one(five: Ledger, stick: Path) -> None:
    backup(five, stick / "copy.db")
    with pytest.raises(ZeroDivisionError):
        backup(five, stick / "copy.db", lambda _done, _total: 1 // 0)
    assert check(stick / "copy.db").rows == 6


def test_a_copy_of_a_forged_journal_does_not_count(five: Ledger, stick: Path, tamper: Tamper) -> None:
    tamper("UPDATE journal SET body = '{}' WHERE seq = 3")
    with pytest.raises(CopyDamaged, match="journal row 3: its contents were changed"):
        backup(five, stick / "copy.db")
    assert list(stick.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses such names")
def test_odd_names_are_names(five: Ledger, stick: Path) -> None:
    assert backup(five, stick / "Größe 100%?#mode=ro.db").rows == 6
    with Ledger.open(stick / "Größe 100%?#mode=ro.db", readonly=True) as read:
        assert verify(read).ok
