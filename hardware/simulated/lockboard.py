"""Lock boards as a bus meets them, and the doors behind them. Pure: bytes in, bytes out, times from outside.

Written from the boards' sheets and sharing nothing with our codecs, so that it can bear witness against them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import xor


@dataclass(slots=True)
class Compartment:
    """One door, its lock and what lies behind it."""

    shut: bool = True
    item: bool = False
    stuck: bool = False
    """The latch does not let go, however often it is pulsed."""
    pulses: list[float] = field(default_factory=list)
    """When its coil was energised, monotonic seconds."""

    def pulse(self, now: float) -> None:
        """The coil fires; a door that is not stuck springs open."""
        self.pulses.append(now)
        if not self.stuck:
            self.shut = False


@dataclass(slots=True)
class BusFaults:
    """What is wrong on the bus."""

    silent: bool = False
    """The board is dead."""
    echo: bool = False
    """The adapter hears its own bytes."""
    garbage: bool = False
    """Noise before each answer, with a byte in it that looks like a frame's beginning."""
    damaged: bool = False
    """A bit of each answer is wrong."""
    split: bool = False
    """Answers come in two parts."""
    inverted: bool = False
    """The contacts are wired the other way round."""
    cooling: bool = False
    """The board refuses orders because its coils are warm, where its protocol can say so."""


class SimulatedLockBoard:
    """A board of one family with its compartments; `receive` returns what comes back, part by part."""

    def __init__(self, kind: str, locks: int = 16, board: int | None = None) -> None:
        """Make a board with closed, empty compartments; KeyError for a family that is not simulated."""
        self._answer, first = _FAMILIES[kind]
        self.board = first if board is None else board
        self.compartments = {number: Compartment() for number in range(1, locks + 1)}
        self.faults = BusFaults()
        self.orders: list[bytes] = []
        """Every frame that came, in order."""
        self._held = b""

    def receive(self, chunk: bytes, now: float) -> list[bytes]:
        """Take bytes; the answers as the wire delivers them."""
        self._held += chunk
        back: list[bytes] = []
        if self.faults.echo:
            back.append(chunk)
        while (taken := self._answer(self, self._held, now)) is not None:
            size, answer = taken
            self.orders.append(self._held[:size])
            self._held = self._held[size:]
            if answer and not self.faults.silent:
                back += self._spoil(answer)
        return back

    def level(self, number: int) -> bool:
        """The lock contact, true when shut unless it is wired the other way round."""
        found = self.compartments.get(number)
        return (found is None or found.shut) != self.faults.inverted

    def order(self, number: int, now: float) -> bool:
        """An order to open, carried out unless the board is dead or its coils are warm."""
        if self.faults.silent or self.faults.cooling or number not in self.compartments:
            return False
        self.compartments[number].pulse(now)
        return True

    def _spoil(self, answer: bytes) -> list[bytes]:
        """What the faults make of an answer."""
        if self.faults.damaged:
            answer = answer[:-1] + bytes((answer[-1] ^ 0x40,))
        if self.faults.garbage:
            answer = b"\x00" + answer[:1] + b"\xff" + answer
        middle = len(answer) // 2
        return [answer[:middle], answer[middle:]] if self.faults.split else [answer]

    def bits(self, first: int) -> int:
        """Lock contacts of eight consecutive channels as a byte, the first in the lowest bit."""
        return sum(self.level(first + n) << n for n in range(8))

    def items(self, first: int) -> int:
        """Item sensors of eight consecutive channels."""
        found = (self.compartments.get(first + n) for n in range(8))
        return sum(bool(one and one.item) << n for n, one in enumerate(found))


Taken = tuple[int, bytes] | None
"""Bytes taken, and the answer; nothing while a frame is not whole."""


def _cu16(it: SimulatedLockBoard, held: bytes, now: float) -> Taken:
    """KERONG KR-CU16: no answer to an order, nine bytes for a status."""
    if len(held) < 5:
        return None
    size = 7 if held[2] == 0x37 else 5
    if len(held) < size:
        return None
    if held[1] >> 4 != it.board or sum(held[: size - 1]) & 0xFF != held[size - 1]:
        return size, b""
    if held[2] == 0x31:
        it.order((held[1] & 15) + 1, now)
    if held[2] != 0x30:
        return size, b""
    body = bytes((2, it.board << 4, 0x35, it.bits(1), it.bits(9), it.items(1), it.items(9), 3))
    return size, body + bytes((sum(body) & 0xFF,))


