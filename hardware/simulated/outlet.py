"""A smart outlet with something plugged in: it switches, meters, switches back, and misbehaves on command."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class OutletFaults:
    """What can be wrong with an outlet."""

    vanished: bool = False
    """It is not on the network any more."""
    silent: bool = False
    """It takes connections and never answers: its Wi-Fi is going."""
    stuck: bool = False
    """Its watts stay behind when it is switched off."""
    deaf: bool = False
    """It takes orders and does not switch."""


RESTING_W = 1.0
"""What is left of a fridge while its compressor rests."""


class SimulatedOutlet:
    """Energy is exact."""

    def __init__(
        self,
        watts: float,
        *,
        on: bool = True,
        clock: Callable[[], float] = time.monotonic,
        counter: Callable[[], float] | None = None,
    ) -> None:
        """Plug something in that takes so many watts while it has power.

        `clock` gives monotonic seconds for its timer, `counter` those for its Wh, which may pass faster.
        """
        self.faults = OutletFaults()
        self.rated_w = watts
        self.limit_w = 2500
        self.tripped = False
        """Whether it switched itself off above its limit."""
        self.powered = True
        """Whether the inverter gives it any."""
        self.pending_back_s: float | None = None
        """Kasa, Tasmota: the countdown that the next order starts."""
        self._clock = clock
        self._counter = counter or clock
        self._resting = False
        self._on = on
        self._wh = 1200.0
        self._since = self._counter()
        self._back_s: float | None = None
        """When it switches back by itself."""

    @property
    def on(self) -> bool:
        """Whether its relay is closed now."""
        self._settle()
        return self._on

    @property
    def watts(self) -> float:
        """What is taken now."""
        return self.drawn_w if self.on and self.powered else 0.0

    @property
    def drawn_w(self) -> float:
        """What is taken while it is on: less than rated while a compressor rests."""
        return min(RESTING_W, self.rated_w) if self._resting else self.rated_w

    @property
    def shown_w(self) -> float:
        """What it says is taken."""
        return self.rated_w if self.faults.stuck else self.watts

    @property
    def wh(self) -> float:
        """Its counter."""
        self._settle()
        return self._wh

    @property
    def back_after_s(self) -> float | None:
        """Seconds until it switches back by itself."""
        self._settle()
        return None if self._back_s is None else self._back_s - self._clock()

    def switch(self, on: bool, back_after_s: float | None = None) -> None:
        """Switch it, and perhaps back after a while; a later order starts that anew."""
        self._settle()
        if self.faults.deaf:
            return
        self._on, self.tripped = on, False
        self._back_s = None if back_after_s is None else self._clock() + back_after_s
        self._protect()

    def draw(self, watts: float) -> None:
        """Plug something else in; raises ``ValueError``."""
        if not 0 <= watts <= 3680:
            raise ValueError(f"watts: {watts} is not between 0 and 3680")
        self._settle()
        self.rated_w = watts
        self._protect()

    def rest(self, resting: bool) -> None:
        """Let its compressor rest, or run."""
        self._settle()
        self._resting = resting

    def protect(self, limit_w: int) -> None:
        """Set its limit."""
        self._settle()
        self.limit_w = limit_w
        self._protect()

    def reset_counter(self) -> None:
        """Lose power for a moment: the counter starts at 0."""
        self._settle()
        self._wh = 0.0

    def _settle(self) -> None:
        """Count what was taken since the last look, and switch back when it is time."""
        now = self._clock()
        if self._back_s is not None and now >= self._back_s:
            self._count(self._counter() - (now - self._back_s))
            self._on, self._back_s = not self._on, None
            self._protect()
        self._count(self._counter())

    def _count(self, until: float) -> None:
        """Count up to a moment."""
        if self._on and self.powered:
            self._wh += self.drawn_w * max(0.0, until - self._since) / 3600
        self._since = until

    def _protect(self) -> None:
        """Switch off above the limit."""
        if self._on and self.rated_w > self.limit_w:
            self._on, self.tripped = False, True
