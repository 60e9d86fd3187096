"""Rows of paper as text and back: what the print queue keeps of a slip that no ledger row describes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields

from kiosk.catalogue.paper import Row

_PLAIN = Row()
_NAMES = tuple(field.name for field in fields(Row))


def dump(rows: Iterable[Row]) -> str:
    """Return rows as JSON, only what differs from a blank row."""
    return json.dumps(
        [
            {name: value for name in _NAMES if (value := getattr(row, name)) != getattr(_PLAIN, name)}
            for row in rows
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def load(body: str) -> list[Row]:
    """Return the rows of a body that `dump` wrote."""
    return [Row(**row) for row in json.loads(body)]
