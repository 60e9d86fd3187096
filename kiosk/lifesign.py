"""Tells systemd that the till is up and its loop turns, so that a frozen screen is restarted by itself.

The protocol is that of `sd_notify(3)`: datagrams of `KEY=value` to the socket named by the environment. The
signs of life come from the screen's own loop on purpose: a thread would go on saying that all is well.
"""

from __future__ import annotations

import os
import socket

SIGNS_PER_TIMEOUT = 3
"""`sd_watchdog_enabled(3)` advises half of the time-out; a third forgives one late sign."""


class NobodyListens(OSError):
    """The socket named by NOTIFY_SOCKET does not answer; the till goes on without it."""


def period_s() -> float | None:
    """Return the seconds between two signs of life; None where no watchdog waits for any."""
    wanted = os.environ.get("WATCHDOG_USEC", "")
    ours = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    if not wanted.isdecimal() or int(wanted) == 0 or not ours:
        return None
    return int(wanted) / 1_000_000 / SIGNS_PER_TIMEOUT


def say(state: str) -> None:
    """Send one state, such as `READY=1` or `WATCHDOG=1`. NobodyListens when it does not arrive."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address.startswith("@"):
        address = "\0" + address[1:]  # an abstract socket, unix(7)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            line.setblocking(False)
            line.sendto(state.encode(), address)
    except OSError as error:
        raise NobodyListens(error.errno, f"the service manager does not hear: {error.strerror}") from error
