"""Whether something outside this machine has set its wall clock in this boot."""

from __future__ import annotations

import sys
from pathlib import Path

TIMESYNC = Path("/run/systemd/timesync/synchronized")
"""systemd-timesyncd makes this file at its first answer from a time server (systemd-timesyncd.service(8))."""

RTC = Path("/sys/class/rtc")

AGREES_MS = 120_000
"""A battery clock that set the wall clock at start still agrees with it this closely."""

_TIME_ERROR = 5
"""What adjtimex(2) answers while the kernel's clock is not synchronised."""

_TIMEX_BYTES = 512
"""Twice and more what struct timex takes on any Linux (208 bytes on 64-bit)."""


def clock_was_set(wall_ms: int) -> bool:
    """Tell whether network time or a battery clock has set the wall clock.

    On macOS and Windows the answer is yes: these machines keep a battery clock and set it from the network.
    """
    if sys.platform != "linux":
        return True
    return TIMESYNC.exists() or battery_clock_agrees(wall_ms) or kernel_synchronised()


def battery_clock_agrees(wall_ms: int, folder: Path = RTC) -> bool:
    """Tell whether a clock chip set the wall clock at start (hctosys) and still shows the same time.

    A Pi 5 whose clock chip has no battery starts it at 1970, and the system then leaves it behind: no.
    """
    for chip in sorted(folder.glob("rtc*")):
        try:
            if int((chip / "hctosys").read_text(encoding="ascii")) != 1:
                continue
            shown_ms = int((chip / "since_epoch").read_text(encoding="ascii")) * 1000
        except (OSError, ValueError):
            continue
        if abs(shown_ms - wall_ms) <= AGREES_MS:
            return True
    return False


def kernel_synchronised() -> bool:
    """Ask the kernel whether a time service (chrony, ntpd) keeps its clock; asking changes nothing."""
    import ctypes

    try:
        adjtimex = ctypes.CDLL(None).adjtimex
    except (OSError, AttributeError):
        return False
    return 0 <= int(adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))) < _TIME_ERROR
