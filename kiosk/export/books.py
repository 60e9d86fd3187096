"""The books of a stall as files: a day, the journal, the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kiosk.catalogue import csv_export
from kiosk.catalogue.goods import Product, journal_body
from kiosk.catalogue.lists import QuickList
from kiosk.catalogue.products import Catalogue
from kiosk.catalogue.quicklists import every_list
from kiosk.export import files
from kiosk.export.tables import TABLES, Cell, Holds, newest_event, rows, written
from kiosk.ledger import journal

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

PAGE = 2000
"""Journal rows of one read; each is its own short look, so that a running till can clear its log."""
JOURNAL_COLUMNS: tuple[tuple[str, Holds], ...] = (
    ("seq", "number"), ("event_id", "text"), ("type", "text"), ("version", "number"), ("hlc", "number"),
    ("boot", "text"), ("boot_ms", "number"), ("wall_ms", "number"), ("clock_trusted", "truth"),
    ("body", "text"), ("hash", "text"),
)  # fmt: skip
_JOURNAL = (
    "SELECT seq, event_id, type, version, hlc, boot_id, boot_ms, wall_ms, clock_trusted, body, hash "
    "FROM journal JOIN boot ON boot.id = journal.boot WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Written:
    """One finished file."""

    path: Path
    rows: int
    size: int  # bytes


def _written(path: Path, count: int) -> Written:
    """Report a file that is on the disk."""
    return Written(path, count, path.stat().st_size)


def export_days(ledger: Ledger, folder: Path, first: str, last: str) -> list[Written]:
    """Write the sales and shifts between two business dates (ISO): a CSV a table, and one JSON of all."""
    upto = newest_event(ledger)
    span = first if first == last else f"{first}-{last}"
    done = []
    whole: dict[str, Any] = {
        "format": "barrow-days", "version": 1, "device": ledger.device_id, "series": ledger.series,
        "currency": ledger.currency, "first": first, "last": last, "upto": upto,
    }  # fmt: skip
    for table in TABLES:
        found = list(rows(ledger, table, first, last, upto))
        heads = [name for name, _holds in table.columns]
        whole[table.name] = [dict(zip(heads, row, strict=True)) for row in found]
        path = folder / f"{table.name}-{span}.csv"
        done.append(_written(path, files.write_csv(path, table.columns, found)))
    path = folder / f"days-{span}.json"
    files.write_json(path, whole)
    return [*done, _written(path, sum(file.rows for file in done))]


def export_journal(ledger: Ledger, folder: Path) -> list[Written]:
    """Write every journal row: as CSV, and as the very lines that were hashed, each with its hash."""
    upto = newest_event(ledger)
    table, lines = folder / "journal.csv", folder / "journal.jsonl"
    return [
        _written(table, files.write_csv(table, JOURNAL_COLUMNS, _journal_rows(ledger, upto))),
        _written(lines, files.write_lines(lines, (_line(row) for row in _journal_rows(ledger, upto)))),
    ]


def _journal_rows(ledger: Ledger, upto: int) -> Iterator[tuple[Cell, ...]]:
    """Yield the journal's rows, read a page at a time."""
    after = 0
    while page := ledger.rows(_JOURNAL, (after, upto, PAGE)):
        for seq, event_id, *rest, trusted, body, seal in page:
            yield (seq, str(UUID(bytes=event_id)), *rest, bool(trusted), body, seal.hex())
        after = int(page[-1][0])


def _line(row: tuple[Cell, ...]) -> str:
    """Return a row as one JSON line: the envelope as it was hashed, and its hash."""
    seq, event_id, kind, version, hlc, boot, boot_ms, wall_ms, trusted, body, seal = row
    text = journal.envelope(
        str(body),
        _number(boot_ms),
        str(boot),
        _number(hlc),
        str(event_id),
        _number(seq),
        bool(trusted),
        str(kind),
        _number(version),
        _number(wall_ms),
    )
    return f'{{"event":{text},"hash":{json.dumps(seal)}}}'


def export_catalogue(ledger: Ledger, folder: Path) -> list[Written]:
    """Write the products as the CSV that `kiosk catalogue import` reads, and all with the lists as JSON."""
    table, whole = folder / "products.csv", folder / "catalogue.json"
    with files.whole(table) as file:
        file.write(files.MARK)
        count = csv_export.write(ledger, file)
    products = list(Catalogue(ledger).all(inactive=True))
    lists = every_list(ledger, inactive=True)
    value = {
        "format": "barrow-catalogue",
        "version": 1,
        "currency": ledger.currency,
        "products": [_product(product, ledger.exponent) for product in products],
        "lists": [_list(one) for one in lists],
    }
    files.write_json(whole, value)
    return [_written(table, count), _written(whole, len(products) + len(lists))]


def _product(product: Product, exponent: int) -> dict[str, object]:
    """Return a product as JSON: the price as a plain decimal, no row ids."""
    body = journal_body(product, None, None)
    del body["author"]
    return body | {"price": written(product.price, "amount", exponent)}


def _list(one: QuickList) -> dict[str, object]:
    """Return a quick-list or bundle as JSON."""
    keys = [
        {
            "page": key.page,
            "position": key.position,
            "sku": key.product.sku,
            "label": key.label,
            "colour": key.colour,
            "quantity": written(key.quantity, "quantity", 0),
        }
        for key in one.keys
    ]
    return {"token": one.token, "kind": one.kind, "name": one.name, "colour": one.colour, "keys": keys}


def _number(cell: Cell) -> int:
    """Return a cell that is known to be a number."""
    assert isinstance(cell, int)  # noqa: S101 - the column is INTEGER NOT NULL in a STRICT table
    return cell
