"""What may be switched on, and what must go off to reach closing time: answers with the clause that decides.

A yes needs every clause to hold. What is not known is never a yes: the answer then says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from kiosk.i18n import N_, _
from kiosk.power.inverter import USUAL, Curve

SAFE = 0.1
"""Decisions look at the time that nine ways out of ten outlast."""
SURE = 0.9
"""Closing time must be reached by nine ways out of ten, or an appliance gets no yes."""
SAG_MARGIN_V = 0.3
"""Volts above the cut-off that a start must leave: two shunts differ by a tenth of a volt, cells by more."""
INRUSH = {"compressor": 5.0, "other": 1.0}
"""A start's watts for each running watt until one was seen: a compressor's motor takes 3 to 8 times."""
COLLECTION_H, PULSES_WH = 0.5, 0.25
"""A locker keeps half an hour of its computer and screen, and 50 pulses of 5 mWh, for whoever collects."""
RESERVE_SHARE, RESERVE_H = 0.04, 0.25
"""A clean shutdown: 4 % of what the pack gives, or a quarter of an hour of what must never go off."""

Kind = Literal["compressor", "other"]
Clause = Literal["inverter", "start", "sag", "closing", "unknown", "none"]
WORDS: dict[Clause, tuple[str, str]] = {
    "inverter": (N_("No: {watts} W over the inverter"), N_("no: +{watts} W")),
    "start": (N_("No: its start is {watts} W over"), N_("no: its start")),
    "sag": (N_("No: its start pulls the battery to its cut-off"), N_("no: its start")),
    "closing": (N_("No: lasts until {time} only"), N_("until {time}")),
    "unknown": (N_("not known"), N_("not known")),
    "none": (N_("Yes, costs {minutes} min"), N_("ok, −{minutes} min")),
}
"""Each answer in full, and on a touch key, where there is room for a word and a number."""


class Ways(Protocol):
    """Equally likely ways it may go."""

    def lasts(self, share: float, /) -> float:
        """Return the seconds that this share of the ways does not reach."""

    def reaches(self, seconds: float, /) -> float:
        """Return the probability that it lasts so long."""


@dataclass(frozen=True, slots=True)
class Appliance:
    """Something that can be switched."""

    name: str
    watts: float | None  # while it runs, at its outlet; None: not known yet
    load_class: int = 3  # 0: never off (till, router); 1: printer, lights; 2: fridge; 3: demonstrations
    kind: Kind = "other"
    start_w: float | None = None  # the highest draw seen in a start; None: none was seen
    runs_s: float | None = None  # how long it is meant to run; None: until closing

    @property
    def inrush_w(self) -> float | None:
        """Watts that its start takes for a moment, learned or supposed."""
        if self.watts is None or self.start_w is not None:
            return self.start_w
        return INRUSH[self.kind] * self.watts


@dataclass(frozen=True, slots=True)
class Moment:
    """What an answer depends on. Every figure may be unknown."""

    free_w: float | None  # that the inverter and the pack still give for good
    surge_w: float | None  # that a start may take
    volts: float | None  # of the pack now
    cutoff_v: float
    ohm: float  # of the pack with its wiring
    closing_s: float | None  # from now; None: there is no closing time
    ways: Callable[[float, float | None], Ways | None]
    """How it goes with so many watts more at the pack (less: negative) for so long (None: for good); None
    while no time can be told."""
    curve: Curve = USUAL

    def at_pack(self, watts: float) -> float:
        """Return what the pack gives for watts at an outlet, the inverter already running."""
        return self.curve.running(watts)


@dataclass(frozen=True, slots=True)
class Advice:
    """Whether something may be switched on."""

    yes: bool | None  # None: it cannot be told
    clause: Clause = "none"  # the one that failed
    over: float | None = None  # by how much: watts, or volts where it is the sag
    cost_min: int | None = None  # minutes of the safe end that it costs; None: not known
    lasts_s: float | None = None  # the safe end with it switched on, seconds from now


@dataclass(frozen=True, slots=True)
class Rescue:
    """What makes closing time a yes."""

    missing_wh: float
    off: tuple[str, ...]  # switching these off does it; empty: nothing that may go off does


def may_switch_on(appliance: Appliance, moment: Moment) -> Advice:
    """Answer "switch it on?". The first clause that fails is named; the order is that of the damage."""
    watts, inrush = appliance.watts, appliance.inrush_w
    if watts is None or inrush is None or moment.free_w is None:
        return Advice(None, "unknown")
    if watts > moment.free_w:
        return Advice(False, "inverter", watts - moment.free_w)
    if moment.surge_w is None or not moment.volts:
        return Advice(None, "unknown")
    if inrush > moment.surge_w:
        return Advice(False, "start", inrush - moment.surge_w)
    low_v = moment.volts - moment.at_pack(inrush) / moment.volts * moment.ohm
    if low_v < moment.cutoff_v + SAG_MARGIN_V:
        return Advice(False, "sag", moment.cutoff_v + SAG_MARGIN_V - low_v)
    return _in_time(appliance, moment, watts)


def _in_time(appliance: Appliance, moment: Moment, watts: float) -> Advice:
    """Answer the clause about closing time, and what it costs."""
    before, after = moment.ways(0.0, None), moment.ways(moment.at_pack(watts), appliance.runs_s)
    if before is None or after is None:
        return Advice(None, "unknown")
    lasts = after.lasts(SAFE)
    cost = max(0, round((before.lasts(SAFE) - lasts) / 60))
    if moment.closing_s is not None and after.reaches(moment.closing_s) < SURE:
        return Advice(False, "closing", None, cost, lasts)
    return Advice(True, "none", None, cost, lasts)


def rescue(missing_wh: float | None, on: Iterable[Appliance], moment: Moment) -> Rescue | None:
    """Return what closes the gap to closing time, cheapest first; None where it is no question.

    Cheapest is what matters least: the highest class, and in it the smallest that does it alone; where none
    does, the largest together, class by class. What must never go off is left alone.
    """
    closing_s = moment.closing_s
    if missing_wh is None or missing_wh <= 0 or closing_s is None or moment.ways(0.0, None) is None:
        return None
    known = [(one, one.watts) for one in on if one.watts and one.load_class > 0]

    def does_it(watts: float) -> bool:
        after = moment.ways(-moment.at_pack(watts), None)
        return after is not None and after.reaches(closing_s) >= SURE

    for one, watts in sorted(known, key=lambda item: (-item[0].load_class, item[1])):
        if does_it(watts):
            return Rescue(missing_wh, (one.name,))
    off: list[str] = []
    together = 0.0
    for one, watts in sorted(known, key=lambda item: (-item[0].load_class, -item[1])):
        off.append(one.name)
        together += watts
        if does_it(together):
            return Rescue(missing_wh, tuple(off))
    return Rescue(missing_wh, ())


def reserve_wh(usable_wh: float, never_off_w: float) -> float:
    """Return the Wh kept out of every number for a clean shutdown.

    `never_off_w` is what classes 0 and 1 draw.
    """
    return max(RESERVE_SHARE * usable_wh, RESERVE_H * never_off_w)


def collection_wh(locker_w: float) -> float:
    """Return the Wh a locker keeps for those who collect; `locker_w` is its computer's and screen's draw."""
    return COLLECTION_H * locker_w + PULSES_WH


def advice_words(advice: Advice, clock: Callable[[float], str], *, briefly: bool = False) -> str:
    """Say an advice in a few words; `clock` tells seconds from now as a time of day."""
    in_full, on_a_key = WORDS[advice.clause]
    return _(on_a_key if briefly else in_full).format(
        minutes=advice.cost_min or 0,
        watts=max(1, round(advice.over or 0.0)),
        time=clock(advice.lasts_s or 0.0) if advice.clause == "closing" else "",
    )
