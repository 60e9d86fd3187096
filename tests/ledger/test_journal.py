"""The frozen wording and formula of the journal. A new formula gets a new number; these figures stay."""

from __future__ import annotations

import hashlib
import json

import pytest

from kiosk.ledger import journal
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger

BODY = '{"lines":[{"gross":450,"name":"Zoë\'s \\"jam\\"\\n","qty":1000}],"no":"A-000001","total":450}'
TEXT = (
    '{"b":{"lines":[{"gross":450,"name":"Zoë\'s \\"jam\\"\\n","qty":1000}],"no":"A-000001","total":450},'
    '"bms":60000,"boot":"8f14e45f-ceea-467f-a8d1-1ab2c3d4e5f6","hlc":"117964800000000000",'
    '"id":"0192a3b4-c5d6-7e8f-8a9b-0c1d2e3f4a5b","seq":4711,"sync":false,"t":"sale","v":1,"wall":1800000000000}'
)


def golden_text() -> str:
    body = journal.canonical(
        {"total": 450, "no": "A-000001", "lines": [{"qty": 1000, "name": 'Zoë\'s "jam"\n', "gross": 450}]}
    )
    return journal.envelope(
        body, 60_000, "8f14e45f-ceea-467f-a8d1-1ab2c3d4e5f6", 117964800000000000,
        "0192a3b4-c5d6-7e8f-8a9b-0c1d2e3f4a5b", 4711, 0, "sale", 1, 1_800_000_000_000,
    )  # fmt: skip


def test_a_body_has_one_text() -> None:
    assert journal.canonical({"b": 2, "a": {"d": None, "c": True}}) == '{"a":{"c":true,"d":null},"b":2}'
    assert journal.canonical({"n": 9_007_199_254_740_993}) == '{"n":9007199254740993}'
    assert journal.canonical({"ø": "€ \u2028"}) == '{"ø":"€ \u2028"}'


def test_the_envelope_is_frozen() -> None:
    assert golden_text() == TEXT
    assert json.loads(TEXT)["b"] == json.loads(BODY)


def test_the_envelope_is_itself_canonical_json() -> None:
    assert journal.canonical(json.loads(TEXT)) == TEXT


def test_formula_1_is_frozen() -> None:
    first = journal.FORMULAS[1](journal.BEFORE_FIRST, TEXT)
    second = journal.FORMULAS[1](first, TEXT)
    assert first.hex() == "41346e06d94b4abc0c7f798516555d0cd0fd0de99520624c050009fbcebac742"
    assert second.hex() == "35526b453d57f9e56629c0eda7087846619a9dc3fe0dac5b74e44fb094103ca8"


def test_formula_1_is_plain_sha256_that_anyone_can_repeat() -> None:
    assert journal.FORMULAS[1](b"\1" * 32, "é") == hashlib.sha256(b"\1" * 32 + b"\xc3\xa9").digest()


def test_a_row_is_stored_with_the_hash_of_its_envelope(ledger: Ledger, clock: FakeClock) -> None:
    with ledger.transaction():
        event = ledger.record("sale", {"total": 450, "no": "A-000001"}, version=3)
    (before,), row = (
        ledger.rows("SELECT hash FROM journal WHERE seq = 1")[0],
        ledger.row("SELECT body, hlc, event_id, hash FROM journal WHERE seq = 2"),
    )
    assert row is not None
    body, hlc, event_id, digest = row
    stamp = clock.now()
    assert body == '{"no":"A-000001","total":450}'
    assert event_id == event.event_id.bytes
    text = journal.envelope(
        body, stamp.boot_ms, stamp.boot_id, hlc, str(event.event_id), 2, 1, "sale", 3, stamp.wall_ms
    )
    assert digest == journal.formula_1(before, text)


@pytest.mark.parametrize("kind", ["sale", "clock.confirmed", "a.b.c.d", "print_job.doubtful"])
def test_kinds_are_lower_case_words(kind: str) -> None:
    journal.check_kind(kind)
