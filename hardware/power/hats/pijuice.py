"""PiJuice at 0x14. Every answer ends in a byte of checksum; the top bit of its first byte is sometimes lost.

Its current is no measurement: the firmware works it out from how fast the percentage falls, out of the
battery positive (github.com/PiSupply/PiJuice, fuel_gauge_lc709203f.c; commands: pijuice.py).
"""

from __future__ import annotations

from functools import reduce
from operator import xor

from hardware.power.hats.registers import Blocks, Chip, Off, product, scaled
from hardware.power.reading import Quality, Reading, checked
from hardware.power.refused import BadChecksum, Malformed, Truncated

LENGTHS = {0x40: 1, 0x41: 1, 0x44: 1, 0x47: 2, 0x49: 2, 0x4B: 2, 0x4D: 2, 0x4F: 2}
"""Commands that are read, and how many bytes stand before the checksum."""
CHARGING = {1, 2}
FAULTS = {0x20: "battery profile invalid", 0x40: "too cold or hot to charge", 0x80: "charging throttled"}


def verified(command: int, block: bytes) -> bytes:
    """An answer without its checksum, and with its lost bit put back. Raises a `Refused`."""
    if len(block) != LENGTHS[command] + 1:
        raise Truncated(f"command 0x{command:02X} answers {LENGTHS[command] + 1} bytes and {len(block)} came")
    body, check = block[:-1], block[-1]
    for candidate in (body, bytes([body[0] | 0x80]) + body[1:]):
        if reduce(xor, candidate, 0xFF) == check:
            return candidate
    raise BadChecksum(
        f"command 0x{command:02X}: the checksum {check:02X} does not fit {body.hex(' ').upper()}"
    )


def decode(blocks: Blocks) -> Reading:
    """What the answers to its commands mean. Raises a `Refused`."""
    known = {command: verified(command, block) for command, block in blocks.items() if command in LENGTHS}
    if not known:
        raise Malformed("none of the commands that are read is there: 0x40, 0x41, 0x44, 0x47 to 0x4F")
    status = _number(known, 0x40)
    output_v, output_a = scaled(_number(known, 0x4D), 1e-3), scaled(_number(known, 0x4F), 1e-3)
    faults = int(_number(known, 0x44) or 0)
    return checked(
        Reading(
            volts=scaled(_number(known, 0x49), 1e-3),
            amps=scaled(_number(known, 0x4B), 1e-3),
            soc=None if (percent := _number(known, 0x41)) is None else percent / 100,
            celsius=None if 0x47 not in known else int.from_bytes(known[0x47][:1], signed=True),
            output_volts=output_v,
            output_amps=output_a,
            load_w=product(output_v, output_a),
            charging=None if status is None else (status >> 2 & 3) in CHARGING,
            plugged=None if status is None else 3 in {status >> 4 & 3, status >> 6 & 3},
            alarms=tuple(words for bit, words in FAULTS.items() if faults & bit),
            quality=Quality.GAUGE,
            source="PiJuice",
        )
    )


OFF_AFTER_S = 60
"""1 to 254 seconds can be told; the makers' own scripts take 20 to 60."""
NEVER = 255


def _signed(seconds: int) -> bytes:
    """Seconds with their checksum behind them."""
    return bytes([seconds, seconds ^ 0xFF])


CHIP = Chip(
    0x14,
    reads=tuple((command, length + 1) for command, length in LENGTHS.items()),
    decode=decode,
    little=True,
    off=Off(0x62, _signed(OFF_AFTER_S), OFF_AFTER_S, _signed(NEVER)),
)


def _number(known: Blocks, command: int) -> int | None:
    """An answer as a number; two bytes have a sign."""
    block = known.get(command)
    return None if block is None else int.from_bytes(block, "little", signed=len(block) == 2)
