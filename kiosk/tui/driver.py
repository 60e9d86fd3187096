"""Our terminal driver for Linux: input that blocks, output that does not, and a mouse without hover.

The stock driver looks for input ten times a second, for ever; this one sleeps until there is some (0
against 600 wake-ups a minute, measured). It uses a deadline only while an escape sequence is incomplete. A
pipe wakes it to stop. Hover is not asked for: ten moves cost 20 ms, and a finger has none.

A touch panel is read beside it: by the station (`hardware.panel.touchpanel`), under the supervisor that every
device has; `kiosk.tui.touching` turns it into the very events that this driver makes of a terminal's mouse.
How the screen is written stands in `kiosk.tui.output`.

This module needs termios; the application imports it on Linux only.
"""

from __future__ import annotations

import errno
import os
import selectors
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, cast

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from kiosk.tui.output import Output

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import TextIOWrapper

    from textual.app import App
    from textual.message import Message

CHUNK = 4096
"""Bytes read at once; the longest scan is shorter."""
HUNG_UP = 129
"""Exit code when the terminal goes away: 128 + SIGHUP, as shells count."""


class WakingEvent(Event):
    """An event that also writes to a pipe, so that a thread in `select` learns of it.

    The pipe stays open as long as the process: a suspended application is closed and started again.
    """

    def __init__(self) -> None:
        """Open the pipe."""
        super().__init__()
        self.reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        os.set_blocking(self.reader, False)

    def set(self) -> None:
        """Set the event and wake whoever selects on `reader`."""
        super().set()
        with suppress(BlockingIOError):  # a full pipe wakes as well
            os.write(self._writer, b"\0")

    def clear(self) -> None:
        """Clear the event and empty the pipe."""
        super().clear()
        with suppress(BlockingIOError):
            while os.read(self.reader, CHUNK):
                pass


class BarrowDriver(LinuxDriver):
    """The stock driver with its input thread, its way to write and its mouse mode exchanged."""

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        """See the stock driver."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._waking = WakingEvent()
        self.exit_event = self._waking
        self._output: Output | None = None

    def start_application_mode(self) -> None:
        """Take the terminal over; after a suspension once more."""
        if (screen := sys.__stderr__) is not None:
            self._output = Output(screen.fileno(), super().write)
            self._file = cast("TextIOWrapper", self._output)  # its thread writes and flushes, and no more
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def write(self, data: str) -> None:
        """Send something to the terminal."""
        if self._output is not None:
            self._output.send(data)

    def close(self) -> None:
        """Let the terminal go, with everything written that was sent."""
        super().close()
        if self._output is not None:
            self._output.close()

    def _sigcont_application(self, *signalled: object) -> None:
        """Come back from a suspension, and from nothing else.

        `systemctl stop` sends SIGCONT behind its SIGTERM, a closed terminal behind its SIGHUP: a screen that
        is started once more on its way out reads its input for ever, and the process never ends.
        """
        if self._must_signal_resume:
            super()._sigcont_application(*signalled)

    def _enable_mouse_support(self) -> None:
        """Ask for presses and releases with exact cells (SGR), not for every move."""
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1006h")
            self.flush()

    def run_input_thread(self) -> None:
        """Sleep until there is input, an escape sequence times out, or the application stops."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._waking.reader, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = [key.fd for key, _mask in selector.select(_patience(parser))]
                if self.fileno in ready and not self._take(parser, decode(self._read())):
                    selector.unregister(self.fileno)  # hung up: an end of file would be ready for ever
                self._dispatch(parser.tick())
        with suppress(EOFError, ParseError):
            for _message in parser.feed(""):
                pass

    def _read(self) -> bytes:
        """What is there; nothing at the end of the input, and on a terminal that is gone."""
        try:
            return os.read(self.fileno, CHUNK)
        except OSError as gone:
            if gone.errno != errno.EIO:
                raise
            return b""

    def _take(self, parser: XTermParser, text: str) -> bool:
        """Hand input on; False when there will be no more, which ends the application."""
        if text:
            self._dispatch(parser.feed(text))
            return True
        self._loop.call_soon_threadsafe(lambda: self._app.exit(return_code=HUNG_UP))
        return False

    def _dispatch(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


def _patience(parser: XTermParser) -> float | None:
    """Seconds to wait for input: for ever, or until a half escape sequence counts as the Escape key."""
    due = parser._timeout_time
    return None if due is None else max(due - monotonic(), 0.0)
