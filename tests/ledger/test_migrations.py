"""The schema's history: each step whole or not at all, none twice, none for a newer file."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import apsw
import pytest

from kiosk.checkout import printqueue
from kiosk.ledger import migrations
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import LedgerDamaged, LedgerTooNew

FROZEN = {
    "0001.sql": "59ba197a23bd55b982cfa9e86064817efed5cc9c4935d19e4e1345b264ba355e",
    "0002.sql": "9d4dfa664ce583e85da98984a635a37e46e8062aeb7138beba00ebc177d137c9",
    "0003.sql": "e3007a226177eb9186bdb059a9f93f1a195065a9d451eb6e5f94485a05fdb2e6",
    "0004.sql": "6a1583018b1df2a0cfa86878e27f24a6c97aab00ceb38d14598bb78b2915e7bf",
    "0005.sql": "629929f0fabe35fdb4fc14772792a18de50e7b66d551afaba0bb9d28aee01fd0",
    "0006.sql": "df4c668c269b51fff1acfff1673e2ca4c1c907ce1de2ffaf7b76c1dfe6b02fa7",
    "0007.sql": "c9bb636a2460ac3070b7060f295618daf9e8b666ba8266c0d0c09aa67d2c0cb0",
}
"""SHA-256 of every schema file. A file that a shop may have applied never changes: add the next number."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    steps = tmp_path / "schema"
    steps.mkdir()
    (steps / "0001.sql").write_text(
        "CREATE TABLE stall (name TEXT) STRICT; INSERT INTO stall VALUES ('Mia''s');"
    )
    (steps / "0002.sql").write_text("ALTER TABLE stall ADD COLUMN town TEXT;")
    return steps


@pytest.fixture
def file(tmp_path: Path) -> apsw.Connection:
    return apsw.Connection(str(tmp_path / "old.db"))


def test_steps_are_applied_in_order_and_once(file: apsw.Connection, folder: Path, path: Path) -> None:
    assert migrations.migrate(file, path, folder) == 2
    assert file.execute("SELECT * FROM stall").fetchall() == [("Mia's", None)]
    assert file.pragma("user_version") == 2
    assert migrations.migrate(file, path, folder) == 0


def test_an_old_file_gets_only_what_it_lacks(file: apsw.Connection, folder: Path, path: Path) -> None:
    migrations.migrate(file, path, folder)
    (folder / "0003.sql").write_text("UPDATE stall SET town = 'Colombo';")
    assert migrations.migrate(file, path, folder) == 1
    assert file.execute("SELECT town FROM stall").get == "Colombo"


def test_a_step_that_fails_leaves_the_file_as_it_was(file: apsw.Connection, folder: Path, path: Path) -> None:
    (folder / "0003.sql").write_text("DELETE FROM stall; CREATE TABLE stall (twice TEXT);")
    with pytest.raises(apsw.SQLError, match="already exists"):
        migrations.migrate(file, path, folder)
    assert file.pragma("user_version") == 2
    assert file.execute("SELECT count(*) FROM stall").get == 1
    assert not file.in_transaction


def test_a_step_that_breaks_a_reference_is_taken_back(
    file: apsw.Connection, folder: Path, path: Path
) -> None:
    (folder / "0003.sql").write_text(
        "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER REFERENCES a);"
        "INSERT INTO b VALUES (9);"
    )
    with pytest.raises(LedgerDamaged, match="after schema step 3"):
        migrations.migrate(file, path, folder)
    assert file.pragma("user_version") == 2


def test_a_step_that_another_process_has_just_applied_is_not_applied_again(
    file: apsw.Connection, folder: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations.migrate(file, path, folder)
    monkeypatch.setattr(migrations, "check_version", lambda *_args: 1)  # what we saw before the other one ran
    migrations.migrate(file, path, folder)
    assert file.pragma("user_version") == 2


def test_numbers_have_no_gap(folder: Path) -> None:
    (folder / "0004.sql").write_text("")
    with pytest.raises(ValueError, match="should be number 0003"):
        migrations.steps(folder)


@pytest.mark.parametrize("readonly", [False, True])
def test_a_ledger_of_a_newer_program_is_not_touched(ledger: Ledger, path: Path, readonly: bool) -> None:
    ledger.execute("PRAGMA user_version = 99")
    ledger.close()
    before = path.read_bytes()
    with pytest.raises(LedgerTooNew, match=r"format 99.*Nothing was changed"):
        Ledger.open(path, readonly=readonly)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("name", "digest"), FROZEN.items())
def test_a_released_step_is_never_edited(name: str, digest: str) -> None:
    assert hashlib.sha256((migrations.SCHEMA / name).read_bytes()).hexdigest() == digest


def test_a_ledger_of_the_first_version_is_brought_up_to_date_with_what_it_holds(path: Path) -> None:
    first = path.with_name("steps")
    first.mkdir()
    shutil.copy(migrations.SCHEMA / "0001.sql", first)
    file = apsw.Connection(str(path))
    migrations.migrate(file, path, first)
    meta = {"device_id": "d", "epoch": 1, "series": "A", "currency": "EUR", "exponent": 2, "formula": 1}
    file.executemany("INSERT INTO meta VALUES (?, ?)", [(key, str(value)) for key, value in meta.items()])
    file.execute("INSERT INTO print_job (kind, state) VALUES ('slip', 'QUEUED'), ('slip', 'CONFIRMED')")
    file.close()
    with Ledger.open(path) as ledger:
        assert ledger.rows("PRAGMA user_version") == [(len(migrations.steps()),)]
        assert [job.id for job in printqueue.open_jobs(ledger)] == [1]
        assert ledger.rows("SELECT name FROM sqlite_schema WHERE name = 'print_job_open'") == []


def test_slips_of_before_that_carried_a_code_in_clear_are_forgotten(
    file: apsw.Connection, path: Path, tmp_path: Path
) -> None:
    early = tmp_path / "early"
    early.mkdir()
    for number in (1, 2, 3):
        shutil.copy(migrations.SCHEMA / f"{number:04}.sql", early)
    migrations.migrate(file, path, early)
    put = "INSERT INTO print_job (kind, state, body) VALUES ('slip', ?, ?)"
    code = '[{"text":"4821 0937"},{"qr":"BRW:7WE"}]'
    for state, body in (("SENT", code), ("QUEUED", code), ("QUEUED", '[{"text":"X"}]')):
        file.execute(put, (state, body))
    migrations.migrate(file, path)
    kept = file.execute("SELECT state, body FROM print_job ORDER BY id").fetchall()
    assert kept == [("SENT", None), ("CANCELLED", None), ("QUEUED", '[{"text":"X"}]')]
