"""Solar controllers and battery boards that answer when asked, well or badly: EPEver, Renogy, JBD, Daly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.power import daly, jbd, modbus
from hardware.simulated.battery import CAPACITY_AH, Pack
from hardware.wire.crc import sealed


@dataclass
class LineFaults:
    """What can be wrong with a line on which questions are answered."""

    silent: bool = False
    truncate: bool = False
    """Half of each answer comes."""
    checksum: bool = False
    """A byte of each answer is wrong."""
    echo: bool = False
    """The adapter hears itself: each question comes back before its answer."""
    refuse: bool = False
    """The device knows none of what it is asked for."""


class AnsweringMachine:
    """Collects bytes until a question is whole, and answers it."""

    def __init__(self, size: Callable[[bytes], int], answer: Callable[[bytes], bytes]) -> None:
        """`size` says how many bytes the question that begins here has, 0 while that cannot be told."""
        self.faults = LineFaults()
        self.asked: list[bytes] = []
        self._size = size
        self._answer = answer
        self._held = b""

    def receive(self, chunk: bytes) -> bytes:
        """Take bytes, return what goes back."""
        self._held += chunk
        out = b""
        while 0 < (size := self._size(self._held)) <= len(self._held):
            question, self._held = self._held[:size], self._held[size:]
            self.asked.append(question)
            out += self._spoken(question)
        return out

    def _spoken(self, question: bytes) -> bytes:
        """The answer with its faults."""
        echo = question if self.faults.echo else b""
        if self.faults.silent:
            return echo
        answer = self._answer(question)
        if self.faults.truncate:
            answer = answer[: len(answer) // 2]
        if self.faults.checksum and answer:
            answer = answer[:-2] + bytes([answer[-2] ^ 0x11]) + answer[-1:]
        return echo + answer


def epever(look: Callable[[], Pack]) -> AnsweringMachine:
    """An EPEver at unit 1."""
    return _modbus(lambda: _epever_registers(look()), 4)


def renogy(look: Callable[[], Pack]) -> AnsweringMachine:
    """A Renogy at any unit."""
    return _modbus(lambda: _renogy_registers(look()), 3)


def jbd_board(look: Callable[[], Pack]) -> AnsweringMachine:
    """A JBD board on a pack of four cells."""

    def answer(question: bytes) -> bytes:
        """The register that was asked for, or error 80."""
        if machine.faults.refuse or question[2] not in {jbd.BASIC, jbd.CELLS}:
            return jbd.answer(question[2], b"")[:2] + bytes.fromhex("80 00 FF 80 77")
        pack = look()
        return jbd.answer(question[2], _jbd_basic(pack) if question[2] == jbd.BASIC else _cells(pack) * 4)

    machine = AnsweringMachine(lambda held: held[3] + 7 if len(held) > 3 else 0, answer)
    return machine


def daly_board(look: Callable[[], Pack]) -> AnsweringMachine:
    """A Daly board on the same pack."""

    def answer(question: bytes) -> bytes:
        """The table that was asked for; none for one it does not know."""
        pack = look()
        cell = _cells(pack)
        tables: Mapping[int, bytes] = {
            daly.TOTALS: _words(
                round(pack.volts * 10), 0, daly.OFFSET + round(pack.amps * 10), round(pack.soc * 1000)
            ),
            daly.CELLS: cell + b"\x01" + cell + b"\x02" + bytes(2),
            daly.WARMTH: bytes([round(pack.celsius) + 40, 1, round(pack.celsius) + 39, 2]) + bytes(4),
            daly.CHARGE: bytes([2 if pack.amps > 0 else 1, 1, 1, 0])
            + round(pack.soc * CAPACITY_AH * 1000).to_bytes(4, "big"),
        }
        known = tables.get(question[2]) if not machine.faults.refuse else None
        return b"" if known is None else daly.answer(question[2], known)

    machine = AnsweringMachine(lambda _held: daly.LENGTH, answer)
    return machine


def _modbus(registers: Callable[[], Mapping[int, int]], function: int) -> AnsweringMachine:
    """A controller with some registers."""

    def answer(question: bytes) -> bytes:
        """The registers that were asked for, or an exception."""
        unit, asked, first, count = question[0], question[1], question[2:4], question[4:6]
        if asked != function or machine.faults.refuse:
            return sealed(bytes([unit, asked | 0x80, 1 if asked != function else 2]))
        known = registers()
        start, size = int.from_bytes(first, "big"), int.from_bytes(count, "big")
        body = _words(*(known.get(start + at, 0) for at in range(size)))
        return sealed(bytes([unit, asked, len(body)]) + body)

    machine = AnsweringMachine(lambda _held: modbus.QUESTION, answer)
    return machine


def _epever_registers(pack: Pack) -> dict[int, int]:
    """What an EPEver knows of the pack and the sun."""
    net = round(-pack.amps * 100) & 0xFFFFFFFF
    return {
        0x3100: 1850 if pack.solar_w else 20, 0x3101: round(pack.solar_w / 18.5 * 100),
        **_long(0x3102, round(pack.solar_w * 100)), 0x3104: round(pack.volts * 100),
        **_long(0x310E, 0), 0x3110: round(pack.celsius * 100) & 0xFFFF, 0x311A: 100,
        0x331A: round(pack.volts * 100), **_long(0x331B, net), **_long(0x330C, round(pack.in_wh / 10)),
        0x3201: 0b1011 if pack.solar_w else 0b0001,
    }  # fmt: skip


def _renogy_registers(pack: Pack) -> dict[int, int]:
    """What a Renogy knows."""
    return {
        0x0100: round(pack.soc * 100), 0x0101: round(pack.volts * 10),
        0x0102: round(pack.solar_w / pack.volts * 100), 0x0103: 0x1900 | round(pack.celsius),
        0x0107: 186 if pack.solar_w else 0, 0x0108: round(pack.solar_w / 18.6 * 100),
        0x0109: round(pack.solar_w), 0x0113: round(pack.in_wh), 0x0120: 2 if pack.solar_w else 0,
    }  # fmt: skip


def _jbd_basic(pack: Pack) -> bytes:
    """The basic answer; its current is into the battery."""
    left = round(pack.soc * CAPACITY_AH * 100)
    head = _words(round(pack.volts * 100), round(-pack.amps * 100) & 0xFFFF, left, round(CAPACITY_AH * 100))
    tail = bytes([0x20, round(pack.soc * 100), 3, 4, 1])
    return head + _words(12, 0x2C7C, 0, 0, 0) + tail + _words(round(pack.celsius * 10) + jbd.KELVIN)


def _cells(pack: Pack) -> bytes:
    """One of four cells in mV."""
    return _words(round(pack.volts / 4 * 1000))


def _words(*values: int) -> bytes:
    """16-bit words, high byte first."""
    return b"".join(value.to_bytes(2, "big") for value in values)


def _long(register: int, value: int) -> dict[int, int]:
    """32 bits in two registers, the low word first."""
    return {register: value & 0xFFFF, register + 1: value >> 16}
