"""A printer that is a file: jobs are appended to it. For spool folders, and for looking at the bytes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hardware.wire.descriptor import push


class FileLink:
    """One file, created when missing. It never answers, so nothing printed through it is ever confirmed."""

    answers: bool = False

    def __init__(self, path: str | Path) -> None:
        """Remember the path; nothing is opened yet."""
        self.path = Path(path)
        self._fd: int | None = None

    def open(self) -> None:
        """Open for appending, or raise ``OSError``."""
        self.close()
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)  # it may be a pipe or a device
        self._fd = os.open(self.path, flags, 0o644)

    def write(self, chunk: bytes, deadline_s: float) -> int:
        """Append; return how many bytes it took before the deadline."""
        if self._fd is None:
            raise ConnectionResetError("the print file is not open")
        if sys.platform == "win32":  # a file keeps no one waiting, and select knows sockets only
            return os.write(self._fd, chunk)
        return push(self._fd, chunk, deadline_s)

    def read(self, most: int, deadline_s: float) -> bytes:  # noqa: ARG002  nothing ever comes back
        """Nothing."""
        return b""

    def pending(self) -> int:
        """Always 0."""
        return 0

    def close(self) -> None:
        """Close the file."""
        fd, self._fd = self._fd, None
        if fd is not None:
            os.close(fd)
