"""The benchmark: our figures as ratios to floors measured in the same run, as a table and as JSON.

    .venv/bin/python tests/benchmarks/run.py                 the whole table, some minutes
    .venv/bin/python tests/benchmarks/run.py --only books    commit, look-up, search
    .venv/bin/python tests/benchmarks/run.py --json out.json --sales 1000000   a ledger of three years

Never a timed test: figures of a shared machine are to be read, not asserted. Linux only.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import books
import counter
import idle
import inputs
import lockers
import printing
import screen
import stall
import years

LIMITS = {
    "commit_cpu_ratio": 1.5,
    "commit_wall_ratio": 1.5,
    "bytes_stored_per_sale": 600,
    "wal_bytes_per_sale": 42 * 1024,
    "fdatasync_per_sale": 1,
    "lookup_ratio": 2,
    "search_ratio": 2,
    "start_ratio": 1.25,
    "start_pairs_ratio": 1.25,
    "start_cpu_ratio": 1.25,
    "start_to_touch_ratio": 1.25,
    "keys_latency_p99_ms": 10,
    "touch_latency_ratio": 4,
    "counter_wakeups_per_min": 30,
    "press_latency_ms": 30,
    "code_to_pulse_ratio": 2,
    "code_to_pulse_ms": 200,
    "token_shop_ratio": 3,
    "token_hub_us": 50,
    "hold_cpu_ratio": 2.5,
    "hold_wall_ratio": 1.5,
    "energy_per_pickup_mwh": 5,
    "plan_error_points": 2,
    "receipt_bytes_ratio": 1,
    "receipt_cpu_ratio": 0.5,
    "first_byte_ratio": 6,
    "lit_wakeups_per_min": 400,
    "lit_cpu_ms_ratio": 1.5,
    "lit_wakeups_ratio": 1.5,
    "dimmed_wakeups_per_min": 30,
    "dimmed_cpu_ms_ratio": 1.5,
    "dimmed_wakeups_ratio": 1.5,
    "stall_idle_wakeups_per_s": 20,
    "rss_mb_1000": 60,
    "rss_mb_100000": 70,
    **{
        f"scan_{lines}_lines_{figure}": limit
        for lines in (1, 20, 200)
        for figure, limit in {"ratio": 1.5, "cpu_ratio": 1.5, "p95_ratio": 5, "bytes": 700}.items()
    },
    "years_commit_cpu_ratio": 1.5,
    "years_commit_wall_ratio": 2,
    "years_bytes_per_sale": 600,
    **{f"years_day_by_{by}_ms": 10 for by in years.reports.REPORTS},
    **{f"years_{look}_ratio": 1.5 for look in years.LOOKS},
    "years_start_to_names_ratio": 1.25,
    "years_rss_ratio": 1.25,
}
"""What the product promises; the table marks what is above."""


def measure(only: str, products: int, sales: int, idle_s: int) -> dict[str, float]:
    """Run the chosen parts one after the other."""
    parts: dict[str, Callable[[], dict[str, float]]] = {
        "books": lambda: books.commit_ratio() | books.fdatasyncs() | books.catalogue_ratios(products),
        "years": lambda: years.growth(sales),
        "start": screen.start_ratio,
        "scan": lambda: screen.scan_ratios(products),
        "inputs": lambda: inputs.scan_latency() | inputs.touch_latency(),
        "counter": lambda: counter.resting(idle_s) | counter.pressing(),
        "lockers": lockers.measure,
        "printing": lambda: printing.receipt_ratios() | printing.first_byte(),
        "idle": lambda: idle.idle(idle_s),
        "stall": lambda: stall.idle(idle_s),
        "memory": lambda: screen.memory((1000, products)),
    }
    found: dict[str, float] = {}
    for name, part in parts.items():
        if only in ("", name):
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            found |= part()
    return found


def table(found: dict[str, float]) -> str:
    """Every figure with its limit."""
    lines = [f"{'figure':34}{'measured':>12}{'limit':>10}"]
    for name, value in found.items():
        limit = LIMITS.get(name)
        mark = "" if limit is None else "ok" if value <= limit else "ABOVE"
        lines.append(f"{name:34}{value:12.2f}{'' if limit is None else f'{limit:10g}'}  {mark}")
    return "\n".join(lines)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only",
        choices=[
            "books",
            "years",
            "start",
            "scan",
            "inputs",
            "counter",
            "lockers",
            "printing",
            "idle",
            "stall",
            "memory",
        ],
        default="",
    )
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--sales", type=int, default=100_000, help="stored in the ledger of years")
    parser.add_argument("--idle-s", type=int, default=60)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    found = measure(args.only, args.products, args.sales, args.idle_s)
    print(f"{platform.platform()}, Python {platform.python_version()}")
    print(table(found))
    if args.json:
        args.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
