"""Hears that something was plugged in, so that its driver tries at once instead of at the end of its pause.

Linux tells through the kernel's uevent socket, which needs no library and no privilege. Elsewhere, and where
a container withholds that socket, the folders of device nodes are listed every two seconds.
"""

from __future__ import annotations

import os
import select
import socket
import threading
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
        self._sockets: list[socket.socket] = []
        """The bell that `close` rings, its listening end, and the kernel's socket where there is one."""
        self._working = threading.Lock()
        self._closing = threading.Lock()

    def open(self) -> None:
        """Listen to the kernel, where it can be heard."""
        self._sockets = list(socket.socketpair())
        if self._uevents and hasattr(socket, "AF_NETLINK"):
            kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, UEVENTS)
            try:
                kernel.bind((0, 1))
            except PermissionError:
                kernel.close()
            else:
                self._sockets.append(kernel)

    def run(self, report: Report) -> None:  # noqa: ARG002  it has no events of its own
        """Wait for arrivals until closed."""
        with self._working:
            sockets = self._sockets
            if len(sockets) == 3:
                self._hear(sockets[1], sockets[2])
            elif sockets:
                self._look(sockets[1])

    def close(self) -> None:
        """Make `run` return, then let go."""
        with self._closing:
            sockets, self._sockets = self._sockets, []
            if sockets:
                sockets[0].send(b"x")
            with self._working:
                for one in sockets:
                    one.close()

    def _hear(self, listener: socket.socket, kernel: socket.socket) -> None:
        """Wait for the kernel's word; costs nothing meanwhile."""
        while True:
            ready, _, _ = select.select((kernel, listener), (), ())
            if listener in ready:
                return
            if is_arrival(kernel.recv(8192)):
                self._arrived()

    def _look(self, listener: socket.socket) -> None:
        """List the folders every two seconds; anything new is an arrival."""
        seen = self._nodes()
        while not select.select((listener,), (), (), LOOK_S)[0]:
            now = self._nodes()
            if now - seen:
                self._arrived()
            seen = now

    def _nodes(self) -> set[str]:
        """Every node in the folders that exist."""
        there = [folder for folder in self._folders if os.path.isdir(folder)]
        return {f"{folder}/{node}" for folder in there for node in os.listdir(folder)}


def is_arrival(message: bytes) -> bool:
    """Whether a uevent says that a device was added or got its driver."""
    return message.startswith((b"add@", b"bind@"))
