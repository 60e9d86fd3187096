"""What a battery monitor counted while nobody asked it: after a pause its count is worth more than a guess.

Only a monitor that is in sync itself is asked: one that tells its state of charge (Victron sends `---` until
it has seen the battery full).
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.power.belief import full
from kiosk.power.capacity import supposed
from kiosk.power.counter import Count
from kiosk.power.estimator import State
from kiosk.power.grade import DAY_S
from kiosk.power.pack import Pack

DOUBT = 0.02
"""What such a count may be off by, part of what it counted, 1 sd: 0.4 % of gain, and an offset all day."""
LEAST_DOUBT_AH = 0.2


def told(state: State, pack: Pack, used_ah: float) -> State:
    """Return what is known once a monitor in sync says how many Ah were drawn since the battery was full."""
    usable, sd = supposed(pack, state.learned_ah)
    used = min(max(0.0, used_ah), usable)
    since = state.count.since_full_s
    return replace(
        state,
        belief=full(usable, sd).drawn(used, max(LEAST_DOUBT_AH, DOUBT * used)),
        count=Count(used, 0.0, DAY_S + 1 if since is None else since),  # when it was full it does not say
    )
