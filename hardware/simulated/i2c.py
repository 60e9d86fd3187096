"""An I2C bus with chips on it that forget, answer late and fall silent in bursts, as beside an inverter."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import xor

Answer = Callable[[int, int], bytes]
"""Bytes of a register, so many."""


class SimulatedBus:
    """The part of smbus2.SMBus that is used; every transfer may fail on command."""

    def __init__(self, chips: Mapping[int, Answer]) -> None:
        """Chips by address."""
        self.chips = dict(chips)
        self.written: list[tuple[int, int, bytes]] = []
        """Address, register, bytes."""
        self.reads = 0
        self.failing = 0
        """So many transfers fail now: a burst."""
        self.wrong_first_bits: list[bool] = []
        """For each of the next reads: whether its first bit comes out wrong."""
        self.closed = False

    def burst(self, transfers: int) -> None:
        """Let the next transfers fail."""
        self.failing = transfers

    def read_i2c_block_data(self, i2c_addr: int, register: int, length: int) -> list[int]:
        """Bytes, or ``OSError`` as the kernel raises it."""
        self._transfer(i2c_addr)
        self.reads += 1
        came = bytearray(self.chips[i2c_addr](register, length))
        if self.wrong_first_bits and self.wrong_first_bits.pop(0) and came:
            came[0] ^= 0x80
        return list(came)

    def write_i2c_block_data(self, i2c_addr: int, register: int, data: Sequence[int]) -> None:
        """Remember what was written, which for an order to cut the power is all that happens."""
        self._transfer(i2c_addr)
        self.written.append((i2c_addr, register, bytes(data)))

    def close(self) -> None:
        """Let go."""
        self.closed = True

    def _transfer(self, address: int) -> None:
        """One transfer that may go wrong."""
        if self.failing > 0:
            self.failing -= 1
            raise OSError(errno.EIO, "Input/output error")
        if address not in self.chips:
            raise OSError(121, "Remote I/O error")  # EREMOTEIO, which not every system names


def memory(blocks: Mapping[int, str]) -> Answer:
    """A chip whose registers are bytes, from hexadecimal blocks by their first register."""
    held = bytearray(512)
    for first, text in blocks.items():
        block = bytes.fromhex(text)
        held[first : first + len(block)] = block
    return lambda register, length: bytes(held[register : register + length])


def words(registers: Mapping[int, int]) -> Answer:
    """A chip whose registers hold two bytes each, the high one first."""
    return lambda register, length: registers.get(register, 0).to_bytes(2, "big")[:length]


def pijuice(commands: Mapping[int, str]) -> Answer:
    """A PiJuice: each command's answer with its checksum behind it."""

    def answer(command: int, length: int) -> bytes:
        body = bytes.fromhex(commands.get(command, "00" * (length - 1)))
        return body + bytes([reduce(xor, body, 0xFF)])

    return answer
