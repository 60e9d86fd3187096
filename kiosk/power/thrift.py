"""How sparing the till must be: bright, dimmed and quiet, handing out only, about to be switched off. Pure.

It gets worse at once and better slowly. What is not known changes nothing: a silent meter neither dims a till
nor switches one off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum


class Level(IntEnum):
    """How sparing; each includes the ones before."""

    PLENTY = 0
    SPARING = 1
    """Dimmer colours, fewer frames, receipts as codes first, paper without logo."""
    COLLECTING = 2
    """A locker lives on what is kept for those who collect: nothing is taken in any more."""
    ENDING = 3
    """What is left is for a clean end."""


SHORT_S = 45 * 60.0
"""Sparing begins when the time that nine ways out of ten outlast is nearer than this. It is what is proposed
for shedding as well: three quarters of an hour is what a person needs to fetch a battery."""
BACK_S = 30 * 60.0
"""And ends when it is so much further again: Victron's Venus OS connects a load with a margin of 30 minutes,
and sheds it with one of 5 (loadshedding.py). A forecast jumps by 5 minutes in 5, behind a cloud by more."""
STEADY_S = 300.0
"""It must have looked better for so long without a break, the last time over as well as the first."""
EMPTY, FILLED = 0.1, 0.25
"""The same by the charge alone, where no time can be told: 0 to 1."""
LOOKS = 3
"""Looks in a row in which two signs agree that nothing is left: one alone has shut down many a full battery
(networkupstools/nut, issue 3346; suptronics/x120x, merged.py)."""
AGREE = 2


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the power says; every figure may be unknown."""

    safe_s: float | None = None  # until the end that nine ways out of ten outlast, above every reserve
    charge: float | None = None  # 0 to 1
    charging: bool = False  # more comes in than goes out
    safe_wh: float | None = None  # above every reserve, nine ways out of ten
    kept_wh: float = 0.0  # kept for those who collect; 0: there is no locker
    signs: int | None = None  # how many say that nothing is left; None: nobody says anything


@dataclass(frozen=True, slots=True)
class Thrift:
    """How sparing the till is, and what speaks for a change."""

    level: Level = Level.PLENTY
    better_s: float | None = None  # since when it looks better than the level, monotonic seconds
    gone: int = 0  # looks in a row in which enough signs agree

    @property
    def relieved(self) -> bool:
        """Whether it looks better at the moment, if not for long enough: what cannot be undone waits."""
        return self.better_s is not None

    def after(self, t_s: float, look: Look) -> Thrift:
        """Return how sparing the till is after one more look."""
        gone = self.gone
        if look.signs is not None:
            gone = min(LOOKS, gone + 1) if look.signs >= AGREE else 0
        wanted = _wanted(look, gone)
        if wanted is not None and wanted > self.level:
            return Thrift(wanted, None, gone)
        if not _is_better(self.level, look):
            return replace(self, better_s=None, gone=gone)
        since = t_s if self.better_s is None else self.better_s
        if t_s - since < STEADY_S:
            return replace(self, better_s=since, gone=gone)
        return Thrift(_wanted(look, gone) or Level.PLENTY, None, gone)


def _wanted(look: Look, gone: int) -> Level | None:
    """Return what this look alone asks for; None: nothing is known."""
    if gone >= LOOKS and not look.charging:
        return Level.ENDING
    if look.kept_wh and look.safe_wh is not None and look.safe_wh <= 0:
        return Level.COLLECTING
    if look.safe_s is not None:
        return Level.SPARING if look.safe_s < SHORT_S else Level.PLENTY
    if look.charge is not None:
        return Level.SPARING if look.charge <= EMPTY and not look.charging else Level.PLENTY
    return None


def _is_better(level: Level, look: Look) -> bool:
    """Tell whether a look is better than what a level is for, by a margin."""
    if level is Level.ENDING:
        return look.charging or look.signs == 0
    if level is Level.COLLECTING:
        return look.safe_wh is not None and look.safe_wh >= look.kept_wh
    if level is Level.SPARING:
        if look.safe_s is not None:
            return look.safe_s >= SHORT_S + BACK_S
        return look.charging or (look.charge is not None and look.charge >= FILLED)
    return False
