"""A cabinet's boxes at work: what is written down before a pulse, and what each misbehaving lock leads to."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from hardware.locks.board import Door, Item
from hardware.locks.boxes import BoxState
from hardware.locks.events import BoxesSeen, BusError, Cooling, Outcome, Sent
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes, desk, openings
from kiosk.pickup.compartment import Event, Purpose, State
from kiosk.pickup.openings import AnotherDoorOpen, CollectionOnly
from kiosk.station.attempts import LOOK_S
from kiosk.station.events import BoxNews
from kiosk.station.lockers import Lockers
from tests.pickup.stall import HUB, SECRET, at_hub, build, deposit, stage, state

BOX = 1
Answer = Callable[[int], Outcome]


class Cabinet:
    """Carries orders out at once, as `behave` says, and remembers what the ledger said at that moment."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.behave: Answer = lambda _box: Sent()
        self.counted: list[int] = []

    def unlock(self, box: int, attempt: str) -> Future[Outcome]:
        """An order; the pulse must be counted by now."""
        now = openings.last(self.ledger, box)
        assert now is not None
        assert (str(now.id), now.outcome) == (attempt, "")
        self.counted.append(now.pulses)
        answer: Future[Outcome] = Future()
        answer.set_result(self.behave(box))
        return answer


class Bench:
    """Lockers in this thread, on a clock that moves when told."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.now, self.told = ledger, 100.0, list[object]()
        self.cabinet = Cabinet(ledger)
        self.doors = dict.fromkeys(range(1, 5), BoxState())
        self.lockers = self.restart()

    def restart(self) -> Lockers:
        """The program starts, and the contacts speak."""
        self.lockers = Lockers(self.cabinet, self.submit, self.told.append, clock=lambda: self.now)
        self.lockers._begin(())
        return self.lockers

    def submit(self, function: Callable[..., Any], *args: Any) -> Future[Any]:
        """The writer, at once."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(self.ledger, *args))
        except Exception as error:
            future.set_exception(error)
        return future

    def see(self, box: int = BOX, door: str = "locked", item: str = "unknown") -> None:
        """The contacts of one box change; the others are locked."""
        self.doors[box] = BoxState(Door(door), Item(item))
        self.lockers.heard(BoxesSeen("locks", dict(self.doors), 0))
        self.lockers.work()

    def all_shut(self) -> None:
        """Every board answers: all doors are shut."""
        self.doors = dict.fromkeys(self.doors, BoxState(Door.LOCKED))
        self.see()

    def open(self, box: int = BOX, purpose: Purpose = Purpose.PICKUP, order: str = "") -> Future[Any]:
        """Somebody wants a box opened."""
        future = self.lockers.open(box, purpose, order, "keypad")
        self.lockers.work()
        return future

    def wait(self, seconds: float) -> None:
        """Time passes, with everything due in it done in its turn."""
        end = self.now + seconds
        while (due := min(self.lockers._due.values(), default=end + 1)) <= end:
            self.now = max(self.now, due)
            self.lockers.work()
        self.now = end

    def words(self, box: int = BOX) -> list[str]:
        """What was told of a box."""
        return [one.what for one in self.told if isinstance(one, BoxNews) and one.box.number == box]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Four free boxes, and an order that is ready in the first."""
    with build(tmp_path / "ledger.db", FakeClock()) as ledger:
        made = Bench(ledger)
        made.all_shut()
        made.ticket = at_hub(ledger, "ann", BOX)  # type: ignore[attr-defined]
        deposit(ledger, made.ticket.order.id, BOX)  # type: ignore[attr-defined]
        made.told.clear()
        yield made


def order(bench: Bench) -> str:
    """The order in the first box."""
    return str(bench.ticket.order.id)  # type: ignore[attr-defined]


def test_a_box_with_something_inside_stays_though_the_settings_forget_it(bench: Bench) -> None:
    bench.open(3, Purpose.RETURN)
    bench.see(3, door="open")
    bench.see(3, door="locked", item="yes")
    bench.wait(1)
    for named in (1, 3), (1, 2, 4), (2, 3, 4):  # the empty ones go; of the others one would be missing
        bench.lockers._begin(tuple((number, "M", False) for number in named))
        known = {box.number: box.state for box in boxes.boxes(bench.ledger)}
        assert known == {1: State.UNKNOWN, 3: State.UNKNOWN}


def test_somebody_collects_and_says_so(bench: Bench) -> None:
    bench.open().result(0)
    bench.see(door="open")
    bench.see(door="locked")
    assert state(bench.ledger, BOX).state is State.OPEN  # it may rebound
    bench.wait(1)
    assert state(bench.ledger, BOX).state is State.CLOSING
    bench.lockers.say(BOX, Event.EMPTY, "customer")
    assert (stage(bench.ledger, order(bench)), state(bench.ledger, BOX).state) == ("collected", State.FREE)
    assert bench.words() == ["opening", "open", "seen", "shut", "seen"]
    assert bench.cabinet.counted == [1]


def test_what_is_brought_back_starts_a_case(bench: Bench) -> None:
    bench.open(3, Purpose.RETURN)
    bench.see(3, door="open")
    bench.see(3, door="locked", item="yes")
    bench.wait(1)
    assert state(bench.ledger, 3).state is State.OCCUPIED
    assert bench.ledger.rows("SELECT count(*) FROM journal WHERE type = 'return.dropped'") == [(1,)]


def test_a_door_that_rebounds_is_not_shut(bench: Bench) -> None:
    bench.open()
    bench.see(door="open")
    for door in ("locked", "open", "locked", "open"):
        bench.wait(0.4)
        bench.see(door=door)
    bench.wait(5)
    assert state(bench.ledger, BOX).state is State.OPEN


def test_who_walks_away_without_a_word_has_collected_and_the_box_is_checked(bench: Bench) -> None:
    bench.open()
    bench.see(door="open")
    bench.see(door="locked")
    bench.wait(62)
    assert (stage(bench.ledger, order(bench)), state(bench.ledger, BOX).state) == ("collected", State.CHECK)


def test_a_stuck_door_gets_a_second_pulse_when_the_coil_is_cool_and_never_a_third(bench: Bench) -> None:
    answers = iter([Sent(), Cooling(11.9), Sent()])
    bench.cabinet.behave = lambda _box: next(answers)
    bench.open()
    bench.wait(LOOK_S)
    assert bench.words()[-1] == "press"
    bench.wait(12 + LOOK_S)
    assert bench.words() == ["opening", "press", "stuck"]
    assert bench.cabinet.counted == [1, 2, 2]  # the order that was refused for heat sent nothing
    bench.wait(60)
    assert (stage(bench.ledger, order(bench)), state(bench.ledger, BOX).state) == ("ready", State.FAILED)
    bench.see(door="open")  # somebody leans on it after all
    assert (stage(bench.ledger, order(bench)), state(bench.ledger, BOX).state) == ("opening", State.OPEN)


def test_no_second_pulse_comes_when_nobody_stands_there_any_more(bench: Bench) -> None:
    answers = iter([Sent(), Cooling(200)])  # it had its four pulses in five minutes
    bench.cabinet.behave = lambda _box: next(answers)
    bench.open()
    bench.wait(LOOK_S)
    assert bench.words() == ["opening", "stuck"]
    bench.wait(300)
    assert bench.cabinet.counted == [1, 2]


@pytest.mark.parametrize(("answer", "ending"), [(Sent(), openings.stuck), (Cooling(99), openings.not_sent)])
def test_an_end_that_cannot_be_written_down_shuts_nobody_else_out(
    bench: Bench, answer: Outcome, ending: Callable[..., Any]
) -> None:
    full = [2]

    def submit(function: Callable[..., Any], *args: Any) -> Future[Any]:
        """The card is full for two seconds."""
        if function is ending and full[0]:
            full[0] -= 1
            function = _full
        return bench.submit(function, *args)

    bench.lockers._submit = submit
    bench.cabinet.behave = lambda _box: answer
    bench.open()
    bench.wait(2 * LOOK_S + 2.1)
    assert full == [0]
    assert bench.words()[-1] in {"stuck", "refused"}
    assert state(bench.ledger, BOX).state is not State.OPENING
    assert stage(bench.ledger, order(bench)) == "ready"
    bench.open(3, Purpose.RETURN).result(0)


def _full(*_: Any) -> None:
    raise OSError(28, "No space left on device")


def test_leaning_on_the_door_spares_the_second_pulse(bench: Bench) -> None:
    answers = iter([Sent(), Cooling(11.9)])
    bench.cabinet.behave = lambda _box: next(answers)
    bench.open()
    bench.wait(LOOK_S)
    bench.see(door="open")
    bench.wait(15)
    assert bench.cabinet.counted == [1, 2]
    assert bench.words()[:3] == ["opening", "press", "open"]


def test_right_after_the_start_a_lock_rests_first(bench: Bench) -> None:
    answers = iter([Cooling(9), Sent()])
    bench.cabinet.behave = lambda _box: next(answers)
    bench.open()
    assert bench.words() == ["opening", "cooling"]
    bench.wait(9.1)
    bench.see(door="open")
    assert state(bench.ledger, BOX).state is State.OPEN
    assert bench.cabinet.counted == [1, 1]


@pytest.mark.parametrize("answer", [BusError("board 0 did not answer (echo)"), Cooling(200)])
def test_where_nothing_was_sent_all_is_as_before(bench: Bench, answer: Outcome) -> None:
    bench.cabinet.behave = lambda _box: answer
    bench.open()
    bench.wait(60)
    assert bench.words() == ["opening", "refused"]
    assert (stage(bench.ledger, order(bench)), state(bench.ledger, BOX).state) == ("ready", State.OCCUPIED)
    assert desk.by_code(bench.ledger, bench.ticket.code, SECRET, HUB).id == order(bench)  # type: ignore[attr-defined]


def test_a_bus_that_breaks_in_the_middle_is_concluded_by_the_contacts(bench: Bench) -> None:
    bench.cabinet.behave = lambda _box: BusError("pulled out", may_have_pulsed=True)
    bench.open()
    assert state(bench.ledger, BOX).state is State.OPENING  # a pulse may have left
    bench.see(door="unknown")
    assert state(bench.ledger, BOX).state is State.UNKNOWN
    bench.see(door="open")
    assert state(bench.ledger, BOX).state is State.OPEN


def test_a_board_that_falls_silent_ends_the_attempt(bench: Bench) -> None:
    bench.open()
    bench.see(door="unknown")
    assert bench.words() == ["opening", "lost"]
    bench.wait(30)
    assert bench.cabinet.counted == [1]
    bench.see(door="locked", item="yes")
    assert (stage(bench.ledger, order(bench)), state(bench.ledger, BOX).state) == ("ready", State.OCCUPIED)


def test_a_second_person_waits_until_the_first_door_is_shut(bench: Bench) -> None:
    other = at_hub(bench.ledger, "bo", 2)
    deposit(bench.ledger, other.order.id, 2)
    bench.open()
    with pytest.raises(AnotherDoorOpen, match="box 1 is open"):
        bench.open(2).result(0)
    assert bench.cabinet.counted == [1]
    bench.see(door="open")
    bench.see(door="locked", item="no")
    bench.wait(1)
    bench.open(2).result(0)


def test_the_same_code_twice_opens_once(bench: Bench) -> None:
    first, second = bench.lockers.open(BOX, Purpose.PICKUP), bench.lockers.open(BOX, Purpose.PICKUP)
    bench.lockers.work()
    assert first.exception(0) is None
    assert second.exception(0) is not None
    assert bench.cabinet.counted == [1]


def test_an_open_door_is_reminded_of_then_alarmed_then_given_up(bench: Bench) -> None:
    bench.open()
    bench.see(door="open")
    bench.wait(181)
    assert bench.words() == ["opening", "open", "remind", "alarm", "left"]
    assert stage(bench.ledger, order(bench)) == "collected, door left open"
    bench.see(door="locked")
    bench.wait(1)
    assert state(bench.ledger, BOX).state is State.CHECK


def test_a_start_never_pulses_whatever_was_under_way(bench: Bench) -> None:
    for doors in itertools.product(("locked", "open"), ("yes", "no", "unknown")):
        bench.restart()
        bench.see(BOX, *doors)
        bench.wait(400)
    bench.cabinet.counted.clear()
    bench.restart()
    assert {box.state for box in (state(bench.ledger, n) for n in range(1, 5))} == {State.UNKNOWN}
    assert bench.cabinet.counted == []


def test_while_power_is_kept_for_those_who_collect_nothing_new_is_taken_in(bench: Bench) -> None:
    bench.lockers.collection_only = lambda: True
    for purpose in (Purpose.RETURN, Purpose.DEPOSIT):
        with pytest.raises(CollectionOnly):
            bench.open(2, purpose).result(0)
    assert openings.last(bench.ledger, 2) is None, "nothing was written, nothing moved"
    bench.open(order=order(bench)).result(0)
    bench.see(door="open")
    bench.see(door="locked")
    bench.wait(1)
    bench.lockers.say(BOX, Event.EMPTY, "customer")
    bench.open(purpose=Purpose.RETURN).result(0)  # it was not theirs: it goes back
    bench.see(door="open")
    bench.see(door="locked")
    bench.wait(1)
    bench.lockers.say(BOX, Event.EMPTY, "customer")
    bench.wait(300)
    with pytest.raises(CollectionOnly):
        bench.open(purpose=Purpose.RETURN).result(0)


def test_it_says_that_it_opens_from_the_intent_until_the_door_is_seen_open(bench: Bench) -> None:
    assert not bench.lockers.is_opening
    bench.open()
    assert bench.lockers.is_opening
    bench.see(door="open")
    assert not bench.lockers.is_opening, "a door that somebody leaves open holds up nothing"


def test_a_full_disk_is_tried_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.open()

    def full(*_args: object) -> None:
        raise OSError(28, "no space left")

    with monkeypatch.context() as broken:
        broken.setattr("kiosk.pickup.contacts.openings.seen_open", full)
        bench.see(door="open")
        assert state(bench.ledger, BOX).state is State.OPENING
    bench.wait(1)
    assert state(bench.ledger, BOX).state is State.OPEN
