"""One attempt to open a box after the other: intent, counted pulse, order, and what comes of it.

An attempt has two pulses at most, the second when the coil is cool; what the cabinet answers is never taken
for an open door.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from hardware.locks.events import AlreadyOpen, BusError, Cooling, Outcome, Sent
from kiosk.pickup import boxes, openings
from kiosk.pickup.compartment import Purpose
from kiosk.pickup.staff import at_cabinet
from kiosk.station.errands import AGAIN_S, TROUBLE, Errands, Submit

if TYPE_CHECKING:
    from kiosk.checkout.rights import Person
    from kiosk.pickup.compartment import Compartment

LOOK_S = 3.1
"""After a pulse a door has so long to be seen open: its latch moves within 0.3 s, the polls take the rest."""
LONGEST_WAIT_S = 20.0
"""Nobody stands before a door for longer than this because its coil must cool; they may come again."""


AGAIN_WITHIN_S = 300.0
"""So long after a box was asked for the same person may still stand before it."""
TAKES_IN = frozenset({Purpose.DEPOSIT, Purpose.RETURN})


class Unlocks(Protocol):
    """The cabinet, as far as it is needed here; `hardware.locks.cabinet.Cabinet` is one."""

    def unlock(self, box: int, attempt: str) -> Future[Outcome]:
        """Have a box opened once; KeyError where there is none."""
        ...


@dataclass(slots=True)
class _Try:
    """An attempt under way."""

    opening: openings.Opening
    booked: bool = False
    """A pulse is counted that was not sent yet."""
    reason: str = ""
    """Why it came to nothing, while that could not be written down."""


class Attempts(Errands):
    """The part of the lockers that opens."""

    def __init__(
        self,
        cabinet: Unlocks,
        submit: Submit,
        tell: Callable[[object], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open boxes of a cabinet; the rest is as for every errand."""
        super().__init__(submit, tell, clock=clock)
        self._cabinet = cabinet
        self._tries: dict[int, _Try] = {}
        self._asked_s: dict[int, float] = {}
        """When each box was last asked for, on the thread's clock."""
        self.collection_only: Callable[[], bool] = lambda: False
        """Whether power is kept for those who collect; whoever knows of the power says so."""

    @property
    def is_opening(self) -> bool:
        """Any thread: whether an attempt is under way."""
        return bool(self._tries)

    def _open(
        self, answer: Future[Compartment], wish: tuple[int, Purpose, str, str], by: Person | None
    ) -> None:
        """Write the intent down, then pulse."""
        number, purpose, _order, _actor = wish
        try:
            self._allow(number, purpose)
            asked = (openings.intend,) if by is None else (at_cabinet, by, openings.intend)
            trying = _Try(self._submit(*asked, *wish).result())
        except Exception as error:  # for whoever asked, whatever it is
            answer.set_exception(error)
            return
        self._tries[number] = trying
        self._forget(number, "shut", "look", "pulse", "end")
        try:
            box = self._submit(boxes.box_of, number).result()
        except TROUBLE as error:
            answer.set_exception(error)
            self._end(number, trying, str(error))
            return
        answer.set_result(box)
        self._news(box, "opening")
        self._pulse_due(number)

    def _allow(self, number: int, purpose: Purpose) -> None:
        """Refuse to take things in while power is kept for those who collect.

        Who has just had this box opened may put back what is not theirs, or finish what they began.
        """
        now_s = self._clock()
        lately = now_s - self._asked_s.get(number, -AGAIN_WITHIN_S) < AGAIN_WITHIN_S
        if purpose in TAKES_IN and not lately and self.collection_only():
            raise openings.CollectionOnly
        self._asked_s[number] = now_s

    def _pulse_due(self, number: int) -> None:
        """Count a pulse, then order it."""
        trying = self._tries.get(number)
        if trying is None:
            return
        try:
            if not trying.booked:
                trying.opening = self._submit(openings.book_pulse, trying.opening).result()
                trying.booked = True
            ordered = self._cabinet.unlock(number, str(trying.opening.id))
        except (KeyError, *TROUBLE) as error:
            self._end(number, trying, f"nothing was sent: {error}")
            return
        ordered.add_done_callback(lambda done: self._inbox.put(partial(self._answered, number, trying, done)))

    def _answered(self, number: int, trying: _Try, done: Future[Outcome]) -> None:
        """The cabinet has carried the order out, or not; only contacts say more."""
        if self._tries.get(number) is not trying:
            return
        outcome = BusError("the order was dropped") if done.cancelled() else done.result()
        if isinstance(outcome, Cooling):
            if outcome.seconds > LONGEST_WAIT_S:
                self._end(number, trying, f"the lock must cool for {outcome.seconds:.0f} s")
                return
            self._after(outcome.seconds + 0.05, "pulse", number)
            first = trying.opening.pulses == 1
            self._tell_of(number, "cooling" if first else "press", outcome.seconds)
        elif isinstance(outcome, Sent | AlreadyOpen):
            trying.booked = False
            self._after(LOOK_S, "look", number)
        elif outcome.may_have_pulsed:
            del self._tries[number]  # the contacts conclude it
            self._tell_of(number, "lost", reason=outcome.reason)
        else:
            self._end(number, trying, outcome.reason)

    def _look_due(self, number: int) -> None:
        """The door was not seen open: pulse once more when the coil is cool, or give up."""
        trying = self._tries.get(number)
        if trying is None:
            return
        if trying.opening.pulses < openings.MOST_PULSES:
            self._pulse_due(number)
            return
        self._end(number, trying, "")

    def _end(self, number: int, trying: _Try, reason: str) -> None:
        """An attempt that came to nothing: without a pulse all is as before, after one the lock is stuck.

        It goes on until that is written down: a box that is being opened keeps all others shut.
        """
        sent = trying.opening.pulses - trying.booked
        ending = openings.stuck if sent else openings.not_sent
        box = self._write(number, ending, trying.opening)
        if box is None:
            trying.reason = reason
            self._after(AGAIN_S, "end", number)
            return
        del self._tries[number]
        self._news(box, "stuck" if sent else "refused", reason=reason)

    def _end_due(self, number: int) -> None:
        """What could not be written down is tried again, unless the contacts have concluded it meanwhile."""
        trying = self._tries.get(number)
        if trying is not None:
            self._end(number, trying, trying.reason)
