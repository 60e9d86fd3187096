"""What goes off before the stall goes dark, in which order, and when it comes back.

Slow on purpose: a proposal needs minutes of bad prospects, coming back needs longer good ones, and so nothing
flutters. A person confirms; only in the last minutes it is done without asking.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from kiosk.power.advisor import Kind

LIKELY, LOW_FOR_S = 0.6, 300.0
"""Below this probability of reaching closing time for five minutes, something should go off."""
SHORT_S = 45 * 60.0
"""So does it when the safe end is nearer than this, whatever closing time is."""
ALONE_S = 15 * 60.0
"""Nearer than this nobody is asked any more."""
GOOD, GOOD_FOR_S = 0.9, 900.0
"""Above this for a quarter of an hour it may come on again."""
COMPRESSOR_OFF_S = 300.0
"""A compressor started against its own pressure stalls: it stays off for five minutes."""
PAUSE_S = 60.0
"""After a switching the numbers need a minute to follow."""


@dataclass(frozen=True, slots=True)
class Switched:
    """An outlet as shedding sees it."""

    name: str
    load_class: int  # 0: never off; 3: goes first
    on: bool | None
    watts: float | None = None
    kind: Kind = "other"
    shed: bool = False  # it was this till that switched it off
    off_s: float | None = None  # when it was seen to go off, monotonic seconds


@dataclass(frozen=True, slots=True)
class Proposal:
    """What should be switched."""

    act: Literal["shed", "restore"]
    outlet: str
    alone: bool = False  # without asking: there is no time left to ask


@dataclass(frozen=True, slots=True)
class Watch:
    """Since when it looks bad or good, monotonic seconds; None: it does not."""

    low_s: float | None = None
    good_s: float | None = None
    switched_s: float | None = None  # when something was last switched

    def looked(self, t_s: float, probability: float | None, safe_s: float | None) -> Watch:
        """Return the watch after one more look. What is unknown is neither bad nor good."""
        low = probability is not None and probability < LIKELY
        good = probability is not None and probability > GOOD and (safe_s is None or safe_s > SHORT_S)
        return replace(
            self,
            low_s=(t_s if self.low_s is None else self.low_s) if low else None,
            good_s=(t_s if self.good_s is None else self.good_s) if good else None,
        )

    def switched(self, t_s: float) -> Watch:
        """Return the watch after something was switched: everything is judged anew."""
        return Watch(switched_s=t_s)


def order(outlets: Iterable[Switched]) -> list[Switched]:
    """Return what may go off, first what matters least, in a class the largest first."""
    here = [one for one in outlets if one.load_class > 0 and one.on]
    return sorted(here, key=lambda one: (-one.load_class, -(one.watts or 0.0), one.name))


def proposed(
    watch: Watch, t_s: float, safe_s: float | None, outlets: Iterable[Switched], *, busy: bool
) -> Proposal | None:
    """Return what should be switched now; None where nothing should.

    `busy`: a receipt prints or a locker's door opens, and nothing that they hang on may move. `safe_s` is the
    time that nine ways out of ten outlast, above the reserve.
    """
    if busy or (watch.switched_s is not None and t_s - watch.switched_s < PAUSE_S):
        return None
    known = list(outlets)
    short = safe_s is not None and safe_s < SHORT_S
    if short or _lasted(watch.low_s, t_s, LOW_FOR_S):
        first = next(iter(order(known)), None)
        alone = safe_s is not None and safe_s < ALONE_S
        return None if first is None else Proposal("shed", first.name, alone)
    if _lasted(watch.good_s, t_s, GOOD_FOR_S):
        return next((Proposal("restore", one.name) for one in _back(known, t_s)), None)
    return None


def may_come_on(outlet: Switched, t_s: float) -> bool:
    """Tell whether an outlet may be switched on as far as what is plugged in bears it."""
    rested = outlet.off_s is None or t_s - outlet.off_s >= COMPRESSOR_OFF_S
    return outlet.kind != "compressor" or rested


def _back(outlets: Iterable[Switched], t_s: float) -> list[Switched]:
    """Return what this till switched off and may come on again, first what matters most."""
    here = [one for one in outlets if one.shed and one.on is False and may_come_on(one, t_s)]
    return sorted(here, key=lambda one: (one.load_class, one.watts or 0.0, one.name))


def _lasted(since_s: float | None, t_s: float, seconds: float) -> bool:
    """Tell whether something has gone on for so long."""
    return since_s is not None and t_s - since_s >= seconds
