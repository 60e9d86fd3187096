"""The estimator: one sample in, one frozen state out.

The state is all there is; kept in the ledger each minute it outlives a reboot. It counts, looks at the
voltage every five minutes and remembers the day's load. What nobody measured makes it less sure, never
silently wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.power import capacity, free, voltage
from kiosk.power.belief import Belief
from kiosk.power.counter import Count, counted, flowed
from kiosk.power.load import Expected, Load
from kiosk.power.minutes import BLOCK_MINUTES, MINUTE_S, Minute, Sums
from kiosk.power.outlets import updated
from kiosk.power.pack import Pack, Stall
from kiosk.power.resistance import Resistance
from kiosk.power.sample import Sample
from kiosk.power.sun import clear_w

OFFSET_A = 0.03
GAIN = 0.005
"""What a shunt's count may be off by, 1 sd: 20 mA and 0.4 % are usual."""
BURST_KEPT = 0.5 ** (1 / 240)
"""Of the highest draw, for each minute without one as high: half of it is forgotten after four hours."""
VOLTAGE_A = 0.3
"""The curves are of cells that deliver; with less current than this they say nothing."""
SHORT, SHORT_W = 1.2, 10.0
"""Outlets that draw by so much more than the pack gives mean a meter that lies. Those that do not answer are
no witnesses: with the inverter they go silent all at once."""
DAY_H = 8
"""Hours a pack is taken to last before any load was seen."""


@dataclass(frozen=True, slots=True)
class State:
    """All that is known."""

    belief: Belief
    learned_ah: float | None = None  # usable Ah as learned at a cut-off; None: never yet
    count: Count = field(default_factory=Count)
    resistance: Resistance = field(default_factory=Resistance)
    burst_a: float = 0.0  # the highest draw of the last hours
    load: Load = field(default_factory=Load)
    short: int = 0  # minutes in a row in which the outlets drew more than the pack gave
    unlooked: bool = True  # the next look at the voltage is a new witness
    sums: Sums = field(default_factory=Sums)  # of the minute that is being filled
    minutes: tuple[Minute, ...] = ()  # of the block that is being filled
    newest: Minute | None = None  # the newest minute
    last: Sample | None = None  # the newest with volts and amps
    recent: tuple[tuple[float, float], ...] = ()  # (t_s, watts behind the inverter), ten minutes


def fresh(pack: Pack, learned_ah: float | None = None) -> State:
    """Return what is known of a pack that nobody has looked at yet: next to nothing."""
    usable, sd = capacity.supposed(pack, learned_ah)
    return State(Belief(usable, usable / 2, sd**2, (usable * 0.3) ** 2, sd**2 / 2), learned_ah)


def expected(state: State, stall: Stall) -> Expected | None:
    """Return the load to expect with the switches as they are; None before anything is known."""
    return state.load.expected(stall.curve, state.minutes)


def step(state: State, sample: Sample, stall: Stall) -> State:
    """Return what is known after one more sample; without volts or amps, or late, it is passed over."""
    last = state.last
    if sample.volts is None or sample.amps is None:
        return state
    if last is None or last.volts is None or last.amps is None:
        return replace(state, last=sample)
    seconds = sample.t_s - last.t_s
    if seconds <= 0:
        return state
    if seconds > stall.gap_s:
        return replace(unseen(state, stall, seconds), last=sample)
    volts, amps = (last.volts + sample.volts) / 2, (last.amps + sample.amps) / 2
    ah = flowed(amps, seconds)
    state = replace(
        state,
        belief=state.belief.drawn(ah, OFFSET_A * seconds / 3600 + GAIN * abs(ah)),
        count=counted(state.count, stall.pack, volts, amps, ah, seconds),
        sums=state.sums.plus(sample, volts, amps, ah, seconds),
        last=sample,
        recent=free.remembered(state.recent, sample),
    )
    if state.count.is_full:
        state = filled(state)
    elif state.count.is_empty:
        state = emptied(state, stall.pack)
    return _minute(state, stall, sample) if state.sums.seconds >= MINUTE_S else state


