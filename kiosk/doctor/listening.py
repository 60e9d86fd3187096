"""Listens to one device: until it says something by itself, or somebody has done something with it."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from hardware.device import Device, Event

E = TypeVar("E", bound=Event)

WAIT_S = 30.0
"""How long a person may take to scan, press or touch; then they are asked whether to go on."""


class Listening(AbstractContextManager["Listening"]):
    """An open device whose events can be waited for. Entering raises ``OSError`` when it cannot be opened."""

    def __init__(self, device: Device) -> None:
        """Nothing is opened before it is entered."""
        self.device = device
        self._heard: queue.SimpleQueue[Event | OSError] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"heard-{device.name}", daemon=True)

    def __enter__(self) -> Listening:
        """Open, and listen from now on."""
        try:
            self.device.open()
        except BaseException:
            self.device.close()
            raise
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Let go."""
        self.device.close()
        self._thread.join(2)

    def wait(
        self, *kinds: type[E], fits: Callable[[E], bool] = lambda _event: True, within_s: float | None = None
    ) -> E | None:
        """The next event of these kinds that fits; None when none comes in time.

        ``OSError`` when the device is lost.
        """
        until = time.monotonic() + (WAIT_S if within_s is None else within_s)
        while (left := until - time.monotonic()) > 0:
            try:
                event = self._heard.get(timeout=left)
            except queue.Empty:
                return None
            if isinstance(event, OSError):
                raise event
            if isinstance(event, kinds) and fits(event):
                return event
        return None

    def _run(self) -> None:
        """In a thread of its own, as at the till."""
        try:
            self.device.run(self._heard.put)
        except OSError as error:
            self._heard.put(error)
