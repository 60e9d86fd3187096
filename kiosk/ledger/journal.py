"""The journal's wording and its chain: what exactly is hashed, and with what formula.

The text that is hashed is the envelope as it travels to a hub (see ENVELOPE), so a hub can check the chain
from what it received. It holds business fields only: the boot by name, no row ids but the device's own seq.
The formulas are frozen: a change gets a new number, and golden tests hold the old ones.

The chain makes tampering evident to anyone who knows an earlier hash (a printed Z, a hub, a copy); it is not
a certified fiscal device.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import cache

ENVELOPE = '{"b":%s,"bms":%d,"boot":"%s","hlc":"%d","id":"%s","seq":%d,"sync":%s,"t":"%s","v":%d,"wall":%d}'
"""Keys in order; hlc as text, because it exceeds what a browser keeps exactly (2^53)."""

BEFORE_FIRST = bytes(32)
"""Stands for the hash before the first row."""

FORMULA = 1
"""The formula of new ledgers; each ledger keeps its own number in meta."""

_KIND = re.compile(r"[a-z][a-z0-9_]{0,31}(\.[a-z0-9_]{1,32}){0,3}")
_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode


def canonical(body: Mapping[str, object]) -> str:
    """Return the one text of a body: sorted keys, no spaces, real letters. Amounts in it are integers."""
    return _encode(body)


@cache
def check_kind(kind: str) -> None:
    """Refuse a kind that is not lower-case words with dots; it is hashed unquoted. Asked once a kind."""
    if _KIND.fullmatch(kind) is None:
        raise ValueError(
            f"an event kind is lower-case words joined by dots, not {kind!r}; nothing was stored"
        )


def envelope(
    body: str, boot_ms: int, boot_id: str, hlc: int, event_id: str, seq: int, synced: int, kind: str,
    version: int, wall_ms: int,
) -> str:  # fmt: skip
    """Return the canonical envelope text around a canonical body."""
    sync = "true" if synced else "false"
    return ENVELOPE % (body, boot_ms, boot_id, hlc, event_id, seq, sync, kind, version, wall_ms)


def formula_1(previous: bytes, text: str) -> bytes:
    """Return the hash of a row: SHA-256 over the hash of the row before and the envelope in UTF-8."""
    return hashlib.sha256(previous + text.encode()).digest()


FORMULAS: Mapping[int, Callable[[bytes, str], bytes]] = {1: formula_1}
"""Every formula ever used, by number."""
