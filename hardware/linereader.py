"""A device that only ever sends lines: a scanner, a meter. One blocking thread, idle at no cost."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from hardware.device import Event, Report
from hardware.lines import GAP_MS, LineSplitter
from hardware.port import Port, open_port

PATIENCE_S = GAP_MS / 1000 + 0.01
"""How long the rest of a line is waited for before its beginning is said to be lost."""


class LineReader(ABC):
    """Opens a port, splits what comes into lines, and leaves their meaning to the family."""

    def __init__(
        self,
        name: str,
        url: str,
        baud: int = 9600,
        *,
        opener: Callable[[str, int], Port] = open_port,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember where the device is; `clock` gives monotonic seconds."""
        self._name = name
        self._url = url
        self._baud = baud
        self._opener = opener
        self._clock = clock
        self._port: Port | None = None

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    def open(self) -> None:
        """Open the port, or raise ``OSError``."""
        self._port = self._opener(self._url, self._baud)

    def run(self, report: Report) -> None:
        """Report every line until closed; half a line at the end of a connection is forgotten."""
        lines, lost = LineSplitter(), 0
        while (port := self._port) is not None:
            chunk = port.read(PATIENCE_S if lines.begun else None)
            if not (chunk or lines.begun):
                return
            at_ms = int(self._clock() * 1000)
            whole = lines.feed(chunk, at_ms)
            events = [self.missed(at_ms)] if lines.lost != lost else []
            events += [self.heard(line, at_ms) for line in whole]
            lost = lines.lost
            for event in events:
                if event is not None:
                    report(event)

    def close(self) -> None:
        """Close the port."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    @abstractmethod
    def heard(self, line: str, at_ms: int) -> Event | None:
        """What a whole line means, or nothing."""

    @abstractmethod
    def missed(self, at_ms: int) -> Event | None:
        """What it means that a line broke off or was too long."""
