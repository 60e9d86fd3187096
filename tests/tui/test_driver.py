"""Our Linux driver on a real pty.

Keys, presses, a lone Escape, sleep while idle, suspend, exit, a terminal that goes.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

if sys.platform != "linux":
    pytest.skip("the driver is for Linux", allow_module_level=True)

from kiosk.tui.driver import HUNG_UP
from tests.benchmarks.probe import on_terminal

CHILD = Path(__file__).parent / "pty_child.py"
DEADLINE_S = 20.0
UNFLUSHED = 120
"""What Python makes of any exit code when at its end there was something left to write, and nowhere to."""


class Terminal:
    """One end of a pty with the child at the other."""

    def __init__(self, log: Path, hang_up: Literal["default", "ignore"] = "default") -> None:
        self.log = log
        around = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        words = [sys.executable, str(CHILD), str(log)]
        self.process, self.fd = on_terminal(words, around, hang_up=hang_up)

    def type(self, text: str) -> None:
        """What a keyboard or a terminal sends."""
        os.write(self.fd, text.encode())

    def drain(self, seconds: float) -> bytes:
        """What the child writes within a time; empty when it wrote nothing."""
        ready, _w, _x = select.select([self.fd], [], [], seconds)
        return os.read(self.fd, 65536) if ready else b""

    def until(self, line: str) -> None:
        """Read what the child paints until its log has a line."""
        end = time.monotonic() + DEADLINE_S
        while time.monotonic() < end:
            if self.log.exists() and line in self.log.read_text().splitlines():
                return
            self.drain(0.05)
        raise AssertionError(f"no {line!r}; there is {self.log.read_text() if self.log.exists() else None!r}")

    def ended(self) -> int:
        """The exit code, once the child has ended; reads what it still paints meanwhile."""
        end = time.monotonic() + DEADLINE_S
        while time.monotonic() < end:
            if (code := self.process.poll()) is not None:
                return code
            try:
                self.drain(0.05)
            except OSError:  # the other end is closed already
                select.select([], [], [], 0.05)
        raise AssertionError("the child did not end")

    def wakes(self) -> int:
        """How often the child's threads have slept and been woken so far."""
        total = 0
        for status in Path(f"/proc/{self.process.pid}/task").glob("*/status"):
            for line in status.read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    total += int(line.split()[1])
        return total


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A started child."""
    made = Terminal(tmp_path / "log")
    made.until("ready")
    yield made
    made.process.kill()
    made.process.wait()
    os.close(made.fd)


def test_keys_presses_and_a_lone_escape_arrive_and_q_ends_it(terminal: Terminal) -> None:
    terminal.type("a")
    terminal.until("key a")
    terminal.type("\x1b[<0;11;6M\x1b[<0;11;6m")
    terminal.until("press 10,5")
    terminal.type("\x1b")  # only the deadline can tell that nothing follows
    terminal.until("key escape")
    terminal.type("q")
    assert terminal.ended() == 0


def test_an_idle_screen_sleeps(terminal: Terminal) -> None:
    while terminal.drain(0.5):
        pass
    before = terminal.wakes()
    assert terminal.drain(2.0) == b""
    assert terminal.wakes() - before < 4, "fewer than two wake-ups a second; the stock driver has ten"


def test_hover_is_not_asked_for(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "log")
    painted = b""
    while b"\x1b[?1006h" not in painted:
        painted += terminal.drain(DEADLINE_S)
    terminal.until("ready")
    assert b"\x1b[?1000h" in painted
    assert b"\x1b[?1003h" not in painted
    terminal.type("q")
    assert terminal.ended() == 0
    os.close(terminal.fd)


def test_it_can_be_suspended_and_goes_on(terminal: Terminal) -> None:
    terminal.type("z")
    terminal.until("key z")
    end = time.monotonic() + DEADLINE_S
    while _state(terminal.process) != "T" and time.monotonic() < end:
        terminal.drain(0.05)
    assert _state(terminal.process) == "T"
    terminal.process.send_signal(signal.SIGCONT)
    while _state(terminal.process) == "T" and time.monotonic() < end:
        terminal.drain(0.05)
    terminal.drain(0.5)
    terminal.type("b")
    terminal.until("key b")
    terminal.type("q")
    assert terminal.ended() == 0


@pytest.mark.parametrize("when", ["before", "after"])
def test_one_that_was_never_suspended_is_not_started_twice(terminal: Terminal, when: str) -> None:
    if when == "before":
        terminal.process.send_signal(signal.SIGCONT)
        terminal.type("b")
        terminal.until("key b")
        terminal.type("q")
    else:  # as systemd and a closed terminal do it: told to end, then woken
        terminal.type("c")
    assert terminal.ended() == 0
    assert terminal.log.read_text().splitlines().count("ready") == 1


def test_a_terminal_that_goes_away_ends_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "log", hang_up="ignore")
    terminal.until("ready")
    os.close(terminal.fd)
    terminal.fd = os.open(os.devnull, os.O_RDONLY)
    assert terminal.ended() in {HUNG_UP, UNFLUSHED}
    os.close(terminal.fd)


def _state(process: subprocess.Popen[bytes]) -> str:
    return Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
