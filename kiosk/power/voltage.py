"""What the voltage adds to a count.

It never measures the charge: on LFP a whole percent is 5 mV, and 6 A through 20 mΩ are 120. But at the knee,
or on NMC, it can tell a count that is far out. How far a curve may lie beside the pack's own is part of the
rule, and a voltage that fits nothing believed moves nothing: then the curve is wrong, not the count.
"""

from __future__ import annotations

import math

from kiosk.power.belief import Belief
from kiosk.power.chemistry import Chemistry
from kiosk.power.pack import Pack

BESIDE_V = 0.02
"""How far a pack's curve lies above or below ours, volts per cell, 1 sd."""
ASIDE = 0.04
"""How far it lies to the left or right, part of a charge, 1 sd."""
FRESH = 0.05
"""Part of a charge that must flow before the curve's error is a new one; until then it is the same again."""
GOOD_NEWS = 0.3
"""How far a voltage is believed that lets more be left than was counted: other makers' cells hold theirs up
for longer than these, and fall all the faster. One that lets less be left is believed wholly."""
TAILS = 3.0
"""Degrees of freedom of the error's Student distribution: so heavy that an outlier moves nothing."""


def likelihood(chemistry: Chemistry, charge: float, cell_v: float, beside_v: float = BESIDE_V) -> float:
    """Return how well a cell's volts, the drop added back, fit a charge; only ratios mean something."""
    charge = min(1.0, max(0.0, charge))
    spread = beside_v**2 + (chemistry.slope(charge) * ASIDE) ** 2
    beside = cell_v - chemistry.rest_v(charge)
    return float((1 + beside * beside / (TAILS * spread)) ** (-(TAILS + 1) / 2)) / math.sqrt(spread)


def novelty(flowed_ah: float, usable: float) -> float:
    """Return how much of a new witness the voltage is after so many Ah flowed, 0 to 1."""
    return min(1.0, flowed_ah / (FRESH * usable))


def nudged(belief: Belief, pack: Pack, dry: float, cell_v: float, drawn_ah: float, novel: float) -> Belief:
    """Return what is believed after a look at the voltage.

    `cell_v` is one cell's mean volts since the last look, with the drop over the resistance added back, and
    `drawn_ah` what was drawn meanwhile: when half of it was drawn, the mean was true.
    """
    points = belief.spread()
    weights = [
        likelihood(pack.chemistry, pack.charge(usable, left + drawn_ah / 2, dry), cell_v) ** novel
        for usable, left in points
    ]
    seen = belief.weighed(points, weights)
    if seen.left <= belief.left:
        return seen
    return belief.weighed(points, [weight**GOOD_NEWS for weight in weights])
