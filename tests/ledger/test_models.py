"""The models say what the schema says: every table, column, type, key and reference."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.ledger.connection import Ledger
from kiosk.ledger.models import TABLES, using
from kiosk.ledger.models.base import Table

TYPES = {"AUTO": "INTEGER", "INT": "INTEGER", "TEXT": "TEXT", "BLOB": "BLOB"}


def column_type(field: Any) -> str:
    """The column type of a field; a reference has that of its target."""
    return TYPES[
        (field.rel_field if field.field_type == "INT" and hasattr(field, "rel_field") else field).field_type
    ]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_model_has_the_columns_of_its_table(ledger: Ledger, model: type[Table]) -> None:
    meta: Any = model._meta  # type: ignore[attr-defined]
    stored = {
        name: (kind, bool(not_null or key), bool(key))
        for _id, name, kind, not_null, _default, key in ledger.rows(f"PRAGMA table_info({meta.table_name})")
    }
    keys = {meta.fields[name].column_name for name in getattr(meta.primary_key, "field_names", ())} or {
        meta.primary_key.column_name
    }
    said = {
        field.column_name: (column_type(field), not field.null, field.column_name in keys)
        for field in meta.sorted_fields
    }
    assert said == stored


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_models_references_are_those_of_the_table(ledger: Ledger, model: type[Table]) -> None:
    meta: Any = model._meta  # type: ignore[attr-defined]
    stored = {row[3]: row[2] for row in ledger.rows(f"PRAGMA foreign_key_list({meta.table_name})")}
    said = {field.column_name: field.rel_model._meta.table_name for field in meta.refs}
    assert said == {column: table for column, table in stored.items() if column in said}
    identities = {"id", "seq", "session", "product"}  # keys that are references: plain numbers in a model
    assert set(stored) - set(said) <= identities


def test_every_table_has_a_model(ledger: Ledger) -> None:
    stored = ledger.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'product_search%'"
    )
    assert {name for (name,) in stored} == {model._meta.table_name for model in TABLES}  # type: ignore[attr-defined]


def test_no_column_holds_a_real(ledger: Ledger) -> None:
    tables = ledger.rows(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'product_search%'"
    )
    assert [name for name, sql in tables if "STRICT" not in sql or "REAL" in sql.upper().split()] == []


def test_models_read_what_was_recorded(five: Ledger) -> None:
    from kiosk.ledger.models import Boot, Journal

    with using(five):
        rows = Journal.select(Journal.seq, Boot.boot_id).join(Boot).where(Journal.type == "sold").tuples()
        assert list(rows) == [(seq, five.clock.now().boot_id) for seq in range(2, 7)]
