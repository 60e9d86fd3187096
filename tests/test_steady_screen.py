"""Figures of the screen that no busy machine changes, of one till on a terminal with devices around it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from hardware.simulated.stall import SimulatedStall
from tests.test_imports import FIRST_FRAME, HEAVY, modules_after

if sys.platform != "linux":
    pytest.skip("what a process costs is read from /proc", allow_module_level=True)

HERE = Path(__file__).parent
DEVICES = ("printer", "scale", "display", "panel")
"""Beside the scanners and the touch panel that the benchmark's till has."""
SYNC = b"\x1b[?2026h"
"""Leads each frame on a terminal that can hold back a half one."""


class Till:
    """The benchmark's till, and what it had imported at its first frame."""

    def __init__(self, bench: Any, program: Any, cable: int, modules: Path) -> None:
        self.bench, self.program, self.cable, self.modules = bench, program, cable, modules
        self._scanned = 0

    def scan(self) -> tuple[int, int]:
        """Scan another product: bytes and frames until a while after it stands there."""
        self._scanned += 1
        code, name = self.bench.ean(self._scanned), f" {self._scanned - 1} "
        scan = self.bench.one_scan(self.program, self.cable, code, name)
        return scan.painted, self.program.output.count(SYNC)

    def wakes_per_minute(self, seconds: float) -> float:
        """Wake-ups of all its threads while nobody does anything."""
        before = self.program.cost().switches
        self.program.settle(seconds)
        return (self.program.cost().switches - before) * 60 / seconds


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """Signed in, with an open basket."""
    modules = tmp_path_factory.mktemp("watched") / "modules"
    with ExitStack() as held, pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(HERE / "benchmarks"))
        bench, stall = import_module("screen"), held.enter_context(SimulatedStall())
        tables = {name: stall.devices()[name] for name in DEVICES}
        more = "\n".join(import_module("stall").toml_of(tables))
        watched = [sys.executable, str(HERE / "watched_till.py"), str(modules)]
        program, cable = held.enter_context(bench.till(100, more, watched))
        program.type("\x1b[?2026;2$y")  # as a terminal answers that can
        made = Till(bench, program, cable, modules)
        made.scan()  # the first one paints the whole of an empty basket anew
        yield made


def test_a_scan_paints_little_and_once(till: Till) -> None:
    painted, frames = zip(*(till.scan() for _ in range(5)), strict=True)
    assert median(painted) <= 700
    assert median(frames) == 1, "one of them may fall on the turn of a minute, or a lamp"


def test_a_lit_till_sleeps_between_two_customers(till: Till) -> None:
    till.scan()
    assert till.wakes_per_minute(5) <= 400


def test_a_till_that_rests_sleeps(till: Till) -> None:
    till.program.process.send_signal(signal.SIGUSR1)
    till.program.settle(1.5)
    assert till.wakes_per_minute(8) <= 75, "30, and the six of a minute's turn that may fall into this"


def test_a_first_frame_loads_what_the_tests_of_imports_say(till: Till) -> None:
    loaded = set(till.modules.read_text().split())
    assert not {"apsw", "argparse", *HEAVY} & loaded
    own = {name for name in loaded if name.startswith(("kiosk", "hardware"))}
    assert own - modules_after(f"import {', '.join(FIRST_FRAME)}") == set()
