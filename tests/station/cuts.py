"""A box, its lock, the person before it and the till's own code, with the power cut wherever it may be.

One run of a scene goes through the till's real code, from the intent to the end. Whatever is on disk before a
transaction begins, and on either side of a pulse, is what a cut at that moment leaves; what lies inside a
transaction is stored whole or not at all (`tests/ledger`). Each such moment is kept with the door, the lock
and the parcel as they are then; a new till starts on it. Moments that are alike are looked at once.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import apsw

from hardware.locks.board import Door, Item
from hardware.locks.boxes import BoxState
from hardware.locks.events import AlreadyOpen, BoxesSeen, BusError, Cooling, Outcome, Sent
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import deposit
from kiosk.pickup.compartment import Event, Purpose, State
from kiosk.station.lockers import Lockers

BOX = 1
STEP_S = 0.5
_MOMENT = """
SELECT c.state, c.purpose, c.was, c.pickup IS NOT NULL, p.stage, p.code IS NOT NULL, o.pulses, o.outcome
FROM compartment c LEFT JOIN pickup p ON 1 LEFT JOIN opening o ON o.id = (SELECT max(id) FROM opening)
WHERE c.number = 1"""


@dataclass(frozen=True)
class Lock:
    """How a lock and its bus behave."""

    name: str
    opens_at: int = 1
    """The pulse that opens it; 0: none does."""
    sensor: bool = True
    """Whether the box has an item sensor."""
    answers: tuple[str, ...] = ()
    """What the cabinet answers to the first orders, instead of carrying them out: `cooling`, `no answer`,
    `broke off` (with no pulse), `broke after` (with one)."""
    silent_after: bool = False
    """After the first pulse the board says nothing for ten seconds."""
    pressed: bool = False
    """Somebody leans on a stuck door five seconds after the last pulse, and the latch lets go."""
    inverted: bool = False
    """Its contact is wired the other way round and nobody has learned that."""


@dataclass(frozen=True)
class Person:
    """What somebody before an open door does."""

    name: str
    acts: bool = True
    """Takes the parcel out, or puts it in."""
    shuts: bool = True
    says: str = "truth"
    """Where no sensor tells: the `truth`, `unsure`, or nothing (`silent`)."""
    rebounds: bool = False
    """The door springs open again at first."""


LOCKS = (
    Lock("opens"),
    Lock("opens at the second pulse", opens_at=2),
    Lock("is stuck", opens_at=0),
    Lock("is stuck until somebody leans on it", opens_at=0, pressed=True),
    Lock("has no item sensor", sensor=False),
    Lock("has no item sensor and is slow", sensor=False, opens_at=2),
    Lock("is still warm", answers=("cooling",)),
    Lock("has a board that does not answer", answers=("no answer",)),
    Lock("has an adapter that hears itself, and a dead board", answers=("no answer", "no answer")),
    Lock("loses its bus before the pulse", answers=("broke off",)),
    Lock("loses its bus after the pulse", answers=("broke after",), silent_after=True),
    Lock("has a board that falls silent", silent_after=True),
    Lock("has no sensor and a board that falls silent", silent_after=True, sensor=False),
    Lock("is wired the other way round", inverted=True),
)
PEOPLE = (
    Person("does it and shuts the door"),
    Person("does it, and the door rebounds", rebounds=True),
    Person("does it and leaves", shuts=False),
    Person("does nothing and shuts the door", acts=False),
    Person("does nothing and leaves", acts=False, shuts=False),
    Person("does it and says nothing", says="silent"),
    Person("is not sure", says="unsure"),
)


@dataclass
class World:
    """What is there, whatever anybody wrote down of it."""

    lock: Lock
    item: bool
    door: str = "locked"
    silent_s: float = 0.0
    pulses: dict[int, int] = field(default_factory=dict)
    """On the wire, by attempt."""
    was_open: bool = False
    was_shut_after: bool = False
    """The door was open and is shut again."""

    def seen(self) -> BoxState:
        """What the contacts say."""
        if self.silent_s > 0:
            return BoxState()
        locked = (self.door == "locked") != self.lock.inverted
        item = (Item.YES if self.item else Item.NO) if self.lock.sensor else Item.UNKNOWN
        return BoxState(Door.LOCKED if locked else Door.OPEN, item)

    def pulse(self, attempt: int) -> None:
        """The coil fires."""
        self.pulses[attempt] = self.pulses.get(attempt, 0) + 1
        if self.lock.silent_after and sum(self.pulses.values()) == 1:
            self.silent_s = 10.0
        if self.lock.opens_at and sum(self.pulses.values()) >= self.lock.opens_at:
            self.move("open")

    def move(self, door: str) -> None:
        """The door opens or shuts."""
        self.door = door
        self.was_open = self.was_open or door == "open"
        self.was_shut_after = self.was_open and door == "locked"


@dataclass(frozen=True)
class Moment:
    """What a cut leaves: records on disk, and the world."""

    ledger: Path
    world: World


class Till:
    """The till's own code in this thread, on a clock that moves when told."""

    def __init__(self, ledger: Ledger, world: World, *, may_pulse: bool = True) -> None:
        """Start, and let the contacts speak."""
        self.ledger, self.world, self.now, self.may_pulse = ledger, world, 100.0, may_pulse
        self.on_pulse: Callable[[], None] = lambda: None
        self._answers = list(world.lock.answers)
        self.lockers = Lockers(self, self._submit, lambda _news: None, clock=lambda: self.now)
        self.lockers._begin(())
        self.look()

    def _submit(self, function: Callable[..., Any], *args: Any) -> Future[Any]:
        """The ledger's writer, at once."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(self.ledger, *args))
        except Exception as error:
            future.set_exception(error)
        return future

    def unlock(self, box: int, attempt: str) -> Future[Outcome]:
        """The cabinet."""
        assert self.may_pulse, "a start never pulses"
        answer: Future[Outcome] = Future()
        self.on_pulse()
        answer.set_result(self._carry_out(int(attempt)))
        self.on_pulse()
        return answer

    def _carry_out(self, attempt: int) -> Outcome:
        behaves = self._answers.pop(0) if self._answers else ""
        if behaves == "cooling":
            return Cooling(9.0)
        if behaves == "no answer":
            return BusError("board 0 did not answer; no pulse was sent")
        if behaves == "broke off":
            return BusError("pulled out", may_have_pulsed=True)
        if self.world.door == "open":
            return AlreadyOpen()
        self.world.pulse(attempt)
        return BusError("pulled out", may_have_pulsed=True) if behaves == "broke after" else Sent()

    def look(self) -> None:
        """The contacts speak."""
        seen = {number: BoxState(Door.LOCKED) for number in range(2, 5)} | {BOX: self.world.seen()}
        self.lockers.heard(BoxesSeen("locks", seen, 0))
        self.lockers.work()

    def wait(self, seconds: float) -> None:
        """Time passes, with everything due in it done in its turn."""
        self.world.silent_s = max(0.0, self.world.silent_s - seconds)
        end = self.now + seconds
        while (due := min(self.lockers._due.values(), default=end + 1)) <= end:
            self.now = max(self.now, due)
            self.lockers.work()
        self.now = end
        self.look()

    # -- a scene -------------------------------------------------------------------------------------------

    def play(self, purpose: Purpose, order: str, person: Person) -> None:
        """Have the box opened; whoever is there does what they do."""
        asked = self.lockers.open(BOX, purpose, order, "somebody")
        self.lockers.work()
        if asked.exception() is not None:
            return
        for step in range(80):
            self.wait(STEP_S)
            if self.world.door == "open" and self.world.silent_s == 0:
                break
            if self.world.lock.pressed and step == 60:
                self.world.move("open")
        if self.world.door == "open":
            self._use(purpose, person)

    def _use(self, purpose: Purpose, person: Person) -> None:
        if person.acts:
            self.world.item = purpose is not Purpose.PICKUP
        if person.rebounds:
            for door in ("locked", "open"):
                self.world.move(door)
                self.wait(0.4)
        if not person.shuts:
            self.wait(181)
            return
        self.world.move("locked")
        self.look()
        self.wait(1.1)
        full = Event.FULL if self.world.item else Event.EMPTY
        what = {"truth": full, "unsure": Event.UNSURE}.get(person.says)
        if what is not None and _state(self.ledger) is State.CLOSING:
            self.lockers.say(BOX, what, "somebody")
        self.wait(61)
        deposit.announce_inside(self.ledger)


def add_moments(
    found: dict[Any, Moment], base: Path, scene: tuple[Purpose, Lock, Person], order: str
) -> None:
    """Add every moment of a scene at which the power may fail, by what makes it different from others."""
    folder = base.parent
    purpose, lock, person = scene
    path = folder / "scene.db"
    for left in folder.glob("scene.db*"):
        left.unlink()
    shutil.copy(base, path)
    world = World(lock, item=purpose is Purpose.PICKUP)
    with Ledger.open(path, clock=FakeClock()) as ledger:
        ledger.execute("PRAGMA synchronous = OFF")
        reader = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)

        def note() -> None:
            kept = replace(world, pulses=dict(world.pulses))
            key = (
                purpose, lock.sensor, lock.inverted, next(reader.execute(_MOMENT)), kept.door, kept.item,
                kept.was_open, kept.was_shut_after, sum(kept.pulses.values()), _announced(reader),
            )  # fmt: skip
            judge(reader, kept, purpose, f"{purpose}: the lock {lock.name}, somebody {person.name}")
            if key not in found:
                copy = folder / f"{len(found)}.db"
                for file in folder.glob("scene.db*"):
                    if not file.name.endswith("-shm"):
                        shutil.copy(file, str(copy) + file.name.removeprefix("scene.db"))
                found[key] = Moment(copy, kept)

        def trace(_cursor: object, sql: str, _bindings: object) -> bool:
            if sql.startswith("BEGIN"):
                note()
            return True

        ledger.connection.exec_trace = trace
        till = Till(ledger, world)
        till.on_pulse = note
        till.play(purpose, order, person)
        note()
        ledger.connection.exec_trace = None
        reader.close()


def judge(reader: apsw.Connection, world: World, purpose: Purpose, when: str) -> None:
    """What must hold at every moment, whatever happened."""
    state, _purpose, _was, _owner, stage, _code, _pulses, _outcome = next(reader.execute(_MOMENT))
    booked = dict(reader.execute("SELECT id, pulses FROM opening"))
    for attempt, count in world.pulses.items():
        assert count <= booked.get(attempt, 0) <= 2, f"{when}: more pulses than are written down"
    if stage == "collected" and purpose is not Purpose.AGAIN:  # it was collected before that
        assert world.was_shut_after, f"{when}: collected, and the door was not seen open and shut"
    if purpose is Purpose.DEPOSIT and _announced(reader):
        assert world.was_shut_after, f"{when}: a code was sent before the door was seen shut"
        assert world.item, f"{when}: a code was sent for a parcel that is not there"
    if state == "free":
        assert not world.item, f"{when}: a full box is offered"


def _announced(reader: apsw.Connection) -> int:
    """How often a code was sent."""
    row = next(reader.execute("SELECT count(*) FROM journal WHERE type = 'pickup.ready'"))
    return int(str(row[0]))


def _state(ledger: Ledger) -> State:
    return State(ledger.rows("SELECT state FROM compartment WHERE number = 1")[0][0])
