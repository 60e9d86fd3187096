"""A program on a pseudo-terminal, watched from outside: when text appears, what it cost, how often it woke.

Nothing in the measured program knows it is measured. Linux only: costs come from ``/proc``.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

STYLING = re.compile(rb"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process has used since it began."""

    cpu_ms: float  # all threads, user and system, from the scheduler's own account
    switches: int  # voluntary context switches of all threads: how often it woke up
    bytes_out: int  # to the terminal


class Gone(RuntimeError):
    """The program ended, or did not show what was waited for; its last output is in the message."""


def on_terminal(
    argv: Sequence[str],
    env: dict[str, str],
    *,
    columns: int = 80,
    rows: int = 24,
    hang_up: Literal["default", "ignore"] = "default",
) -> tuple[subprocess.Popen[bytes], int]:
    """Start a program on a terminal of its own, and return it with the terminal's other end.

    `setsid` makes the terminal the controlling one, as `pty.fork` would: but a fork may hang in the child
    where there are threads. `hang_up` is what the program does by itself when its terminal goes.
    """
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    words = ["setsid", "--ctty", "env", f"--{hang_up}-signal=HUP", *argv]
    process = subprocess.Popen(words, stdin=its, stdout=its, stderr=its, env=env)
    os.close(its)
    return process, ours


class Program:
    """One program on a terminal of a given size."""

    def __init__(
        self, argv: Sequence[str], *, columns: int = 100, rows: int = 30, env: dict[str, str] | None = None
    ) -> None:
        """Start it; its clock runs from here."""
        self.started = time.perf_counter()
        around = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        around.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled, so are these
        self.process, self.terminal = on_terminal(argv, around | (env or {}), columns=columns, rows=rows)
        os.set_blocking(self.terminal, False)
        self.output = b""
        self.total_out = 0

    def pump(self, timeout_s: float) -> bool:
        """Read what the program wrote; false when nothing came in time."""
        ready, _, _ = select.select([self.terminal], [], [], timeout_s)
        if not ready:
            return False
        try:
            read = os.read(self.terminal, 1 << 16)
        except OSError as error:
            raise Gone(f"the program ended: {self.tail()}") from error
        self.output = (self.output + read)[-(1 << 18) :]
        self.total_out += len(read)
        return True

    def until(self, marker: str, timeout_s: float = 20.0) -> float:
        """Seconds since the start of the process (monotonic) at which ``marker`` was first fully painted."""
        wanted = marker.encode()
        deadline = time.perf_counter() + timeout_s
        while wanted not in self.output and wanted not in STYLING.sub(b"", self.output):
            if time.perf_counter() > deadline:
                raise Gone(f"waited {timeout_s} s for {marker!r}: {self.tail()}")
            self.pump(0.05)
        return time.perf_counter() - self.started

    def forget(self) -> None:
        """Drop what was read so far, so that the next marker must be painted anew."""
        while self.pump(0):
            pass
        self.output = b""

    def settle(self, seconds: float) -> None:
        """Read on for a while without looking."""
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            self.pump(left)

    def type(self, keys: str) -> None:
        """Send keys as a terminal would."""
        os.write(self.terminal, keys.encode())

    def tap(self, column: int, row: int) -> None:
        """Touch a cell, counted from 1, as a terminal reports it (SGR)."""
        self.type(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")

    def tail(self) -> str:
        """The end of what was painted, without styling."""
        return STYLING.sub(b"", self.output)[-1200:].decode(errors="replace")

    def cost(self) -> Cost:
        """What all threads of the program have used up to now."""
        nanoseconds = switches = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            nanoseconds += int((task / "schedstat").read_text().split()[0])
            found = re.search(r"^voluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text(), re.M)
            switches += int(found.group(1)) if found else 0
        return Cost(nanoseconds / 1e6, switches, self.total_out)

    def rss_mb(self) -> float:
        """Resident memory in MB (10^6 bytes)."""
        found = re.search(r"^VmRSS:\s+(\d+) kB", Path(f"/proc/{self.process.pid}/status").read_text(), re.M)
        return int(found.group(1)) * 1024 / 1e6 if found else 0.0

    def end(self) -> None:
        """Kill it and reap it."""
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)


def module(name: str, *words: str) -> list[str]:
    """The command line of a module, by the interpreter that runs the benchmark."""
    return [sys.executable, "-m", name, *words]
