"""One person before the cabinet, from the first key to the clear end: what is shown, and until when. Pure.

A visit never opens anything and believes nothing: it follows what is told of its box. Times are monotonic
seconds, given from outside. While a door stands open nobody is sent away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.pickup.codes import DIGITS
from kiosk.pickup.compartment import Compartment, Purpose, State

IDLE_S = 60.0
"""Without a key for so long a page closes by itself."""
WARN_S = 20.0
"""It says so this long before; any key brings the whole time back, as often as wanted (WCAG 2.2.1)."""
DONE_S = 20.0
"""The end is read quickly; its key for more time is any key."""
HURRY_S, THANKS_S = 20.0, 8.0
"""While somebody waits for their turn: seconds that a question stays, and the end of an ordinary visit."""
WAITS_S = 60.0
"""Whoever showed a code so long ago and has not again may have gone: their box would open for nobody."""
_SCANNED = re.compile(r"[0-9A-Z $%*+\-./:]{1,160}", re.ASCII)
"""The longest of our own, a bag's label, has 147 characters."""


class Page(StrEnum):
    """What the screen shows."""

    REST = "rest"
    """Dark and calm: nobody was here for a while. Whatever is touched only wakes it."""
    IDLE = "idle"
    CODE = "code"
    SIZE = "size"
    """How large is what is brought back."""
    LOOK = "look"
    """The code is being looked at."""
    WAIT = "wait"
    """The door is being opened."""
    PRESS = "press"
    """It is stuck: lean on it, it is tried once more."""
    DOOR = "door"
    ASK = "ask"
    """It is shut: what is inside?"""
    DONE = "done"
    GONE = "gone"
    """The code is right, and its parcel was collected before."""
    SORRY = "sorry"
    HELP = "help"


TIMED = {Page.CODE: IDLE_S, Page.SIZE: IDLE_S, Page.ASK: IDLE_S, Page.DONE: DONE_S, Page.GONE: IDLE_S,
         Page.SORRY: IDLE_S, Page.HELP: IDLE_S}  # fmt: skip
"""Pages that close by themselves, and after how many seconds."""
UNDER_WAY = frozenset({Page.LOOK, Page.WAIT, Page.PRESS, Page.DOOR, Page.ASK})
"""While one of these is shown a box is theirs, and a code that is scanned is somebody else's: they wait."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as it stands; the empty one is the idle screen."""

    page: Page = Page.IDLE
    purpose: Purpose = Purpose.PICKUP
    typed: str = ""
    """Digits of the code so far."""
    box: int = 0
    order: str = ""
    ref: str = ""
    """What people call the order."""
    low: bool = False
    """Something is brought back by somebody who needs a box within reach."""
    more: int = 0
    """Another box in which a parcel of the order lies; 0 without one."""
    again: bool = False
    """It was opened a second time already."""
    by_code: bool = False
    """It is opened once more because its code was shown again."""
    words: str = ""
    """What else there is to say, in the visitor's language."""
    since_s: float = 0.0
    """When the page came, or a key was last pressed on it."""

    def to(self, page: Page, now_s: float, words: str = "") -> Visit:
        """The visit on another page."""
        return replace(self, page=page, words=words, since_s=now_s)

    def touched(self, now_s: float) -> Visit:
        """Any key brings the whole time back."""
        return replace(self, since_s=now_s)

    def digit(self, digit: str, now_s: float) -> Visit:
        """One more digit of the code; a ninth is none."""
        typed = (self.typed + digit)[:DIGITS]
        return replace(self, page=Page.CODE, typed=typed, words="", since_s=now_s)

    def rubbed_out(self, now_s: float) -> Visit:
        """One digit less; without any the visit ends."""
        return replace(self, typed=self.typed[:-1], since_s=now_s) if self.typed else Visit()

    def with_more(self, box: int) -> Visit:
        """Another parcel of the order waits in a box."""
        return replace(self, more=box)

    def with_low(self, low: bool, now_s: float) -> Visit:
        """With a box within reach, or any."""
        return replace(self, low=low, since_s=now_s)

    @property
    def is_under_way(self) -> bool:
        """Whether a box is theirs, so that others wait."""
        return self.page in UNDER_WAY

    @property
    def complete(self) -> bool:
        """Whether the code has all its digits."""
        return len(self.typed) == DIGITS

    def left_s(self, now_s: float, *, hurried: bool = False) -> float | None:
        """Seconds until the page closes; None for one that stays. `hurried` says that somebody waits."""
        limit = IDLE_S if self._ends_with_news else TIMED.get(self.page)
        if limit is None:
            return None
        if hurried:
            limit = THANKS_S if limit == DONE_S else HURRY_S
        return max(0.0, self.since_s + limit - now_s)

    @property
    def _ends_with_news(self) -> bool:
        """Whether the end says something to keep or to act upon, which takes longer to read."""
        return self.page is Page.DONE and (self.more > 0 or self.purpose is not Purpose.PICKUP)

    def warns(self, now_s: float, *, hurried: bool = False) -> bool:
        """Whether to say that the page closes soon."""
        left = self.left_s(now_s, hurried=hurried)
        return left is not None and left <= WARN_S

    def told(self, what: str, box: Compartment, now_s: float) -> Visit:
        """The visit after news of its box (`kiosk.station.events.BoxNews`); another box's is none."""
        if box.number != self.box or self.page not in UNDER_WAY:
            return self
        if what in _PAGES:
            return self.to(_PAGES[what], now_s)
        if what in {"stuck", "refused", "lost", "left"}:
            return self.to(Page.SORRY, now_s, what)
        if what in {"shut", "seen"} and self.page in {Page.DOOR, Page.ASK}:
            if box.state is State.CLOSING:
                return self.to(Page.ASK, now_s)
            inside = {State.OCCUPIED: "inside", State.FREE: "empty"}.get(box.state, "")
            words = inside if (self.purpose, inside) in _UNEXPECTED else ""
            return self if box.state is State.OPEN else self.to(Page.DONE, now_s, words)
        return replace(self, words=what) if what in {"remind", "alarm"} else self


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who showed a code while a box was another's: they are next."""

    code: str
    since_s: float

    def is_there(self, now_s: float) -> bool:
        """Whether they may be taken to stand there still."""
        return now_s - self.since_s <= WAITS_S


_UNEXPECTED = frozenset({(Purpose.PICKUP, "inside"), (Purpose.RETURN, "empty")})
"""What a sensor says of a box that is not as it should be, by what it was opened for."""
_PAGES = {"opening": Page.WAIT, "cooling": Page.WAIT, "press": Page.PRESS, "open": Page.DOOR}
"""News that lead to a page whatever came before."""


def is_plain(scanned: str) -> bool:
    """Whether a scanned text has nothing in it but what our own codes are made of.

    Code 128 carries control characters, and scanners take set-up codes ("BadBarcode", PacSec 2015).
    """
    return _SCANNED.fullmatch(scanned) is not None
