"""The boxes of a cabinet at work: intents and pulses on disk first, then the wire, then what contacts say.

One thread decides; everything it writes goes through the ledger's writer, and nothing on the screen waits for
it. It never pulses by itself: at the start every box is unknown until its contacts have spoken, and an order
that was under way when the power went is concluded, not repeated.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from hardware.locks.boxes import BoxState
from hardware.locks.events import AlreadyOpen, BoxesSeen, BusError, Cooling, Outcome, Sent
from kiosk.ledger.errors import LedgerError
from kiosk.pickup import boxes, contacts, deposit, holds, openings, reminders
from kiosk.pickup.compartment import (
    OPEN_ABANDONED_S,
    OPEN_ALARM_S,
    OPEN_REMIND_S,
    SHUT_S,
    Compartment,
    State,
)
from kiosk.pickup.compartment import Event as BoxEvent
from kiosk.station.events import BoxNews, BoxWord

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.compartment import Purpose

log = logging.getLogger(__name__)

LOOK_S = 3.1
"""After a pulse a door has so long to be seen open: its latch moves within 0.3 s, the polls take the rest."""
LONGEST_WAIT_S = 20.0
"""Nobody stands before a door for longer than this because its coil must cool; they may come again."""
AGAIN_S = 1.0
"""Until what could not be written down is tried again."""
TIDY_S = 300.0
"""Between two looks at holds that lapsed and reminders that are due."""

SILENT_S = 60.0
"""Whoever shut a door and says nothing for so long has gone."""
TROUBLE = (LedgerError, RuntimeError, OSError)
"""What may go wrong with the ledger or the records; it is told, and the boxes are looked at again."""

Sizes = tuple[tuple[int, str, bool], ...]
Submit = Callable[..., "Future[Any]"]


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


class Lockers:
    """Opens boxes and keeps their records. Every public method may be called from any thread."""

    def __init__(
        self,
        cabinet: Unlocks,
        submit: Submit,
        tell: Callable[[object], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`submit` runs a function of the ledger in its writer's thread; `tell` takes every `BoxNews`."""
        self._cabinet = cabinet
        self._submit = submit
        self._tell = tell
        self._clock = clock
        self._inbox: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._due: dict[tuple[str, int], float] = {}
        self._tries: dict[int, _Try] = {}
        self.doors: Mapping[int, BoxState] = {}
        """What the contacts said last, by box; replaced as a whole."""
        self._thread = threading.Thread(target=self._run, name="lockers", daemon=True)

    def start(self, sizes: Sizes = ()) -> None:
        """Take what is known for unknown, and begin. `sizes` are the boxes the shop's settings name."""
        self._inbox.put(partial(self._begin, sizes))
        self._thread.start()

    def stop(self) -> None:
        """End the thread; an attempt under way is concluded at the next start."""
        self._inbox.put(None)
        if self._thread.ident is not None:
            self._thread.join(10)

    def heard(self, event: object) -> None:
        """Take a device's event."""
        if isinstance(event, BoxesSeen):
            self._inbox.put(partial(self._seen, event.boxes))

    def open(self, box: int, purpose: Purpose, order: str = "", actor: str = "") -> Future[Compartment]:
        """Have a box opened; what becomes of it is told by `BoxNews`.

        The future has the box once the intent is written down, or tells why it may not be opened.
        """
        answer: Future[Compartment] = Future()
        self._inbox.put(partial(self._open, answer, box, purpose, order, actor))
        return answer

    def say(self, box: int, what: BoxEvent, actor: str) -> Future[Compartment]:
        """Write down what a person says of a box that was just shut; NotNow when nobody asked them."""
        future: Future[Compartment] = self._submit(openings.said, box, what, actor)
        future.add_done_callback(lambda done: None if done.exception() else self._news(done.result(), "seen"))
        return future

    # -- the thread ----------------------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            next_due = min(self._due.values(), default=None)
            wait_s = None if next_due is None else max(0.0, next_due - self._clock())
            try:
                job = self._inbox.get(timeout=wait_s)
            except queue.Empty:
                self.be_on_time()
                continue
            if job is None:
                return
            job()

    def work(self) -> None:
        """Do what waits and is due, in the caller's thread: how a test drives it on a clock of its own."""
        self.be_on_time()
        while not self._inbox.empty():
            if (job := self._inbox.get_nowait()) is not None:
                job()
            self.be_on_time()

    def be_on_time(self) -> None:
        """Do everything whose time has come."""
        now = self._clock()
        for key in [key for key, at in self._due.items() if at <= now]:
            self._due.pop(key, None)
            name, number = key
            getattr(self, f"_{name}_due")(number)

    def _after(self, seconds: float, name: str, number: int) -> None:
        self._due.setdefault((name, number), self._clock() + seconds)

    def _write(self, number: int, function: Callable[..., Compartment], *args: object) -> Compartment | None:
        """Write something down; what cannot be written is looked at again, and told."""
        try:
            box: Compartment = self._submit(function, *args).result()
        except boxes.NoSuchBox:
            return None  # a lock on the wire that the shop's settings have no use for
        except TROUBLE as error:
            log.error("box %d: %s", number, error)
            self._after(AGAIN_S, "again", number)
            return None
        self._set_timers(box)
        return box

    def _news(self, box: Compartment, what: BoxWord, seconds: float = 0.0, reason: str = "") -> None:
        self._tell(BoxNews(box, what, seconds, reason))

    def _begin(self, sizes: Sizes) -> None:
        """At the start nothing is known of any box."""
        try:
            self._submit(_prepare, sizes).result()
        except TROUBLE as error:
            log.error("the boxes could not be prepared: %s", error)
        self._after(0, "tidy", 0)

    def _tidy_due(self, _number: int) -> None:
        """Let go of lapsed holds; write reminders down."""
        try:
            for reminder in self._submit(_tidy).result():
                self._tell(reminder)
        except TROUBLE as error:
            log.error("holds and reminders were left as they are: %s", error)
        self._after(TIDY_S, "tidy", 0)

    # -- what contacts say ---------------------------------------------------------------------------------

    def _seen(self, seen: Mapping[int, BoxState]) -> None:
        changed = [number for number, state in seen.items() if self.doors.get(number) != state]
        self.doors = dict(seen)
        for number in changed:
            self._meet(number)

    def _again_due(self, number: int) -> None:
        self._meet(number)

    def _meet(self, number: int) -> None:
        state = self.doors.get(number, BoxState())
        box = self._write(number, contacts.meet, number, state.door.value, state.item.value)
        if box is None:
            return
        if box.state is State.OPEN and self._tries.pop(number, None) is not None:
            self._forget(number, "pulse", "look")
            self._news(box, "open")
        elif box.state is State.UNKNOWN and self._tries.pop(number, None) is not None:
            self._forget(number, "pulse", "look")
            self._news(box, "lost", reason="the board fell silent")
        else:
            self._news(box, "open" if box.state is State.OPEN and state.door == "open" else "seen")

    def _set_timers(self, box: Compartment) -> None:
        """Count how long a door stands open, and how long it is shut."""
        door = self.doors.get(box.number, BoxState()).door
        if box.state is State.OPEN:
            for name, seconds in (
                ("remind", OPEN_REMIND_S),
                ("alarm", OPEN_ALARM_S),
                ("abandon", OPEN_ABANDONED_S),
            ):
                self._after(seconds, name, box.number)
        else:
            self._forget(box.number, "remind", "alarm", "abandon")
        if box.state is State.CLOSING:
            self._after(SILENT_S, "silent", box.number)
        else:
            self._forget(box.number, "silent")
        if door == "locked" and box.state in contacts.AWAITS_SHUT:
            self._after(SHUT_S, "shut", box.number)
        else:
            self._forget(box.number, "shut")

    def _forget(self, number: int, *names: str) -> None:
        for name in names:
            self._due.pop((name, number), None)

    def _shut_due(self, number: int) -> None:
        item = self.doors.get(number, BoxState()).item
        if (box := self._write(number, contacts.settle_shut, number, item.value)) is not None:
            if box.state is State.OCCUPIED:
                self._after(0, "inside", number)
            self._news(box, "shut")

    def _inside_due(self, _number: int) -> None:
        """A sensor says that a deposit is inside: its code counts from now on."""
        try:
            self._submit(deposit.announce_inside).result()
        except TROUBLE as error:
            log.error("orders inside are not announced yet: %s", error)

    def _silent_due(self, number: int) -> None:
        if (box := self._write(number, contacts.settle_silence, number)) is not None:
            self._news(box, "seen")

    def _remind_due(self, number: int) -> None:
        self._tell_of(number, "remind")

    def _alarm_due(self, number: int) -> None:
        self._tell_of(number, "alarm")

    def _tell_of(self, number: int, what: BoxWord, seconds: float = 0.0, reason: str = "") -> None:
        """Tell of a box that is as it was; its timers run on."""
        try:
            self._news(self._submit(boxes.box_of, number).result(), what, seconds, reason)
        except TROUBLE as error:
            log.error("box %d: %s", number, error)

    def _abandon_due(self, number: int) -> None:
        if (box := self._write(number, openings.abandoned, number)) is not None:
            self._news(box, "left")

    # -- an attempt ----------------------------------------------------------------------------------------

    def _open(
        self, answer: Future[Compartment], number: int, purpose: Purpose, order: str, actor: str
    ) -> None:
        """Write the intent down, then pulse."""
        try:
            opening = self._submit(openings.intend, number, purpose, order, actor).result()
            box = self._submit(boxes.box_of, number).result()
        except Exception as error:  # for whoever asked, whatever it is
            answer.set_exception(error)
            return
        self._tries[number] = _Try(opening)
        self._forget(number, "shut", "look", "pulse")
        answer.set_result(box)
        self._news(box, "opening")
        self._pulse_due(number)

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
            first = trying.opening.pulses == 1
            if first and outcome.seconds > LONGEST_WAIT_S:
                self._end(number, trying, f"the lock must cool for {outcome.seconds:.0f} s")
                return
            self._after(outcome.seconds + 0.05, "pulse", number)
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
        """An attempt that came to nothing: without a pulse all is as before, after one the lock is stuck."""
        del self._tries[number]
        sent = trying.opening.pulses - trying.booked
        ending = openings.stuck if sent else openings.not_sent
        if (box := self._write(number, ending, trying.opening)) is not None:
            self._news(box, "stuck" if sent else "refused", reason=reason)


def _prepare(ledger: Ledger, sizes: Sizes) -> None:
    """Have the ledger know the boxes of the settings, each as unknown as it is."""
    known = {(box.number, box.size, box.low) for box in boxes.boxes(ledger)}
    if sizes and set(sizes) != known:
        boxes.set_up(ledger, sizes)
    openings.lost(ledger)


def _tidy(ledger: Ledger) -> list[reminders.Reminder]:
    """What the time of day brings."""
    holds.lapse(ledger)
    deposit.announce_inside(ledger)
    return reminders.due(ledger)
