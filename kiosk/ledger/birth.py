"""Making a new ledger: built whole under another name, then put in its place at once."""

from __future__ import annotations

import re
import secrets
import uuid
from pathlib import Path

import apsw

from kiosk.ledger import migrations, storage
from kiosk.ledger.clock import Clock
from kiosk.ledger.errors import LedgerExists
from kiosk.ledger.journal import FORMULA
from kiosk.ledger.recorder import Recorder

_SERIES = re.compile(r"[A-Za-z0-9]{1,4}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_META = "INSERT INTO meta (key, value) VALUES (?, ?)"


def make(path: Path, clock: Clock, series: str, currency: str, exponent: int) -> None:
    """Write a new ledger file; LedgerExists when one stands there. Its first journal row says whose."""
    _check(series, currency, exponent)
    if path.exists():
        raise LedgerExists(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(path.name + ".new")
    storage.clear(made)
    own: dict[str, object] = {
        "device_id": str(uuid.uuid4()),
        "epoch": str(secrets.randbits(63)),
        "series": series,
        "currency": currency,
        "exponent": exponent,
    }
    connection = storage.connect(made, readonly=False, create=True)
    try:
        migrations.migrate(connection, path)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_META, [(key, str(value)) for key, value in own.items()])
        connection.execute(_META, ("formula", str(FORMULA)))
        Recorder(connection, clock, FORMULA).append("ledger.created", own, None, 1)
        connection.execute("COMMIT")
    except apsw.Error as error:
        raise storage.named(error, path) or error from error
    finally:
        connection.close()
    storage.publish(made, path)


def _check(series: str, currency: str, exponent: int) -> None:
    """Refuse what cannot stand on a receipt; a restore adds three signs to the series, training one: 8."""
    if _SERIES.fullmatch(series) is None:
        raise ValueError(f"a receipt series is 1 to 4 letters and digits, not {series!r}; nothing was made")
    if _CURRENCY.fullmatch(currency) is None or not 0 <= exponent <= 4:
        raise ValueError(f"{currency!r} with {exponent} decimals is no ISO 4217 currency; nothing was made")
