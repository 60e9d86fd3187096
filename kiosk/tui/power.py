"""From a meter's reading to what the power strip shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.tui.widgets.powerstrip import Power

if TYPE_CHECKING:
    from hardware.power.reading import PowerRead


def power_of(read: PowerRead | None, now_ms: int) -> Power:
    """What a reading comes to on the strip.

    None, no reading ever, shows no strip: the status line says why.
    """
    if read is None:
        return Power(configured=False)
    reading = read.reading
    left = None
    if reading.left_wh is not None and reading.load_w and reading.load_w - (reading.solar_w or 0) > 0:
        left = int(reading.left_wh * 60 / (reading.load_w - (reading.solar_w or 0)))
    return Power(
        charge=None if reading.soc is None else int(reading.soc * 100),
        milliwatts=None if reading.load_w is None else int(reading.load_w * 1000),
        left_minutes=left,
        age_ms=now_ms - read.at_ms,
    )