def unseen(state: State, stall: Stall, seconds: float) -> State:
    """Return what is known after a time that nobody measured: it may have drawn as usual, or nothing."""
    load, pack = expected(state, stall), stall.pack
    watts = load.watts if load else pack.nameplate_ah * pack.nominal_v / DAY_H
    ah = min(watts / pack.nominal_v * seconds / 3600, state.belief.usable)
    return replace(
        state,
        belief=state.belief.drawn(ah / 2).widened(ah / 12**0.5),  # anything between, all alike
        load=replace(state.load, rest=()),
        count=state.count.missed(ah, seconds),
        unlooked=True,
        sums=Sums(),
        minutes=(),
        newest=None,
        last=None,
        recent=(),
    )


def filled(state: State) -> State:
    """Return what is known once the pack is full: by its signs, or because a person says so."""
    usable, var = state.belief.usable, state.belief.usable_var
    return replace(state, belief=Belief(usable, usable, var, var, var), count=Count(since_full_s=0.0))


def emptied(state: State, pack: Pack) -> State:
    """Return what is known at the cut-off: nothing is left, and what a pack gives if it began full."""
    learned = capacity.learned(state.learned_ah, state.count)
    usable, sd = capacity.supposed(pack, learned)
    belief = Belief(usable, 0.0, sd**2, (capacity.EMPTY_SD * usable) ** 2, 0.0)
    return replace(state, learned_ah=learned, belief=belief, count=Count())  # one discharge teaches once


def _minute(state: State, stall: Stall, sample: Sample) -> State:
    """Close a minute, and with every fifth a block."""
    sums = state.sums
    metered = {name: watt_s / sums.seconds for name, watt_s in sums.outlets.items()}
    outlets = updated(state.load.outlets, sample.outlets, metered)
    load_w = sums.load / sums.seconds
    switched_w = stall.curve.running(sum(metered.get(one.name, one.watts) for one in outlets if one.on))
    measured_w = stall.curve.running(sum(metered.get(one.name, 0.0) for one in outlets if one.on))
    minute = Minute(
        sums.volts / sums.seconds,
        sums.amps / sums.seconds,
        sums.ah,
        max(0.0, load_w - switched_w),
        sums.solar / sums.seconds,
        clear_w(stall.site, sample.wall_s) if stall.site and sample.wall_s is not None else 0.0,
    )
    resistance = state.resistance
    before = state.newest
    if before is not None:
        resistance = resistance.stepped(minute.volts - before.volts, minute.amps - before.amps)
    state = replace(
        state,
        resistance=resistance,
        burst_a=max(sums.peak_a, state.burst_a * BURST_KEPT),
        load=replace(state.load, outlets=outlets),
        sums=Sums(),
        minutes=(*state.minutes, minute),
        newest=minute,
        short=state.short + 1 if measured_w > SHORT * load_w + SHORT_W else 0,
    )
    return _block(state, stall.pack) if len(state.minutes) >= BLOCK_MINUTES else state


def _block(state: State, pack: Pack) -> State:
    """Close a block: remember its load, and look at its voltage."""
    minutes, belief, ohm = state.minutes, state.belief, state.resistance.ohm
    volts = sum(minute.volts for minute in minutes) / len(minutes)
    amps = sum(minute.amps for minute in minutes) / len(minutes)
    unlooked = state.unlooked
    if amps >= VOLTAGE_A:
        drawn_ah = sum(minute.ah for minute in minutes)
        novel = 1.0 if unlooked else voltage.novelty(abs(drawn_ah), belief.usable)
        cell_v, dry = (volts + amps * ohm) / pack.cells, pack.dry(ohm, state.burst_a)
        belief, unlooked = voltage.nudged(belief, pack, dry, cell_v, drawn_ah, novel), False
    load = state.load.plus(minutes)
    return replace(state, belief=belief.alive(), unlooked=unlooked, load=load, minutes=())
