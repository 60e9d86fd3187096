"""Waveshare UPS HAT (E): a BQ4050 gauge behind a microcontroller at 0x2D.

Registers: Waveshare's demo, and github.com/int08h/waveshare-ups-hat-e, whose sign is the maker's: into the
battery is positive. The demo turns negative figures by 65535, so that -1 mA reads 0; here it is -1.
"""

from __future__ import annotations

from hardware.power.hats.registers import Blocks, Chip, Off, answered, flag, scaled
from hardware.power.reading import Quality, Reading, checked

PLUGGED_MV = 4000
"""USB is there above; one program reads bit 0x20 of the status as "discharging", so the volts decide."""
NEVER = 0xFFFF
"""The gauge's word for "does not apply", in its times."""


def decode(blocks: Blocks) -> Reading:
    """Status (0x02), USB (0x10), battery (0x20) and cells (0x30). Raises a `Refused`."""
    told = answered(blocks, 0x02, 0x10, 0x20, 0x30, little=True)
    status, usb = told.byte(0x02), told.word(0x10)
    amps = scaled(told.word(0x22, signed=True), -1e-3)
    cells = [mv / 1000 for at in range(0x30, 0x38, 2) if (mv := told.word(at))]
    return checked(
        Reading(
            volts=scaled(told.word(0x20), 1e-3),
            amps=amps,
            soc=scaled(told.word(0x24), 0.01),
            remaining_ah=scaled(told.word(0x26), 1e-3),
            seconds_left=_minutes(told.word(0x28)),
            seconds_to_full=_minutes(told.word(0x2A)),
            min_cell_volts=min(cells, default=None),
            max_cell_volts=max(cells, default=None),
            input_volts=scaled(usb, 1e-3),
            input_amps=scaled(told.word(0x12), 1e-3),
            input_w=scaled(told.word(0x14), 1e-3),
            charging=flag(status, 0x80),
            plugged=flag(status, 0x20) if usb is None else usb > PLUGGED_MV,
            quality=Quality.BMS,
            source="Waveshare UPS HAT (E)",
        )
    )


OFF = Off(0x01, b"\x55", 30)
"""As in Waveshare's demo (ups.py), which halts the Pi right after it. The half minute is what its users tell:
nobody here has measured it, and nothing is known to take the order back."""
CHIP = Chip(0x2D, reads=((0x02, 1), (0x10, 6), (0x20, 12), (0x30, 8)), decode=decode, little=True, off=OFF)


def _minutes(raw: int | None) -> float | None:
    """A time in seconds."""
    return None if raw is None or raw == NEVER else raw * 60
