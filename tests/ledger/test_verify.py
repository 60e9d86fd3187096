"""Going over the journal names the first bad row and what was done to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.ledger import verify as verifying
from kiosk.ledger.connection import Ledger
from kiosk.ledger.verify import Fault, Verdict, verify

from .conftest import Tamper


def verdict(path: Path) -> Verdict:
    with Ledger.open(path, readonly=True) as ledger:
        return verify(ledger)


def test_an_untouched_journal_is_as_it_was_written(five: Ledger) -> None:
    found = verify(five)
    assert (found.ok, found.rows, found.first_bad, found.reason) == (True, 6, None, None)
    assert five.row("SELECT hash FROM journal WHERE seq = 6") == (found.head,)


@pytest.mark.parametrize(
    "change",
    [
        """body = '{"no":"A-000002","total":1,"who":"Zoë"}'""",
        "body = body || ' '",
        "body = CAST(x'7bff7d' AS TEXT)",  # not UTF-8
        "wall_ms = wall_ms - 86400000",
        "boot_ms = 0",
        "clock_trusted = 0",
        "type = 'training'",
        "version = 2",
        "hlc = hlc + 1",
        "event_id = x'00112233445566778899aabbccddeeff'",
    ],
)
def test_a_changed_row_is_named(five: Ledger, path: Path, tamper: Tamper, change: str) -> None:
    tamper(f"UPDATE journal SET {change} WHERE seq = 3")  # noqa: S608
    found = verdict(path)
    assert (found.rows, found.first_bad, found.fault) == (2, 3, Fault.CONTENTS)
    assert found.reason == "its contents were changed after it was written"


def test_a_changed_boot_spoils_the_first_row_that_names_it(five: Ledger, path: Path, tamper: Tamper) -> None:
    tamper("UPDATE boot SET boot_id = 'other'")
    assert verdict(path).first_bad == 1


def test_a_boot_that_is_gone_spoils_its_rows(five: Ledger, path: Path, tamper: Tamper) -> None:
    tamper("DELETE FROM boot")
    assert verdict(path).first_bad == 1


def test_a_changed_hash_is_told_from_changed_contents(five: Ledger, path: Path, tamper: Tamper) -> None:
    tamper("UPDATE journal SET hash = zeroblob(32) WHERE seq = 3")
    assert (verdict(path).first_bad, verdict(path).fault) == (3, Fault.HASH)


def test_a_row_rewritten_with_a_fitting_hash_no_longer_carries_the_next(
    five: Ledger, path: Path, tamper: Tamper
) -> None:
    tamper("DELETE FROM journal WHERE seq >= 4")
    with Ledger.open(path, clock=five.clock) as forger, forger.transaction():
        forger.record("sale", {"no": "A-000003", "total": 1})
    tamper("INSERT INTO journal SELECT seq + 1, randomblob(16), type, version, hlc + 9, boot, boot_ms,"
           " wall_ms, clock_trusted, body, randomblob(32) FROM journal WHERE seq = 4")  # fmt: skip
    assert (verdict(path).first_bad, verdict(path).fault) == (5, Fault.LINK)


def test_the_newest_row_changed_is_noticed_too(five: Ledger, path: Path, tamper: Tamper) -> None:
    tamper("UPDATE journal SET body = '{}' WHERE seq = 6")
    found = verdict(path)
    assert (found.rows, found.first_bad, found.fault) == (5, 6, Fault.LINK)


def test_a_removed_row_is_a_gap(five: Ledger, path: Path, tamper: Tamper) -> None:
    tamper("DELETE FROM journal WHERE seq = 4")
    assert (verdict(path).first_bad, verdict(path).fault) == (4, Fault.GAP)


def test_a_row_put_before_the_first_is_noticed(five: Ledger, path: Path, tamper: Tamper) -> None:
    tamper("INSERT INTO journal SELECT 0, randomblob(16), type, version, hlc, boot, boot_ms, wall_ms,"
           " clock_trusted, body, hash FROM journal WHERE seq = 1")  # fmt: skip
    assert verdict(path).fault is Fault.GAP


def test_rows_cut_off_at_the_end_are_missed_by_what_refers_to_them(
    five: Ledger, path: Path, tamper: Tamper
) -> None:
    five.execute("INSERT INTO cursor VALUES ('hub', 6)")
    tamper("DELETE FROM journal WHERE seq > 4")
    assert (verdict(path).first_bad, verdict(path).fault) == (5, Fault.TAIL)


def test_rows_out_of_order_are_named(five: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.ledger.hlc.tick", lambda last, _wall: last)
    with five.transaction():
        five.record("sale", {})
    assert (verdict(path).first_bad, verdict(path).fault) == (7, Fault.ORDER)


def test_progress_is_told_and_ends_at_the_whole(ledger: Ledger) -> None:
    with ledger.transaction():
        for _number in range(2_499):
            ledger.record("sale", {})
    seen: list[tuple[int, int]] = []
    verify(ledger, lambda done, total: seen.append((done, total)))
    assert seen == [(1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]


def test_sales_made_meanwhile_are_no_fault(five: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "PAGE", 2)
    with five.sibling(readonly=True) as reader:
        links = verifying._links(reader)
        assert next(links).seq == 1
        with five.transaction():
            five.record("sale", {})
        assert [link.seq for link in links] == [2, 3, 4, 5, 6, 7]
        assert verify(reader).rows == 7


def test_an_empty_journal_is_no_fault_of_the_chain(ledger: Ledger, path: Path, tamper: Tamper) -> None:
    tamper("DELETE FROM journal")
    assert verdict(path) == Verdict(0)


def test_the_next_row_after_a_forgery_does_not_heal_it(five: Ledger, path: Path, tamper: Tamper) -> None:
    tamper("UPDATE journal SET body = '{}' WHERE seq = 6")
    with five.transaction():
        five.record("sale", {})
    assert (verdict(path).first_bad, verdict(path).fault) == (6, Fault.CONTENTS)
