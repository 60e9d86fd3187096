"""Which coils and door switches hang on the Pi's own header, as the settings name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hardware.locks.coilpins import ChipPins, FilePins
from hardware.locks.guard import MOST_MS, Channel
from hardware.locks.letgo import let_go
from hardware.options import BadOptions, Options

SAFE_LINES = range(9, 28)
"""Header pins that are pulled down while the Pi boots; the others would fire a coil at every start."""


@dataclass(frozen=True, slots=True)
class Header:
    """One cabinet on the header."""

    channels: Mapping[int, Channel]
    """Coil and door switch of each lock, from 1."""
    chip: int
    """The number of the GPIO chip."""
    files: Path | None
    """A folder of simulated pins instead of the chip."""
    pulse_ms: int
    map: str
    """The file of the map that the commissioning wrote; `-` without one."""

    def let_go(self) -> tuple[int, ...]:
        """Drive every coil low, from outside; the lines. NoChip, LinesHeld."""
        coils = tuple(channel.coil for channel in self.channels.values())
        let_go(ChipPins(self.chip) if self.files is None else FilePins(self.files), coils)
        return coils


def header(name: str, table: Mapping[str, object]) -> Header:
    """``locks`` ("17:27,22:23": coil and door switch, BCM), ``chip``, ``map``, ``pulse_ms``, ``files``."""
    options = Options(name, table)
    text = options.text("locks")
    chip = options.number("chip", 0, 0, 15)
    stored, files = options.text("map", "-"), options.text("files", "-")
    pulse_ms = options.number("pulse_ms", 500, 50, MOST_MS)
    options.done()
    channels = {n: Channel(*_pins(name, word)) for n, word in enumerate(text.split(","), 1)}
    used = [pin for channel in channels.values() for pin in (channel.coil, channel.switch) if pin is not None]
    if len(set(used)) < len(used):
        raise BadOptions(name, ["locks: a pin is named twice"])
    return Header(channels, chip, None if files == "-" else Path(files), pulse_ms, stored)


def _pins(name: str, word: str) -> tuple[int, int | None]:
    """One lock's pins."""
    parts = word.strip().split(":")
    if len(parts) > 2 or not all(part.isdecimal() and int(part) in SAFE_LINES for part in parts):
        raise BadOptions(
            name, [f"locks: {word!r}, must be COIL or COIL:SWITCH, pins {SAFE_LINES[0]} to {SAFE_LINES[-1]}"]
        )
    return int(parts[0]), int(parts[1]) if len(parts) == 2 else None
