"""Headroom: what the seller sees of the power, each number with its reason. Unknown is None, never zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.power.outlook import Outlook
from kiosk.power.sky import SunWindow

Grade = Literal["A", "B", "C", "D"]
Flow = Literal["draining", "holding", "charging", "unknown"]
Word = Literal["yes", "likely", "unlikely", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and where it comes from."""

    value: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Until:
    """How long it lasts, in seconds from now; a whole day stands for longer."""

    safe_s: float | None = None  # nine ways out of ten last longer: for decisions
    even_s: float | None = None  # even odds: for information
    best_s: float | None = None  # one way out of ten lasts longer
    why: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """Whether it lasts until closing time."""

    probability: float | None = None
    word: Word = "unknown"
    missing_wh: float | None = None  # that would make it a yes; 0 where it is one
    why: str = ""


@dataclass(frozen=True, slots=True)
class Headroom:
    """All numbers of one moment."""

    grade: Grade
    grade_why: str
    age_s: float | None = None  # of the newest sample; None: there was none
    flow: Flow = "unknown"
    net_w: float | None = None  # out of the pack now
    load_w: float | None = None  # expected, with the switches as they are
    free_w: Figure = Figure()  # that may be switched on for good; negative: too much is on
    surge_w: Figure = Figure()  # that a start may take for seconds
    wh_left: Figure = Figure()  # above the reserve, even odds
    wh_safe: Figure = Figure()  # the same, nine ways out of ten
    charge: Figure = Figure()  # part of what the pack gives, 0 to 1; a quarter of it where it is a guess
    until: Until = Until()
    full_s: float | None = None  # until it is full, while it charges
    closing: Closing = Closing()
    sun: SunWindow | None = None  # None: no panel, or no clock to be trusted
    ways: Outlook | None = None  # what `until` and `closing` are read from; None: no time can be told


@dataclass(frozen=True, slots=True)
class Now:
    """What is asked."""

    t_s: float  # monotonic, as in the samples
    wall_s: float | None = None  # Unix seconds; None when the clock is not trusted: no sun is foreseen then
    closing_s: float | None = None  # from now; None: there is no closing time
    reserve_wh: float = 0.0  # kept out of every number
