"""How full a pack was when a record begins that does not say so: judged from its first half hour's voltage.

For records only. In the stall the state is kept, and a pack of unknown charge stays unknown until it is full.
Where the record comes with what the pack gives, that may have been counted from full or from the record's
first row on. Neither is known, so both are weighed, and what is believed lies between. Who knows how much had
been drawn says so (`kiosk power replay --used-ah`), and nothing is judged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kiosk.power.belief import Belief, full
from kiosk.power.capacity import supposed
from kiosk.power.pack import Pack
from kiosk.power.resistance import Resistance
from kiosk.power.voltage import likelihood

FIRST_ROW = 15.0
"""How much likelier Ah told with a record are those that it drew itself than all that the pack gives."""
CHARGED = 0.1
"""How often a day begins with a full pack, whose voltage has settled since."""
RATHER_FULL = 3.0
"""A day begins charged rather than not: the power of the charge with which it gets likelier."""
BESIDE_V = 0.015
"""How far a curve lies above or below ours where days begin, 1 sd; near empty makers differ more."""
STEPS = 100

Look = tuple[float, float, float]
"""Mean volts, mean amps and the Ah drawn before."""
Rested = Sequence[tuple[float, float]]
"""One cell's volts with the drop over the resistance added back, and the Ah drawn before."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way it may have begun."""

    weight: float  # how likely beside the others
    usable: float
    left: float
    usable_sd: float = 0.0
    left_sd: float = 0.0


def judged(pack: Pack, looks: Sequence[Look], usable_ah: float | None, usable_sd: float) -> Belief:
    """Return what is believed at the first row; `looks` are its first minutes.

    `usable_ah` is what the pack is known to give, with its spread; None: only its label is known.
    """
    rested = _rested(pack, looks)
    nominal, nominal_sd = supposed(pack)
    if rested and rested[0][0] >= pack.chemistry.full_v:
        return full(usable_ah or nominal, usable_sd)
    if usable_ah is None:
        return _mixed(_from_full(pack, rested, nominal, nominal_sd))
    from_full = _from_full(pack, rested, usable_ah, usable_sd)
    from_first_row = _from_first_row(pack, rested, usable_ah, usable_sd)
    told = _bell(usable_ah, nominal, nominal_sd) / FIRST_ROW
    cases = [*(replace(case, weight=told * case.weight) for case in from_full), *from_first_row]
    return _mixed(cases if any(case.weight for case in cases) else from_full)  # Ah that no such pack gives


def _rested(pack: Pack, looks: Sequence[Look]) -> Rested:
    """Return the looks without the drop over the resistance that they show."""
    resistance = Resistance()
    for (volts, amps, _), (later_v, later_a, _) in pairwise(looks):
        resistance = resistance.stepped(later_v - volts, later_a - amps)
    return [((v + a * resistance.ohm) / pack.cells, ah) for v, a, ah in looks if a > 0]


def _from_full(pack: Pack, rested: Rested, usable: float, sd: float) -> list[Case]:
    """Return how full a pack may be that gives so many Ah from full."""
    begun = [((step + 0.5) / STEPS, _begun((step + 0.5) / STEPS) / STEPS) for step in range(STEPS)]
    return [
        Case(weight * _fit(pack, rested, usable, share * usable), usable, share * usable, sd, share * sd)
        for share, weight in [*begun, (1.0, CHARGED)]
    ]


def _from_first_row(pack: Pack, rested: Rested, left: float, sd: float) -> list[Case]:
    """Return how large a pack of this kind may be that has so many Ah left."""
    nominal, nominal_sd = supposed(pack)
    step = nominal_sd / 4
    sizes = [size for k in range(-12, 13) if (size := nominal + k * step) > left]
    begun = [(size, _begun(left / size) / size * step) for size in sizes]
    return [
        Case(weight * _bell(size, nominal, nominal_sd) * _fit(pack, rested, size, left), size, left, 0.0, sd)
        for size, weight in [*begun, (left, CHARGED)]
    ]


def _begun(share: float) -> float:
    """Return how often a day begins with this part of a charge, as a density from 0 to 1."""
    return (1 - CHARGED) * (1 + RATHER_FULL) * math.pow(share, RATHER_FULL)


def _mixed(cases: Sequence[Case]) -> Belief:
    """Return the mean of all cases, their spread, and how the two numbers go together."""
    total = sum(case.weight for case in cases)
    usable = sum(case.weight * case.usable for case in cases) / total
    left = sum(case.weight * case.left for case in cases) / total
    uu = ll = ul = 0.0
    for case in cases:
        du, dl, weight = case.usable - usable, case.left - left, case.weight / total
        uu += weight * (du * du + case.usable_sd**2)
        ll += weight * (dl * dl + case.left_sd**2)
        ul += weight * (du * dl + case.usable_sd * case.left_sd)
    return Belief(usable, left, uu, ll, ul)


def _fit(pack: Pack, rested: Rested, usable: float, left: float) -> float:
    """Return how well the voltages fit so much being left at the first row: one witness, not one a minute."""
    dry = pack.chemistry.dry
    fits = [
        math.log(likelihood(pack.chemistry, pack.charge(usable, left - ah, dry), cell_v, BESIDE_V))
        for cell_v, ah in rested
    ]
    return math.exp(sum(fits) / len(fits)) if fits else 1.0


def _bell(value: float, mean: float, sd: float) -> float:
    """Return the normal density."""
    return math.exp(-(((value - mean) / sd) ** 2) / 2) / (sd * math.sqrt(2 * math.pi))
