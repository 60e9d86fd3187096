"""A till at rest between all devices of the simulated stall: what it costs to listen to every one of them."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from books import shop
from probe import Program, module
from screen import PATHS, PIN

from hardware.simulated.stall import SimulatedStall

SHOP = '[shop]\nname = "Bench"\ncurrency = "EUR"\n[tax.A]\nrate = "19 %"\n[payments]\nmethods = ["cash"]\n'


def idle(seconds: int) -> dict[str, float]:
    """CPU and wake-ups a second of a till that is signed in and not dimmed, with every device attached."""
    with tempfile.TemporaryDirectory() as folder, SimulatedStall() as stall:
        ledger, _person = shop(Path(folder), 1000)
        ledger.close()
        tables = stall.devices()
        Path(folder, "shop.toml").write_text(SHOP + "\n".join(toml_of(tables)))
        program = Program(module("kiosk", "--shop", folder, "till"), env=PATHS)
        try:
            program.until("sign in")
            program.until("scanner ok")
            program.type(PIN)
            program.settle(0.3)
            program.type("\r")
            program.until("CASH")
            program.settle(4)
            began, start = time.perf_counter(), program.cost()
            while time.perf_counter() - began < seconds:
                program.pump(1)
            took, end = time.perf_counter() - began, program.cost()
        finally:
            program.end()
    return {
        "stall_devices": len(tables),
        "stall_idle_wakeups_per_s": (end.switches - start.switches) / took,
        "stall_idle_cpu_ms_per_s": (end.cpu_ms - start.cpu_ms) / took,
    }


def toml_of(tables: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """The stall's tables, which are those of the drivers, as a shop writes them."""
    for name, table in tables.items():
        role, _, kind = str(table["kind"]).partition("-")
        keys = {key: value for key, value in table.items() if key != "kind"}
        if role == "printer":
            keys, kind = {"address": f"{table['host']}:{table['port']}"}, "tcp"
        elif "port" in table:
            keys, kind = {"address": str(table["port"]).removeprefix("socket://")}, "tcp"
        yield f"[devices.{name}]"
        yield from (
            f"{key} = {json.dumps(value)}" for key, value in {"role": role, "kind": kind, **keys}.items()
        )
