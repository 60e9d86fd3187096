"""What a shunt and a solar charger say over VE.Direct about the simulated battery, well or badly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hardware.simulated.battery import CAPACITY_WH, Pack

HEX = b":A5010000000000000000000000D05F904000000000000000000000000000000000001000000DB\n"
"""A line that a SmartSolar put between its blocks; github.com/karioja/vedirect, test/smartsolar_1.39.dump."""


@dataclass
class WireFaults:
    """What can be wrong with a VE.Direct wire."""

    silent: bool = False
    """Nothing is sent: a shunt on a flat pack, or a cable out."""
    truncate: bool = False
    """Each block ends in its middle."""
    checksum: bool = False
    """A byte of each block is wrong."""
    hex: bool = False
    """HEX lines stand between and inside the blocks."""
    sign: bool = False
    """The shunt is mounted the other way round."""
    unknown: bool = False
    """Charge and current are ``---``, as before the first full charge."""


def shunt(pack: Pack, faults: WireFaults) -> bytes:
    """One second of a BMV-702: what is, then what was."""
    side = -1 if faults.sign else 1
    left = round(pack.soc * CAPACITY_WH / pack.watts * 60) if pack.watts > 1 else -1
    live: dict[str, object] = {
        "PID": "0x203",
        "V": round(pack.volts * 1000),
        "I": "---" if faults.unknown else round(-side * pack.amps * 1000),
        "P": round(-side * pack.watts),
        "CE": round(-pack.used_ah * 1000),
        "SOC": "---" if faults.unknown else round(pack.soc * 1000),
        "TTG": left,
        "Alarm": "OFF",
        "Relay": "OFF",
        "AR": 0,
        "BMV": 700,
        "FW": "0308",
    }
    past: dict[str, object] = {"H1": -40_000, "H17": round(pack.out_wh / 10), "H18": round(pack.in_wh / 10)}
    return _sent([live, past], faults)


def charger(pack: Pack, faults: WireFaults) -> bytes:
    """One second of a SmartSolar."""
    told: dict[str, object] = {
        "PID": "0xA05F",
        "FW": 139,
        "SER#": "HQ00000SIMU",
        "V": round(pack.volts * 1000),
        "I": round(pack.solar_w / pack.volts * 1000),
        "VPV": 31_000 if pack.solar_w else 10,
        "PPV": round(pack.solar_w),
        "CS": 3 if pack.solar_w else 0,
        "MPPT": 2 if pack.solar_w else 0,
        "ERR": 0,
        "H19": round(pack.in_wh / 10),
    }
    return _sent([told], faults)


def block(told: dict[str, object]) -> bytes:
    """One block with its checksum."""
    body = b"".join(f"\r\n{label}\t{value}".encode() for label, value in told.items()) + b"\r\nChecksum\t"
    return body + bytes([-sum(body) % 256])


def _sent(blocks: Iterable[dict[str, object]], faults: WireFaults) -> bytes:
    """The blocks as they go over the wire."""
    return b"" if faults.silent else b"".join(_spoilt(block(told), faults) for told in blocks)


def _spoilt(whole: bytes, faults: WireFaults) -> bytes:
    """A block with its faults."""
    if faults.truncate:
        return whole[: len(whole) // 2]
    if faults.checksum:
        whole = whole[:-1] + bytes([whole[-1] ^ 0x21])
    if faults.hex:
        first = whole.index(b"\r\n", 2)
        whole = whole[: first + 2] + HEX + whole[first + 2 :] + HEX
    return whole
