"""Hears that something was plugged in, so that its driver tries at once instead of at the end of its pause.

Linux tells through the kernel's uevent socket, which needs no library and no privilege. Elsewhere, and where a
container withholds that socket, the folders of device nodes are listed every two seconds.
"""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Callable, Sequence

from hardware.device import Report

UEVENTS = 15
"""``NETLINK_KOBJECT_UEVENT``, linux/netlink.h."""
FOLDERS = ("/dev", "/dev/serial/by-id", "/dev/usb", "/dev/input/by-id")
"""Where nodes of scanners, printers and meters appear."""
LOOK_S = 2.0
"""Time between two looks; listing them takes a tenth of a millisecond."""


class HotPlug:
    """A device for the supervisor whose only news is that another one may have come."""

    name = "hot-plug"

    def __init__(
        self, arrived: Callable[[], None], *, folders: Sequence[str] = FOLDERS, uevents: bool = True
    ) -> None:
        """`arrived` is called in this thread, usually every other supervisor's ``poke``."""
        self._arrived = arrived
        self._folders = folders
        self._uevents = uevents
        self._kernel: socket.socket | None = None
        self._bell, self._listener = socket.socketpair()

    def open(self) -> None:
        """Listen to the kernel, where it can be heard."""
        if self._uevents and hasattr(socket, "AF_NETLINK"):
            try:
                self._kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, UEVENTS)
                self._kernel.bind((0, 1))
            except PermissionError:
                self._let_go()

    def run(self, report: Report) -> None:  # noqa: ARG002  it has no events of its own
        """Wait for arrivals until closed."""
        if self._kernel is None:
            self._look()
            return
        while True:
            ready, _, _ = select.select((self._kernel, self._listener), (), ())
            if self._listener in ready:
                break
            if is_arrival(self._kernel.recv(8192)):
                self._arrived()
        self._let_go()

    def close(self) -> None:
        """Make `run` return."""
        self._bell.send(b"x")

    def _look(self) -> None:
        """List the folders every two seconds; anything new is an arrival."""
        seen = self._nodes()
        while not select.select((self._listener,), (), (), LOOK_S)[0]:
            now = self._nodes()
            if now - seen:
                self._arrived()
            seen = now

    def _nodes(self) -> set[str]:
        """Every node in the folders that exist."""
        return {f"{folder}/{node}" for folder in self._folders if os.path.isdir(folder) for node in os.listdir(folder)}

    def _let_go(self) -> None:
        """Stop listening to the kernel."""
        kernel, self._kernel = self._kernel, None
        if kernel is not None:
            kernel.close()


def is_arrival(message: bytes) -> bool:
    """Whether a uevent says that a device was added or got its driver."""
    return message.startswith((b"add@", b"bind@"))
