"""What each metered outlet draws while it is on, so that switching it changes the forecast at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kiosk.power.sample import Outlet

MEMORY_MIN = 240.0
"""Minutes on that an outlet's mean remembers."""


@dataclass(frozen=True, slots=True)
class Metered:
    """One outlet, as its meter and its switch told."""

    name: str
    on: bool = False
    watts: float = 0.0  # mean while it is on, at the outlet
    square: float = 0.0  # mean of the squares, for the spread
    minutes: float = 0.0  # seen on

    @property
    def variance(self) -> float:
        """How far a minute lies from the mean, squared."""
        return max(0.0, self.square - self.watts**2)

    def minute(self, on: bool, watts: float | None) -> Metered:
        """Return what is known after a minute; without watts only the switch is news."""
        if not on or watts is None:
            return replace(self, on=on)
        known = min(self.minutes, MEMORY_MIN)
        mean = (self.watts * known + watts) / (known + 1)
        square = (self.square * known + watts**2) / (known + 1)
        return Metered(self.name, on, mean, square, known + 1)


def updated(
    known: Iterable[Metered], seen: Iterable[Outlet], watts: Mapping[str, float]
) -> tuple[Metered, ...]:
    """Return every outlet ever seen after a minute; one that vanished keeps its last switch position."""
    outlets = {outlet.name: outlet for outlet in known}
    for outlet in seen:
        before = outlets.get(outlet.name, Metered(outlet.name))
        on = before.on if outlet.on is None else outlet.on
        outlets[outlet.name] = before.minute(on, watts.get(outlet.name))
    return tuple(outlets[name] for name in sorted(outlets))
