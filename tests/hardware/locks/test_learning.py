"""Setting up a cabinet: swapped plugs, inverted contacts, no sensor, dead locks; a map or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from hardware.locks.boxes import load
from hardware.locks.bus import Bus
from hardware.locks.kinds import codec
from hardware.locks.learning import Place, Unlearned, learn
from hardware.locks.pulses import COOL_S, MOST
from hardware.simulated.lockboard import SimulatedLockBoard
from tests.hardware.locks.bench import Bench

DOORS = {1: 3, 2: 1, 3: 2}
"""Whoever wired it took three plugs in the wrong order: lock to door."""
PLACES: list[Place] = [(0, 1), (0, 2), (0, 3)]


@dataclass
class Hands:
    """A person who does what they are asked."""

    board: SimulatedLockBoard
    blind: bool = False
    mends: bool = False
    """Whether they free a stuck latch and shut every door when a lock was not learned; else they give up."""
    reasons: list[str] = field(default_factory=list)

    def _lock(self, number: int) -> int:
        return next(lock for lock, door in DOORS.items() if door == number)

    def shut_all(self) -> None:
        """All shut and empty."""

    def which_opened(self, place: Place) -> int:
        """Look at the doors."""
        return 0 if self.board.compartments[place[1]].shut else DOORS[place[1]]

    def fill(self, number: int) -> None:
        """Put something in."""
        self.board.compartments[self._lock(number)].item = not self.blind

    def empty(self, number: int) -> None:
        """Take it out and shut the door."""
        box = self.board.compartments[self._lock(number)]
        box.item, box.shut = False, True

    def again(self, place: Place, reason: str) -> bool:
        """Mend it, or give up."""
        self.reasons.append(reason)
        for one in self.board.compartments.values() if self.mends else ():
            one.stuck, one.shut = False, True
        return self.mends


def made(**faults: bool) -> tuple[Bus, SimulatedLockBoard]:
    """A bus with a board of three locks."""
    board = SimulatedLockBoard("cu16", 3)
    for name, value in faults.items():
        setattr(board.faults, name, value)
    bench = Bench(board)
    return Bus(bench, codec("cu16"), clock=bench.clock, sleep=bench.sleep), board


@pytest.mark.parametrize("inverted", [False, True])
def test_doors_polarity_and_sensors_are_learned(tmp_path, inverted: bool) -> None:  # type: ignore[no-untyped-def]
    bus, board = made(inverted=inverted)
    found = learn(bus, PLACES, Hands(board))
    assert {n: (box.channel, box.locked_level, box.item_level) for n, box in found.boxes.items()} == {
        1: (2, not inverted, True),
        2: (3, not inverted, True),
        3: (1, not inverted, True),
    }
    assert [len(one.pulses) for one in board.compartments.values()] == [1, 1, 1]
    (tmp_path / "map.json").write_text(found.dump())
    assert load(tmp_path / "map.json") == found


def test_a_sensor_that_sees_nothing_is_no_sensor() -> None:
    bus, board = made()
    found = learn(bus, PLACES, Hands(board, blind=True))
    assert {box.item_level for box in found.boxes.values()} == {None}


def test_a_lock_that_opens_nothing_ends_it() -> None:
    bus, board = made()
    board.compartments[2].stuck = True
    with pytest.raises(Unlearned, match="lock 2 of board 0 opened no door"):
        learn(bus, PLACES, Hands(board))


def test_a_lock_that_was_mended_is_tried_again_when_it_is_cool() -> None:
    bus, board = made()
    board.compartments[2].stuck = True
    hands = Hands(board, mends=True)
    assert sorted(learn(bus, PLACES, hands).boxes) == [1, 2, 3]
    assert hands.reasons == ["lock 2 of board 0 opened no door: look at its plug"]
    first, second = board.compartments[2].pulses
    assert second - first >= COOL_S


def test_a_lock_nobody_can_mend_is_pulsed_four_times_and_no_more() -> None:
    class Hopeful(Hands):
        """Somebody who says that it is mended."""

        def again(self, place: Place, reason: str) -> bool:
            return True

    bus, board = made()
    board.compartments[2].stuck = True
    with pytest.raises(Unlearned, match="opened no door"):
        learn(bus, PLACES, Hopeful(board))
    assert len(board.compartments[2].pulses) == MOST


def test_no_lock_is_pulsed_while_a_door_stands_open() -> None:
    class Careless(Hands):
        """Somebody who leaves another door open at first."""

        def again(self, place: Place, reason: str) -> bool:
            super().again(place, reason)
            self.board.compartments[3].shut = len(self.reasons) > 1
            return True

    bus, board = made()
    board.compartments[2].stuck = True
    hands = Careless(board, mends=True)
    learn(bus, PLACES, hands)
    assert hands.reasons[1] == "not every door is shut: lock 3 of board 0 is not as it was"
    assert len(board.compartments[2].pulses) == 2


@pytest.mark.parametrize("fault", ["silent", "damaged"])
def test_a_board_without_an_answer_gets_no_pulse(fault: str) -> None:
    bus, board = made(**{fault: True})
    with pytest.raises(Unlearned, match="board 0 does not answer"):
        learn(bus, PLACES, Hands(board))
    assert not any(one.pulses for one in board.compartments.values())


def test_a_blind_board_is_refused() -> None:
    bus, board = made()
    with pytest.raises(Unlearned, match="tells nothing of its doors"):
        learn(Bus(bus.wire, codec("relay")), PLACES, Hands(board))
