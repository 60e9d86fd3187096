"""The till on a terminal against a bare Textual app: start, scan to painted line, idle, memory.

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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
def till(products: int) -> Iterator[tuple[Program, int]]:
    """The till with so many products, signed in and on its first frame; with the scanner's cable."""
    with tempfile.TemporaryDirectory() as folder:
        cable, scanner = os.openpty()
        tty.setraw(scanner)
        ledger, _person = shop(Path(folder), products)
        ledger.close()
        keys, touch = Node(), Node()
        text = SHOP.format(scanner=os.ttyname(scanner), keys=keys.address, touch=touch.address)
        Path(folder, "shop.toml").write_text(text)
        program = Program(module("kiosk", "--shop", folder, "till"), env=PATHS)
        try:
            program.until("sign in")
            program.until("scanner ok")
            program.type(PIN)
            program.settle(0.3)
            program.type("\r")
            program.until("CASH")
            program.settle(1)
            yield program, cable
        finally:
            program.end()
            os.close(cable)
            os.close(scanner)


@contextmanager
def floor(already: int) -> Iterator[tuple[Program, int]]:
    """The bare app with so many lines, and its pipe."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scans")
        os.mkfifo(path)
        program = Program(module("floor_textual", "scan", str(path), str(already)), env=PATHS)
        try:
            program.until("FLOOR READY")
            pipe = os.open(path, os.O_WRONLY)
            program.settle(1)
            yield program, pipe
            os.close(pipe)
        finally:
            program.end()


def one_scan(program: Program, wire: int, code: str, marker: str) -> tuple[float, float, int]:
    """Milliseconds to the painted line, CPU of the following 100 ms, bytes painted."""
    program.forget()
    before = program.cost()
    began = time.perf_counter()
    os.write(wire, f"{code}\r\n".encode())
    program.until(marker)
    took = time.perf_counter() - began
    program.settle(0.1)
    after = program.cost()
    return took * 1000, after.cpu_ms - before.cpu_ms, after.bytes_out - before.bytes_out


def scan_ratios(products: int, scans: int = 25) -> dict[str, float]:
    """Ours over the floor at 1, 20 and 200 lines in the basket."""
    found: dict[str, float] = {}
    with till(products) as (ours, cable):
        lines, picked = 0, iter(random.Random(5).sample(range(1, products + 1), 1000))
        for target in (1, 20, 200):
            while lines < target - 1:
                os.write(cable, f"{ean(next(picked))}\r\n".encode())
                lines += 1
                ours.settle(0.06)
            ours.settle(1.5)
            with floor(target) as (bare, pipe):
                mine, theirs = [], []
                for n in range(scans):
                    number = next(picked)
                    mine.append(one_scan(ours, cable, ean(number), f" {number - 1} "))
                    theirs.append(one_scan(bare, pipe, f"F{n:04d}x", f"F{n:04d}x"))
                    lines += 1
            for at, name in ((0, "ratio"), (1, "cpu_ratio")):
                over = statistics.median(m[at] for m in mine[2:]) / statistics.median(
                    t[at] for t in theirs[2:]
                )
                found[f"scan_{target}_lines_{name}"] = over
            found[f"scan_{target}_lines_ms"] = statistics.median(m[0] for m in mine[2:])
            found[f"scan_{target}_lines_bytes"] = statistics.median(m[2] for m in mine[2:])
    return found


def start_ratio(rounds: int = 9) -> dict[str, float]:
    """First frame of the till over that of a minimal screen, interleaved; then the first touch on it.

    It is touched as soon as it is there. Apart: the splash, and when the sellers' names appear.
    """
    took: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        ledger, _person = shop(Path(folder), 1000)
        ledger.close()
        Path(folder, "shop.toml").write_text(SHOP.partition("[devices")[0])
        for _ in range(rounds):
            program = Program(module("kiosk", "--shop", folder, "till"), env=PATHS)
            took["splash"].append(program.until("opening the stall"))
            took["ours"].append(program.until("sign in"))
            program.tap(*KEY_5)
            took["touch"].append(program.until(DOT))
            took["names"].append(program.until("Mia"))
            program.end()
            program = Program(module("floor_textual", "start"), env=PATHS)
            took["bare"].append(program.until("FLOOR READY"))
            program.tap(*KEY_5)
            took["bare_touch"].append(program.until("TOUCHED"))
            program.end()
    median = {name: statistics.median(times[1:]) for name, times in took.items()}
    return {
        "start_ratio": median["ours"] / median["bare"],
        "start_to_touch_ratio": median["touch"] / median["bare_touch"],
        "start_ms": median["ours"] * 1000,
        "floor_start_ms": median["bare"] * 1000,
        "start_to_touch_ms": median["touch"] * 1000,
        "start_to_names_ms": median["names"] * 1000,
        "splash_ms": median["splash"] * 1000,
    }


def idle(seconds: int) -> dict[str, float]:
    """CPU and wake-ups a minute of the till at rest, over a blocking driver with the same clock."""
    with till(1000) as (ours, _cable):
        bare = Program(module("floor_textual", "dimmed"), env=PATHS)
        bare.until("FLOOR READY")
        ours.settle(4)
        while bare.pump(0):
            pass
        began, start, floor_start = time.perf_counter(), ours.cost(), bare.cost()
        while time.perf_counter() - began < seconds:
            ours.pump(1)
        took = (time.perf_counter() - began) / 60
        end, floor_end = ours.cost(), bare.cost()
        bare.end()
    cpu = (end.cpu_ms - start.cpu_ms) / took
    floor_cpu = (floor_end.cpu_ms - floor_start.cpu_ms) / took
    return {
        "idle_cpu_ms_per_min": cpu,
        "idle_floor_cpu_ms_per_min": floor_cpu,
        "idle_wakeups_per_min": (end.switches - start.switches) / took,
        "idle_floor_wakeups_per_min": (floor_end.switches - floor_start.switches) / took,
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
