"""The customer's second screen: a file with the newest state, always whole, for another program to read.

A file needs no port, no password and no order of starting: whoever comes first waits for the other. It lies
in a folder of the owner's own, best on a RAM disk, because it changes with every line sold.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from hardware.device import Report


class ScreenFile:
    """A device for the supervisor: a full disk or a folder that is gone is a fault, and tried again."""

    def __init__(
        self,
        name: str,
        path: Path,
        *,
        wait: Callable[[threading.Event, float | None], bool] = threading.Event.wait,
    ) -> None:
        """Remember the path; nothing is written yet."""
        self._name = name
        self.path = path
        self._wait = wait
        self._wanted = ""
        self._nudge = threading.Event()
        self._turn = threading.Lock()
        self._closed = True

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    def put(self, text: str) -> None:
        """Let the screen show this instead of whatever it was to show. From any thread, at once."""
        self._wanted = text
        self._nudge.set()

    def open(self) -> None:
        """See that the folder is there and belongs to us alone, or raise ``OSError``."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _own(self.path.parent)
        self._closed = False

    def run(self, report: Report) -> None:  # noqa: ARG002  a file has nothing to tell
        """Write what has changed, until closed; idle at no cost."""
        written = ""
        while not self._closed:
            self._nudge.clear()
            wanted = self._wanted
            if wanted != written:
                self._write(wanted)
                written = wanted
            self._wait(self._nudge, None)

    def close(self) -> None:
        """Take the file away: a till that is closed shows nobody's basket."""
        with self._turn:
            if not self._closed:
                self._closed = True
                self.path.unlink(missing_ok=True)
        self._nudge.set()

    def _write(self, text: str) -> None:
        """Put the file in place, unless it was closed meanwhile."""
        with self._turn:
            if not self._closed:
                _replace(self.path, text)


def _own(folder: Path) -> None:
    """Refuse a folder that somebody else made where everybody may: they could change what is shown."""
    seen = folder.lstat()
    if hasattr(os, "getuid") and seen.st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else; take it away or set XDG_RUNTIME_DIR")


def _replace(path: Path, text: str) -> None:
    """Put the whole file in place at once, readable by its owner only; not forced to the disk on purpose."""
    part = path.with_suffix(".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    part.replace(path)
