"""A source that talks by itself over VE.Direct: every good block is read, one in five seconds is told.

One that differs is told at once: when something is switched on, its watts are on the screen a second later.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from hardware.device import Report
from hardware.options import Options
from hardware.port import Port, open_port
from hardware.power.reading import JUMP_W, PowerRead, Reading, flipped, overlay
from hardware.power.refused import Refused
from hardware.power.silence import SAID_S, Silence
from hardware.power.vedirect import Blocks, decode

BAUD = 19200
"""VE.Direct knows no other."""
LOOK_S = 2.0
"""Time after which silence is looked at; blocks come every second."""
SLACK_S = 0.5
"""Blocks jitter: the one that comes a little early is the one that is due."""


class VeDirect:
    """A shunt, solar charger or inverter of Victron on a port."""

    def __init__(
        self,
        name: str,
        url: str,
        *,
        every_s: float = 5.0,
        flip: bool = False,
        opener: Callable[[str, int], Port] = open_port,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember where it is; `flip` for a shunt mounted the other way round, `clock` in monotonic s."""
        self._name = name
        self._url = url
        self._every_s = every_s
        self._flip = flip
        self._opener = opener
        self._clock = clock
        self._port: Port | None = None
        self._past: tuple[Reading, float] | None = None
        """A BMV's history block and when it came; it belongs to the live blocks of the next seconds."""

        self._told: tuple[Reading, float] | None = None
        """What was told last, and when."""
        self._refusal = ""
        """Why the newest block was dropped."""

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    def open(self) -> None:
        """Open the port, or raise ``OSError``."""
        self._port = self._opener(self._url, BAUD)

    def run(self, report: Report) -> None:
        """Report readings until closed; raise ``TimeoutError`` after 30 s without a good block."""
        blocks, silence = Blocks(), Silence(self._name, report, self._clock)
        while (port := self._port) is not None:
            chunk = port.read(LOOK_S)
            now = self._clock()
            for reading in filter(None, map(self._read, blocks.feed(chunk, now))):
                silence.broken()
                self._refusal = ""
                if reading.volts is None:
                    self._past = (reading, now)
                elif self._is_due(reading, now):
                    self._told = (reading, now)
                    report(PowerRead(self._name, self._whole(reading, now), int(now * 1000)))
            if self._port is not None:
                silence.check(self._refusal)

    def close(self) -> None:
        """Close the port."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def _read(self, block: bytes) -> Reading | None:
        """A block's meaning; a damaged one is dropped whole."""
        try:
            return decode(block)
        except Refused as error:
            self._refusal = str(error)
            return None

    def _is_due(self, live: Reading, now: float) -> bool:
        """Whether it is time to tell, or there is something to tell."""
        last, at_s = self._told or (live, float("-inf"))
        jumped = live.watts is not None and abs(live.watts - (last.watts or 0)) >= JUMP_W
        return jumped or now - at_s > self._every_s - SLACK_S

    def _whole(self, live: Reading, now: float) -> Reading:
        """A live block with the counts of the history block before it, unless that one is too old."""
        past, at_s = self._past or (Reading(), now)
        reading = overlay(past, live) if now - at_s < SAID_S else live
        return flipped(reading) if self._flip else reading


def make(name: str, table: Mapping[str, object]) -> VeDirect:
    """``address`` (a path or ``socket://host:port``), ``every`` (5 s; 0: each block) and ``flip`` (false)."""
    options = Options(name, table)
    source = VeDirect(
        name,
        options.text("address"),
        every_s=options.number("every", 5, 0, 30),
        flip=options.flag("flip", False),
    )
    options.done()
    return source
