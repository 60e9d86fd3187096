"""From a file's bytes to rows of cells, whoever wrote it: encodings, delimiters, and rows that are broken.

A row that is broken (a quote that never closes, another number of cells than the header) is reported with its
line and does not take its neighbours along.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.i18n import _

MOST_BYTES = 64 * 1024 * 1024
"""A catalogue of 100,000 products is about 12 MB; anything larger is another file by mistake."""
DELIMITERS = ",;\t|"
_LINE_END = re.compile("\r\n|\r|\n")
"""Not `splitlines`, which also ends lines at signs that may stand in a name."""
_LONGEST_RECORD = 40
"""Lines that a quoted cell may run over; beyond that the quote was meant as an inch sign."""
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_NO_TEXT = {b"PK\x03\x04": "Excel", b"\xd0\xcf\x11\xe0": "Excel", b"%PDF": "PDF", b"\x1f\x8b": "gzip"}


class UnreadableFile(ValueError):
    """A file is no CSV of products; nothing was imported."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a file."""

    line: int  # the line it begins on, from 1
    cells: tuple[str, ...]
    fault: str = ""  # why it cannot be read; then there are no cells


@dataclass(frozen=True, slots=True)
class Table:
    """A file read: its header and its rows."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    lines: tuple[str, ...]
    first: int  # index of the line behind the header

    def records(self) -> Iterator[Record]:
        """Yield the rows behind the header; empty ones are left out."""
        for record in _records(self.lines, self.first, self.delimiter):
            if record.fault:
                yield record
            elif not any(cell.strip() for cell in record.cells):
                continue
            elif len(record.cells) == len(self.header):
                yield record
            else:
                fault = _("has {n} cells where the header has {most}: is a quote or a {sign} missing?")
                words = fault.format(n=len(record.cells), most=len(self.header), sign=repr(self.delimiter))
                yield Record(record.line, (), words)


def read(content: bytes) -> Table:
    """Read a file's bytes; UnreadableFile when it is no text, too large or has no header."""
    text, encoding = decode(content)
    lines = tuple(_LINE_END.split(text))
    start, stated = 0, ""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        start, stated = 1, lines[0][4]  # how Excel is told the delimiter
    while start < len(lines) and not lines[start].strip(" ,;\t|"):
        start += 1
    if start == len(lines):
        raise UnreadableFile(_("the file is empty; nothing was imported"))
    head = lines[start]
    delimiter = stated or max(DELIMITERS, key=lambda sign: len(_cells([head], sign) or ()))
    for record in _records(lines, start, delimiter):
        if record.fault:
            raise UnreadableFile(_("the header cannot be read: {reason}").format(reason=record.fault))
        header = tuple(" ".join(cell.split()) for cell in record.cells)
        return Table(encoding, delimiter, header, lines, start + _height(lines, start, delimiter))
    raise UnreadableFile(_("the file has no header; nothing was imported"))


def decode(content: bytes) -> tuple[str, str]:
    """Return a file's text and its encoding: by its mark, else UTF-8, else Windows-1252."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile(
            _("the file is larger than {n} MB; nothing was imported").format(n=MOST_BYTES >> 20)
        )
    for mark, kind in _NO_TEXT.items():
        if content.startswith(mark):
            raise UnreadableFile(_("this is a {kind} file: save it as CSV and try again").format(kind=kind))
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "")
    for name in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, name
    raise UnreadableFile(_("the file is no text that can be read; save it as CSV in UTF-8 and try again"))


def _records(lines: Sequence[str], start: int, delimiter: str) -> Iterator[Record]:
    """Yield the rows from a line on."""
    at = start
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        height = _height(lines, at, delimiter)
        cells = _cells(lines[at : at + height], delimiter)
        if cells is None:
            yield Record(at + 1, (), _("a quote in this row does not close, or closes too early"))
        else:
            yield Record(at + 1, cells)
        at += height


def _height(lines: Sequence[str], at: int, delimiter: str) -> int:
    """Return how many lines the row takes that begins here; 1 when it never ends."""
    if '"' not in lines[at]:
        return 1
    for height in range(1, min(_LONGEST_RECORD, len(lines) - at) + 1):
        if _cells(lines[at : at + height], delimiter) is not None:
            return height
    return 1


def _cells(lines: Sequence[str], delimiter: str) -> tuple[str, ...] | None:
    """Return the cells of one row; None when its quotes do not pair up."""
    try:
        rows = list(csv.reader([f"{line}\n" for line in lines], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 else None
