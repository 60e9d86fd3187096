"""What one demonstration takes, added up from what its outlet says, and what the outlet takes anyway.

Unknown is not zero: time in which the outlet said nothing is not metered, and the figure says of how much of
the demonstration it is made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

GAP_S = 30.0
"""Two looks further apart than this leave a hole: what was drawn between them is not known."""
IDLE_S = 60.0
"""So long an outlet must have been on and shown nothing before its mean says what it takes idle."""
RISE = 0.02
"""How far a higher mean is believed: it may be a use that nobody told of. A lower one counts at once."""


@dataclass(frozen=True, slots=True)
class Look:
    """What an outlet said at a moment."""

    at_s: float  # monotonic
    on: bool | None
    watts: float | None

    def since(self, last: Look | None, gap_s: float) -> tuple[float, float] | None:
        """Return the mean watts and the seconds since the last look; None where nobody can know."""
        if last is None or last.watts is None or self.watts is None:
            return None
        span_s = self.at_s - last.at_s
        return ((last.watts + self.watts) / 2, span_s) if 0 < span_s <= gap_s else None


@dataclass(frozen=True, slots=True)
class Meter:
    """What was metered since a demonstration began."""

    wh: float = 0.0
    seconds: float = 0.0  # of these there are figures
    last: Look | None = None

    def looked(self, look: Look, gap_s: float = GAP_S) -> Meter:
        """Return the meter after one more look at its outlet."""
        watts, span_s = look.since(self.last, gap_s) or (0.0, 0.0)
        return Meter(self.wh + watts * span_s / 3600, self.seconds + span_s, look)

    def net_mwh(self, idle_w: float | None) -> int | None:
        """Return the milliwatt hours above idle; None where nothing was metered."""
        if not self.seconds:
            return None
        return max(0, round((self.wh - (idle_w or 0.0) * self.seconds / 3600) * 1000))


@dataclass(frozen=True, slots=True)
class Standby:
    """What an outlet takes while it is on and nothing is shown with it: the least it took over a minute."""

    idle_w: float | None = None  # None: not seen long enough
    watt_s: float = 0.0  # of the minute that is being filled
    seconds: float = 0.0
    last: Look | None = None
    on: bool | None = None  # as it last said; an answer without it changes nothing
    switchings: int = 0  # how often it was seen to go on

    def looked(self, look: Look, *, showing: bool, gap_s: float = GAP_S) -> Standby:
        """Return what is known after one more look; while something is shown with it nothing is learned."""
        last, times = self.last, self.switchings + bool(self.on is False and look.on)
        seen = replace(self, last=look, on=self.on if look.on is None else look.on, switchings=times)
        taken = look.since(last, gap_s)
        if showing or taken is None or last is None or not (last.on and look.on):
            return replace(seen, watt_s=0.0, seconds=0.0)
        watts, span_s = taken
        seen = replace(seen, watt_s=self.watt_s + watts * span_s, seconds=self.seconds + span_s)
        if seen.seconds < IDLE_S:
            return seen
        mean_w, before = seen.watt_s / seen.seconds, self.idle_w
        idle_w = mean_w if before is None or mean_w < before else before + RISE * (mean_w - before)
        return replace(seen, idle_w=idle_w, watt_s=0.0, seconds=0.0)
