"""One till per ledger: a lock that the operating system drops when its process dies, however it dies."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.ledger.errors import AlreadyRunning, LedgerReadOnly

_FAR = 1 << 30
"""The byte that is locked on Windows, where a locked byte cannot be read: far behind the process id."""

_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)


class TillLock:
    """Held by the till as long as it runs; a second till on the same ledger gets AlreadyRunning.

    The lock is a file beside the ledger. The file stays after the till: only the lock on it counts, so a till
    that was killed leaves nothing to clean up.
    """

    def __init__(self, ledger_path: Path | str) -> None:
        """Take the lock, or say which process has it."""
        self.ledger_path = Path(ledger_path)
        self.path = self.ledger_path.with_name(self.ledger_path.name + ".lock")
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        except OSError as error:
            if error.errno in _REFUSED:
                raise LedgerReadOnly(self.ledger_path) from error
            raise
        try:
            _seize(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise AlreadyRunning(self.ledger_path, _pid(self.path.read_bytes())) from error
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, b"%d\n" % os.getpid())
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let another till take over; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        """Return the lock, held."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release at the end of a `with` block."""
        self.release()


def _pid(text: bytes) -> int | None:
    """Read the process id that the holder wrote; None when it had not come to that."""
    line = text.partition(b"\n")[0]
    return int(line) if line.isdigit() else None


def _seize(descriptor: int) -> None:
    """Lock the open file for this process, or raise OSError at once."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
