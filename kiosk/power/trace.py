"""A recorded day as a file: a head line of what was told once, then a row for each look (see FORMAT)."""

from __future__ import annotations

import csv
import gzip
import math
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kiosk.i18n import _
from kiosk.power.sample import Outlet, Sample
from kiosk.power.tracehead import BadHead, Head, read_head

NEEDED = ("t_s", "voltage_v", "current_a")
LIMITS: Mapping[str, tuple[float, float]] = {
    "t_s": (0, 1e9),
    "voltage_v": (0, 1000),
    "current_a": (-1000, 1000),
    "solar_w": (0, 1e5),
    "ac_w": (0, 1e5),
}
"""What a small stall's power can be."""
OUTLET_W = (0.0, 1e5)
MOST_PROBLEMS = 20
MOST_ROWS = 250_000
"""A month at a row every ten seconds."""
MOST_S = 31 * 86_400.0
"""From the first row to the last; a clock that was set for the first time jumps by years."""
MOST_LETTERS = 10_000
"""Of one line: a file that has none would be read into the memory whole."""


class BadTrace(ValueError):
    """A file that is no record of a day; its text has a line for each problem."""


class BadRow(ValueError):
    """A row that cannot be read."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A record."""

    head: Head
    samples: tuple[Sample, ...]  # without wall time

    @property
    def pace_s(self) -> float:
        """The usual pause between two rows, seconds."""
        pauses = sorted(later.t_s - sooner.t_s for sooner, later in pairwise(self.samples))
        return pauses[len(pauses) // 2]


def read(path: Path) -> Trace:
    """Read a record, packed with gzip or not; BadTrace names what is wrong, by line."""
    lines = _lines(path)
    try:
        head = read_head(next(lines, (1, ""))[1])
    except BadHead as error:
        raise BadTrace(f"{path}: {_line(1, str(error))}") from error
    problems: list[str] = []
    samples = _samples(lines, problems)
    if len(samples) < 2 and not problems:
        problems.append(_("a record needs at least two rows"))
    if problems:
        shown = problems[:MOST_PROBLEMS]
        if len(problems) > len(shown):
            shown.append(_("and {number} more").format(number=len(problems) - len(shown)))
        raise BadTrace("\n".join(f"{path}: {problem}" for problem in shown))
    return Trace(head, tuple(samples))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Give the file's lines with their numbers; BadTrace where it is cut short or no text."""
    number = 0
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
            for number, line in enumerate(iter(lambda: file.readline(MOST_LETTERS), ""), 1):
                yield number, line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        text = _("not a whole gzip file after line {number}").format(number=number)
        raise BadTrace(f"{path}: {text}") from error
    except UnicodeDecodeError as error:
        text = _("not a text file after line {number}").format(number=number)
        raise BadTrace(f"{path}: {text}") from error


def _samples(lines: Iterator[tuple[int, str]], problems: list[str]) -> list[Sample]:
    """Return the rows; what is wrong with one is added to the problems."""
    number, header = next(lines, (2, ""))
    columns = [name.strip() for name in next(csv.reader([header]), [])]
    if missing := [name for name in NEEDED if name not in columns]:
        problems.append(_line(number, _("no column {names}").format(names=", ".join(missing))))
        return []
    heard = [name for name in columns if not name.startswith("truth_")]
    outlets = [name[: -len("_on")] for name in heard if name.endswith("_on")]
    samples: list[Sample] = []
    for number, line in lines:
        if len(samples) >= MOST_ROWS:
            problems.append(_line(number, _("more than {most} rows").format(most=MOST_ROWS)))
            break
        cells = line.strip().split(",")
        if cells == [""]:
            continue
        try:
            samples.append(_next(samples, columns, cells, outlets))
        except BadRow as error:
            problems.append(_line(number, str(error)))
    return samples


def _next(samples: list[Sample], columns: list[str], cells: list[str], outlets: list[str]) -> Sample:
    """Return the row that follows; BadRow says why it cannot."""
    if len(cells) != len(columns):
        raise BadRow(_("{found} cells for {needed} columns").format(found=len(cells), needed=len(columns)))
    sample = _sample(dict(zip(columns, cells, strict=True)), outlets)
    if samples and sample.t_s <= samples[-1].t_s:
        raise BadRow(_("t_s does not rise"))
    if samples and sample.t_s - samples[0].t_s > MOST_S:
        raise BadRow(_("t_s is more than {days:g} days after the first row").format(days=MOST_S / 86_400))
    return sample


def _sample(row: Mapping[str, str], outlets: list[str]) -> Sample:
    """Return one row."""
    t_s = _number(row, "t_s", *LIMITS["t_s"])
    if t_s is None:
        raise BadRow(_("t_s is empty"))
    volts, amps, solar, ac = (_number(row, name, *limits) for name, limits in list(LIMITS.items())[1:])
    switched = tuple(
        Outlet(name, _switch(row, f"{name}_on"), _number(row, f"{name}_w", *OUTLET_W)) for name in outlets
    )
    return Sample(t_s, volts, amps, solar, ac, switched)


def _switch(row: Mapping[str, str], name: str) -> bool | None:
    """Return whether an outlet is on; None for an empty cell."""
    number = _number(row, name, 0, 1)
    return None if number is None else number > 0


def _number(row: Mapping[str, str], name: str, least: float, most: float) -> float | None:
    """Return a cell's number; None where it is empty or nan, or there is no such column."""
    cell = row.get(name, "").strip()
    if cell.lower() in {"", "nan"}:
        return None
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        text = _("{name} is {value!r}: a number from {least:g} to {most:g} is needed")
        raise BadRow(text.format(name=name, value=cell[:20], least=least, most=most))
    return number


def _line(number: int, problem: str) -> str:
    return _("line {number}: {problem}").format(number=number, problem=problem)
