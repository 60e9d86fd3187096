"""`kiosk power replay`: a recorded day through the estimator, as it came."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.power.replay import Row
    from kiosk.power.trace import Trace

EXAMPLES = """
  kiosk power replay day.csv.gz --mode learned --usable-ah 41.5 --closing 17:00
  kiosk power replay day.csv --mode nameplate --closing 16:30 --closing 18:00 --json"""
DAY_S = 86_400.0
CLOCK = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])")


class BadAsk(ValueError):
    """An argument that cannot be meant."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = _(
        "Go through a recorded day as it came; print every five minutes what would have been told."
    )
    parser.epilog = "\n\n".join((_file_format(), _answer_format(), _("Examples:") + EXAMPLES))
    parser.add_argument("trace", nargs="?", metavar="TRACE.csv[.gz]", help=_("the record"))
    parser.add_argument(
        "--mode",
        choices=("learned", "nameplate", "cold"),
        default="nameplate",
        help=_("what is known: what the pack gives; only its label (default); not even whether it was full"),
    )
    parser.add_argument(
        "--usable-ah",
        type=float,
        metavar="N",
        help=_("Ah the pack gives until its cut-off, from full or from the first row (both are weighed)"),
    )
    parser.add_argument(
        "--used-ah",
        type=float,
        metavar="N",
        help=_("Ah drawn since it was full when the record begins (default: judged from the voltage)"),
    )
    parser.add_argument(
        "--closing",
        action="extend",
        nargs="+",
        default=[],
        metavar="HH:MM",
        help=_("closing time by the record's own clock; before its first row: the next day; may be repeated"),
    )
    parser.add_argument(
        "--reserve-wh",
        type=float,
        default=0.0,
        metavar="N",
        help=_("Wh kept out of every number (default 0: down to the cut-off)"),
    )
    parser.add_argument("--json", action="store_true", help=_("print a JSON object a line"))


def _file_format() -> str:
    """Describe the file that is read."""
    return _(
        "The file: a line `# {json}` with chemistry (lfp, nmc), series_cells, nameplate_ah and cutoff_v;\n"
        "for closing times start_local (HH:MM at t_s = 0); for the sun solar_panel_w, latitude, longitude\n"
        "and date (the zone is guessed from the place, the panel leans 30 degrees towards noon). Then CSV.\n"
        "Needed: t_s, voltage_v, current_a (out of the pack is positive). Used where there: solar_w,\n"
        "ac_w, and for each outlet NAME_on (1 or 0) with NAME_w. Empty or nan is unknown. Nothing else\n"
        "is read, and nothing that is called truth_."
    )


def _answer_format() -> str:
    """Describe what is printed."""
    return _(
        "The answer, a line: t_s; p10_min, p50_min, p90_min (minutes from then until the cut-off that one,\n"
        "five and nine out of ten ways it may go do not reach; 1440 stands for a day or more); grade\n"
        "A to D; wh_left; p_close (the probability of reaching each closing time). null is unknown: times\n"
        "in the first half hour, all while nothing is heard, or of an LFP pack never full (--mode cold).\n"
        "Exit status: 0, or 2 with one line on stderr for each problem."
    )


def run(args: argparse.Namespace) -> int:
    """Print what would have been told. BadTrace and BadAsk end with exit code 2."""
    from kiosk.power import replay, trace

    if args.usable_ah is not None and not 0 < args.usable_ah < 1e5:
        raise BadAsk(_("--usable-ah: a number of Ah above 0 is needed"))
    if args.used_ah is not None and (args.mode == "cold" or not 0 <= args.used_ah < 1e5):
        raise BadAsk(_("--used-ah: a number of Ah from 0 is needed, and a mode that knows when it was full"))
    if not 0 <= args.reserve_wh < 1e6:
        raise BadAsk(_("--reserve-wh: a number of Wh from 0 is needed"))
    record = trace.read(_file(args))
    closings = {text: _closing(text, record) for text in args.closing}
    if args.mode == "learned" and args.usable_ah is None:
        print(_("--mode learned without --usable-ah: what the label gives is taken"), file=sys.stderr)
    rows = replay.replay(record, args.mode, args.usable_ah, closings, args.reserve_wh, args.used_ah)
    if args.json:
        for row in rows:
            print(json.dumps(replay.as_json(row)))
    else:
        _table(rows, closings, record.head.starts_s or 0.0)
    return 0


def _file(args: argparse.Namespace) -> Path:
    """Return the record's file; it may stand behind a closing time, where it was taken for another one."""
    if args.trace is not None:
        return Path(args.trace)
    for text in args.closing:
        if CLOCK.fullmatch(text) is None:
            args.closing.remove(text)
            return Path(text)
    raise BadAsk(_("the record is wanted: TRACE.csv or TRACE.csv.gz"))


def _closing(text: str, record: Trace) -> float:
    """Return when in the record a closing time is, in seconds after t_s = 0: at its first row or later."""
    clock = CLOCK.fullmatch(text)
    if clock is None:
        raise BadAsk(_("--closing {text!r}: a time such as 17:30 is needed").format(text=text))
    starts_s, first_s = record.head.starts_s, record.samples[0].t_s
    if starts_s is None:
        raise BadAsk(_("--closing: the record does not tell when it begins (start_local)"))
    return first_s + (int(clock[1]) * 3600 + int(clock[2]) * 60 - starts_s - first_s) % DAY_S


def _table(rows: Iterable[Row], closings: Mapping[str, float], starts_s: float) -> None:
    """Print the rows for people: clock times, and closing times in words."""
    from kiosk.power.estimate import word

    heads = (_("time"), _("grade"), _("Wh left"), _("safe until"), _("even odds"), _("at best"), *closings)
    said = {"yes": _("yes"), "likely": _("likely"), "unlikely": _("unlikely"), "no": _("no")}
    widest = max(map(len, said.values())) + len(" 0.00")
    widths = [max(len(head), 5) for head in heads[:6]] + [widest] * len(closings)
    _print_row(heads, widths)
    for row in rows:
        until, left = row.headroom.until, row.headroom.wh_left.value
        cells = [_clock(starts_s + row.t_s), row.grade, "?" if left is None else f"{left:.0f}"]
        for ahead_s in (until.safe_s, until.even_s, until.best_s):
            cells.append(_ahead(starts_s + row.t_s, ahead_s))
        cells += ["?" if p is None else f"{said[word(p)]} {p:.2f}" for p in row.closings.values()]
        _print_row(cells, widths)


def _print_row(cells: Sequence[str], widths: Sequence[int]) -> None:
    """Print cells under one another."""
    print("  ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)))


def _ahead(now_s: float, ahead_s: float | None) -> str:
    """Write a time of the record's day so far ahead; a day and more have no name."""
    if ahead_s is None:
        return "?"
    return "> 24h" if ahead_s >= DAY_S else _clock(now_s + ahead_s)


def _clock(day_s: float) -> str:
    """Write a time of the record's day."""
    minutes = int(day_s // 60)
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
