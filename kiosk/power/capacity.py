"""What a pack really gives: supposed from its kind, learned when it is emptied after it was full."""

from __future__ import annotations

from kiosk.power.counter import Count
from kiosk.power.pack import Pack

NEWEST = 0.3
"""What a new discharge weighs against those before it."""
LEARNED_SD = 0.02
"""How far the next discharge lies from what was learned, part of it, 1 sd: another day's bursts and cold."""
EMPTY_SD = 0.01
"""How much may be left at the cut-off, part of the usable Ah: a smaller burst would have let it go on."""
MOST_UNSEEN = 0.05
"""Part of a discharge that may have flowed unmeasured; beyond it the discharge teaches nothing."""


def supposed(pack: Pack, learned_ah: float | None = None) -> tuple[float, float]:
    """Return the usable Ah and their spread (1 sd): as learned, or as packs of this kind give."""
    if learned_ah is not None:
        return learned_ah, LEARNED_SD * learned_ah
    return pack.chemistry.yield_ * pack.nameplate_ah, pack.chemistry.yield_sd * pack.nameplate_ah


def learned(before: float | None, count: Count) -> float | None:
    """Return the usable Ah after the pack was emptied at this count; as before where it was not seen full."""
    if count.since_full_s is None or count.unseen_ah > MOST_UNSEEN * count.used_ah:
        return before
    return count.used_ah if before is None else before + NEWEST * (count.used_ah - before)
