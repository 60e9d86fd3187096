"""The ledger as the floors above use it: made once, opened often, written whole or not at all."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import UUID

import apsw
import pytest

from kiosk.ledger import migrations
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import DuplicateEvent, LedgerExists, TransactionMissing, TransactionNested

SELLER = "INSERT INTO person (name, role, pin_hash) VALUES (?, 'seller', '')"


def count(ledger: Ledger, table: str) -> int:
    found = ledger.row(f"SELECT count(*) FROM {table}")  # noqa: S608 - a table of ours
    assert found is not None
    return int(found[0])


def test_a_new_ledger_knows_whose_it_is_and_says_so_in_its_first_row(path: Path, clock: FakeClock) -> None:
    with Ledger.create(path, clock=clock, series="B7", currency="JPY", exponent=0) as made:
        device = made.device_id
        assert (made.series, made.currency, made.exponent, made.path) == ("B7", "JPY", 0, path)
    with Ledger.open(path, clock=clock) as again:
        assert (again.device_id, again.series, again.currency, again.exponent) == (device, "B7", "JPY", 0)
        first = again.row("SELECT seq, type, json_extract(body, '$.device_id') FROM journal")
        assert first == (1, "ledger.created", device)


def test_an_existing_ledger_is_not_overwritten(ledger: Ledger, path: Path) -> None:
    with pytest.raises(LedgerExists, match="not touched"):
        Ledger.create(path)


def test_a_half_made_ledger_of_an_interrupted_start_is_made_anew(path: Path, clock: FakeClock) -> None:
    path.with_name("ledger.db.new").write_bytes(b"cut off")
    with Ledger.create(path, clock=clock) as made:
        assert count(made, "journal") == 1
    assert sorted(file.name for file in path.parent.iterdir()) == ["ledger.db"]


@pytest.mark.parametrize(
    "wrong", [{"series": ""}, {"series": "A-1"}, {"series": "LONGS"}, {"currency": "eur"}, {"exponent": 9}]
)
def test_what_cannot_stand_on_a_receipt_is_refused(path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="nothing was made"):
        Ledger.create(path, **wrong)  # type: ignore[arg-type]
    assert not path.exists()


def test_money_is_safe_on_every_connection(ledger: Ledger) -> None:
    with ledger.sibling() as other:
        for pragma, wanted in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("busy_timeout", 5000),
        ):
            assert other.row(f"PRAGMA {pragma}") == (wanted,), pragma


def test_a_transaction_is_stored_whole_or_not_at_all(ledger: Ledger) -> None:
    with pytest.raises(ZeroDivisionError), ledger.transaction():
        ledger.execute(SELLER, ("Mia",))
        ledger.record("person.added", {"name": "Mia"})
        raise ZeroDivisionError
    assert (count(ledger, "person"), count(ledger, "journal")) == (0, 1)
    with ledger.transaction():
        ledger.execute(SELLER, ("Mia",))
        assert ledger.record("person.added", {"name": "Mia"}).seq == 2
    with ledger.sibling(readonly=True) as other:
        assert (count(other, "person"), count(other, "journal")) == (1, 2)


def test_a_boot_noted_in_a_transaction_that_failed_is_noted_again(ledger: Ledger, clock: FakeClock) -> None:
    clock.reboot("second", trusted=True)
    with pytest.raises(ZeroDivisionError), ledger.transaction():
        ledger.record("sale", {})
        raise ZeroDivisionError
    with ledger.transaction():
        ledger.record("sale", {})
    assert ledger.rows("SELECT boot_id FROM journal JOIN boot ON boot.id = boot ORDER BY seq")[-1] == (
        "second",
    )


def test_an_event_is_recorded_inside_a_transaction_only(ledger: Ledger) -> None:
    with pytest.raises(TransactionMissing):
        ledger.record("sale", {})


def test_a_transaction_inside_another_rolls_back_the_outer_one(ledger: Ledger) -> None:
    with pytest.raises(TransactionNested), ledger.transaction():
        ledger.record("sale", {})
        with ledger.transaction():
            pass
    assert count(ledger, "journal") == 1
    with ledger.transaction():
        ledger.record("sale", {})


def test_the_same_event_is_never_stored_twice(ledger: Ledger) -> None:
    identity = UUID("0192a3b4-c5d6-7e8f-8a9b-0c1d2e3f4a5b")
    with ledger.transaction():
        assert ledger.record("sale", {"total": 450}, event_id=identity).event_id == identity
    with pytest.raises(DuplicateEvent, match="not stored a second time"), ledger.transaction():
        ledger.execute(SELLER, ("Mia",))
        ledger.record("sale", {"total": 450}, event_id=identity)
    assert (count(ledger, "journal"), count(ledger, "person")) == (2, 0)


@pytest.mark.parametrize("kind", ["", "Sale", "sale made", 'sale"', "sale.", "a" * 40, "sale\n"])
def test_an_event_kind_is_plain_words(ledger: Ledger, kind: str) -> None:
    with pytest.raises(ValueError, match="nothing was stored"), ledger.transaction():
        ledger.record(kind, {})


@pytest.mark.parametrize("body", [{"wh": float("nan")}, {"at": object()}, {"name": "\ud800"}])
def test_a_body_that_has_no_honest_text_is_refused(ledger: Ledger, body: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)), ledger.transaction():
        ledger.record("sale", body)
    assert count(ledger, "journal") == 1


def test_the_journal_is_append_only(five: Ledger) -> None:
    for sql in ("UPDATE journal SET body = '{}' WHERE seq = 3", "DELETE FROM journal WHERE seq = 6"):
        with pytest.raises(apsw.ConstraintError, match="append-only"):
            five.execute(sql)
    with pytest.raises(apsw.SQLError, match="may not be modified"), five.transaction():
        five.execute("PRAGMA writable_schema = 1")
        five.execute("DELETE FROM sqlite_schema WHERE type = 'trigger'")


def test_opening_a_current_ledger_applies_nothing_and_is_quick(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "_apply", lambda *_args: pytest.fail("the schema was current"))
    started = time.perf_counter()
    ledger.sibling().close()
    assert time.perf_counter() - started < 1  # 0.5 ms here; a guard against reading the whole file


def test_peewee_and_constant_sql_share_one_transaction(ledger: Ledger) -> None:
    from kiosk.ledger.models import Person, using

    with using(ledger):
        with pytest.raises(ZeroDivisionError), ledger.database.atomic():
            Person.create(name="Mia", role="seller", pin_hash="")
            ledger.record("person.added", {"name": "Mia"})
            assert count(ledger, "person") == 1
            raise ZeroDivisionError
        assert Person.select().count() == 0
