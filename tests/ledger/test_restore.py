"""A copy takes the ledger's place: only a good one, never under a running till, and without numbers twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.ledger import restore as restoring
from kiosk.ledger.backup import backup
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import (
    AlreadyRunning,
    CopyDamaged,
    CopyFailed,
    CopyMissing,
    LedgerBusy,
    LedgerForeign,
    LedgerMissing,
)
from kiosk.ledger.instance import TillLock
from kiosk.ledger.restore import restore
from kiosk.ledger.verify import verify


@pytest.fixture
def copy(five: Ledger, tmp_path: Path) -> Path:
    """A copy of five sales, after which the ledger went on to a sixth and was closed."""
    made = backup(five, tmp_path / "copy.db").path
    with five.transaction():
        five.record("sale", {"no": "A-000006"})
    five.close()
    return made


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_copy_comes_back_and_the_replaced_ledger_is_kept(copy: Path, path: Path, clock: FakeClock) -> None:
    done = restore(copy, path, clock=clock)
    assert (done.path, done.rows, done.kept) == (path, 6, path.with_name("ledger.replaced-1.db"))
    assert names(path.parent) == ["copy.db", "ledger.db", "ledger.db.lock", "ledger.replaced-1.db"]
    with Ledger.open(path, clock=clock) as back, Ledger.open(done.kept, readonly=True) as kept:
        assert verify(back).rows == 7
        assert verify(kept).rows == 7
        assert back.row("SELECT type FROM journal WHERE seq = 7") == ("ledger.restored",)
        assert kept.row("SELECT type FROM journal WHERE seq = 7") == ("sale",)


def test_receipt_numbers_cannot_come_twice(copy: Path, path: Path, clock: FakeClock) -> None:
    first = restore(copy, path, clock=clock).series
    with Ledger.open(path, clock=clock) as back, Ledger.open(copy, readonly=True) as old:
        assert back.series == first
        assert back.epoch != old.epoch
        assert back.device_id == old.device_id
        again = backup(back, path.with_name("again.db")).path
    second = restore(again, path, clock=clock).series
    assert len({"A", first, second}) == 3
    assert all(series.startswith("A") and len(series) == 4 and series.isalnum() for series in (first, second))


def test_what_a_hub_had_is_sent_again_and_the_drawer_stays_shut(
    five: Ledger, path: Path, clock: FakeClock, tmp_path: Path
) -> None:
    five.execute("INSERT INTO cursor VALUES ('hub', 6)")
    for kind, state in (
        ("receipt", "QUEUED"),
        ("drawer", "QUEUED"),
        ("receipt", "SENDING"),
        ("receipt", "SENT"),
    ):
        five.execute("INSERT INTO print_job (kind, state) VALUES (?, ?)", (kind, state))
    made = backup(five, tmp_path / "copy.db").path
    five.close()
    restore(made, path, clock=clock)
    with Ledger.open(path, clock=clock) as back:
        assert back.rows("SELECT * FROM cursor") == []
        states = back.rows("SELECT kind, state FROM print_job ORDER BY id")
    assert states == [
        ("receipt", "DOUBTFUL"),
        ("drawer", "CANCELLED"),
        ("receipt", "DOUBTFUL"),
        ("receipt", "SENT"),
    ]


def test_a_copy_comes_back_into_an_empty_shop(copy: Path, tmp_path: Path, clock: FakeClock) -> None:
    done = restore(copy, tmp_path / "new shop" / "ledger.db", clock=clock)
    assert done.kept is None
    with Ledger.open(done.path, clock=clock) as back:
        assert verify(back).rows == 7


def test_every_replaced_ledger_is_kept(copy: Path, path: Path, clock: FakeClock) -> None:
    kept = [restore(copy, path, clock=clock).kept for _time in range(3)]
    assert [place.name for place in kept if place] == [f"ledger.replaced-{number}.db" for number in (1, 2, 3)]


def test_a_damaged_ledger_is_kept_as_it_is_with_its_log(copy: Path, path: Path, clock: FakeClock) -> None:
    path.write_bytes(b"not a database at all" * 500)
    log = path.with_name("ledger.db-wal")
    log.write_bytes(b"its log")
    path.with_name("ledger.db-shm").write_bytes(b"")
    kept = restore(copy, path, clock=clock).kept
    assert kept is not None
    assert kept.read_bytes() == b"not a database at all" * 500
    assert kept.with_name("ledger.replaced-1.db-wal").read_bytes() == b"its log"
    with Ledger.open(path, clock=clock) as back:
        assert verify(back).rows == 7


def test_a_damaged_copy_is_refused(copy: Path, path: Path) -> None:
    before = path.read_bytes()
    os.truncate(copy, copy.stat().st_size // 2 // 4096 * 4096)
    with pytest.raises(CopyDamaged, match="untouched"):
        restore(copy, path)
    copy.write_bytes(b"nothing")
    with pytest.raises(CopyDamaged, match="not a database"):
        restore(copy, path)
    assert path.read_bytes() == before
    assert names(path.parent) == ["copy.db", "ledger.db", "ledger.db.lock"]


def test_a_foreign_or_missing_copy_is_refused(copy: Path, path: Path, tmp_path: Path) -> None:
    import sqlite3

    foreign = sqlite3.connect(tmp_path / "foreign.db")
    foreign.execute("CREATE TABLE bookmarks (url TEXT)")
    foreign.close()
    with pytest.raises(LedgerForeign):
        restore(tmp_path / "foreign.db", path)
    with pytest.raises(LedgerMissing):
        restore(tmp_path / "none.db", path)


def test_a_folder_is_no_copy_and_names_the_newest_one_in_it(path: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with pytest.raises(CopyMissing, match="without a copy"):
        restore(stick, path)
    for day, name in enumerate(("ledger-B-20260103-0000001.db", "ledger-A-20260102-0000009.db")):
        (stick / name).touch()
        os.utime(stick / name, (day, day))
    (stick / "ledger-A-20260102-0000009.power.db").touch()
    with pytest.raises(CopyMissing, match=r"is ledger-A-20260102-0000009\.db\."):
        restore(stick, path)


def test_a_ledger_does_not_replace_itself(copy: Path, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(CopyFailed, match="the ledger itself"):
        restore(path, path)
    assert path.read_bytes() == before and copy.exists()


def test_nothing_is_restored_under_a_running_till(copy: Path, path: Path) -> None:
    before = path.read_bytes()
    with TillLock(path), pytest.raises(AlreadyRunning):
        restore(copy, path)
    assert path.read_bytes() == before


def test_nothing_is_restored_while_another_program_has_the_ledger_open(
    copy: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "OTHERS_MS", 1)
    with Ledger.open(path) as gateway:
        assert gateway.row("SELECT max(seq) FROM journal") == (7,)
        with pytest.raises(LedgerBusy):
            restore(copy, path)
        with gateway.transaction():
            assert gateway.record("sale", {}).seq == 8
    assert names(path.parent) == ["copy.db", "ledger.db", "ledger.db.lock"]


def test_a_disk_without_second_names_keeps_the_ledger_by_renaming(
    copy: Path, path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_args: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    kept = restore(copy, path, clock=clock).kept
    assert kept is not None
    with Ledger.open(kept, readonly=True) as old:
        assert verify(old).rows == 7


def test_a_disk_that_fills_up_leaves_the_ledger_in_its_place(
    copy: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    before = path.read_bytes()
    monkeypatch.setattr("kiosk.ledger.backup.copy_pages", full)
    with pytest.raises(CopyFailed, match=r"No space left.*untouched"):
        restore(copy, path)
    assert path.read_bytes() == before
