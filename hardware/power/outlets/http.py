"""Asks outlets over plain HTTP on the local network: no proxy, no redirect, never past a deadline."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException

from hardware.power.outlets.answers import MOST
from hardware.power.outlets.reading import OutletReading
from hardware.power.refused import Refused, SaidNo

DEADLINE_S = 1.5
"""For one answer; an outlet on the same network needs 50 ms, one that restarts its Wi-Fi is asked again."""
Paths = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one family is asked, and what its answers mean."""

    ask: Callable[[int], Paths]
    order: Callable[[int, bool, int | None], Paths]
    limit: Callable[[int, int], Paths]
    decode: Callable[[bytes, int], OutletReading]


class HttpOutlet:
    """One outlet of one device, as `SmartOutlet` talks to it."""

    def __init__(
        self,
        host: str,
        port: int,
        dialect: Dialect,
        channel: int = 0,
        fetch: Callable[[str], bytes] | None = None,
    ) -> None:
        """`fetch` gets a path, for tests."""
        self._dialect = dialect
        self._channel = channel
        self._fetch = fetch or partial(get, host, port)

    def look(self) -> tuple[OutletReading, ...]:
        """Ask how it is; one reading an answer. ``OSError`` when it is not there, else a `Refused`."""
        return tuple(
            self._dialect.decode(self._fetch(path), self._channel)
            for path in self._dialect.ask(self._channel)
        )

    def switch(self, on: bool, back_after_s: int | None) -> None:
        """Tell it to switch. Whether it has is seen by looking."""
        for path in self._dialect.order(self._channel, on, back_after_s):
            self._tell(path)

    def protect(self, watts: int) -> float | None:
        """Set the watts above which it switches itself off; return what it says they are now."""
        told = [self._tell(path) for path in self._dialect.limit(self._channel, watts)]
        return told[-1].limit_w

    def hang_up(self) -> None:
        """Nothing is held between two looks."""

    def _tell(self, path: str) -> OutletReading:
        """Send an order; an answer without a reading is a receipt."""
        answer = self._fetch(path)
        try:
            return self._dialect.decode(answer, self._channel)
        except SaidNo:
            raise
        except Refused:
            return OutletReading()


def get(host: str, port: int, path: str) -> bytes:
    """The body of one answer. ``OSError`` when there is none, `SaidNo` for any status but 200."""
    wire = HTTPConnection(host, port, timeout=DEADLINE_S)
    try:
        wire.request("GET", path, headers={"Connection": "close", "Accept": "application/json"})
        answer = wire.getresponse()
        body = answer.read(MOST + 1)
    except HTTPException as error:
        raise OSError(errno.EPROTO, f"it answers in another language: {type(error).__name__}") from error
    finally:
        wire.close()
    if answer.status != 200:
        raise SaidNo(f"it answers {answer.status} {answer.reason}")
    return body
