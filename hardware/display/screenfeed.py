"""The customer's second screen: a loopback port on which any number of viewers hear the newest state.

One line of text for each state; who connects hears the present one at once, and who loses the connection
knows at once that the till is gone. Nothing is asked of a viewer and nothing it says is read. The port's
number is left in a file, so that nobody has to agree on one.
"""

from __future__ import annotations

import json
import selectors
import socket
import threading
from contextlib import suppress
from pathlib import Path

from hardware.device import Report

HOST = "127.0.0.1"
MOST_VIEWERS = 8
"""A counter has one or two customers' screens; more is a program gone wild."""


class ScreenFeed:
    """A device for the supervisor, and `put` for whoever has something to show."""

    def __init__(self, name: str, path: Path, port: int = 0) -> None:
        """Remember the address file and the port, 0 for any; nothing is opened yet."""
        self._name = name
        self.path = path
        self._port = port
        self._state = b""
        self._bell: socket.socket | None = None
        self._sockets: dict[str, socket.socket] = {}
        """The listener, and the end of the bell that is listened to."""
        self._viewers: dict[socket.socket, bytes] = {}
        """Who listens, and what each heard last."""
        self._closed = True
        self._ringing = threading.Lock()
        self._working = threading.Lock()

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    def put(self, text: str) -> None:
        """Show this one line instead of whatever was to be shown. From any thread; safe while it is off."""
        self._state = text.encode() + b"\n"
        self._ring()

    def open(self) -> None:
        """Listen, and say where; or raise ``OSError``."""
        self._closed = False
        self._sockets["listener"] = socket.create_server((HOST, self._port), backlog=MOST_VIEWERS)
        self._bell, self._sockets["rung"] = socket.socketpair()
        for one in self._sockets.values():
            one.setblocking(False)
        address = {"host": HOST, "port": self._sockets["listener"].getsockname()[1]}
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(address), encoding="utf-8")
        part.replace(self.path)

    def run(self, report: Report) -> None:  # noqa: ARG002  viewers have nothing to tell
        """Greet viewers and send them what changed, until closed; idle at no cost."""
        with self._working, selectors.DefaultSelector() as selector:
            for one in self._sockets.values():
                selector.register(one, selectors.EVENT_READ)
            while not self._closed:
                for key, _mask in selector.select():
                    self._serve(selector, key.fileobj)  # type: ignore[arg-type]

    def close(self) -> None:
        """Let every viewer go, and take the address away."""
        if not self._closed:
            self.path.unlink(missing_ok=True)
        self._closed = True
        self._ring()
        with self._working, self._ringing:
            for one in (*self._viewers, *self._sockets.values(), *filter(None, (self._bell,))):
                one.close()
            self._viewers, self._sockets, self._bell = {}, {}, None

    def _ring(self) -> None:
        """Wake the thread that serves."""
        with self._ringing, suppress(BlockingIOError):
            if self._bell is not None:
                self._bell.setblocking(False)
                self._bell.send(b"x")

    def _serve(self, selector: selectors.BaseSelector, ready: socket.socket) -> None:
        """A new viewer, a new state, or a viewer that has gone."""
        if ready is self._sockets["rung"]:
            ready.recv(4096)
            for viewer in tuple(self._viewers):
                self._send(selector, viewer)
        elif ready is self._sockets["listener"]:
            with suppress(OSError):  # it may have gone again already
                viewer, _address = ready.accept()
                viewer.setblocking(False)
                selector.register(viewer, selectors.EVENT_READ)
                self._viewers[viewer] = b""
                self._send(selector, viewer)
                if len(self._viewers) > MOST_VIEWERS:
                    self._drop(selector, next(iter(self._viewers)))
        else:  # it has gone, or it talks, which a viewer does not
            self._drop(selector, ready)

    def _send(self, selector: selectors.BaseSelector, viewer: socket.socket) -> None:
        """Send the present state whole; one that does not read is let go and may come again."""
        state = self._state
        if state == self._viewers[viewer]:
            return
        self._viewers[viewer] = state
        try:
            whole = viewer.send(state) == len(state)
        except OSError:
            whole = False
        if not whole:
            self._drop(selector, viewer)

    def _drop(self, selector: selectors.BaseSelector, viewer: socket.socket) -> None:
        """Let one viewer go."""
        if viewer in self._viewers:
            del self._viewers[viewer]
            selector.unregister(viewer)
            viewer.close()
