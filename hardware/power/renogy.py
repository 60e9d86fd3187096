"""Renogy Rover and Wanderer solar controllers over Modbus RTU.

Register numbers: "Rover Modbus" by Renogy, as read by github.com/cyrils/renogy-bt; that reader takes a short
frame for zeros, here it is refused.
"""

from __future__ import annotations

from hardware.power.modbus import Words, question
from hardware.power.reading import Quality, Reading, checked

BAUD = 9600
FUNCTION = 3
OWN = {0x22: 0x0100}
"""The registers that are asked for: how many, from which."""
STAGES = {
    0: "not charging", 1: "starting", 2: "MPPT", 3: "equalise", 4: "boost", 5: "float", 6: "current limited",
}  # fmt: skip
"""The low byte of register 0120."""


def questions(unit: int) -> tuple[bytes, ...]:
    """Everything that is asked in one look; unit 255 is any controller."""
    return tuple(question(unit, FUNCTION, first, count) for count, first in OWN.items())


def decode(words: Words) -> Reading:
    """What the registers mean. The current is the charger's own, without what the stall takes elsewhere."""
    into = _scaled(words, 0x0102, 100)
    stage = words.get(0x0120)
    return checked(
        Reading(
            volts=_scaled(words, 0x0101, 10),
            amps=None if into is None else -into,
            soc=_scaled(words, 0x0100, 100),
            celsius=None if 0x0103 not in words else _celsius(words[0x0103] & 0xFF),
            load_w=_scaled(words, 0x0106, 1),
            solar_w=_scaled(words, 0x0109, 1),
            solar_volts=_scaled(words, 0x0107, 10),
            solar_amps=_scaled(words, 0x0108, 100),
            solar_wh=_scaled(words, 0x0113, 1),
            state=None if stage is None else STAGES.get(stage & 0xFF, f"state {stage & 0xFF}"),
            quality=Quality.CHARGER,
            source="Renogy",
        )
    )


def _scaled(words: Words, register: int, by: int) -> float | None:
    """A register divided by its scale."""
    return words[register] / by if register in words else None


def _celsius(byte: int) -> float:
    """Bit 7 is the sign and the rest the size: not the usual complement."""
    return -(byte & 0x7F) if byte & 0x80 else byte
