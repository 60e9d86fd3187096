"""From look to look: how sparing the till must be, and what says that nothing is left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.power.advisor import collection_wh
from kiosk.power.estimate import EVEN
from kiosk.power.outlook import energies, quantile
from kiosk.power.thrift import Look, Thrift
from kiosk.station.sampling import sees

if TYPE_CHECKING:
    from hardware.power.reading import PowerRead
    from kiosk.power.estimator import State
    from kiosk.power.headroom import Headroom
    from kiosk.power.pack import Stall
    from kiosk.settings import Settings

KNEE = 0.1
"""The charge below which the volts of any cell fall fast enough to be a witness: LFP 2.98 V a cell."""
SAID = 0.05
"""A battery's own board that says so little says that it is empty."""
CELL_LOW = 0.1
"""The same for the small cell of the computer's battery board, which nothing feeds any more."""
MOST_OHM = 0.1
"""No stall's battery and wiring have more; a resistance learned while the volts collapse may."""
TOO_LOW = frozenset({"low voltage", "pack too low", "cell too low"})
"""How our sources name an alarm for their volts."""
GUESSES = "C"
"""The grade of numbers that rest on volts alone: they are no second witness beside the volts."""


def kept_wh(settings: Settings) -> float:
    """Return what a shop keeps for those who collect: of its locker's draw, or as its settings say."""
    if settings.power is not None and settings.power.locker_w is not None:
        return collection_wh(settings.power.locker_w)
    return float(settings.pickup.reserve_wh) if settings.pickup is not None and settings.pickup.boxes else 0.0


class Saving:
    """One stall's thrift. In the gauge's thread."""

    def __init__(self, kept_wh: float = 0.0) -> None:
        """`kept_wh` is what a locker keeps for those who collect, above what a clean end takes."""
        self.kept_wh = kept_wh
        self._thrift = Thrift()

    def look(
        self,
        now_s: float,
        stall: Stall,
        found: Headroom,
        state: State,
        reads: Iterable[PowerRead],
        clean_wh: float,
    ) -> Thrift:
        """Return how sparing the till must be now. `clean_wh` is what a clean end takes."""
        fresh = [read for read in reads if now_s - read.at_ms / 1000 <= stall.gap_s]
        look = Look(
            found.until.safe_s,
            found.charge.value,
            found.flow == "charging",
            found.wh_safe.value,
            self.kept_wh,
            signs(stall, found, state, fresh, clean_wh),
        )
        self._thrift = self._thrift.after(now_s, look)
        return self._thrift


def signs(
    stall: Stall, found: Headroom, state: State, fresh: Iterable[PowerRead], clean_wh: float
) -> int | None:
    """Count what says that no more is left than a clean end takes; None where nobody says anything.

    The count of Ah, the battery's volts (or an alarm for them), and what a source says of its charge. A
    battery board of the computer that nothing feeds and whose own cell is low is two signs.
    """
    cells: list[bool] = []
    charges: list[bool] = []
    low = _low(stall, found, state)
    for read in fresh:
        reading = read.reading
        if sees(read, stall.pack.cutoff_v):
            low = low or any(alarm in TOO_LOW for alarm in reading.alarms)
            charges += [] if reading.soc is None else [reading.soc <= SAID]
        elif reading.plugged is not None and reading.soc is not None:
            cells.append(not reading.plugged and reading.soc <= CELL_LOW)
    said = [_counted(stall, found, state, clean_wh), low, any(charges) if charges else None]
    known = [one for one in said if one is not None]
    return sum(known) + 2 * any(cells) if known or cells else None


def _counted(stall: Stall, found: Headroom, state: State, clean_wh: float) -> bool | None:
    """Tell whether by the count nothing is left, at even odds; None where there is no count."""
    if found.wh_left.value is None or found.grade == GUESSES:
        return None
    left = sorted(energies(state, stall.pack, found.load_w or 0.0, clean_wh))
    return quantile(left, EVEN) <= 0


def _low(stall: Stall, found: Headroom, state: State) -> bool | None:
    """Tell whether the volts, without the drop over the wiring, are those of a nearly empty battery."""
    last, pack = state.last, stall.pack
    if last is None or last.volts is None or last.amps is None or found.grade == "D":
        return None
    rest_v = last.volts + last.amps * min(MOST_OHM, state.resistance.ohm)
    return rest_v <= pack.cells * pack.chemistry.rest_v(KNEE)
