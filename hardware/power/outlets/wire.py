"""Asks Kasa outlets over their own TCP protocol, one connection a question."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from functools import partial

from hardware.power.outlets import kasa
from hardware.power.outlets.answers import Table
from hardware.power.outlets.reading import OutletReading
from hardware.power.refused import NotAnAnswer, Truncated

DEADLINE_S = 1.5


class KasaOutlet:
    """One outlet, as `SmartOutlet` talks to it."""

    def __init__(
        self, host: str, port: int = kasa.PORT, fetch: Callable[[Table], bytes] | None = None
    ) -> None:
        """`fetch` sends a question and returns the answer in clear text, for tests."""
        self._fetch = fetch or partial(ask, host, port)

    def look(self) -> tuple[OutletReading, ...]:
        """Ask how it is. ``OSError`` when it is not there, `Refused` when it says no."""
        return (kasa.decode(self._fetch(kasa.ASK)),)

    def switch(self, on: bool, back_after_s: int | None) -> None:
        """Tell it to switch. Whether it has is seen by looking."""
        for words in kasa.order(on, back_after_s):
            try:
                kasa.decode(self._fetch(words))
            except NotAnAnswer:
                continue  # the receipt of an order

    def protect(self, watts: int) -> float | None:  # noqa: ARG002  the hardware protects itself, at a fixed current
        """There is no such setting."""
        return None

    def hang_up(self) -> None:
        """Nothing is held between two looks."""


def ask(host: str, port: int, words: Table) -> bytes:
    """Send one question, return its answer in clear text. ``OSError`` or a `Refused`."""
    until, came = time.monotonic() + DEADLINE_S, b""
    with socket.create_connection((host, port), DEADLINE_S) as wire:
        wire.sendall(kasa.question(words))
        while not came or len(came) < (kasa.span(came) or 5):
            wire.settimeout(max(0.01, until - time.monotonic()))
            more = wire.recv(4096)
            if not more:
                raise Truncated(f"the answer ends after {len(came)} bytes")
            came += more
    return kasa.clear(came[: kasa.span(came)])
