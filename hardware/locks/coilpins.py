"""The lines that coils and door switches hang on: real ones, and files that stand for them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Protocol


class NoChip(OSError):
    """The pins cannot be reached on this machine."""


class Pins(Protocol):
    """Outputs that start low, and inputs with a pull-up."""

    def output(self, line: int) -> None:
        """Take a line as an output and drive it low."""
        ...

    def drive(self, line: int, high: bool) -> None:
        """Set an output."""
        ...

    def read(self, line: int) -> bool:
        """Whether an input is at its closed level."""
        ...


class FilePins:
    """Pins that are files in a folder, for tests and simulated cabinets: `out17` and `in27` hold 0 or 1."""

    def __init__(self, folder: Path) -> None:
        """Use a folder that exists."""
        self._folder = folder

    def output(self, line: int) -> None:
        """A low output."""
        self.drive(line, False)

    def drive(self, line: int, high: bool) -> None:
        """Write when it came, in monotonic milliseconds, and the level: a test reads how long a pulse was."""
        with self._folder.joinpath("history").open("a") as history:
            history.write(f"{line} {int(high)} {time.monotonic_ns() // 1_000_000}\n")
        self._folder.joinpath(f"out{line}").write_text("1" if high else "0")

    def read(self, line: int) -> bool:
        """A file that is not there is an open switch, as a cut wire is."""
        path = self._folder / f"in{line}"
        return path.exists() and path.read_text().strip() == "1"


class ChipPins:
    """Real pins through lgpio, whose errors have no base but ``Exception``."""

    def __init__(self, chip: int) -> None:
        """Open a chip by its number; NoChip when it cannot be had."""
        try:
            import lgpio

            self._handle = lgpio.gpiochip_open(chip)
        except ImportError as error:
            raise NoChip("lgpio is not installed") from error
        except lgpio.error as error:
            raise NoChip(f"gpiochip{chip} cannot be opened: {error}") from error
        self._lgpio = lgpio
        self._inputs: set[int] = set()

    def output(self, line: int) -> None:
        """Claim a line, low from the first moment; ``OSError`` when another process has it."""
        try:
            self._lgpio.gpio_claim_output(self._handle, line, 0)
        except self._lgpio.error as error:
            raise OSError(str(error)) from error

    def drive(self, line: int, high: bool) -> None:
        """Set an output."""
        self._lgpio.gpio_write(self._handle, line, int(high))

    def read(self, line: int) -> bool:
        """A switch to ground that is shut while the door is: a cut wire reads as open."""
        if line not in self._inputs:
            self._lgpio.gpio_claim_input(self._handle, line, self._lgpio.SET_PULL_UP)
            self._inputs.add(line)
        return bool(self._lgpio.gpio_read(self._handle, line) == 0)
