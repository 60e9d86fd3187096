"""Reads the JSON that outlets answer with: typed, bounded, and nothing taken for a number that is none."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hardware.power.reading import number
from hardware.power.refused import Malformed

Table = Mapping[str, object]
MOST = 65536
"""Bytes of the longest answer read; the whole status of a Shelly has 4,000."""


def parsed(answer: bytes) -> Table:
    """An answer as a table. Raises `Malformed`."""
    if len(answer) > MOST:
        raise Malformed(f"the answer has {len(answer)} bytes; no outlet says so much")
    try:
        table = json.loads(answer)
    except (ValueError, RecursionError) as error:  # the second is what deep nesting ends in
        words = " ".join(str(error).split())
        raise Malformed(f"the answer is no JSON, or its end is missing: {words}") from None
    if not isinstance(table, dict):
        raise Malformed("the answer is no JSON object")
    return table


def table(whole: Table, key: str) -> Table | None:
    """A table inside a table."""
    inner = whole.get(key)
    return inner if isinstance(inner, dict) else None


def item(whole: Table, key: str, number: int) -> Table | None:
    """One table of a list of tables, counted from 0."""
    listed = whole.get(key)
    if not isinstance(listed, list) or not 0 <= number < len(listed):
        return None
    found: object = listed[number]
    return found if isinstance(found, dict) else None


def figure(whole: Table, key: str, unit: float = 1) -> float | None:
    """A number in its unit; texts, truths and missing keys are none."""
    value = number(whole.get(key))
    return None if value is None else value * unit


def truth(whole: Table, key: str) -> bool | None:
    """True or false, also as 1 and 0; anything else is unknown."""
    value = whole.get(key)
    return bool(value) if value in (True, False) else None