def _cu48(it: SimulatedLockBoard, held: bytes, now: float) -> Taken:
    """KERONG CU48B: eighteen bytes for a status."""
    if len(held) < 6:
        return None
    if held[1] != it.board or sum(held[:5]) & 0xFF != held[5]:
        return 6, b""
    if held[3] == 0x61:
        it.order(held[2] + 1, now)
        return 6, b""
    locks = bytes(it.bits(1 + 8 * n) for n in range(6))
    body = bytes((2, it.board, 0, 0x75)) + locks + bytes(it.items(1 + 8 * n) for n in range(6)) + b"\x03"
    return 6, body + bytes((sum(body) & 0xFF,))


def _shuoming(it: SimulatedLockBoard, held: bytes, now: float) -> Taken:
    """The 8A family: the answer to an order looks like the order."""
    if len(held) < 5:
        return None
    if held[1] != it.board or reduce(xor, held[:4]) != held[4]:
        return 5, b""
    if held[0] == 0x8A:
        return 5, held[:5] if it.order(held[2], now) else b""
    if held[2] == 0:
        body = bytes((0x80, it.board, it.bits(17), it.bits(9), it.bits(1), 0x33))
    else:
        body = bytes((0x80, it.board, held[2], 0x11 if it.level(held[2]) else 0x00))
    return 5, body + bytes((reduce(xor, body),))


def _wkly(it: SimulatedLockBoard, held: bytes, now: float) -> Taken:
    """WKLY: the state stands behind the command in every answer."""
    if len(held) < 5 or len(held) < held[4]:
        return None
    size = held[4]
    if held[5] != it.board or reduce(xor, held[: size - 1]) != held[size - 1]:
        return size, b""
    command, lock = held[6], held[7]
    if command == 0x82:
        done = it.order(lock, now)
        body = bytes((0x00 if done else 0xFF, lock, int(it.level(lock))))
    elif command == 0x83:
        body = bytes((0, lock, int(it.level(lock))))
    else:
        body = bytes((0, len(it.compartments), *(int(it.level(n)) for n in it.compartments)))
    frame = b"WKLY" + bytes((8 + len(body), it.board, command)) + body
    return size, frame + bytes((reduce(xor, frame),))


def _winnsen(it: SimulatedLockBoard, held: bytes, now: float) -> Taken:
    """Winnsen: state and lock change places between the two answers."""
    if len(held) < 6:
        return None
    function, station, lock = held[2], held[3], held[4]
    if station != it.board:
        return 6, b""
    if function == 0x05:
        verdict = 2 if it.faults.cooling else int(it.order(lock, now))
        return 6, bytes((0x90, 7, 0x85, station, lock, verdict, 3))
    return 6, bytes((0x90, 7, 0x92, station, int(not it.level(lock)), lock, 3))


def _board5a(it: SimulatedLockBoard, held: bytes, now: float) -> Taken:
    """5A5A: nobody describes its answers, so it has none."""
    if len(held) < 10:
        return None
    if held[3] == it.board and reduce(xor, held[:9]) == held[9]:
        it.order(held[8], now)
    return 10, b""


def _relay(it: SimulatedLockBoard, held: bytes, now: float) -> Taken:
    """R421A08: answers an order with the order, as Modbus wants it."""
    if len(held) < 8:
        return None
    if held[0] == it.board and held[1] == 6 and held[4:6] == b"\x05\x00":
        it.order(held[3], now)
        return 8, held[:8]
    return 8, b""


_FAMILIES: dict[str, tuple[Callable[[SimulatedLockBoard, bytes, float], Taken], int]] = {
    "cu16": (_cu16, 0),
    "cu48b": (_cu48, 0),
    "8a": (_shuoming, 1),
    "wkly": (_wkly, 0),
    "winnsen": (_winnsen, 1),
    "5a5a": (_board5a, 0),
    "r421a08": (_relay, 1),
}
"""Each family's way of answering, and the address its switches usually stand at."""
