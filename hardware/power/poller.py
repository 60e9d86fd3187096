"""A source that speaks only when asked: one look every few seconds, in its own thread.

A look that fails is no reading and no zero: it is said after ten seconds, and after thirty the source is
opened anew. Two failed looks in a row are everyday life on a bus beside an inverter.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from hardware.device import Event, Report
from hardware.power.refused import Refused
from hardware.power.silence import Silence

EVERY_S = 5.0
"""Between two looks. A load that was sampled every 10 s instead costs less than 0.7 % of the day's Wh."""
LEAST_S = 0.1
"""Between two looks, however great the hurry."""


class Poller(ABC):
    """Keeps the rhythm; a family says how to look."""

    def __init__(
        self,
        name: str,
        every_s: float = EVERY_S,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        """Prepare; nothing is opened before `open`. `clock` gives monotonic seconds."""
        self._name = name
        self._every_s = every_s
        self._clock = clock
        self._wait = wait
        self._nudge = threading.Event()
        self._turn = threading.Lock()
        self._closed = True
        self.hurry = 1.0
        """How many times as often it looks: a demo's time may pass faster."""

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    def open(self) -> None:
        """Connect, or raise ``OSError``."""
        self._connect()
        self._closed = False

    def run(self, report: Report) -> None:
        """Look until closed; raise ``TimeoutError`` after 30 s without one good look."""
        silence = Silence(self._name, report, self._clock)
        while not self._closed:
            self._nudge.clear()
            reason = ""
            try:
                with self._turn:
                    event = None if self._closed else self._look()
            except (Refused, TimeoutError) as error:
                reason = getattr(error, "strerror", None) or str(error)
            else:
                if event is not None:
                    silence.broken()
                    report(event)
            if self._closed:
                return
            silence.check(reason)
            self._wait(self._nudge, max(min(LEAST_S, self._every_s), self._every_s / self.hurry))

    def look(self) -> None:
        """Look now: something was switched. Any thread."""
        self._nudge.set()

    def close(self) -> None:
        """Let go; a look under way ends within its own deadline."""
        self._closed = True
        self._nudge.set()
        with self._turn:
            self._disconnect()

    @abstractmethod
    def _connect(self) -> None:
        """Take hold of the source, or raise ``OSError``."""

    @abstractmethod
    def _disconnect(self) -> None:
        """Let go of it; safe twice and half-opened."""

    @abstractmethod
    def _look(self) -> Event:
        """Ask, and return what to tell.

        Raises a `Refused` or ``TimeoutError`` for a look that failed, ``OSError`` for a source that is gone.
        """
