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
    delimiter = stated or max(DELIMITERS, key=lambda sign: len(_row([head], 0, sign)[1] or ()))
    height, cells = _row(lines, start, delimiter)
    if cells is None:
        raise UnreadableFile(_("the header cannot be read: {reason}").format(reason=_bad_quote()))
    header = tuple(" ".join(cell.split()) for cell in cells)
    return Table(encoding, delimiter, header, lines, start + height)


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
        height, cells = _row(lines, at, delimiter)
        yield Record(at + 1, (), _bad_quote()) if cells is None else Record(at + 1, cells)
        at += height


def _row(lines: Sequence[str], at: int, delimiter: str) -> tuple[int, tuple[str, ...] | None]:
    """Return how many lines the row takes that begins here, and its cells.

    One line and None when its quotes do not pair up. Each line is read once, whatever stands in it.
    """
    most = _LONGEST_RECORD if '"' in lines[at] else 1
    reader = csv.reader((f"{line}\n" for line in lines[at : at + most]), delimiter=delimiter, strict=True)
    try:
        cells = tuple(next(reader, ()))
    except csv.Error:
        return 1, None
    return max(reader.line_num, 1), cells


def _bad_quote() -> str:
    return _("a quote in this row does not close, or closes too early")
