"""Registers as an I2C chip sends them: blocks of bytes by the number of their first register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.power.reading import Reading
from hardware.power.refused import Malformed, SaidNo, Truncated

Blocks = Mapping[int, bytes]
"""Register to the bytes that came, in the order in which they came."""
Decode = Callable[[Blocks], Reading]


@dataclass(frozen=True, slots=True)
class Off:
    """How a board is told to cut the power of its computer, some time after."""

    register: int
    order: bytes
    after_s: float
    """Seconds until it cuts: the computer halts meanwhile."""
    take_back: bytes | None = None
    """What is written there instead when power is back in time; ``None``: nothing helps."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One address on the bus: what is written to it once, what is read from it, what that means."""

    address: int
    reads: tuple[tuple[int, int], ...]
    """Register and length, one read each."""
    decode: Decode
    """Pure; raises a `Refused`."""
    setup: tuple[tuple[int, bytes], ...] = ()
    """Register and bytes written before each look after a fault: a chip that lost power forgets them."""
    word_registers: bool = False
    """Whether one register holds two bytes, so that the next two bytes are the next register."""
    little: bool = False
    """Whether the low byte of a figure comes first."""
    same_reads: int = 1
    """How many equal reads in a row it takes to believe one."""
    tries: int = 3
    """Reads, or writes of an order, before they are given up."""
    off: Off | None = None
    """``None``: this board cannot cut the power, or not by its registers."""


class Bytes:
    """Registers of one byte each, whatever blocks they came in. A figure that was not read is ``None``."""

    def __init__(self, blocks: Blocks, *, little: bool) -> None:
        """Lay the blocks side by side; `little`: the low byte of a figure comes first."""
        self._bytes = {first + at: byte for first, block in blocks.items() for at, byte in enumerate(block)}
        self._little = little

    def byte(self, register: int) -> int | None:
        """One byte."""
        return self._bytes.get(register)

    def word(self, register: int, *, signed: bool = False) -> int | None:
        """Two bytes. Raises `Truncated` when only one of them came."""
        found = [self._bytes.get(register), self._bytes.get(register + 1)]
        if found == [None, None]:
            return None
        if None in found:
            raise Truncated(f"register 0x{register:02X} holds two bytes and only one came")
        both = bytes(byte for byte in found if byte is not None)
        return int.from_bytes(both, "little" if self._little else "big", signed=signed)


def answered(blocks: Blocks, *registers: int, little: bool) -> Bytes:
    """The bytes, if somebody answered and one of `registers` is there. Raises a `Refused`."""
    came = b"".join(blocks.values())
    if came and not came.strip(b"\xff"):
        raise SaidNo("every byte is FF: nobody pulled the bus down, so nobody answered")
    covered = {first + at for first, block in blocks.items() for at in range(len(block))}
    if not covered & set(registers):
        names = ", ".join(f"0x{register:02X}" for register in registers)
        raise Malformed(f"none of the registers that are read is there: {names}")
    return Bytes(blocks, little=little)


def words(blocks: Blocks) -> dict[int, int]:
    """Registers of two bytes each, the high byte first. Raises `Truncated` for half a register."""
    found = {}
    for first, block in blocks.items():
        if not block or len(block) % 2:
            raise Truncated(f"register 0x{first:02X} holds two bytes and {len(block)} came")
        for at in range(0, len(block), 2):
            found[first + at // 2] = int.from_bytes(block[at : at + 2], "big")
    return found


def signed(word: int) -> int:
    """A 16-bit word as a number with a sign: 0xFFFF is -1, which several makers' demos read as 0."""
    return word - 0x10000 if word & 0x8000 else word


def scaled(raw: int | None, unit: float) -> float | None:
    """A figure in its unit; unknown stays unknown."""
    return None if raw is None else raw * unit


def product(one: float | None, other: float | None) -> float | None:
    """Volts times amps; unknown when either is."""
    return None if one is None or other is None else one * other


def flag(byte: int | None, bits: int = 0xFF) -> bool | None:
    """Whether one of some bits is set; unknown stays unknown."""
    return None if byte is None else bool(byte & bits)
