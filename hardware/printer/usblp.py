"""A USB printer through the kernel's own class driver, ``/dev/usb/lp0``. Linux only; needs group ``lp``."""

from __future__ import annotations

import os
import select

from hardware.wire.descriptor import pull, push


class UsbLink:
    """One open device node. The kernel detaches nothing and gives everything back on close."""

    answers: bool

    def __init__(self, path: str, *, answers: bool = True) -> None:
        """Remember the node, best a stable name made by a udev rule; nothing is opened yet."""
        self.path = path
        self.answers = answers
        self._fd: int | None = None
        self._last = 0
        """Bytes of the last transfer."""

    def open(self) -> None:
        """Open for reading and writing without ever blocking, or raise ``OSError``."""
        self.close()
        self._fd = os.open(self.path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)

    def write(self, chunk: bytes, deadline_s: float) -> int:
        """Bytes the printer took before the deadline."""
        took = push(self._opened(), chunk, deadline_s)
        self._last = took or self._last
        return took

    def read(self, most: int, deadline_s: float) -> bytes:
        """Status bytes that have come. An empty read is silence on this driver, not the end."""
        return pull(self._opened(), most, deadline_s)

    def pending(self) -> int:
        """The last transfer, until the printer has taken all of it.

        The driver (Linux ``drivers/usb/class/usblp.c``) takes a write at once, and is ready for the next one
        when the printer has taken it. A printer without paper takes nothing.
        """
        _, ready, _ = select.select((), (self._opened(),), (), 0)
        return 0 if ready else self._last

    def close(self) -> None:
        """Close the node."""
        fd, self._fd = self._fd, None
        if fd is not None:
            os.close(fd)

    def _opened(self) -> int:
        """The open descriptor."""
        if self._fd is None:
            raise ConnectionResetError("the printer is not open")
        return self._fd
