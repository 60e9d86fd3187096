"""JBD (Xiaoxiang, Overkill) battery boards over serial: volts, amps, Ah left, the weakest cell.

Its charge drifts and its two counts disagree (github.com/mr-manuel/venus-os_dbus-serialbattery, lltjbd.py),
so both are told. Frame checked against github.com/syssi/esphome-jbd-bms, frames.h.
"""

from __future__ import annotations

from collections.abc import Iterator

from hardware.power.reading import Quality, Reading, checked
from hardware.power.refused import BadChecksum, Malformed, NotAnAnswer, SaidNo, Truncated

BAUD = 9600
BASIC, CELLS, NAME = 0x03, 0x04, 0x05
START, END = 0xDD, 0x77
QUESTIONS = (bytes.fromhex("DD A5 03 00 FF FD 77"), bytes.fromhex("DD A5 04 00 FF FC 77"))
"""Everything that is asked in one look."""
KELVIN = 2731
"""0 degrees Celsius in the tenths of a kelvin it counts in."""
PROTECTION = (
    "cell too high", "cell too low", "pack too high", "pack too low", "charging too hot", "charging too cold",
    "discharging too hot", "discharging too cold", "charging overcurrent", "discharging overcurrent",
    "short circuit", "front-end fault", "switched off by software",
)  # fmt: skip
"""The bits of the protection word, lowest first."""


def answer(register: int, payload: bytes) -> bytes:
    """An answer as the board sends it."""
    return _framed(bytes([START, register]), bytes([0, len(payload)]) + payload)


def span(came: bytes) -> int:
    """How many bytes the frame that begins here has; 0 while that cannot be told."""
    return came[3] + 7 if len(came) >= 4 else 0


def split(stream: bytes) -> Iterator[bytes]:
    """The frames of a stream, whole or not."""
    while stream:
        length = span(stream) or len(stream)
        yield stream[:length]
        stream = stream[length:]


def decode(frame: bytes) -> Reading:
    """What one answer means. Raises a `Refused`."""
    register, payload = _opened(frame)
    if register == BASIC:
        return checked(_basic(payload))
    if register == CELLS:
        return checked(_cells(payload))
    if register == NAME:
        return Reading(quality=Quality.BMS, source=f"JBD BMS {payload.decode('latin-1').strip()}")
    raise Malformed(f"register {register:02X} is none that is read: 03 is basic, 04 the cells, 05 the name")


def _opened(frame: bytes) -> tuple[int, bytes]:
    """An answer's register and its payload, after every check."""
    if frame[:1] != bytes([START]):
        raise Malformed("a frame of a JBD board begins with DD")
    if frame[1:2] == b"\xa5" or frame[1:2] == b"\x5a":
        raise NotAnAnswer("this is a question (DD A5) or an order (DD 5A) to the board, not its answer")
    if len(frame) != span(frame):
        raise Truncated(f"the frame has {len(frame)} bytes and says it has {span(frame) or 'at least 7'}")
    if _framed(frame[:2], frame[2:-3]) != frame:
        raise BadChecksum("the frame's sum or its last byte 77 does not fit: nothing of it is used")
    if frame[2]:
        raise SaidNo(f"the board refuses register {frame[1]:02X} with error {frame[2]:02X}")
    return frame[1], frame[4:-3]


def _basic(payload: bytes) -> Reading:
    """Register 03. Its current is into the battery, so its sign is turned."""
    if len(payload) < 23 or len(payload) < 23 + 2 * payload[22]:
        raise Truncated(f"{len(payload)} bytes are too few for the basic answer")
    amps = int.from_bytes(payload[2:4], "big", signed=True) / 100
    made = _word(payload, 10)
    warmth = [(_word(payload, 23 + 2 * at) - KELVIN) / 10 for at in range(payload[22])]
    wrong = _word(payload, 16)
    return Reading(
        volts=_word(payload, 0) / 100,
        amps=-amps,
        remaining_ah=_word(payload, 4) / 100,
        capacity_ah=_word(payload, 6) / 100,
        cycles=_word(payload, 8),
        soc=payload[19] / 100,
        celsius=max(warmth, default=None),
        alarms=tuple(words for bit, words in enumerate(PROTECTION) if wrong >> bit & 1),
        quality=Quality.BMS,
        source=f"JBD BMS of {2000 + (made >> 9)}-{made >> 5 & 15:02}-{made & 31:02}",
    )


def _cells(payload: bytes) -> Reading:
    """Register 04: mV of each cell."""
    if not payload or len(payload) % 2:
        raise Truncated(f"{len(payload)} bytes are no whole cells")
    volts = [_word(payload, at) / 1000 for at in range(0, len(payload), 2)]
    return Reading(
        min_cell_volts=min(volts), max_cell_volts=max(volts), quality=Quality.BMS, source="JBD BMS"
    )


def _word(payload: bytes, at: int) -> int:
    """16 bits, high byte first."""
    return int.from_bytes(payload[at : at + 2], "big")


def _framed(head: bytes, body: bytes) -> bytes:
    """A frame with its sum and its end; the sum is over everything between register and sum."""
    return head + body + (-sum(body) & 0xFFFF).to_bytes(2, "big") + bytes([END])
