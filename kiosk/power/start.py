"""How full a pack was when a record begins that does not say so: judged from its first half hour's voltage.

For records only. In the stall the state is kept, and a pack of unknown charge stays unknown until it is full.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from kiosk.power.belief import Belief, full
from kiosk.power.capacity import supposed
from kiosk.power.pack import Pack
from kiosk.power.resistance import Resistance
from kiosk.power.voltage import likelihood

AGED_SD = 0.12
"""How far a pack's learned Ah may lie from what its kind gives, part of the nameplate's, 1 sd."""
CHARGED = 10.0
"""How much likelier a day begins with a full pack than with any one other hundredth of it."""
FIRST_ROW = 3.0
"""How much likelier Ah told with a record are counted from its first row than from full."""
RATHER_FULL = 3.0
"""A day begins charged rather than not: the power of the charge with which it gets likelier."""
STEPS = 100

Look = tuple[float, float, float]
"""Mean volts, mean amps and the Ah drawn before."""
Rested = Sequence[tuple[float, float]]
"""One cell's volts with the drop over the resistance added back, and the Ah drawn before."""


def judged(pack: Pack, looks: Sequence[Look], usable_ah: float | None, usable_sd: float) -> Belief:
    """Return what is believed at the first row; `looks` are its first minutes.

    `usable_ah` is what the pack is known to give, with its spread. It may have been counted from full, or
    from the record's first row on: what the voltage and the pack's size make likelier is taken.
    """
    resistance = Resistance()
    for (volts, amps, _), (later_v, later_a, _) in pairwise(looks):
        resistance = resistance.stepped(later_v - volts, later_a - amps)
    rested = [((v + a * resistance.ohm) / pack.cells, ah) for v, a, ah in looks if a > 0]
    nominal, nominal_sd = supposed(pack)
    if rested and rested[0][0] >= pack.chemistry.full_v:
        return full(usable_ah or nominal, usable_sd)
    if usable_ah is None:
        return _of_size(pack, rested, nominal, nominal_sd)[0]
    of_all, evidence = _of_size(pack, rested, usable_ah, usable_sd)
    evidence *= _bell((usable_ah - nominal) / (AGED_SD * pack.nameplate_ah))
    if evidence >= FIRST_ROW * _left_at_first(pack, rested, usable_ah):
        return of_all
    return Belief(max(nominal, usable_ah), usable_ah, nominal_sd**2, usable_sd**2, 0.0)


def _left_at_first(pack: Pack, rested: Rested, left: float) -> float:
    """Return how well the voltages fit so many Ah left at the first row, in a pack of the usual size."""
    nominal, sd = supposed(pack)
    found = total = 0.0
    for deviate in (step / 2 for step in range(-4, 5)):
        usable = nominal + deviate * sd
        total += _bell(deviate)
        if left <= usable:
            found += _bell(deviate) * _fit(pack, rested, usable, left)
    return found / total


def _of_size(pack: Pack, rested: Rested, usable: float, sd: float) -> tuple[Belief, float]:
    """Return what is believed of a pack that gives so many Ah from full, and how well the voltages fit."""
    lefts = [usable * (step + 1) / STEPS for step in range(STEPS)]
    weights = [_fit(pack, rested, usable, left) * (left / usable) ** RATHER_FULL for left in lefts]
    weights[-1] *= CHARGED
    total = sum(weights)
    mean = sum(w * left for w, left in zip(weights, lefts, strict=True)) / total
    var = sum(w * (left - mean) ** 2 for w, left in zip(weights, lefts, strict=True)) / total
    share = mean / usable
    return Belief(usable, mean, sd**2, var + (share * sd) ** 2, share * sd**2), total / STEPS


def _fit(pack: Pack, rested: Rested, usable: float, left: float) -> float:
    """Return how well the voltages fit so much being left at the first row: one witness, not one a minute."""
    dry = pack.chemistry.dry
    fits = [
        math.log(likelihood(pack.chemistry, pack.charge(usable, left - ah, dry), cell_v))
        for cell_v, ah in rested
    ]
    return math.exp(sum(fits) / len(fits)) if fits else 1.0


def _bell(deviate: float) -> float:
    return math.exp(-deviate * deviate / 2)
