"""A pole display: the newest two lines win, only a changed one is sent, and all after a pulled cable."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from hardware.device import Report
from hardware.display.dialect import ROWS, Dialect, fit
from hardware.wire.address import Wire

CLEAR, CLEAR_S = b"\x0c", 0.2
"""``CLR`` in either language, and how long it is waited for at the end."""
LOOK_S = 30.0
"""Between two looks whether the other side is still there, while nothing changes."""
WRITE_S = 2.0
"""Deadline for one line; 30 bytes at 2400 baud are an eighth of a second."""


class LineDisplay:
    """A device for the supervisor, and `show` for whoever has something to show."""

    def __init__(
        self,
        name: str,
        wire: Wire,
        dialect: Dialect,
        page: str,
        brightness: int = 4,
        *,
        wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        """Prepare; nothing is opened before `open`."""
        self._name = name
        self.wire = wire
        self._dialect = dialect
        self._page = page
        self._brightness = brightness
        self._wait = wait
        self._wanted = ("", "")
        self._nudge = threading.Event()
        self._turn = threading.Lock()
        self._closed = True

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    def show(self, upper: str, lower: str) -> None:
        """Show two lines instead of whatever was to be shown. From any thread; safe while it is off."""
        self._wanted = (upper, lower)
        self._nudge.set()

    def open(self) -> None:
        """Open the wire and wake the display, or raise ``OSError``."""
        self.wire.open()
        self._closed = False
        self._send(self._dialect.start(self._page, self._brightness))

    def run(self, report: Report) -> None:  # noqa: ARG002  a display has nothing to tell
        """Send what has changed, until closed."""
        shown = [b"", b""]
        while not self._closed:
            self._nudge.clear()
            wanted = self._wanted
            for row in ROWS:
                text = fit(wanted[row], self._page)
                if text != shown[row]:
                    self._send(self._dialect.line(row, text))
                    shown[row] = text
            self._wait(self._nudge, LOOK_S)
            self._listen()

    def close(self) -> None:
        """Let go, dark: nobody is welcomed by a till that is closed. One that was killed leaves it lit."""
        was_open, self._closed = not self._closed, True
        self._nudge.set()
        with self._turn:
            if was_open:
                with suppress(OSError):  # it may be the very reason for closing
                    self.wire.write(CLEAR, CLEAR_S)
            self.wire.close()

    def _listen(self) -> None:
        """A display says nothing; a connection that has ended does, and a line may have been lost in it."""
        with self._turn:
            if not self._closed:
                self.wire.read(1, 0)

    def _send(self, chunk: bytes) -> None:
        """Send all of it. One that takes only half is opened anew, or it would take text for commands."""
        with self._turn:
            if not self._closed and self.wire.write(chunk, WRITE_S) < len(chunk):
                raise TimeoutError("the display takes nothing more")
