"""Victron VE.Direct HEX: single registers of the same devices, asked for or sent by themselves.

A frame is ``:``, one digit of command, bytes with the low one first, and a check byte that makes command and
bytes come to 0x55. Registers and units: Victron's HEX papers, as in github.com/krahabb/esphome-victron-
vedirect, ve_reg_register.h. Registers EDE0 to EDFF are in flash and must not be written in a loop; nothing
here writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from hardware.power.reading import Quality, Reading, checked
from hardware.power.refused import BadChecksum, Malformed, NotAnAnswer, SaidNo, Truncated
from hardware.power.vedirect import STATES

FRAME = re.compile(r":[0-9A-Fa-f]+")
GET, ASYNC = 7, 0xA
FLAGS = {1: "has no such register", 2: "does not support this", 4: "refuses the value"}
"""Bits of the reply's flags; 0 is a good answer."""
KELVIN = 273.15

Field = tuple[int, bool, float, Callable[[float], Reading]]
"""Bytes, signed, unit, and where the figure belongs."""
REGISTERS: dict[int, Field] = {
    0x0201: (1, False, 1, lambda code: Reading(state=STATES.get(int(code), f"state {code:.0f}"))),
    0x0FFE: (2, False, 60, lambda s: Reading(seconds_left=s)),
    0x0FFF: (2, False, 1e-4, lambda part: Reading(soc=part)),
    0x2205: (4, True, 1, lambda va: Reading(ac_va=va)),
    0xED8C: (4, True, 1e-3, lambda a: Reading(amps=-a)),
    0xED8D: (2, True, 0.01, lambda v: Reading(volts=v)),
    0xED8E: (2, True, 1, lambda w: Reading(watts=-w)),
    0xED8F: (2, True, 0.1, lambda a: Reading(amps=-a)),
    0xEDBB: (2, False, 0.01, lambda v: Reading(solar_volts=v)),
    0xEDBC: (4, False, 0.01, lambda w: Reading(solar_w=w)),
    0xEDBD: (2, False, 0.1, lambda a: Reading(solar_amps=a)),
    0xEDD5: (2, False, 0.01, lambda v: Reading(volts=v)),
    0xEDD7: (2, False, 0.1, lambda a: Reading(amps=-a)),
    0xEDDB: (2, True, 0.01, lambda c: Reading(celsius=c)),
    0xEDDC: (4, False, 10, lambda wh: Reading(solar_wh=wh)),
    0xEDEC: (2, False, 0.01, lambda k: Reading(celsius=k - KELVIN)),
    0xEEFF: (4, True, 0.1, lambda ah: Reading(used_ah=-ah)),
}
"""What is read: batteries and shunts count current into the battery, so their sign is turned."""
CHARGERS = range(0xEDBB, 0xEDDD)
"""Registers that only a charger has."""


def split(text: str) -> Iterator[str]:
    """The frames in a text, one after the other."""
    return iter(FRAME.findall(text))


def framed(command: int, body: bytes = b"") -> str:
    """A frame with its check byte, without the line end."""
    return f":{command:X}{(body + bytes([(0x55 - command - sum(body)) % 256])).hex().upper()}"


def get(register: int) -> str:
    """Ask for one register."""
    return framed(GET, register.to_bytes(2, "little") + b"\0")


def decode(frame: str) -> Reading:
    """What one answer, or one frame sent by itself, means. Raises a `Refused`."""
    command, body = _opened(frame)
    if command not in {GET, ASYNC}:
        raise _other(command, body)
    if len(body) < 3:
        raise Truncated("the frame ends before register and flags")
    register, flags, value = int.from_bytes(body[:2], "little"), body[2], body[3:]
    if command == GET and not value and not flags:
        raise NotAnAnswer(f"this asks for register {register:04X}; it is not the answer")
    if flags:
        said = " and ".join(words for bit, words in FLAGS.items() if flags & bit)
        raise SaidNo(f"register {register:04X}: the device {said or f'answers with flags {flags:02X}'}")
    if register not in REGISTERS:
        known = ", ".join(f"{known:04X}" for known in REGISTERS)
        raise Malformed(
            f"the frame is whole, but register {register:04X} holds no figure of now; these do: {known}"
        )
    return checked(_figure(register, value))


def _opened(frame: str) -> tuple[int, bytes]:
    """Command and bytes, after every check."""
    digits = frame.strip()
    if not FRAME.fullmatch(digits):
        raise Malformed("a HEX frame is a colon and hexadecimal digits")
    if len(digits) < 4 or len(digits) % 2:
        raise Truncated(
            f"the frame has {len(digits) - 1} digits: a command, then whole bytes and a check byte"
        )
    command, body = int(digits[1], 16), bytes.fromhex(digits[2:])
    if wrong := (command + sum(body)) % 256 ^ 0x55:
        raise BadChecksum(
            f"command and bytes come to {wrong ^ 0x55:02X} instead of 55: nothing of it is used"
        )
    return command, body[:-1]


def _other(command: int, body: bytes) -> NotAnAnswer | SaidNo:
    """Why a frame of another kind is no reading."""
    if command == 3 and body:
        return SaidNo("the device does not know the command")
    if command == 4 and body:
        return SaidNo("the device got a damaged question")
    kinds = {
        1: "a ping",
        3: "a question for the version",
        4: "a question for the product",
        5: "a ping's answer",
    }
    kinds |= {6: "an order to restart", 8: "an order to set a register, or its echo"}
    return NotAnAnswer(f"this is {kinds.get(command, f'command {command:X}')}; it carries no reading")


def _figure(register: int, value: bytes) -> Reading:
    """A register's bytes in SI units; all ones, or the largest signed number, is Victron's unknown."""
    size, signed, unit, place = REGISTERS[register]
    if len(value) != size:
        raise Truncated(f"register {register:04X} has {size} bytes, {len(value)} came")
    raw = int.from_bytes(value, "little", signed=signed)
    unknown = (1 << 8 * size - 1) - 1 if signed else (1 << 8 * size) - 1
    reading = Reading() if raw == unknown else place(raw * unit)
    quality = Quality.CHARGER if register in CHARGERS else Quality.SHUNT
    return replace(reading, quality=quality, source="VE.Direct HEX")
