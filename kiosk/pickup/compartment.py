"""The states of one box, as a table: what may happen in which state, and what it leads to. Pure.

Three rules stand behind the table. A pulse is no opening: only a door seen open leads to OPEN. A door shut
is no proof of contents: without an item sensor or a person's word the box is in CHECK. Nothing here pulses:
OPENING is entered when the intent is on disk, and left by what the contacts say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from kiosk.i18n import _
from kiosk.pickup.said import box_state


class State(StrEnum):
    """How a box is. In OPENING, OPEN and CLOSING a `Purpose` says what for."""

    FREE = "free"
    """Closed and seen empty."""
    HELD = "held"
    """Promised to an order that has not come yet."""
    OPENING = "opening"
    """The intent is on disk; a pulse may have been sent; the door was not seen open."""
    OPEN = "open"
    CLOSING = "closing"
    """Seen shut for a second; what is inside is still to be said."""
    OCCUPIED = "occupied"
    OVERDUE = "overdue"
    """Past its deadline: still collectable until staff clear it."""
    CHECK = "check"
    """Nobody knows what is inside: neither sold nor opened for the public until staff have looked."""
    LEFT_OPEN = "left open"
    """The door stands open and nobody is there."""
    FAILED = "failed"
    """Two pulses did not open it: the lock must be looked at."""
    UNKNOWN = "unknown"
    """The board is silent, or the program has just started."""
    SERVICE = "service"
    """Taken out of use by staff."""


class Purpose(StrEnum):
    """What a box is opened for."""

    DEPOSIT = "deposit"
    PICKUP = "pickup"
    RETURN = "return"
    STAFF = "staff"
    AGAIN = "again"
    """Once more for whoever has just emptied it and forgot something (`kiosk.pickup.reopening`)."""
    PUT_BACK = "put back"
    """For a parcel that is somebody else's (`kiosk.pickup.disowning`)."""


class Event(StrEnum):
    """What happens to a box."""

    HOLD = "hold"
    RELEASE = "release"
    """A hold ended without a deposit."""
    INTEND = "intend"
    """An opening was written down; its purpose comes with it."""
    SEEN_OPEN = "seen open"
    SEEN_SHUT = "seen shut"
    """Shut for a second."""
    STUCK = "stuck"
    """Both pulses of the attempt were sent and the door stayed shut."""
    NOT_SENT = "not sent"
    """The attempt ended without a pulse, since the coil cools or the bus is lost: it is as it was before."""
    ABANDONED = "abandoned"
    """Three minutes open and nobody has closed it."""
    FULL = "full"
    """An item sensor or the person at the box says that something lies inside."""
    EMPTY = "empty"
    UNSURE = "unsure"
    """Nobody could say what is inside."""
    DISOWN = "disown"
    """Whoever collects says that what lies inside is not theirs: it is put back."""
    SILENT = "silent"
    """Whoever was there has gone without a word."""
    EXPIRE = "expire"
    EXTEND = "extend"
    LOST = "lost"
    """The board fell silent, or the program starts: nothing is known until two polls agree."""
    TAKE_OUT = "take out"
    """Staff take the box out of use."""
    STAFF_EMPTY = "staff empty"
    """Staff looked and it is empty."""
    STAFF_FULL = "staff full"


OPEN_REMIND_S, OPEN_ALARM_S, OPEN_ABANDONED_S = 20, 60, 180
"""Seconds a door stands open: until a reminder, an alarm, and until it counts as left open."""
SHUT_S = 1.0
"""A door counts as shut when it has been for so long: one that rebounds is not."""


class NotNow(RuntimeError):
    """This cannot happen to a box in its present state; nothing was changed."""

    def __init__(self, box: Compartment, event: Event) -> None:
        words = _("box {box} is “{state}”: that cannot be now; nothing was changed")
        super().__init__(words.format(box=box.number, state=box_state(box.state)))
        self.box, self.event = box, event


@dataclass(frozen=True, slots=True)
class Compartment:
    """One box as the records have it."""

    number: int
    size: str
    """The size class the shop uses, such as S, M or L."""
    state: State = State.UNKNOWN
    purpose: Purpose | None = None
    """What OPENING, OPEN and CLOSING are for."""
    order: str = ""
    """The order it is held for or holds; empty without one."""
    was: State | None = None
    """In OPENING and UNKNOWN: what it was before."""
    low: bool = False
    """Within reach of somebody who sits: 40 to 120 cm above the ground."""

    @property
    def known(self) -> State | None:
        """Its state; while its board is silent the last one, None where it never spoke."""
        return self.was if self.state is State.UNKNOWN else self.state

    def after(self, event: Event, *, purpose: Purpose | None = None, order: str | None = None) -> Compartment:
        """The box after an event; NotNow when it cannot happen now."""
        if event is Event.NOT_SENT and self.state is State.OPENING and self.was is not None:
            owner = "" if self.was in _WITHOUT_ORDER else self.order
            kept = self._purpose_in(self.was, self.purpose)
            return replace(self, state=self.was, was=None, purpose=kept, order=owner)
        goal = TABLE.get((self.state, event)) or _BY_PURPOSE.get((self.state, self.purpose, event))
        if goal is None or (event is Event.INTEND and not _may(self.state, purpose)):
            raise NotNow(self, event)
        meant = purpose or self.purpose
        owner = self.order if order is None else order
        return replace(
            self,
            state=goal,
            purpose=self._purpose_in(goal, meant),
            order="" if goal in _WITHOUT_ORDER else owner,
            was=self._was_in(goal),
        )

    def resolved(self, state: State) -> Compartment:
        """An UNKNOWN box whose contacts and records together say what it is (`kiosk.pickup.recovery`)."""
        owner = "" if state in _WITHOUT_ORDER else self.order
        return replace(
            self, state=state, purpose=self._purpose_in(state, self.purpose), order=owner, was=None
        )

    @staticmethod
    def _purpose_in(goal: State, meant: Purpose | None) -> Purpose | None:
        """A purpose, where the state has one."""
        return meant if goal in _WITH_PURPOSE else None

    def _was_in(self, goal: State) -> State | None:
        """What to remember of the present state."""
        if goal is State.OPENING:
            return self.state
        if goal is State.UNKNOWN:
            return self.was if self.state is State.UNKNOWN else self.state
        return None


