"""PiSugar 2 (power chip IP5209 or IP5312 at 0x75) and PiSugar 3 (0x57).

Registers and the tables from volts to percent: github.com/PiSugar/pisugar-power-manager-rs. That program
takes a negative figure of the IP5209 twice, so that 2.596 V reads 2.604 V; here it is added with its sign.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import partial

from hardware.power.hats.registers import Blocks, Chip, answered, flag, product, scaled
from hardware.power.reading import Quality, Reading, checked

Curve = tuple[tuple[float, float], ...]
"""Volts and percent, rising."""
ZERO_V, STEP_V = 2.6, 0.26855e-3
IP5209: Curve = (
    (3.1, 0), (3.49, 3.2), (3.52, 6.5), (3.66, 10), (3.79, 25.5), (3.86, 40), (3.92, 65), (4.0, 80),
    (4.05, 95), (4.16, 100),
)  # fmt: skip
IP5312: Curve = (
    (3.1, 0), (3.32, 4.5), (3.49, 25.6), (3.58, 49), (3.62, 55), (3.7, 65), (3.8, 77), (3.9, 88), (4.05, 95),
    (4.1, 100),
)  # fmt: skip
OUTPUT_V = 5.0
"""PiSugar 3 measures its output's current; the output is regulated."""


def power_chip(volts_at: int, amps_at: int, step_a: float, curve: Curve, blocks: Blocks) -> Reading:
    """PiSugar 2: two 14-bit figures with a sign, low byte first; current is into the battery."""
    told = answered(blocks, volts_at, amps_at, little=True)
    raw = told.word(volts_at)
    volts = None if not raw else ZERO_V + _signed(raw) * STEP_V  # 0: this chip does not measure
    amps = told.word(amps_at)
    return checked(
        Reading(
            volts=volts,
            amps=None if amps is None else -_signed(amps) * step_a,
            soc=None if volts is None else percent(volts, curve) / 100,
            quality=Quality.GAUGE,
            source="PiSugar 2",
        )
    )


def pisugar3(blocks: Blocks) -> Reading:
    """PiSugar 3: mV (0x22) and output mA (0x26), high byte first, percent (0x2A), temperature (0x04)."""
    told = answered(blocks, 0x02, 0x04, 0x22, 0x26, 0x2A, little=False)
    output = scaled(told.word(0x26), 1e-3)
    warmth = told.byte(0x04)
    return checked(
        Reading(
            volts=scaled(told.word(0x22), 1e-3),
            soc=scaled(told.byte(0x2A), 0.01),
            celsius=None if warmth is None else warmth - 40,
            output_amps=output,
            load_w=product(output, OUTPUT_V),
            plugged=flag(told.byte(0x02), 0x80),
            quality=Quality.GAUGE,
            source="PiSugar 3",
        )
    )


def percent(volts: float, curve: Curve) -> float:
    """Between two points of a curve; outside it, its end."""
    at = bisect_left(curve, (volts, 0.0))
    if at in {0, len(curve)}:
        return curve[min(at, len(curve) - 1)][1]
    (low_v, low), (high_v, high) = curve[at - 1], curve[at]
    return low + (high - low) * (volts - low_v) / (high_v - low_v)


PISUGAR2 = Chip(
    0x75,
    reads=((0xA2, 2), (0xA4, 2)),
    decode=partial(power_chip, 0xA2, 0xA4, 0.745985e-3, IP5209),
    little=True,
)
PISUGAR2_PRO = Chip(
    0x75,
    reads=((0xD0, 2), (0xD2, 2)),
    decode=partial(power_chip, 0xD0, 0xD2, 2.68554e-3, IP5312),
    little=True,
)
PISUGAR3 = Chip(0x57, reads=((0x02, 3), (0x22, 9)), decode=pisugar3)


def _signed(raw: int) -> int:
    """14 bits with a sign."""
    raw &= 0x3FFF
    return raw - 0x4000 if raw & 0x2000 else raw
