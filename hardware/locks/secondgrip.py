"""A second process behind the coil guard: it lets go of every line if the guard itself is killed.

Nothing runs in a process that is killed, and the kernel keeps its outputs at their last level (raspberrypi/
linux PR 6117): a coil would burn until the next guard has started, seconds later. This one holds nothing but
the end of a pipe. When that closes without a word, it takes every line and drives it low.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress

from hardware.locks.coilpins import Pins
from hardware.locks.letgo import let_go

RELIEVED = b"."
"""What the guard says before it ends by itself, with its lines low already."""


def stand_by(pins: Callable[[], Pins], lines: Sequence[int], endings: Sequence[signal.Signals]) -> int:
    """Fork it; returns the descriptor that must stay open, and takes `RELIEVED` at the end.

    Call it before any line is taken and any thread started. `pins` opens the chip, which takes no line yet,
    so that nothing has to be loaded while a coil is on; `endings` are the signals meant for the guard only.
    """
    reading, writing = os.pipe()
    if os.fork():
        os.close(reading)
        return writing
    try:
        os.close(writing)
        _wait(reading, pins(), lines, endings)
    finally:
        os._exit(0)


def relieve(descriptor: int) -> None:
    """All lines are low: it may go."""
    with suppress(BrokenPipeError):  # it has ended already: without pins there was nothing to hold
        os.write(descriptor, RELIEVED)
    os.close(descriptor)


def _wait(reading: int, pins: Pins, lines: Sequence[int], endings: Sequence[signal.Signals]) -> None:
    """Until the guard is gone, however it went."""
    os.setsid()
    for ending in endings:
        signal.signal(ending, signal.SIG_IGN)
    for descriptor in (0, 1):  # or the till would not notice that its guard has gone
        os.close(descriptor)
    if os.read(reading, 1) == RELIEVED:
        return
    let_go(pins, lines)