_WITH_PURPOSE = frozenset(
    {State.OPENING, State.OPEN, State.CLOSING, State.LEFT_OPEN, State.FAILED, State.UNKNOWN}
)
_WITHOUT_ORDER = frozenset({State.FREE})
_INTENDABLE: Mapping[State, frozenset[Purpose]] = MappingProxyType(
    {
        State.FREE: frozenset(set(Purpose) - {Purpose.PICKUP}),
        State.HELD: frozenset({Purpose.DEPOSIT, Purpose.STAFF}),
        State.OCCUPIED: frozenset({Purpose.PICKUP, Purpose.STAFF}),
        State.OVERDUE: frozenset({Purpose.PICKUP, Purpose.STAFF}),
        State.CHECK: frozenset({Purpose.STAFF, Purpose.AGAIN, Purpose.PUT_BACK}),
        State.FAILED: frozenset({Purpose.STAFF}),
        State.SERVICE: frozenset({Purpose.STAFF}),
        State.CLOSING: frozenset(Purpose),
    }
)
"""What a box may be opened for. A CLOSING one is reopened by the person still standing before it."""


def _may(state: State, purpose: Purpose | None) -> bool:
    """Whether a box in this state may be opened for that."""
    return purpose is not None and purpose in _INTENDABLE.get(state, frozenset())


TABLE: Mapping[tuple[State, Event], State] = MappingProxyType(
    {
        (State.FREE, Event.HOLD): State.HELD,
        (State.HELD, Event.RELEASE): State.FREE,
        **{(state, Event.INTEND): State.OPENING for state in _INTENDABLE},
        (State.OPENING, Event.SEEN_OPEN): State.OPEN,
        (State.OPENING, Event.STUCK): State.FAILED,
        (State.OPEN, Event.SEEN_SHUT): State.CLOSING,
        (State.OPEN, Event.ABANDONED): State.LEFT_OPEN,
        (State.OPEN, Event.DISOWN): State.OPEN,
        (State.LEFT_OPEN, Event.SEEN_SHUT): State.CHECK,
        (State.CLOSING, Event.SEEN_OPEN): State.OPEN,
        (State.CLOSING, Event.UNSURE): State.CHECK,
        (State.CLOSING, Event.SILENT): State.CHECK,
        # Another box's parcel turned out to be this one's, or the other way round.
        **{(state, Event.UNSURE): State.CHECK for state in (State.OCCUPIED, State.OVERDUE, State.CHECK)},
        (State.OCCUPIED, Event.EXPIRE): State.OVERDUE,
        (State.OVERDUE, Event.EXTEND): State.OCCUPIED,
        (State.CHECK, Event.STAFF_EMPTY): State.FREE,
        (State.CHECK, Event.STAFF_FULL): State.OCCUPIED,
        (State.FAILED, Event.SEEN_OPEN): State.OPEN,
        (State.SERVICE, Event.STAFF_EMPTY): State.FREE,
        # Found open although nobody was to open it: somebody used the key, or it never latched.
        **{
            (state, Event.SEEN_OPEN): State.LEFT_OPEN
            for state in (State.FREE, State.HELD, State.OCCUPIED, State.OVERDUE, State.CHECK, State.UNKNOWN)
        },
        **{(state, Event.LOST): State.UNKNOWN for state in State if state is not State.SERVICE},
        **{
            (state, Event.TAKE_OUT): State.SERVICE
            for state in (State.FREE, State.CHECK, State.FAILED, State.UNKNOWN)
        },
    }
)
"""What leads where, whatever the box is opened for."""

_BY_PURPOSE: Mapping[tuple[State, Purpose | None, Event], State] = MappingProxyType(
    {
        (State.CLOSING, Purpose.DEPOSIT, Event.FULL): State.OCCUPIED,
        (State.CLOSING, Purpose.DEPOSIT, Event.EMPTY): State.HELD,
        (State.CLOSING, Purpose.PICKUP, Event.EMPTY): State.FREE,
        (State.CLOSING, Purpose.PICKUP, Event.FULL): State.OCCUPIED,
        (State.CLOSING, Purpose.RETURN, Event.FULL): State.OCCUPIED,
        (State.CLOSING, Purpose.RETURN, Event.EMPTY): State.FREE,
        (State.CLOSING, Purpose.AGAIN, Event.EMPTY): State.FREE,
        (State.CLOSING, Purpose.AGAIN, Event.FULL): State.CHECK,
        (State.CLOSING, Purpose.PUT_BACK, Event.EMPTY): State.CHECK,
        (State.CLOSING, Purpose.PUT_BACK, Event.FULL): State.CHECK,
        (State.CLOSING, Purpose.STAFF, Event.STAFF_EMPTY): State.FREE,
        (State.CLOSING, Purpose.STAFF, Event.STAFF_FULL): State.OCCUPIED,
    }
)
"""What depends on the purpose."""
