"""What the stall draws, and what it will draw: the mean of the day, and each metered outlet by its switch.

Always the mean: a stall's load is skewed (fridge, printer, demonstrations), its median is 40 % beside it. And
never the last minute's: it makes the shown time jump by an hour.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

from kiosk.power.bursts import bursts, to_come
from kiosk.power.inverter import Curve
from kiosk.power.minutes import BLOCK_MINUTES, BLOCK_S, Block, Minute, block
from kiosk.power.outlets import Metered

MOST_BLOCKS = 144
"""Twelve hours of known load; older ones are forgotten anyway."""
FORGET_BLOCKS = 60.0
"""Five hours until a block counts for a third. Windows of two hours to a day score alike."""
EDGE_BLOCKS = 3
"""The newest 15 minutes count less and less: a fridge half-way through its cycle is not yet a mean."""
STANDING_BLOCKS = 3
"""A quarter of an hour: in that time everything that comes and goes was off once."""
SWITCHED = 0.3
"""Part of the mean by which what never goes off must move, before something unmetered was switched."""
CYCLE = 2
"""So often it may have stood elsewhere before it is a cycle; a cool box in the sun runs for half an hour."""
SMALL = 1 / 3
"""How far a smaller move is believed: the lights that went off in the morning come on again."""
BATCH_BLOCKS = 6
"""Half an hour: within it a fridge's runs even out, so half hours tell how far a longer mean strays."""
EVENED, EVENED_BATCHES = 0.5, 2.0
"""Part of the blocks' variance that lasts where hardly a half hour was seen, and how many that weighs."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The load to expect."""

    watts: float
    block_sd: float  # of five minutes as they add up to a longer mean, watts
    minutes: int  # of how many it is the mean
    unsure_w: float = 0.0  # how far that mean is itself supposed, 1 sd, watts

    def doubt(self, ahead_s: float) -> float:
        """Return the spread (1 sd) of the mean over a time ahead, as a part of the load."""
        few = BLOCK_MINUTES / max(1, self.minutes) + BLOCK_S / max(BLOCK_S, ahead_s)
        return math.hypot(self.block_sd * math.sqrt(few), self.unsure_w) / max(1.0, self.watts)


@dataclass(frozen=True, slots=True)
class Load:
    """What is remembered of the load."""

    blocks: tuple[Block, ...] = ()  # oldest first
    outlets: tuple[Metered, ...] = ()
    rest: tuple[float, ...] = ()  # watts no outlet meters, of the minutes of the newest two blocks

    def plus(self, minutes: Sequence[Minute]) -> Load:
        """Return what is remembered with a block of these minutes.

        Only now it shows what in the block before came and went.
        """
        rest = (*self.rest, *(minute.rest_w for minute in minutes))
        short, blocks = bursts(rest), self.blocks
        new = replace(block(minutes), burst_w=fmean(short[-len(minutes) :]))
        if self.rest:
            before = short[-len(minutes) - BLOCK_MINUTES : -len(minutes)]
            blocks = (*blocks[:-1], replace(blocks[-1], burst_w=fmean(before)))
        return replace(self, blocks=(*blocks[1 - MOST_BLOCKS :], new), rest=rest[-2 * BLOCK_MINUTES :])

    def expected(self, curve: Curve, minutes: Sequence[Minute] = ()) -> Expected | None:
        """Return the load to expect with the switches as they are; None before anything is known.

        `curve` is the inverter's losses; `minutes` are those of the block that is being filled.
        """
        rest = unmetered((self.plus(minutes) if minutes else self).blocks)
        if rest is None:
            return None
        on = [outlet for outlet in self.outlets if outlet.on]
        sd = math.sqrt(rest.block_sd**2 + sum(curve.slope**2 * outlet.variance for outlet in on))
        watts = rest.watts + curve.running(sum(outlet.watts for outlet in on))
        return Expected(watts, sd, rest.minutes, rest.unsure_w)


def unmetered(blocks: Sequence[Block]) -> Expected | None:
    """Return what no outlet meters, as its history (oldest first) lets expect; None without any."""
    if not blocks:
        return None
    means = _levelled(blocks)
    edge = min(EDGE_BLOCKS, len(blocks) / 3)
    age = total = weights = 0.0
    for one, mean in zip(reversed(blocks), reversed(means), strict=True):
        part = one.minutes / BLOCK_MINUTES
        age += part
        weight = part * math.exp(-age / FORGET_BLOCKS) * min(1.0, (age - part / 2) / edge)
        total += weight * mean
        weights += weight
    lasting_w, seen = total / weights, sum(block.minutes for block in blocks)
    burst_w = sum(block.burst_w * block.minutes for block in blocks) / seen
    whole = [mean + block.burst_w for mean, block in zip(means, blocks, strict=True)]
    short_w, unsure_w = to_come(burst_w, seen / 60, lasting_w)
    watts = lasting_w + short_w
    return Expected(watts, _lasting_sd(whole, watts), seen, unsure_w)


def _lasting_sd(means: Sequence[float], watts: float) -> float:
    """Return the spread of blocks (1 sd) as if they were independent: of half hours' means, scaled back.

    A fridge's run is followed by its rest, so that long means stray less than single blocks let expect; a
    stall that is busy for an hour strays more.
    """
    single = sum((mean - watts) ** 2 for mean in means) / max(1, len(means) - 1)
    batches = max(1, len(means) - BATCH_BLOCKS + 1)
    sums = [sum(means[i : i + BATCH_BLOCKS]) for i in range(batches)]
    size = min(BATCH_BLOCKS, len(means))
    lasting = size * sum((total / size - watts) ** 2 for total in sums) / batches
    seen = len(means) / BATCH_BLOCKS - 1
    if seen <= 0:
        return math.sqrt(EVENED * single)
    return math.sqrt((EVENED_BATCHES * EVENED * single + seen * lasting) / (EVENED_BATCHES + seen))


def _levelled(blocks: Sequence[Block]) -> list[float]:
    """Return the blocks' means less bursts, older ones moved to where what never goes off stands now.

    All the way when it moved far: something unmetered was switched. Not when it went far and came back time
    and again: that is a cycle, and cycles are what means are for. A third of a small way: it may stay.
    """
    least = [block.least_w for block in blocks]
    standing = [min(least[max(0, i - STANDING_BLOCKS + 1) : i + 1]) for i in range(len(least))]
    moves = [standing[-1] - max(standing[i : i + STANDING_BLOCKS]) for i in range(len(standing))]
    far_w = SWITCHED * sum(block.mean_w for block in blocks) / len(blocks)
    far = [abs(move) > far_w for move in moves]
    times = sum(now and not before for before, now in pairwise([False, *far]))
    believed = [times <= CYCLE if away else SMALL for away in far]
    return [
        max(0.0, block.mean_w - block.burst_w + part * move)
        for block, part, move in zip(blocks, believed, moves, strict=True)
    ]
