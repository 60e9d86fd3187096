"""When a battery monitor's own count is worth more than ours: it counts on while the till is off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.power import monitor
from kiosk.power.capacity import supposed
from kiosk.power.estimator import filled

if TYPE_CHECKING:
    from hardware.power.reading import Reading
    from kiosk.power.estimator import State
    from kiosk.power.pack import Pack

APART = 0.05
"""Part of the label's Ah by which a monitor has counted more than we did; no efficiency explains as much."""


def heeded(state: State, pack: Pack, said: Reading, *, paused: bool) -> State:
    """Return what is known after a monitor's word; one that is not in sync itself says nothing of its charge.

    It is asked after a pause, and when it counted far more than we did. That the pack is full it says with
    100 % and not an ampere-hour drawn; it is believed at the volts that only a charger makes.
    """
    if said.soc is None or said.used_ah is None:
        return state
    usable, _sd = supposed(pack, state.learned_ah)
    more_ah = min(said.used_ah, usable) - state.count.used_ah
    if paused or more_ah > APART * pack.nameplate_ah:
        state = monitor.told(state, pack, said.used_ah)
    at_full_v = said.volts is not None and said.volts >= pack.full_v
    is_full = said.soc >= 1 and said.used_ah <= 0 and at_full_v and str(said.quality) == "shunt"
    return filled(state) if is_full else state
