"""Victron Instant Readout, what a SmartShunt or BMV says by Bluetooth: one advertisement, already decrypted.

There is no driver for it; captures of it are explained. Bits: Victron's "extra manufacturer data" paper, in
github.com/keshavdv/victron-ble, whose own test for an unknown current can never be true.
"""

from __future__ import annotations

from hardware.power.reading import Quality, Reading, checked
from hardware.power.refused import Truncated
from hardware.power.vedirect import ALARMS

LENGTH = 15
"""Bytes of the record; a padding of one or more may follow."""
FIELDS = {"minutes": 16, "volts": 16, "alarm": 16, "aux": 16, "mode": 2, "milliamps": 22, "ah": 20, "soc": 10}
"""The record's figures and their bits, from the lowest."""
TEMPERATURE = 2
"""The mode in which the auxiliary input is a temperature, in hundredths of a kelvin."""


def decode(payload: bytes) -> Reading:
    """What a battery monitor's record says. Raises `Truncated`."""
    if len(payload) < LENGTH:
        raise Truncated(f"a battery monitor's record has {LENGTH} bytes, {len(payload)} are there")
    left, told = int.from_bytes(payload[:LENGTH], "little"), {}
    for name, bits in FIELDS.items():
        raw = left & ((1 << bits) - 1)
        told[name] = None if raw == (1 << bits) - 1 else raw
        left >>= bits
    volts, alarm, ah, soc = told["volts"], told["alarm"], told["ah"], told["soc"]
    milliamps, kelvin = told["milliamps"], told["aux"] if told["mode"] == TEMPERATURE else None
    if milliamps is not None and milliamps >> 21:
        milliamps -= 1 << 22
    return checked(
        Reading(
            volts=None if volts in {None, 0x7FFF} else (volts or 0) / 100,
            amps=None if milliamps is None else -milliamps / 1000,
            soc=None if soc is None else soc / 1000,
            used_ah=None if ah is None else ah / 10,
            seconds_left=None if told["minutes"] is None else told["minutes"] * 60,
            celsius=None if kelvin is None else kelvin / 100 - 273.15,
            alarms=tuple(words for bit, words in ALARMS.items() if (alarm or 0) & bit),
            quality=Quality.SHUNT,
            source="Victron Instant Readout",
        )
    )
