"""Solar controllers and battery boards on a serial line: a few questions a look, each with its own answer."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from hardware.options import Options
from hardware.power import daly, epever, jbd, modbus, renogy
from hardware.power.poller import EVERY_S, Poller
from hardware.power.reading import PowerRead, Reading, checked, flipped, overlay
from hardware.power.refused import NotAnAnswer, Refused
from hardware.wire.address import Wire, wire_to

REPLY_S = 0.6
"""Deadline for an answer; the longest has 73 bytes, 76 ms at 9600 baud."""
MOST = 512
"""Bytes listened to for one answer; a line that babbles is no answer."""
LATE = 16
"""Reads that throw away what came too late."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a family of sources is asked."""

    questions: tuple[bytes, ...]
    """The first must be answered; without one of the others its figures are unknown."""
    span: Callable[[bytes], int]
    """How many bytes the answer that begins here has; 0 while that cannot be told."""
    decode: Callable[[bytes, bytes], Reading]
    """What an answer to a question means. Raises a `Refused`."""


class Asked(Poller):
    """One source on a wire of its own, or on a two-wire bus that it shares with nobody else."""

    def __init__(
        self,
        name: str,
        wire: Wire,
        dialect: Dialect,
        every_s: float = EVERY_S,
        *,
        flip: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`flip` for one whose current counts the other way round; `clock` gives monotonic seconds."""
        super().__init__(name, every_s, clock=clock)
        self._wire = wire
        self._dialect = dialect
        self._flip = flip

    def _connect(self) -> None:
        """Open the wire."""
        self._wire.open()

    def _disconnect(self) -> None:
        """Close it."""
        self._wire.close()

    def _look(self) -> PowerRead:
        """Ask every question; lay the answers over each other."""
        first, *others = self._dialect.questions
        reading = self._answer(first)
        for question in others:
            try:
                reading = overlay(reading, self._answer(question))
            except (Refused, TimeoutError):
                continue  # its figures stay unknown
        reading = checked(reading)
        return PowerRead(self.name, flipped(reading) if self._flip else reading, int(self._clock() * 1000))

    def _answer(self, question: bytes) -> Reading:
        """Ask one question. Raises a `Refused`, or ``TimeoutError`` for silence."""
        for _ in range(LATE):  # an answer to an earlier question is no answer to this one
            if not self._wire.read(MOST, 0):
                break
        self._wire.write(question, REPLY_S)
        came, until = b"", self._clock() + REPLY_S
        while not self._closed and len(came) < MOST:
            more = self._wire.read(MOST, max(0.0, until - self._clock()))
            if not more:
                break
            came += more
            if question.startswith(came):
                continue  # an adapter that hears itself
            answer = came.removeprefix(question)
            if 0 < self._dialect.span(answer) <= len(answer):
                return self._dialect.decode(question, answer[: self._dialect.span(answer)])
        if came == question:
            raise NotAnAnswer("only the echo of the question came back: the source is silent")
        if not came:
            raise TimeoutError(errno.ETIMEDOUT, "it does not answer")
        return self._dialect.decode(question, came.removeprefix(question))


def epever_controller(name: str, table: Mapping[str, object]) -> Asked:
    """EPEver: the options of `_made` (115200 baud), and ``unit`` (1)."""
    return _made(name, table, epever.BAUD, lambda options: _modbus(epever, options.number("unit", 1, 1, 247)))


def renogy_controller(name: str, table: Mapping[str, object]) -> Asked:
    """Renogy: the options of `_made` (9600 baud), and ``unit`` (255, which is any)."""
    return _made(
        name, table, renogy.BAUD, lambda options: _modbus(renogy, options.number("unit", 255, 1, 255))
    )


def jbd_board(name: str, table: Mapping[str, object]) -> Asked:
    """JBD: the options of `_made` (9600 baud)."""
    spoken = Dialect(jbd.QUESTIONS, jbd.span, lambda _asked, answer: jbd.decode(answer))
    return _made(name, table, jbd.BAUD, lambda _options: spoken)


def daly_board(name: str, table: Mapping[str, object]) -> Asked:
    """Daly: the options of `_made` (9600 baud)."""
    spoken = Dialect(daly.questions(), daly.span, lambda _asked, answer: daly.decode(answer))
    return _made(name, table, daly.BAUD, lambda _options: spoken)


class Controller(Protocol):
    """What a module about a Modbus controller offers."""

    def questions(self, unit: int, /) -> tuple[bytes, ...]:
        """Everything that is asked in one look."""
        ...

    def decode(self, words: modbus.Words, /) -> Reading:
        """What the registers mean."""
        ...


def _modbus(controller: Controller, unit: int) -> Dialect:
    """How a Modbus controller is asked."""
    return Dialect(
        controller.questions(unit),
        modbus.span,
        lambda asked, answer: controller.decode(modbus.words(asked, answer)),
    )


def _made(
    name: str, table: Mapping[str, object], usual_baud: int, dialect: Callable[[Options], Dialect]
) -> Asked:
    """A source from ``address``, ``baud``, ``every`` (5 s), ``flip`` and its dialect's own options."""
    options = Options(name, table)
    address, baud = options.text("address"), options.number("baud", usual_baud, 1200, 921600)
    every_s, flip = options.number("every", 5, 1, 30), options.flag("flip", False)
    spoken = dialect(options)
    options.done()
    return Asked(name, wire_to(address, baud), spoken, every_s, flip=flip)
