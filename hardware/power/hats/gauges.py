"""Fuel gauges that guess the charge from the cell's voltage: MAX17040, 17043, 17048 and CW2015.

They sit on Geekworm's X728 and X1200 series and on UPS-Lite (V1.1: MAX17040, V1.2: CW2015). Registers: the
makers' data sheets (Maxim 19-5210, 19-6171; CellWise CW2015). High byte first; a word read by SMBus comes
swapped. Their quick start is not used: github.com/linshuqin329/UPS-Lite sends it with its bytes the wrong way
round.
"""

from __future__ import annotations

from hardware.power.hats.registers import Blocks, Chip, answered, scaled
from hardware.power.reading import Quality, Reading, checked
from hardware.power.refused import Malformed

LEAST_V, MOST_V = 2.0, 5.2
"""No lithium cell that runs a Pi is outside; a swapped word is."""
RATE = 0.00208
"""Of the whole charge per hour, a step of CRATE: 0.208 %."""
JUST_OVER = 1.05
"""A full cell may read a little over 100 %; that is full."""


def max17048(blocks: Blocks) -> Reading:
    """VCELL (0x02), SOC (0x04) and, where there is one, CRATE (0x16). Raises a `Refused`."""
    told = answered(blocks, 0x02, 0x04, 0x16, little=False)
    rate = scaled(told.word(0x16, signed=True), RATE)
    soc = _full(scaled(told.word(0x04), 1 / 25600))
    return checked(
        Reading(
            volts=_cell(scaled(told.word(0x02), 78.125e-6)),
            soc=soc,
            soc_per_hour=rate,
            charging=None if not rate else rate > 0,
            seconds_left=None if soc is None or rate is None or rate >= 0 else soc / -rate * 3600,
            quality=Quality.GAUGE,
            source="MAX1704x",
        )
    )


def cw2015(blocks: Blocks) -> Reading:
    """VCELL (0x02), 14 bits of 0.305 mV, and SOC (0x04), percent and 256ths. Raises a `Refused`."""
    told = answered(blocks, 0x02, 0x04, little=False)
    return checked(
        Reading(
            volts=_cell(scaled(told.word(0x02), 0.305e-3)),
            soc=_full(scaled(told.word(0x04), 1 / 25600)),
            quality=Quality.GAUGE,
            source="CW2015",
        )
    )


MAX17040 = Chip(0x36, reads=((0x02, 2), (0x04, 2)), decode=max17048)
MAX17048 = Chip(0x36, reads=((0x02, 2), (0x04, 2), (0x16, 2)), decode=max17048)
CW2015 = Chip(0x62, reads=((0x02, 2), (0x04, 2)), decode=cw2015, setup=((0x0A, b"\x30"),))
"""The setup wakes it: it sleeps after power-up."""


def _cell(volts: float | None) -> float | None:
    """A cell's voltage; one that cannot be is a swapped word."""
    if volts is None or LEAST_V <= volts <= MOST_V:
        return volts
    raise Malformed(
        f"{volts:.3f} V is no lithium cell; a word read by SMBus (i2cget w) has its bytes swapped: --swapped"
    )


def _full(soc: float | None) -> float | None:
    """Just over full is full."""
    return None if soc is None or soc > JUST_OVER else min(soc, 1.0)
