"""Scanner keys and touches through the real readers: how long from the last record to what it brings about.

The floor of a scan is a bare thread on the same kind of socket; that of a touch, a mouse event posted by the
program itself.
"""

from __future__ import annotations

import asyncio
import queue
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from hardware.device import CodeScanned, Event, State, StateChanged
from hardware.inputs.records import Record, pack
from hardware.panel.touchpanel import TouchPanel
from hardware.panel.touchpanel import make as make_panel
from hardware.scanner.keymap import keymap
from hardware.scanner.keys import KeyScanner
from hardware.simulated import typist
from hardware.simulated.fingertip import Fingertip
from hardware.supervisor import Supervisor

CODE = "4006381333931"
ENTER = (28,)


class Node:
    """A simulated input node: whoever connects hears what is sent."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"socket://127.0.0.1:{self._server.getsockname()[1]}"
        self._readers: queue.Queue[socket.socket] = queue.Queue()
        self._reader: socket.socket | None = None
        threading.Thread(target=self._accept, daemon=True).start()

    def wait(self) -> socket.socket:
        """Wait for the first who connects."""
        if self._reader is None:
            self._reader = self._readers.get(timeout=10)
            self._reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._reader

    def send(self, records: Sequence[Record]) -> None:
        """Send records to the first who connected."""
        self.wait().sendall(pack(records))

    def _accept(self) -> None:
        while True:
            self._readers.put(self._server.accept()[0])


def scan_latency(scans: int = 500) -> dict[str, float]:
    """Milliseconds from the record that ends a code to its event, at rest and while a thread computes."""
    at_rest, floor = _scans(scans), _floor(scans)
    with _computing():
        busy = _scans(scans)
    return {
        "keys_latency_ms": statistics.median(at_rest),
        "keys_latency_p99_ms": sorted(at_rest)[-scans // 100],
        "keys_latency_ratio": statistics.median(at_rest) / statistics.median(floor),
        "keys_busy_latency_ms": statistics.median(busy),
        "keys_busy_latency_p99_ms": sorted(busy)[-scans // 100],
    }


def _scans(scans: int) -> list[float]:
    """Through the scanner's own thread."""
    node, heard = Node(), queue.Queue[Event]()
    supervisor = Supervisor(KeyScanner("keys", node.address), heard.put)
    supervisor.start()
    _until(heard, lambda event: isinstance(event, StateChanged) and event.state is State.READY)
    took = []
    for _ in range(scans):
        node.send(typist.records(typist.strokes(keymap("us"), CODE), _now_ms()))
        last = typist.records([ENTER], _now_ms())
        began = time.perf_counter()
        node.send(last)
        _until(heard, lambda event: isinstance(event, CodeScanned))
        took.append((time.perf_counter() - began) * 1000)
    supervisor.stop()
    return took


def _floor(scans: int) -> list[float]:
    """Through a thread that reads and puts, and no more."""
    node, heard = Node(), queue.Queue[bytes]()
    host, _, port = node.address.removeprefix("socket://").partition(":")
    theirs = socket.create_connection((host, int(port)))

    def read() -> None:
        while came := theirs.recv(65536):
            heard.put(came)

    threading.Thread(target=read, daemon=True).start()
    last = typist.records([ENTER], 0)
    took = []
    for _ in range(scans):
        began = time.perf_counter()
        node.send(last)
        heard.get(timeout=10)
        took.append((time.perf_counter() - began) * 1000)
    return took


def touch_latency(taps: int = 100) -> dict[str, float]:
    """Milliseconds from the records of a tap to the pressed key; over those of a posted press and release."""
    ours, floor = asyncio.run(_taps(taps))
    return {
        "touch_latency_ms": statistics.median(ours),
        "touch_latency_p99_ms": sorted(ours)[-max(taps // 100, 1)],
        "touch_latency_ratio": statistics.median(ours) / statistics.median(floor),
    }


async def _taps(taps: int) -> tuple[list[float], list[float]]:
    """Tap the keys of a till without a terminal, by the panel and by posted events in turn."""
    from textual.events import MouseDown, MouseUp
    from textual.message import Message

    from kiosk.tui.widgets.keygrid import KeyGrid
    from tests.tui.fakes import FakeStation
    from tests.tui.hands import key_places, till

    pressed = asyncio.Event()

    def hook(message: Message) -> None:
        if isinstance(message, KeyGrid.Pressed):
            pressed.set()

    station, node, tip = FakeStation(), Node(), Fingertip()
    panel = make_panel("touch", {"address": node.address})
    assert isinstance(panel, TouchPanel)
    supervisor = Supervisor(panel, station.tell)
    ours: list[float] = []
    floor: list[float] = []
    async with till(station, hook=hook) as (app, pilot):
        supervisor.start()
        node.wait()
        x, y = key_places(app)["product:a"]
        for number in range(2 * taps):
            pressed.clear()
            began = time.perf_counter()
            if number % 2:
                app.post_message(MouseDown(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))
                app.post_message(MouseUp(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))
            else:
                node.send(tip.tap(((x + 0.5) / 100, (y + 0.5) / 30), at_ms=1000 * number))
            await pressed.wait()
            (floor if number % 2 else ours).append((time.perf_counter() - began) * 1000)
            await pilot.pause()
    supervisor.stop()
    return ours, floor


@contextmanager
def _computing() -> Iterator[None]:
    """Let another thread compute meanwhile, as the screen does when it is laid out."""
    done = threading.Event()

    def compute() -> None:
        while not done.is_set():
            sum(number * number for number in range(10_000))

    threading.Thread(target=compute, daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _until(heard: queue.Queue[Event], fits: Callable[[Event], bool]) -> None:
    while not fits(heard.get(timeout=10)):
        pass


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000
