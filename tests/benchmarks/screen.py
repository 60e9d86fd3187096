"""The till on a terminal against a bare Textual app: start, scan to painted line, memory.

Both are read through a pseudo-terminal; both get their codes through a file descriptor. The till is the real
one: settings, ledger, station, a serial scanner (on a pty), a keyboard scanner and a touch panel (on sockets
that speak their records), the screen.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
import tty
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from books import ean, shop
from inputs import Node
from probe import Program, module

PIN = "2580"
KEY_5, DOT = (79, 14), "●"
"""Where the lock screen of 100 x 30 has a key of its PIN pad, and what shows that it was touched."""
PATHS = {"PYTHONPATH": os.pathsep.join((str(Path(__file__).parents[2]), str(Path(__file__).parent)))}
"""The checkout, and the floors beside this file."""
SHOP = """
[shop]
name = "Bench"
currency = "EUR"
locale = "en_IE"
language = "en"

[tax.A]
rate = "19 %"

[payments]
methods = ["cash"]

[devices.scanner]
kind = "serial"
address = "{scanner}"

[devices.keys]
role = "scanner"
kind = "evdev"
address = "{keys}"

[devices.touch]
kind = "evdev"
address = "{touch}"
"""


@contextmanager
def run(argv: Sequence[str]) -> Iterator[Program]:
    """A program for as long as it is looked at."""
    program = Program(argv, env=PATHS)
    try:
        yield program
    finally:
        program.end()


@contextmanager
def till(products: int, more: str = "", kiosk: Sequence[str] = ()) -> Iterator[tuple[Program, int]]:
    """The till with so many products, signed in and on its first frame; with the scanner's cable.

    `more` is more of the shop's settings, `kiosk` how to start the program otherwise.
    """
    with tempfile.TemporaryDirectory() as folder:
        cable, scanner = os.openpty()
        tty.setraw(scanner)
        ledger, _person = shop(Path(folder), products)
        ledger.close()
        keys, touch = Node(), Node()
        text = SHOP.format(scanner=os.ttyname(scanner), keys=keys.address, touch=touch.address)
        Path(folder, "shop.toml").write_text(text + more)
        try:
            with run([*(kiosk or module("kiosk")), "--shop", folder, "till"]) as program:
                program.until("sign in")
                program.until("scanner ok")
                program.type(PIN)
                program.settle(0.3)
                program.type("\r")
                program.until("CASH")
                program.settle(1)
                yield program, cable
        finally:
            os.close(cable)
            os.close(scanner)


@contextmanager
def floor(already: int) -> Iterator[tuple[Program, int]]:
    """The bare app with so many lines, and its pipe."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scans")
        os.mkfifo(path)
        with run(module("floor_textual", "scan", str(path), str(already))) as program:
            program.until("FLOOR READY")
            pipe = os.open(path, os.O_WRONLY)
            program.settle(1)
            yield program, pipe
            os.close(pipe)


class Scan(NamedTuple):
    """What one scan took."""

    ms: float  # to the painted line
    cpu_ms: float  # of that and the 100 ms after it
    painted: float  # bytes to the terminal


def one_scan(program: Program, wire: int, code: str, marker: str) -> Scan:
    """Send a code and wait for the line it makes."""
    program.forget()
    before = program.cost()
    began = time.perf_counter()
    os.write(wire, f"{code}\r\n".encode())
    program.until(marker)
    took = time.perf_counter() - began
    program.settle(0.1)
    after = program.cost()
    return Scan(took * 1000, after.cpu_ms - before.cpu_ms, after.bytes_out - before.bytes_out)


def scan_ratios(products: int, rounds: int = 5, scans: int = 25) -> dict[str, float]:
    """Ours over the floor at 1, 20 and 200 lines in the basket: medians, and the worst of twenty (p95).

    Several tills one after the other, because a basket grows while it is scanned into.
    """
    ours: dict[int, list[Scan]] = defaultdict(list)
    bare: dict[int, list[Scan]] = defaultdict(list)
    for seed in range(rounds):
        picked = iter(random.Random(seed).sample(range(1, products + 1), 1000))
        with till(products) as (program, cable):
            lines = 0
            for target in (1, 20, 200):
                while lines < target - 1:
                    os.write(cable, f"{ean(next(picked))}\r\n".encode())
                    lines += 1
                    program.settle(0.06)
                program.settle(1.5)
                mine, theirs = _in_turn(program, cable, target, [next(picked) for _ in range(scans)])
                lines += scans
                ours[target] += mine
                bare[target] += theirs
    return {name: value for target in ours for name, value in _compared(target, ours[target], bare[target])}


