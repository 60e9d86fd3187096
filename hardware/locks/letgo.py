"""Lets go of coils that somebody else may have left on: from outside, and whatever befalls one of the lines.

A Raspberry Pi's kernel keeps an output at its last level when the process that held it dies, unless it was
told `dtparam=strict_gpiod` (raspberrypi/linux PR 6117 and 6150, and the libgpiod page of Raspberry Pi's
documentation; kernels from elsewhere make it an input at once, and the gate's pull-down ends the pulse). So
after a unit was killed whole, guard and second grip included, this is the next one to come (`ExecStopPost=`).
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from hardware.locks.coilpins import Pins

TRIES, PAUSE_S = 100, 0.01
"""For a second: a process that is dying lets go of its files one after the other."""


class LinesHeld(OSError):
    """Lines that another process holds, or that the chip refuses: what they are at is that one's matter."""


def let_go(pins: Pins, lines: Sequence[int]) -> None:
    """Take every line and drive it low; LinesHeld with those that could not be had for a second."""
    held: dict[int, OSError] = {}
    for _try in range(TRIES):
        held = {line: why for line in (held or lines) if (why := _refused(pins, line)) is not None}
        if not held:
            return
        time.sleep(PAUSE_S)
    raise LinesHeld("; ".join(f"pin {line} was not let go: {why}" for line, why in held.items()))


def _refused(pins: Pins, line: int) -> OSError | None:
    """Take one line and drive it low; why not, if not."""
    try:
        pins.output(line)
    except OSError as error:
        return error
    return None
