"""A meter that sends one JSON object a line, such as ``{"volts": 13.1, "amps": 3.2, "soc": 0.84}``.

It is the simulated battery's wire, and the easiest thing to teach a microcontroller with a shunt.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from hardware.linereader import LineReader
from hardware.options import Options
from hardware.power.reading import PowerRead, Quality, Reading, read


class LineMeter(LineReader):
    """Reads figures, one object a line; a line that is none is passed over."""

    def heard(self, line: str, at_ms: int) -> PowerRead | None:
        """One reading."""
        try:
            table = json.loads(line)
        except (ValueError, RecursionError):  # the second is what deep nesting ends in
            return None
        return PowerRead(self.name, told_line(table), at_ms) if isinstance(table, dict) else None

    def missed(self, at_ms: int) -> None:
        """Nothing to tell."""


def told_line(table: Mapping[str, object]) -> Reading:
    """What one object says."""
    return replace(read(table), quality=Quality.SHUNT, source="meter")


def make(name: str, table: Mapping[str, object]) -> LineMeter:
    """``port`` (a path or ``socket://host:port``) and ``baud`` (9600)."""
    options = Options(name, table)
    meter = LineMeter(name, options.text("port"), options.number("baud", 9600, 300, 921600))
    options.done()
    return meter
