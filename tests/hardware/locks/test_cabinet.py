"""The cabinet's rules on simulated boards that misbehave: a pulse is never believed, a door is seen."""

from __future__ import annotations

import threading
from itertools import pairwise
from queue import Queue

import pytest

from hardware.device import Event, State, StateChanged
from hardware.locks.boxes import BoxState
from hardware.locks.events import AlreadyOpen, BoxesSeen, BusError, Cooling, Sent
from hardware.locks.frames import xor8
from hardware.locks.kinds import CODECS
from hardware.supervisor import Supervisor
from tests.hardware.locks.bench import stand

SEEING = [kind for kind, codec in CODECS.items() if codec.capabilities.door_sensor]


@pytest.mark.parametrize("kind", SEEING)
def test_a_door_that_opens_is_seen_open_and_then_shut(kind: str) -> None:
    it = stand(kind)
    it.poll(2)
    assert it.seen(3).door == "locked"
    assert it.unlock(3) == Sent()
    it.poll()
    assert it.seen(3).door == "open"
    assert it.seen(2).door == "locked"
    it.bench.board.compartments[3].shut = True
    it.poll()
    assert it.seen(3).door == "locked"
    assert [len(one.pulses) for one in it.bench.board.compartments.values()] == [0, 0, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("kind", SEEING)
@pytest.mark.parametrize("fault", ["split", "garbage", "echo"])
def test_a_bad_bus_with_a_good_board_works(kind: str, fault: str) -> None:
    it = stand(kind)
    setattr(it.bench.board.faults, fault, True)
    it.poll(2)
    assert it.unlock(3) == Sent()
    it.poll()
    assert it.seen(3).door == "open"


@pytest.mark.parametrize("kind", SEEING)
def test_an_echo_with_a_dead_board_opens_nothing(kind: str) -> None:
    it = stand(kind)
    it.bench.board.faults.echo = it.bench.board.faults.silent = True
    outcome = it.unlock(3)
    assert isinstance(outcome, BusError)
    assert "no pulse was sent" in outcome.reason
    assert it.seen(3) == BoxState()
    assert it.cabinet._bus.codec.open(it.bench.board.board, 3) not in it.bench.sent


@pytest.mark.parametrize("fault", ["silent", "damaged"])
def test_a_board_that_says_nothing_right_gets_no_pulse(fault: str) -> None:
    it = stand("cu16")
    it.poll(2)
    setattr(it.bench.board.faults, fault, True)
    assert isinstance(it.unlock(3), BusError)
    assert it.bench.board.compartments[3].pulses == []


def test_nothing_is_pulsed_by_a_start() -> None:
    it = stand("cu16", cool=False)
    it.poll(3)
    assert all(not one.pulses for one in it.bench.board.compartments.values())
    assert isinstance(it.unlock(1), Cooling)


def test_an_open_door_gets_no_pulse() -> None:
    it = stand("cu16")
    it.bench.board.compartments[4].shut = False
    it.poll(2)
    assert it.unlock(4) == AlreadyOpen()
    assert it.bench.board.compartments[4].pulses == []


def test_a_stuck_door_gets_a_second_pulse_after_fifteen_seconds_and_never_a_third() -> None:
    it = stand("cu16")
    it.bench.board.compartments[2].stuck = True
    it.poll(2)
    assert it.unlock(2, "a") == Sent()
    it.poll(3)
    assert it.seen(2).door == "locked"
    cooling = it.unlock(2, "a")
    assert isinstance(cooling, Cooling)
    assert 0 < cooling.seconds <= 15
    it.bench.now += 15
    assert it.unlock(2, "a") == Sent()
    it.bench.now += 60
    refused = it.unlock(2, "a")
    assert isinstance(refused, BusError)
    assert "two pulses" in refused.reason
    assert len(it.bench.board.compartments[2].pulses) == 2


def test_a_lock_is_pulsed_four_times_in_five_minutes_and_no_more() -> None:
    it = stand("cu16")
    it.bench.board.compartments[2].stuck = True
    outcomes = []
    for n in range(6):
        it.bench.now += 16
        outcomes.append(type(it.unlock(2, f"attempt {n}")))
    assert outcomes == [Sent, Sent, Sent, Sent, Cooling, Cooling]
    it.bench.now += 300
    assert it.unlock(2, "later") == Sent()


def test_two_pulses_on_the_cabinet_are_half_a_second_apart() -> None:
    it = stand("cu16")
    it.poll(2)
    for box in (1, 2, 3):
        assert it.unlock(box, f"box {box}") == Sent()
    times = [it.bench.board.compartments[box].pulses[0] for box in (1, 2, 3)]
    assert all(later - earlier >= 0.5 for earlier, later in pairwise(times))


def test_a_board_that_cools_says_so() -> None:
    it = stand("winnsen")
    it.poll(2)
    it.bench.board.faults.cooling = True
    assert isinstance(it.unlock(1), Cooling)
    assert it.bench.board.compartments[1].pulses == []


def test_a_board_that_refuses_says_so() -> None:
    it = stand("wkly")
    it.poll(2)
    it.bench.board.faults.cooling = True
    assert isinstance(it.unlock(1), BusError)


def test_a_contact_wired_the_other_way_round_reads_open_until_it_is_learned() -> None:
    it = stand("8a")
    it.bench.board.faults.inverted = True
    it.poll(2)
    assert it.seen(1).door == "open"
    for number in it.cabinet.boxes.boxes:
        it.cabinet.boxes = it.cabinet.boxes.learned(number, locked_level=False)
    it.poll()
    assert it.seen(1).door == "locked"


def test_a_board_whose_sources_do_not_say_is_unknown_until_it_is_learned() -> None:
    it = stand("cu48b", plain=False)
    it.poll(3)
    assert it.seen(1).door == "unknown"


def test_a_box_with_something_in_it_is_seen() -> None:
    it = stand("cu16")
    it.bench.board.compartments[6].item = True
    it.poll(2)
    assert (it.seen(6).item, it.seen(5).item) == ("yes", "no")


def test_what_was_unknown_is_known_only_when_two_polls_agree() -> None:
    it = stand("cu16")
    it.poll()
    assert it.seen(1) == BoxState()
    it.bench.board.compartments[1].shut = False
    it.poll()
    assert it.seen(1) == BoxState()
    it.poll()
    assert it.seen(1).door == "open"


def test_three_silent_polls_and_the_boxes_are_unknown_until_the_board_is_back() -> None:
    it = stand("cu16")
    it.poll(2)
    it.bench.board.faults.silent = True
    it.poll(2)
    assert it.boards() == []
    it.poll()
    assert it.boards() == [False]
    assert it.seen(1) == BoxState()
    it.bench.board.faults.silent = False
    it.poll(2)
    assert it.boards() == [False, True]
    assert it.seen(1).door == "locked"


@pytest.mark.parametrize("says", ["of lock 3", "of all"])
def test_what_a_board_knows_nothing_of_does_not_stay_as_it_was(says: str) -> None:
    """WKLY's FF: "failed". The other locks go on, and the lock comes back when the board knows again."""
    it = stand("wkly")
    it.poll(2)
    told = it.bench.board.receive

    def failed(chunk: bytes, now: float) -> list[bytes]:
        """The same answer, with FF for the third lock, or for the whole."""
        frame = bytearray(b"".join(told(chunk, now)))
        frame[11 if says == "of lock 3" else 7] = 0xFF
        frame[-1] = xor8(frame[:-1])
        return [bytes(frame)]

    it.bench.board.receive = failed  # type: ignore[method-assign]
    it.poll(2)
    assert it.seen(3).door == "locked"
    it.poll()
    assert it.seen(3) == BoxState()
    assert it.seen(2).door == ("locked" if says == "of lock 3" else "unknown")
    assert it.boards() == [], "it answers"
    it.bench.board.receive = told  # type: ignore[method-assign]
    it.poll(2)
    assert it.seen(3).door == "locked"


def test_a_board_without_contacts_never_claims_a_door() -> None:
    it = stand("r421a08")
    it.poll(2)
    assert it.unlock(1) == Sent()
    it.poll(2)
    assert it.seen(1) == BoxState()
    assert len(it.bench.board.compartments[1].pulses) == 1


def test_an_order_is_refused_while_nobody_is_there_to_carry_it_out() -> None:
    it = stand("cu16")
    answer = it.cabinet.unlock(1, "early")
    assert isinstance(answer.result(1), BusError)
    it.cabinet._obey(0, it.events.append)
    assert it.bench.board.compartments[1].pulses == []


def test_there_is_no_box_that_is_not_on_the_map() -> None:
    with pytest.raises(KeyError):
        stand("cu16").cabinet.unlock(99, "nobody's")


def test_a_lost_bus_makes_every_box_unknown_and_answers_who_waits() -> None:
    it = stand("cu16")
    events: Queue[Event] = Queue()
    supervisor = Supervisor(it.cabinet, events.put, wait=threading.Event.wait, clock=it.bench.clock)
    it.bench.gone = True
    supervisor.start()
    said = events.get(timeout=5)
    while not (isinstance(said, StateChanged) and said.state is State.ABSENT):
        said = events.get(timeout=5)
    assert isinstance(it.cabinet.unlock(1, "a").result(1), BusError)
    assert supervisor.stop()
    assert not any(isinstance(event, BoxesSeen) for event in it.events)
