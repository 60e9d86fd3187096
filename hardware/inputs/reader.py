"""A device made of input nodes: opens them, grabs them, and reads them in one thread that sleeps meanwhile.

It never uses evdev's own asynchronous loop: re-created between two scans, that one drops what it has read.
"""

from __future__ import annotations

import errno
import select
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence

from hardware.device import Event, Report
from hardware.inputs.bell import Bell
from hardware.inputs.node import Node, open_node
from hardware.inputs.stream import Listener, Stream

RELEASE_S = 1.0
"""How long a key may be held when the device is opened: longer than any scan takes to type."""


class KeyHeld(OSError):
    """A key is held down, and grabbing the device now would leave it stuck on the console."""


class InputReader(ABC):
    """Reads every node of one device; what the records mean is the family's business."""

    def __init__(
        self,
        name: str,
        address: str,
        *,
        find: Callable[[str], Sequence[str]],
        opener: Callable[[str], Node] = open_node,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember where the device is. `find` gives the paths of its nodes, `clock` monotonic seconds."""
        self._name = name
        self._address = address
        self._find = find
        self._opener = opener
        self._clock = clock
        self._bell: Bell | None = None
        self._nodes: list[Node] = []
        self._working = threading.Lock()
        """Held while the descriptors are in use."""
        self._closing = threading.Lock()

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    def open(self) -> None:
        """Open and grab every node of the device, or raise ``OSError``."""
        with self._working:
            self._bell = bell = Bell()
            for path in self._find(self._address):
                self._nodes.append(self._opener(path))
            for node in self._nodes:
                self._await_release(node, bell)
                node.grab()

    def run(self, report: Report) -> None:
        """Report what comes until closed."""
        with self._working:
            if (bell := self._bell) is None:
                return
            streams = {node: Stream(self.listener(node)) for node in self._nodes}
            for node, stream in streams.items():
                if node.shared:
                    stream.listener.join(self._now_ms())
            sources: list[Bell | Node] = [bell, *streams]
            while bell not in (ready := select.select(sources, (), (), self._patience(streams.values()))[0]):
                for node, stream in streams.items():
                    if node in ready:
                        _tell(report, stream.feed(node.read()))
                    elif stream.is_due(now_ms := self._now_ms()):
                        _tell(report, stream.listener.overdue(now_ms))

    def close(self) -> None:
        """Make `run` return, then ungrab and close."""
        with self._closing:
            bell, self._bell = self._bell, None
            if bell is None:
                return
            bell.ring()
            with self._working:
                nodes, self._nodes = self._nodes, []
                for node in nodes:
                    node.close()
                bell.close()

    @abstractmethod
    def listener(self, node: Node) -> Listener:
        """A fresh listener for one node: what two of them say at once is never mixed."""

    def _await_release(self, node: Node, bell: Bell) -> None:
        """Wait until no key of a node is held: grabbed, its release would never reach the console."""
        until = self._clock() + RELEASE_S
        sources: list[Bell | Node] = [bell, node]
        while node.held():
            left = until - self._clock()
            ready = select.select(sources, (), (), max(left, 0))[0]
            if bell in ready or left <= 0:
                raise KeyHeld(errno.EAGAIN, "a key of the device is held down; let it go")
            node.read()

    def _patience(self, streams: Iterable[Stream]) -> float | None:
        """Seconds until the first listener must be told that nothing came; None for no limit."""
        dues = [due for stream in streams if (due := stream.listener.due_ms) is not None]
        return max(min(dues) / 1000 - self._clock(), 0) if dues else None

    def _now_ms(self) -> int:
        return int(self._clock() * 1000)


def _tell(report: Report, events: Iterable[Event]) -> None:
    for event in events:
        report(event)
