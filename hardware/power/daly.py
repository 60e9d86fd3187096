"""Daly battery boards over serial: 13-byte frames, their last byte the sum of the others.

Its charge is set to full by a high-voltage alarm whatever the current said (github.com/Louisvdw/
dbus-serialbattery, issue 753). Frame checked against github.com/dreadnought/python-daly-bms, which logs a
wrong sum and uses the frame all the same; here such a frame is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator

from hardware.power.reading import Quality, Reading, checked
from hardware.power.refused import BadChecksum, Malformed, NotAnAnswer, SaidNo, Truncated

BAUD = 9600
LENGTH = 13
START = 0xA5
HOST, BLUETOOTH, BOARD = 0x40, 0x80, 0x01
TOTALS, CELLS, WARMTH, CHARGE, STATUS = 0x90, 0x91, 0x92, 0x93, 0x94
OFFSET = 30_000
"""Zero amperes in tenths: more is out of the battery."""


def question(command: int, host: int = HOST) -> bytes:
    """Ask for one table. The fill is AA, which its weak receiver understands better than zeros."""
    return _summed(bytes([START, host, command, 8]) + b"\xaa" * 8)


def answer(command: int, payload: bytes) -> bytes:
    """An answer as the board sends it; eight bytes."""
    return _summed(bytes([START, BOARD, command, 8]) + payload)


def questions() -> tuple[bytes, ...]:
    """Everything that is asked in one look."""
    return tuple(question(command) for command in (TOTALS, CELLS, WARMTH, CHARGE))


def span(came: bytes) -> int:  # noqa: ARG001  every protocol has this shape
    """How many bytes a frame has."""
    return LENGTH


def split(stream: bytes) -> Iterator[bytes]:
    """The frames of a stream, whole or not."""
    for at in range(0, len(stream), LENGTH):
        yield stream[at : at + LENGTH]


def decode(frame: bytes) -> Reading:
    """What one answer means. Raises a `Refused`."""
    if frame[:1] != bytes([START]):
        raise Malformed("a frame of a Daly board begins with A5")
    if len(frame) != LENGTH:
        raise Truncated(f"the frame has {len(frame)} bytes, not {LENGTH}")
    if _summed(frame[:-1]) != frame:
        raise BadChecksum(f"the last byte is {frame[-1]:02X}, {sum(frame[:-1]) & 0xFF:02X} would fit")
    if frame[1] in {HOST, BLUETOOTH}:
        raise NotAnAnswer("this is a question to the board (address 40 or 80), not its answer")
    if frame[3] != 8:
        raise Malformed("a Daly answer holds eight bytes")
    tables = {TOTALS: _totals, CELLS: _cells, WARMTH: _warmth, CHARGE: _charge, STATUS: _status}
    if frame[2] not in tables:
        raise Malformed(f"table {frame[2]:02X} is none that is read: 90 to 94 are")
    return checked(tables[frame[2]](frame[4:12]))


def _totals(payload: bytes) -> Reading:
    """Table 90: volts, amps out of the battery, charge. All zeros would be 3,000 A into an empty pack."""
    if not _word(payload, 4):
        raise SaidNo("its current is a bare 0, which would be 3000 A of charging: it has not measured yet")
    return Reading(
        volts=_word(payload, 0) / 10,
        amps=(_word(payload, 4) - OFFSET) / 10,
        soc=_word(payload, 6) / 1000,
        quality=Quality.BMS,
        source="Daly BMS",
    )


def _cells(payload: bytes) -> Reading:
    """Table 91: the strongest and the weakest cell in mV."""
    return Reading(
        max_cell_volts=_word(payload, 0) / 1000,
        min_cell_volts=_word(payload, 3) / 1000,
        quality=Quality.BMS,
        source="Daly BMS",
    )


def _warmth(payload: bytes) -> Reading:
    """Table 92: the warmest sensor, counted from -40 degrees."""
    return Reading(celsius=payload[0] - 40, quality=Quality.BMS, source="Daly BMS")


def _charge(payload: bytes) -> Reading:
    """Table 93: resting, charging or discharging, and mAh left."""
    return Reading(
        charging=payload[0] == 1 if payload[0] < 3 else None,
        remaining_ah=int.from_bytes(payload[4:8], "big") / 1000,
        quality=Quality.BMS,
        source="Daly BMS",
    )


def _status(payload: bytes) -> Reading:
    """Table 94: charge cycles."""
    return Reading(cycles=_word(payload, 5), quality=Quality.BMS, source="Daly BMS")


def _word(payload: bytes, at: int) -> int:
    """16 bits, high byte first."""
    return int.from_bytes(payload[at : at + 2], "big")


def _summed(body: bytes) -> bytes:
    """A frame with its sum."""
    return body + bytes([sum(body) & 0xFF])
