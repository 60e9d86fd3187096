"""The counter's devices: how often their threads wake at rest, and how soon a press is told.

They hang on the simulated stall of this very process; only their own threads are counted. Linux only.
"""

from __future__ import annotations

import queue
import statistics
import threading
import time
from pathlib import Path

from hardware.device import Event, State, StateChanged
from hardware.panel.events import ButtonPressed
from hardware.panel.pins import mock_factory
from hardware.registry import make
from hardware.simulated.panel import PINS
from hardware.simulated.stall import SimulatedStall
from hardware.supervisor import Supervisor

NAMES = ("scale", "display", "panel")


def resting(seconds: int = 30) -> dict[str, float]:
    """Wake-ups a minute of scale, display and panel together, at rest."""
    with SimulatedStall() as stall:
        supervisors = [_supervised(stall, name, queue.Queue()) for name in NAMES]
        time.sleep(1)  # let them have their first look
        before, began = _switches(), time.perf_counter()
        time.sleep(seconds)
        woken, took = _switches() - before, time.perf_counter() - began
        for supervisor in supervisors:
            supervisor.stop()
    return {"counter_wakeups_per_min": woken * 60 / took}


def pressing(presses: int = 40) -> dict[str, float]:
    """Milliseconds from a button's last edge to its event; 20 of them are the debounce itself."""
    told: queue.Queue[Event] = queue.Queue()
    took = []
    with SimulatedStall() as stall:
        supervisor = _supervised(stall, "panel", told)
        pin = mock_factory().pin(PINS["plus"])
        for _ in range(presses):
            pin.drive_low()
            time.sleep(0.1)
            began = time.perf_counter()
            pin.drive_high()
            while not isinstance(told.get(timeout=10), ButtonPressed):
                pass
            took.append((time.perf_counter() - began) * 1000)
            time.sleep(0.1)  # slower than the storm breaker minds
        supervisor.stop()
    return {"press_latency_ms": statistics.median(took), "press_latency_max_ms": max(took)}


def _supervised(stall: SimulatedStall, name: str, told: queue.Queue[Event]) -> Supervisor:
    """A device of the stall, opened."""
    table = stall.devices()[name]
    supervisor = Supervisor(make(str(table["kind"]), name, table), told.put)
    supervisor.start()
    while not (isinstance(event := told.get(timeout=10), StateChanged) and event.state is State.READY):
        pass
    return supervisor


def _switches() -> int:
    """Voluntary context switches of the devices' threads so far."""
    mine = [thread.native_id for thread in threading.enumerate() if thread.name.startswith("device-")]
    return sum(_of(Path(f"/proc/self/task/{number}/status")) for number in mine)


def _of(status: Path) -> int:
    """How often one thread went to sleep of its own accord."""
    lines = status.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
