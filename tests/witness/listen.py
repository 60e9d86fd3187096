"""Run under umockdev: opens one device of ours on the mocked node and prints what it reports, as JSON lines.

listen.py KIND TABLE COUNT      COUNT events besides changes of state, then it closes and leaves
"""

from __future__ import annotations

import json
import queue
import sys
from dataclasses import asdict

from hardware.device import Event, StateChanged
from hardware.inputs.find import devices, nodes, stable
from hardware.registry import make
from hardware.scanner import framing, keys
from hardware.supervisor import Supervisor

WAIT_S = 10.0
PAUSE_MS = 10_000
"""A code may pause for so long: on a busy machine umockdev does, and where a pause cuts has its own tests."""


def main() -> None:
    """Say which devices there are, then listen."""
    kind, table, count = sys.argv[1:]
    framing.GAP_MS = keys.GAP_MS = PAUSE_MS  # type: ignore[misc]
    for node in devices(nodes()):
        told = {"name": node.name, "stable": stable(node), "types": node.types, "touch": node.touch}
        say("found", told)
    heard: queue.Queue[Event] = queue.Queue()
    supervisor = Supervisor(make(kind, "one", json.loads(table)), heard.put)
    supervisor.start()
    left = int(count)
    while left:
        event = heard.get(timeout=WAIT_S)
        left -= not isinstance(event, StateChanged)
        say(type(event).__name__, asdict(event))
    say("closed", {"in_time": supervisor.stop()})


def say(event: str, fields: dict[str, object]) -> None:
    """One line."""
    sys.stdout.write(json.dumps({"event": event} | fields) + "\n")


if __name__ == "__main__":
    main()
