"""A 200 W inverter: it bears a surge for a moment, trips on more, and gives up after the third time.

Victron's Phoenix does so: off on overload, a new try after 30 s, and after three failed ones it stays off
until a person switches it (Phoenix Inverter manual, section "Overload").
"""

from __future__ import annotations

CONTINUOUS_W, SURGE_W = 200.0, 400.0
BEARS_S = 4.0
"""How long more than the continuous watts are borne."""
REST_S = 30.0
"""Pause before it tries again by itself."""
STRIKES = 3


class SimulatedInverter:
    """Told what is drawn and when; says whether it gives power. Times are monotonic seconds."""

    def __init__(self) -> None:
        """Switched on, with nothing against it."""
        self.on = True
        self.strikes = 0
        self._over_since: float | None = None
        self._again_s: float | None = None

    @property
    def given_up(self) -> bool:
        """Whether only a person can switch it on again."""
        return not self.on and self._again_s is None

    def switch(self, on: bool) -> None:
        """A person switches it: that forgives everything."""
        self.on, self.strikes, self._over_since, self._again_s = on, 0, None, None

    def feed(self, asked_w: float, now_s: float) -> float | None:
        """What the outlets want at this moment; return when to be fed again even if nothing changes."""
        if not self.on:
            if self._again_s is None:
                return None
            if now_s < self._again_s:
                return self._again_s
            self.on, self._again_s = True, None
        if asked_w <= CONTINUOUS_W:
            self._over_since = None
            return None
        if self._over_since is None:
            self._over_since = now_s
        if asked_w <= SURGE_W and now_s - self._over_since < BEARS_S:
            return self._over_since + BEARS_S
        self.on, self.strikes, self._over_since = False, self.strikes + 1, None
        self._again_s = now_s + REST_S if self.strikes < STRIKES else None
        return self._again_s
