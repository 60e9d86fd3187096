"""What is remembered of each outlet from look to look: what it drew, since when it is off, who put it off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from kiosk.power.shedding import Switched
from kiosk.power.view import OutletSeen

if TYPE_CHECKING:
    from hardware.power.outlets.reading import OutletRead
    from kiosk.settings.power import PowerSettings


class OutletMemory:
    """The outlets of one stall. `shed` in any thread; the rest in the gauge's own."""

    def __init__(self, described: PowerSettings, learned: Callable[[str], float | None]) -> None:
        """`learned` tells the mean watts of an outlet while it is on, where it ever was."""
        self._described = described
        self._learned = learned
        self._on: dict[str, bool] = {}
        self._watts: dict[str, float] = {}
        self._shed: set[str] = set()
        self.off_s: dict[str, float] = {}
        """When an outlet was last seen to go off, in monotonic seconds."""
        self.switched_s: float | None = None
        """When any was last seen to have switched."""

    def shed(self, name: str) -> None:
        """An outlet is switched off to save power, and may come back when there is enough."""
        self._shed.add(name)

    @property
    def off_for_now(self) -> frozenset[str]:
        """What was switched off to save power and was not switched on since."""
        return frozenset(self._shed)

    def recall(self, names: Iterable[str]) -> None:
        """The till was off, and these were shed before."""
        self._shed.update(names)

    def look(self, reads: Mapping[str, OutletRead], now_s: float, gap_s: float) -> tuple[OutletSeen, ...]:
        """Return the outlets; one silent for longer than the gap is neither on nor off."""
        return tuple(
            self._look(name, read, now_s, stale=now_s - read.at_ms / 1000 > gap_s)
            for name, read in sorted(reads.items())
        )

    def _look(self, name: str, read: OutletRead, now_s: float, *, stale: bool) -> OutletSeen:
        on, watts = None if stale else read.reading.on, read.reading.watts
        before = self._on.get(name)
        if on and watts:
            self._watts[name] = watts
        if on is not None:
            self._on[name] = on
            if before is None and on:
                self._shed.discard(name)  # somebody switched it on while the till was off
            if before is not None and before is not on:
                self.switched_s = now_s
                if on:
                    self._shed.discard(name)
                else:
                    self.off_s[name] = now_s
        own = self._described.outlet(name)
        return OutletSeen(
            name,
            on,
            watts if on else self._known_w(name),
            own.load_class,
            "compressor" if own.compressor else "other",
            alarms=read.reading.alarms,
            shed=name in self._shed and on is False,
        )

    def _known_w(self, name: str) -> float | None:
        """What it draws on the mean while it is on, or drew at last, or what its plate says.

        The mean first: a compressor that was put off while it rested drew next to nothing at last.
        """
        known = (self._learned(name), self._watts.get(name), self._described.outlet(name).watts)
        return next((watts for watts in known if watts is not None), None)

    def switched(self, one: OutletSeen) -> Switched:
        """Return an outlet as shedding sees it."""
        shed, off_s = one.name in self._shed, self.off_s.get(one.name)
        return Switched(one.name, one.load_class, one.on, one.watts, one.kind, shed, off_s)
