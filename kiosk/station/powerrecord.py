"""What the gauge leaves behind: the count of the pack in use, samples and minutes, how the pack ages.

A file that cannot be used costs the record, never the numbers.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import apsw

from kiosk.energy import wear
from kiosk.energy.minutes import Row
from kiosk.energy.powerbook import Known, PowerBook, PowerBookUnusable
from kiosk.energy.wear import Figures, Flag, Label
from kiosk.power.inverter import fit
from kiosk.power.keep import UNKNOWN_GAP_S, as_text
from kiosk.power.resistance import WEIGHT
from kiosk.power.view import Minute

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.power.reading import PowerRead
    from kiosk.energy.components import Component
    from kiosk.ledger.clock import Stamp
    from kiosk.power.estimator import State
    from kiosk.power.sample import Sample

log = logging.getLogger(__name__)

DAY_MIN = 24 * 60
PAIRS = 360
"""Pairs of what the battery gave and the outlets took, from which an inverter's idle watts are learned."""
SEEN = 3 * WEIGHT
"""So much of the current must have stepped before a resistance is this pack's and not what was supposed."""


class PowerRecord:
    """The record of one stall, in the gauge's thread."""

    def __init__(self, folder: Path) -> None:
        """Nothing is opened before `open`."""
        self._folder = folder
        self._book: PowerBook | None = None
        self._unkept: list[Row] = []
        self._noted_s: float | None = None
        self._pack, self._label = "", Label()
        self._cycles = 0.0
        self._before: dict[str, float] = {}  # cycles of other parts before this till was started
        self._pairs: deque[tuple[float, float]] = deque(maxlen=PAIRS)
        self.day: deque[Minute] = deque(maxlen=DAY_MIN)
        """The last day's minutes, for the chart."""

    def open(self, stamp: Stamp) -> None:
        """Open the file and read the last day."""
        try:
            self._book = PowerBook(self._folder)
            now_s = stamp.wall_ms // 1000
            rows = self._book.minutes(now_s - 86_400, now_s)
        except (apsw.Error, OSError, PowerBookUnusable) as error:
            log.warning("what is known of the power is not kept: %s", error)
            return
        self.day.extend(Minute(row.wall_s, row.load_w, row.solar_w) for row in rows)

    def close(self) -> None:
        """Let go of the file."""
        if self._book is not None:
            self._book.close()

    def take_up(self, part: Component | None, label_ah: float) -> Known | None:
        """Go on with the pack that is in use; return what was known of it."""
        self._pack = "" if part is None else part.id
        new_uohm = None if part is None else part.new_uohm
        aged: list[tuple[int, Figures]] = []
        known = None
        if self._book is not None:
            try:
                known, aged = self._book.known(self._pack), self._book.figures(self._pack)
            except apsw.Error as error:
                log.warning("what was known of the battery cannot be read: %s", error)
        first = next((figures.ohm for _wall_s, figures in aged if figures.ohm is not None), None)
        self._label = Label(label_ah, None, new_uohm / 1e6 if new_uohm else first)
        self._cycles = next((one.cycles for _s, one in reversed(aged) if one.cycles is not None), 0.0)
        return known

    def note(self, sample: Sample, stamp: Stamp, now_s: float, gap_s: float) -> None:
        """Remember a sample for the record, and the minute for the chart.

        `gap_s`: looks further apart leave a hole, which nobody fills.
        """
        wall_s = stamp.wall_ms // 1000
        before, self._noted_s = self._noted_s, now_s
        span_s = 0.0 if before is None else min(max(0.0, now_s - before), gap_s)
        known_s = 0.0 if sample.load_w is None else span_s
        figures = (sample.volts, sample.amps, sample.load_w, sample.solar_w, sample.ac_w)
        self._unkept.append(Row(wall_s, known_s, *figures))
        if sample.amps is not None and sample.amps > 0 and self._label.ah:
            self._cycles += sample.amps * span_s / 3600 / self._label.ah
        if sample.load_w is not None and sample.ac_w is not None:
            self._pairs.append((sample.load_w, sample.ac_w))
        newest = self.day[-1].wall_s if self.day else None
        if newest is None or not newest <= wall_s < newest + 60:
            self.day.append(Minute(wall_s // 60 * 60, sample.load_w, sample.solar_w))

    def cycles_said(self, reads: Iterable[PowerRead]) -> None:
        """Believe the pack's own board about its cycles, where it has one that counts them."""
        for read in reads:
            if read.reading.cycles is not None and str(read.reading.quality or "") == "bms":
                self._cycles = read.reading.cycles

    def aged(self, state: State) -> Figures:
        """Return how the pack is, as far as it was learned."""
        seen = state.resistance.amps2 >= SEEN
        return Figures(state.learned_ah, None, state.resistance.ohm if seen else None, None, self._cycles)

    def others(
        self,
        used: Iterable[Component],
        idle: Mapping[str, tuple[float | None, int]],
        direct_w: float | None,
    ) -> dict[str, Figures]:
        """Return how the other parts in use are: outlets by what they take idle and their switchings.

        An inverter's idle watts are learned where `direct_w` tells what hangs on the battery beside it, and
        outlets meter everything behind it.
        """
        found = {}
        for part in used:
            if part.place in idle:
                watts, switchings = idle[part.place]
                found[part.id] = Figures(idle_w=watts, cycles=float(switchings))
            elif part.kind == "inverter" and direct_w is not None:
                curve = fit(self._pairs, direct_w)
                found[part.id] = Figures(idle_w=None if curve is None else curve.idle_w)
        return found

    def flags(self, state: State) -> tuple[Flag, ...]:
        """Return why the pack should be swapped."""
        return wear.flags(self.aged(state), self._label)

    def keep(
        self, state: State, stamp: Stamp, others: Mapping[str, Figures], shed: Iterable[str] = ()
    ) -> None:
        """Write everything down; `others` is how other parts are by their ids, `shed` what is off for now."""
        if self._book is None:
            return
        rows, self._unkept = self._unkept, []
        known = Known(as_text(state, shed), stamp.boot_id, stamp.boot_ms, stamp.wall_ms, stamp.trusted)
        try:
            summed = {name: self._since_new(name, figures) for name, figures in others.items()}
            self._book.keep(known, rows, self._pack, {self._pack: self.aged(state), **summed})
        except apsw.Error as error:
            log.warning("what is known of the power was not written down: %s", error)

    def _since_new(self, component: str, figures: Figures) -> Figures:
        """Add to a part's cycles what was counted before this till was started."""
        if figures.cycles is None or self._book is None:
            return figures
        if component not in self._before:
            aged = reversed(self._book.figures(component))
            self._before[component] = next((one.cycles for _s, one in aged if one.cycles is not None), 0.0)
        return replace(figures, cycles=figures.cycles + self._before[component])


def pause_s(known: Known, stamp: Stamp) -> float:
    """Return for how long nobody looked; a day where two boots without a trusted clock do not tell."""
    if known.boot_id == stamp.boot_id:
        return max(0.0, (stamp.boot_ms - known.boot_ms) / 1000)
    if known.trusted and stamp.trusted and stamp.wall_ms >= known.wall_ms:
        return (stamp.wall_ms - known.wall_ms) / 1000
    return UNKNOWN_GAP_S


def is_other(one: Component | None, other: Component | None) -> bool:
    """Tell whether the pack in use is another, or has another label."""
    return (one and (one.id, one.label_mah)) != (other and (other.id, other.label_mah))
