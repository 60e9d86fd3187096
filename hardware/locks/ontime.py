"""What the coil guard asks of the kernel: its turn at once, an end with the till, and signals that wait."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGABRT)
"""SIGABRT is how systemd ends a frozen till: it goes to every process of the unit, and would end this one and
whoever stands by for it in the same moment (systemd.kill(5), `WatchdogSignal=`)."""


def come_first() -> None:
    """Take precedence over whatever keeps the machine busy, where that is allowed (`LimitRTPRIO=1`).

    Without, a pulse ended up to 0.4 s late on a machine with ten times more to do than it has cores.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))


def die_with_parent(parent: int) -> None:
    """Have the kernel end us when the till is gone (Linux: prctl 1, PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    if os.getppid() != parent:  # it died before the kernel could be told
        sys.exit(1)


def told_to_end() -> int:
    """Return a descriptor that becomes readable when a signal asks for the end.

    A handler that raised would do so anywhere, also while the last line is being let go: a till that is
    killed closes the input and sends its signal at the same moment, and the coil stayed on.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    for ending in ENDINGS:
        signal.signal(ending, lambda *_: None)
    signal.set_wakeup_fd(writing)
    return reading
