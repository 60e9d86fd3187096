"""The coulomb counter: what flowed since the pack was full, and when it is full or empty again.

Full needs volts and current and time together; any one alone has made gauges stick at 99 % or jump to 100.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.power.pack import Pack

CHARGING_YIELD = 0.99
"""Ah that come out again for each that goes in, lithium."""
TAIL = 0.04
"""Charging current, as a part of the nameplate's Ah per hour, below which a pack at full voltage is full."""
FULL_S = 180.0
EMPTY_S = 60.0
"""How long the signs must last; the same 60 s as dbus-serialbattery takes."""
LEAST_A = 0.05
"""Less than this flows either way at a meter's offset."""


@dataclass(frozen=True, slots=True)
class Count:
    """What the counter holds."""

    used_ah: float = 0.0  # since full, charging counted back
    unseen_ah: float = 0.0  # of these, what flowed while nobody measured
    since_full_s: float | None = None  # None: never seen full
    full_for_s: float = 0.0
    empty_for_s: float = 0.0

    def missed(self, ah: float, seconds: float) -> Count:
        """Return the count after a time nobody measured, in which up to so many Ah may have flowed."""
        since = None if self.since_full_s is None else self.since_full_s + seconds
        return Count(self.used_ah + ah / 2, self.unseen_ah + ah, since)

    @property
    def is_full(self) -> bool:
        """Whether the signs of a full pack have lasted."""
        return self.full_for_s >= FULL_S

    @property
    def is_empty(self) -> bool:
        """Whether the signs of an empty pack have lasted."""
        return self.empty_for_s >= EMPTY_S


def counted(count: Count, pack: Pack, volts: float, amps: float, ah: float, seconds: float) -> Count:
    """Return the count after `ah` flowed out in `seconds`, which ended at these volts and amps."""
    tail = -TAIL * pack.nameplate_ah <= amps <= LEAST_A and volts >= pack.full_v
    dying = amps > LEAST_A and volts <= pack.cutoff_v
    return replace(
        count,
        used_ah=count.used_ah + ah,
        since_full_s=None if count.since_full_s is None else count.since_full_s + seconds,
        full_for_s=count.full_for_s + seconds if tail else 0.0,
        empty_for_s=count.empty_for_s + seconds if dying else 0.0,
    )


def flowed(amps: float, seconds: float) -> float:
    """Return the Ah that left the pack; of what goes in a little is lost."""
    return amps * seconds / 3600 * (1.0 if amps > 0 else CHARGING_YIELD)
