"""Coils and door switches on the Pi's own header: the guard process seen as one more board on a wire.

One logic-level MOSFET per coil with a 10 kΩ pull-down at its gate, a diode across the coil, a fuse; pins 9 to
27, which pull down at boot. Never a coil straight from the Pi.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from hardware.locks.board import (
    BadFrame,
    Capabilities,
    Codec,
    Levels,
    OpenAnswer,
    Reply,
    Request,
    Status,
    Verdict,
)
from hardware.locks.guard import Channel
from hardware.locks.header import SAFE_LINES
from hardware.wire.descriptor import pull, push

LONGEST = 256
END_S = 1.0
LAST_WORDS = 4096
_OPENED = re.compile(r"opened (\d{1,2}) (taken|cooling|refused)")
_LEVELS = re.compile(r"levels((?: \d{1,2}=[01])*)")


class Coils(Codec):
    """The guard's lines of text as frames."""

    kind = "gpio"
    baud = 0
    boards = range(1)
    capabilities = Capabilities(len(SAFE_LINES), timed_pulse=False)
    locked_level = True

    def open(self, board: int, channel: int) -> bytes:
        """One lock."""
        self.check(board, channel)
        return f"open {channel}\n".encode()

    def questions(self, board: int, channels: Sequence[int]) -> list[bytes]:  # noqa: ARG002  one tells all
        """All switches at once."""
        self.check(board)
        return [b"status\n"]

    def size(self, held: bytes) -> int | None:
        """Up to the line's end."""
        end = held.find(b"\n", 0, LONGEST)
        if end >= 0:
            return end + 1
        return None if len(held) < LONGEST else 0

    def read(self, frame: bytes) -> Reply | Request:
        """What the guard said, or what it was asked."""
        text = frame.decode("ascii", "replace").strip()
        if match := _OPENED.fullmatch(text):
            return OpenAnswer(0, int(match[1]), Verdict(match[2]))
        if match := _LEVELS.fullmatch(text):
            pairs = (pair.split("=") for pair in match[1].split())
            return Status(0, {int(number): Levels(level == "1") for number, level in pairs})
        if text == "status":
            return Request(0, None, "status")
        if text.startswith("open ") and text[5:].isdecimal():
            return Request(0, int(text[5:]), "open")
        raise BadFrame(f"{text[:40]!r} is not a line of the coil guard")


class GuardWire:
    """Starts the guard process and carries bytes to it; closing it is what makes the guard let go."""

    def __init__(
        self, channels: Mapping[int, Channel], *, pulse_ms: int, chip: int = 0, files: Path | None = None
    ) -> None:
        """`files` is a folder of simulated pins instead of a chip. Nothing is started yet."""
        self._words = [f"--pulse={pulse_ms}"]
        self._words += [f"--chip={chip}"] if files is None else [f"--files={files}"]
        for number, channel in channels.items():
            switch = "" if channel.switch is None else f":{channel.switch}"
            self._words.append(f"--channel={number}:{channel.coil}{switch}")
        self.process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Start the guard, or raise ``OSError``."""
        self.close()
        words = [sys.executable, "-m", "hardware.locks.guard", f"--parent={os.getpid()}", *self._words]
        self.process = subprocess.Popen(  # noqa: S603  our own module, with numbers and a path of the settings
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        )

    def write(self, chunk: bytes, deadline_s: float) -> int:
        """Bytes the guard's pipe took."""
        _read, write = self._ends()
        return push(write, chunk, deadline_s)

    def read(self, most: int, deadline_s: float) -> bytes:
        """What the guard said, or nothing at the deadline. ``OSError`` when it has died."""
        read, _write = self._ends()
        ready = pull(read, most, deadline_s)
        if not ready and self.process is not None and self.process.poll() is not None:
            raise ConnectionResetError(": ".join(("the coil guard has ended", *self._last_words())))
        return ready

    def close(self) -> None:
        """Close its input, which drops every line, and see that it ends."""
        process, self.process = self.process, None
        if process is None:
            return
        for end in (process.stdin, process.stdout, process.stderr):
            if end is not None:
                with suppress(OSError):
                    end.close()
        try:
            process.wait(END_S)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.wait()

    def _last_words(self) -> list[str]:
        """Why the guard has ended, where it said so."""
        if self.process is None or self.process.stderr is None:
            return []
        said = pull(self.process.stderr.fileno(), LAST_WORDS, 0)
        return said.decode(errors="replace").splitlines()[-1:]

    def _ends(self) -> tuple[int, int]:
        """The pipe's descriptors."""
        process = self.process
        if process is None or process.stdin is None or process.stdout is None:
            raise ConnectionResetError("the coil guard is not running")
        return process.stdout.fileno(), process.stdin.fileno()
