"""How far promises of time can be believed: Barrow's beside what other gauges would have said.

    .venv/bin/python tests/benchmarks/power_score.py                      the recorded days of the tests
    .venv/bin/python tests/benchmarks/power_score.py FOLDER --seeds 3     every *.csv.gz of a folder
    .venv/bin/python tests/benchmarks/power_score.py --json score.json

Days are measured with a shunt of their own for each seed: gain 0.4 %, offset 20 mA, steps of 10 mA and 10 mV.
"learned": what the pack gives is known within 2 %; "nameplate": only its label; "cold": not even whether it
was full. far: error with more than two hours to go; near: median error after that; P10 over: the safe end a
quarter too late in the last two hours; inside: truth between P10 and P90; jump: of the end between two rows,
five minutes apart; false safe: closing time said to be reached at p >= 0.9, and missed; CPU: for each minute
of the day. Days with a switched outlet are left out: nobody could know before.
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
    "learned, sun": {"end min": (0, 25), "false safe %": (0, 3)},
}  # fmt: skip
"""What a release must keep, on days enough."""
COLUMNS = ("far %", "near min", "end min", "P10 over %", "inside %", "jump min", "false safe %", "false no %")

Way = Callable[[Day, int], Iterable[Promise]]


def _of_kind(days: Iterable[Day], sunny: bool) -> list[Day]:
    """Return the days with or without a panel, but for those on which something was switched."""
    return [d for d in days if bool(d.record.head.site) is sunny and not d.record.samples[0].outlets]


def scored(days: dict[int, list[Day]], way: Way) -> Score:
    """Return the score of one way over the days of all seeds."""
    found = Score()
    for seed, measured in days.items():
        for day in measured:
            found.add(day, way(day, seed))
    return found


def table(folder: Path, seeds: int) -> dict[str, dict[str, float | None]]:
    """Score every way on every day of a folder."""
    files = sorted(folder.glob("*.csv.gz"))
    if not files:
        sys.exit(f"{folder}: no *.csv.gz")
    found: dict[str, dict[str, float | None]] = {}
    for group, sunny in (("", False), (", sun", True)):
        days = {seed: _of_kind((load(file, seed) for file in files), sunny) for seed in range(seeds)}
        if not days[0]:
            continue
        minutes = sum(day.record.samples[-1].t_s / 60 for some in days.values() for day in some)
        for name, way in WAYS.items():
            print(f"{name}{group}: {len(days[0])} days ...", file=sys.stderr, flush=True)
            began = time.process_time()
            row = scored(days, way).row()
            row["CPU ms"] = 1000 * (time.process_time() - began) / minutes
            found[f"{name}{group}"] = row
    return found


WAYS: dict[str, Way] = {
    "learned": lambda day, seed: ours(day, "learned", seed),
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
    return f"{name:<20}" + "".join(cells)


def main() -> None:
    """Score, print, write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", nargs="?", type=Path, default=DAYS)
    asked.add_argument("--seeds", type=int, default=1, help="how often each day is measured anew")
    asked.add_argument("--json", type=Path)
    args = asked.parse_args()
    found = table(args.folder, args.seeds)
    print(f"{'':<20}" + "".join(f"{column:>12}" for column in (*COLUMNS, "CPU ms")))
    for name, row in found.items():
        print(shown(name, row))
    if args.json:
        args.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
