"""EPEver and Tracer solar controllers over Modbus RTU: what the panel gives, what the load output takes.

Register numbers: EPEver's "B-series Modbus specification"; recorded answers:
github.com/kasbert/epsolar-tracer. Register 311A, the charge, is guessed from the voltage and not used; so are
the fault bits of 3201, which github.com/rosswarren/epevermodbus found set while nothing was wrong.
"""

from __future__ import annotations

from hardware.power.modbus import Words, question
from hardware.power.reading import Quality, Reading, checked

BAUD = 115200
FUNCTION = 4
OWN = {18: 0x3100, 3: 0x331A, 2: 0x330C, 1: 0x3201}
"""The registers that are asked for: how many, from which."""
GUESSED = {0x311A: "the charge, which it guesses from the voltage"}
"""What is not taken from it."""
STAGES = ("not charging", "float", "boost", "equalise")
"""Bits 2 and 3 of register 3201."""


def questions(unit: int) -> tuple[bytes, ...]:
    """Everything that is asked in one look."""
    return tuple(question(unit, FUNCTION, first, count) for count, first in OWN.items())


def decode(words: Words) -> Reading:
    """What the registers mean; those that were not read are unknown."""
    stage = words.get(0x3201)
    net = _long(words, 0x331B, signed=True)
    volts = _hundredths(words, 0x331A)
    return checked(
        Reading(
            volts=_hundredths(words, 0x3104) if volts is None else volts,
            amps=None if net is None else -net,
            celsius=_signed(words, 0x3110),
            load_w=_long(words, 0x310E),
            solar_w=_long(words, 0x3102),
            solar_volts=_hundredths(words, 0x3100),
            solar_amps=_hundredths(words, 0x3101),
            solar_wh=None if (kwh := _long(words, 0x330C)) is None else kwh * 1000,
            solar_volts_limit=_hundredths(words, 0x3000),
            state=None if stage is None else STAGES[stage >> 2 & 3],
            quality=Quality.CHARGER,
            source="EPEver",
        )
    )


def _hundredths(words: Words, register: int) -> float | None:
    """A register in hundredths."""
    return words[register] / 100 if register in words else None


def _signed(words: Words, register: int) -> float | None:
    """A register in hundredths that may be negative."""
    value = _hundredths(words, register)
    return None if value is None else value - 655.36 if value >= 327.68 else value


def _long(words: Words, register: int, *, signed: bool = False) -> float | None:
    """Two registers in hundredths, the low word first."""
    if register not in words or register + 1 not in words:
        return None
    both = words[register + 1].to_bytes(2, "big") + words[register].to_bytes(2, "big")
    return int.from_bytes(both, "big", signed=signed) / 100
