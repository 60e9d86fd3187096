"""A till at rest, over a bare app that sleeps on the same blocking driver and shows the same clock.

Lit: somebody may scan at any moment and a meter of the battery speaks every second; the floor paints a clock
every second. Dimmed: nobody has touched the till for two minutes; the floor paints a clock every minute.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from contextlib import ExitStack

from probe import Program, module
from screen import run, till
from stall import toml_of

from hardware.simulated.stall import SimulatedStall
from kiosk.tui.hours import REST_AFTER_MS

NOTICED_S = 62
"""That nobody touches it is noticed when the shown minute changes."""


def idle(seconds: int) -> dict[str, float]:
    """CPU and wake-ups a minute of a till and its floor, side by side: first lit, then dimmed."""
    with ExitStack() as held:
        meter = {"battery": held.enter_context(SimulatedStall()).devices()["battery"]}
        lit = {
            "lit": held.enter_context(till(1000, "\n".join(toml_of(meter))))[0],
            "lit_floor": held.enter_context(run(module("floor_textual", "idle"))),
        }
        _watch(lit.values(), 4)
        found = _measured(lit, seconds)
    with ExitStack() as held:
        dimmed = {
            "dimmed": held.enter_context(till(1000))[0],
            "dimmed_floor": held.enter_context(run(module("floor_textual", "dimmed"))),
        }
        _watch(dimmed.values(), REST_AFTER_MS / 1000 + NOTICED_S)
        found |= _measured(dimmed, seconds)
    for name in (f"{mode}_{figure}" for mode in ("lit", "dimmed") for figure in ("cpu_ms", "wakeups")):
        mode, _, figure = name.partition("_")
        found[f"{name}_ratio"] = found[f"{name}_per_min"] / found[f"{mode}_floor_{figure}_per_min"]
    return found


def _measured(programs: Mapping[str, Program], seconds: float) -> dict[str, float]:
    """What each used, a minute."""
    began, before = time.perf_counter(), {name: program.cost() for name, program in programs.items()}
    _watch(programs.values(), seconds)
    minutes = (time.perf_counter() - began) / 60
    found = {}
    for name, program in programs.items():
        used, start = program.cost(), before[name]
        found[f"{name}_cpu_ms_per_min"] = (used.cpu_ms - start.cpu_ms) / minutes
        found[f"{name}_wakeups_per_min"] = (used.switches - start.switches) / minutes
    return found


def _watch(programs: Collection[Program], seconds: float) -> None:
    """Read what they paint, as a terminal does."""
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        for program in programs:
            program.pump(0.5)
