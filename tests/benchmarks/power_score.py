"""How far promises of time can be believed: Barrow's beside what other gauges would have said.

    .venv/bin/python tests/benchmarks/power_score.py                      the recorded days of the tests
    .venv/bin/python tests/benchmarks/power_score.py FOLDER --seeds 3     every *.csv.gz of a folder
    .venv/bin/python tests/benchmarks/power_score.py --json score.json

Days are measured with a shunt of their own for each seed: gain 0.4 %, offset 20 mA, steps of 10 mA and 10 mV.
"learned": what the pack gives from the first row on is known within 2 %; "count told": what it gives from
full is, and how much had been used; "nameplate": only its label; "cold": not even whether it was full. The
first row of a way is all days without sun; then they stand by cells and by how they began, then those with a
panel. far: error with more than two hours to go; near: median error after that; end: median error of the end;
P10 over: the safe end a quarter too late in the last two hours; inside: truth between P10 and P90; jump: of
the end between two rows, five minutes apart; false safe: closing time said to be reached at p >= 0.9, and
missed; CPU: for each minute of the day. Days with a switched outlet are left out: nobody could know before.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.power import gauges
from tests.power.scoring import Day, Promise, Score, load, ours

DAYS = Path(__file__).parents[1] / "power" / "days"
GATES: dict[str, dict[str, tuple[float, float]]] = {
    "learned": {
        "far %": (0, 7), "near min": (0, 8), "P10 over %": (0, 1), "inside %": (80, 97), "jump min": (0, 5),
        "false safe %": (0, 1),
    },
    "nameplate": {"far %": (0, 13), "false safe %": (0, 2)},
    "learned, sun": {"end min": (0, 25), "jump min": (0, 5), "false safe %": (0, 3)},
}  # fmt: skip
"""What a release must keep, on days enough."""
COLUMNS = ("far %", "near min", "end min", "P10 over %", "inside %", "jump min", "false safe %", "false no %")

Way = Callable[[Day, int], Iterable[Promise]]


GROUPS: dict[str, Callable[[Day], bool]] = {
    "": lambda day: not day.record.head.site,
    "LFP, full": lambda day: _dry(day, "lfp") and day.told["truth_soc0"] >= FULL,
    "LFP, part": lambda day: _dry(day, "lfp") and day.told["truth_soc0"] < FULL,
    "NMC": lambda day: _dry(day, "nmc"),
    "sun": lambda day: bool(day.record.head.site),
}
FULL = 0.99


def _dry(day: Day, chemistry: str) -> bool:
    """Tell whether it is a day without a panel on a pack of this kind."""
    return not day.record.head.site and day.record.head.pack.chemistry.name == chemistry


def table(folder: Path, seeds: int) -> dict[str, dict[str, float | None]]:
    """Score every way on every day of a folder, by groups of days."""
    files = sorted(folder.glob("*.csv.gz"))
    if not files:
        sys.exit(f"{folder}: no *.csv.gz")
    days = [(seed, load(file, seed)) for seed in range(seeds) for file in files]
    days = [(seed, day) for seed, day in days if not day.record.samples[0].outlets]
    found: dict[str, dict[str, float | None]] = {}
    for name, way in WAYS.items():
        print(f"{name}: {len(days)} days ...", file=sys.stderr, flush=True)
        of_days = [(day, *_timed(day, way, seed)) for seed, day in days]
        for group, belongs in GROUPS.items():
            some = [(day, score, took_s) for day, score, took_s in of_days if belongs(day)]
            if some:
                row = sum((score for _day, score, _s in some), Score()).row()
                minutes = sum(day.record.samples[-1].t_s / 60 for day, _score, _s in some)
                row["CPU ms"] = 1000 * sum(took_s for _day, _score, took_s in some) / minutes
                found[", ".join(filter(None, (name, group)))] = row
    return found


def _timed(day: Day, way: Way, seed: int) -> tuple[Score, float]:
    """Return the score of one way on one day, and the CPU seconds it took."""
    score, began = Score(), time.process_time()
    score.add(day, way(day, seed))
    return score, time.process_time() - began


WAYS: dict[str, Way] = {
    "learned": lambda day, seed: ours(day, "learned", seed),
    "learned, count told": lambda day, seed: ours(day, "learned", seed, "count"),
    "nameplate": lambda day, seed: ours(day, "nameplate", seed),
    "cold": lambda day, seed: ours(day, "cold", seed),
    "linear voltage": lambda day, _seed: gauges.linear_voltage(day),
    "BMV style": lambda day, _seed: gauges.bmv(day),
    "plain counting": lambda day, _seed: gauges.counting(day),
}


def shown(name: str, row: dict[str, float | None]) -> str:
    """Write one row; a figure outside its gate is marked."""
    cells = []
    for column in (*COLUMNS, "CPU ms"):
        value = row[column]
        low, high = GATES.get(name, {}).get(column, (-1e9, 1e9))
        mark = " " if value is None or low <= value <= high else "!"
        cells.append(f"{'-':>12}" if value is None else f"{value:>11.2f}{mark}")
    return f"{name:<30}" + "".join(cells)


def main() -> None:
    """Score, print, write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", nargs="?", type=Path, default=DAYS)
    asked.add_argument("--seeds", type=int, default=1, help="how often each day is measured anew")
    asked.add_argument("--json", type=Path)
    args = asked.parse_args()
    found = table(args.folder, args.seeds)
    print(f"{'':<30}" + "".join(f"{column:>12}" for column in (*COLUMNS, "CPU ms")))
    for name, row in found.items():
        print(shown(name, row))
    if args.json:
        args.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