def _in_turn(program: Program, cable: int, already: int, numbers: list[int]) -> tuple[list[Scan], list[Scan]]:
    """Scan into the till and into a bare app with as many lines, in turn; the first two only warm up."""
    mine, theirs = [], []
    with floor(already) as (bare, pipe):
        for n, number in enumerate(numbers):
            mine.append(one_scan(program, cable, ean(number), f" {number - 1} "))
            theirs.append(one_scan(bare, pipe, f"F{n:04d}x", f"F{n:04d}x"))
    return mine[2:], theirs[2:]


def _compared(lines: int, mine: list[Scan], theirs: list[Scan]) -> Iterator[tuple[str, float]]:
    """The figures of the scans at so many lines.

    The quick ones (p10) are those in which nobody else wanted the processor.
    """
    ours, bare = (Scan(*map(statistics.median, zip(*scans, strict=True))) for scans in (mine, theirs))
    deciles = [statistics.quantiles([scan.ms for scan in scans], n=20) for scans in (mine, theirs)]
    (quick, *_, worst), (bare_quick, *_, bare_worst) = (each[1::17] for each in deciles)
    yield f"scan_{lines}_lines_samples", len(mine)
    yield f"scan_{lines}_lines_ratio", ours.ms / bare.ms
    yield f"scan_{lines}_lines_cpu_ratio", ours.cpu_ms / bare.cpu_ms
    yield f"scan_{lines}_lines_p10_ratio", quick / bare_quick
    yield f"scan_{lines}_lines_p95_ratio", worst / bare.ms
    yield f"scan_{lines}_lines_p95_to_p95_ratio", worst / bare_worst
    yield f"scan_{lines}_lines_ms", ours.ms
    yield f"scan_{lines}_lines_p10_ms", quick
    yield f"scan_{lines}_lines_p95_ms", worst
    yield f"scan_{lines}_lines_bytes", ours.painted


def start_ratio(pairs: int = 30) -> dict[str, float]:
    """First frame of the till over that of a minimal screen, in pairs; then the first touch on it.

    It is touched as soon as it is there. Apart: the splash, and when the sellers' names appear. The first
    pair only warms up the machine's caches.
    """
    took: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        ledger, _person = shop(Path(folder), 1000)
        ledger.close()
        Path(folder, "shop.toml").write_text(SHOP.partition("[devices")[0])
        for _ in range(pairs + 1):
            with run(module("kiosk", "--shop", folder, "till")) as program:
                took["splash"].append(program.until("opening the stall"))
                took["ours"].append(program.until("sign in"))
                took["cpu"].append(program.cost().cpu_ms)
                program.tap(*KEY_5)
                took["touch"].append(program.until(DOT))
                took["names"].append(program.until("Mia"))
            with run(module("floor_textual", "start")) as program:
                took["bare"].append(program.until("FLOOR READY"))
                took["bare_cpu"].append(program.cost().cpu_ms)
                program.tap(*KEY_5)
                took["bare_touch"].append(program.until("TOUCHED"))
    return _starts({name: values[1:] for name, values in took.items()})


def _starts(took: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The figures of a start: ratios of medians, the median of the pairs' own ratios, and their medians."""
    median = {name: statistics.median(values) for name, values in took.items()}
    pairs = [ours / bare for ours, bare in zip(took["ours"], took["bare"], strict=True)]
    return {
        "start_ratio": median["ours"] / median["bare"],
        "start_pairs_ratio": statistics.median(pairs),
        "start_cpu_ratio": median["cpu"] / median["bare_cpu"],
        "start_to_touch_ratio": median["touch"] / median["bare_touch"],
        "start_ms": median["ours"] * 1000,
        "floor_start_ms": median["bare"] * 1000,
        "start_to_touch_ms": median["touch"] * 1000,
        "start_to_names_ms": median["names"] * 1000,
        "splash_ms": median["splash"] * 1000,
    }


def memory(catalogues: tuple[int, ...]) -> dict[str, float]:
    """Resident memory of the till, signed in, after some scans."""
    found = {}
    for products in catalogues:
        with till(products) as (program, cable):
            for number in range(1, 20):
                os.write(cable, f"{ean(number)}\r\n".encode())
                program.settle(0.05)
            program.settle(1)
            found[f"rss_mb_{products}"] = program.rss_mb()
    return found
