"""From a meter's reading to what the power strip shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.tui.widgets.powerstrip import Power

if TYPE_CHECKING:
    from hardware.power.reading import PowerRead, Reading


def power_of(read: PowerRead | None, now_ms: int) -> Power:
    """What a reading comes to on the strip.

    None, no reading ever, shows no strip: the status line says why.
    """
    if read is None:
        return Power(configured=False)
    reading = read.reading
    taken = reading.load_w if reading.load_w is not None else reading.watts
    return Power(
        charge=None if reading.soc is None else int(reading.soc * 100),
        milliwatts=None if taken is None else int(taken * 1000),
        left_minutes=_minutes(reading),
        age_ms=now_ms - read.at_ms,
    )


def _minutes(reading: Reading) -> int | None:
    """Minutes until empty at the present load, or by the meter's own word."""
    if reading.left_wh is not None and reading.load_w and reading.load_w - (reading.solar_w or 0) > 0:
        return int(reading.left_wh * 60 / (reading.load_w - (reading.solar_w or 0)))
    return None if reading.seconds_left is None else int(reading.seconds_left / 60)
