"""Files that are whole or not there: written beside their place, synced to the disk, then renamed.

CSV is for spreadsheets: UTF-8 with the mark they know it by, and a text that a spreadsheet would run as a
formula gets an apostrophe before it (`catalogue.spreadsheet`). JSON is for programs.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from kiosk.catalogue.spreadsheet import harmless
from kiosk.export.tables import Cell, Holds
from kiosk.ledger.storage import publish

MARK = "\ufeff"
"""How a spreadsheet knows a CSV file for UTF-8."""


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """Give a text file to write to that takes its place only when it is complete and on the disk."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        publish(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_csv(path: Path, columns: Iterable[tuple[str, Holds]], rows: Iterable[Iterable[Cell]]) -> int:
    """Write a table and return how many rows it has."""
    named = tuple(columns)
    count = 0
    with whole(path) as file:
        file.write(MARK)
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(name for name, _holds in named)
        for row in rows:
            writer.writerow(_shown(cell, holds) for cell, (_name, holds) in zip(row, named, strict=True))
            count += 1
    return count


def _shown(cell: Cell, holds: Holds) -> str:
    """Return a cell as it stands in a CSV file: nothing is empty, truth is true or false."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = str(cell)
    return harmless(text) if holds == "text" else text


def write_json(path: Path, value: object) -> None:
    """Write one value as readable JSON."""
    with whole(path) as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.write("\n")


def write_lines(path: Path, values: Iterable[str]) -> int:
    """Write one text a line and return how many there were."""
    count = 0
    with whole(path) as file:
        for value in values:
            file.write(value)
            file.write("\n")
            count += 1
    return count
