"""One question at a time on a two-wire bus: drain, send, take only a whole, right frame that is no echo."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from hardware.locks.board import Codec, Reply
from hardware.wire.address import Wire

TURNAROUND_S = 0.02
"""Silence between two frames on the bus: 20 to 50 ms, 15 ms were seen to work (TechCorp07/kiosk)."""
SEND_S = 0.5
CHUNK = 256
MOST = 1024
"""Bytes listened to for one answer; a bus that babbles is no answer."""


class Heard(StrEnum):
    """What came back on the bus."""

    ANSWER = "answer"
    SILENCE = "silence"
    ECHO = "echo"
    """Our own bytes and nothing else: an adapter that hears itself, and a board that says nothing."""
    GARBAGE = "garbage"
    """Bytes, but no whole right frame."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question's outcome."""

    heard: Heard
    replies: tuple[Reply, ...] = ()


class Bus:
    """A wire and the boards on it. One thread owns it."""

    def __init__(
        self,
        wire: Wire,
        codec: Codec,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`clock` gives monotonic seconds; nothing is opened yet."""
        self.wire = wire
        self.codec = codec
        self._clock = clock
        self._sleep = sleep

    def ask(self, request: bytes, wanted: Callable[[Reply], bool], deadline_s: float) -> Exchange:
        """Send a request, listen until a wanted reply or the deadline. ``OSError`` when the wire is gone."""
        self._sleep(TURNAROUND_S)
        self._drain()
        if self.wire.write(request, SEND_S) < len(request):
            return Exchange(Heard.SILENCE)
        until, came = self._clock() + deadline_s, b""
        while len(came) < MOST and (left := until - self._clock()) > 0:
            chunk = self.wire.read(CHUNK, left)
            if not chunk:
                break
            came += chunk
            replies = self.codec.replies(came, request)
            if any(map(wanted, replies)):
                return Exchange(Heard.ANSWER, tuple(replies))
        return Exchange(_kind(came, request), tuple(self.codec.replies(came, request)))

    def tell(self, request: bytes) -> bool:
        """Send what needs no answer; whether all of it left."""
        if not request:
            return True
        self._sleep(TURNAROUND_S)
        self._drain()
        return self.wire.write(request, SEND_S) == len(request)

    def overheard(self) -> tuple[Reply, ...]:
        """What boards said unasked since the last frame."""
        return tuple(self.codec.replies(self._drain(), b""))

    def rest(self, seconds: float) -> None:
        """Keep the bus quiet for so long."""
        self._sleep(seconds)

    def _drain(self) -> bytes:
        """Take what is left over from before, so that no late answer is taken for the next one."""
        came = b""
        while len(came) < MOST and (chunk := self.wire.read(CHUNK, 0)):
            came += chunk
        return came


def _kind(came: bytes, request: bytes) -> Heard:
    """Name what came where no wanted reply did."""
    if not came:
        return Heard.SILENCE
    return Heard.ECHO if came.replace(request, b"") == b"" else Heard.GARBAGE
