"""A cabinet on simulated boards, on a clock that moves only when somebody waits."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from hardware.device import Event
from hardware.locks.boxes import BoxMap, BoxState
from hardware.locks.bus import Bus
from hardware.locks.cabinet import Cabinet
from hardware.locks.events import BoardChanged, BoxesSeen, Outcome
from hardware.locks.kinds import codec
from hardware.simulated.lockboard import SimulatedLockBoard


@dataclass
class Bench:
    """One board behind a wire in memory; reading waits on the fake clock."""

    board: SimulatedLockBoard
    now: float = 1000.0
    sent: list[bytes] = field(default_factory=list)
    gone: bool = False
    _coming: deque[bytes] = field(default_factory=deque)

    def clock(self) -> float:
        """Monotonic seconds."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Time passes."""
        self.now += seconds

    # -- the wire ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Plug in."""
        if self.gone:
            raise FileNotFoundError(2, "no such port")

    def close(self) -> None:
        """Unplug."""
        self._coming.clear()

    def write(self, chunk: bytes, deadline_s: float) -> int:
        """Hand bytes to the board."""
        if self.gone:
            raise OSError(5, "the adapter was pulled out")
        self.sent.append(chunk)
        self._coming += self.board.receive(chunk, self.now)
        return len(chunk)

    def read(self, most: int, deadline_s: float) -> bytes:
        """What came, or nothing once the deadline has passed."""
        if self.gone:
            raise OSError(5, "the adapter was pulled out")
        if self._coming:
            self.now += 0.005
            return self._coming.popleft()
        self.now += deadline_s
        return b""


@dataclass
class Stand:
    """A cabinet, driven step by step instead of by a thread."""

    bench: Bench
    cabinet: Cabinet
    events: list[Event] = field(default_factory=list)

    def poll(self, times: int = 1) -> None:
        """Look at every board."""
        for _ in range(times):
            self.cabinet._poll(self.events.append)
            self.bench.now += self.cabinet._pause_s()

    def unlock(self, box: int, attempt: str = "one") -> Outcome:
        """Order an opening and have it carried out."""
        self.cabinet._running = True
        answer = self.cabinet.unlock(box, attempt)
        self.cabinet._obey(0, self.events.append)
        return answer.result(10)

    def seen(self, box: int) -> BoxState:
        """What the cabinet last said of a box."""
        told = [event for event in self.events if isinstance(event, BoxesSeen)]
        return told[-1].boxes[box] if told else BoxState()

    def boards(self) -> list[bool]:
        """Whether the board answered, change by change."""
        return [event.answers for event in self.events if isinstance(event, BoardChanged)]


def stand(kind: str, *, cool: bool = True, locks: int = 8, plain: bool = True) -> Stand:
    """A cabinet of one board whose coils have rested; with `plain`, every box's levels are learned."""
    board = SimulatedLockBoard(kind, locks)
    bench = Bench(board)
    chosen = codec(kind)
    boxes = BoxMap.plain(chosen, [board.board], locks)
    if plain and chosen.locked_level is None and chosen.capabilities.door_sensor:
        for number in boxes.boxes:
            boxes = boxes.learned(number, locked_level=True, item_level=True)
    bus = Bus(bench, chosen, clock=bench.clock, sleep=bench.sleep)
    made = Stand(bench, Cabinet("locks", bus, boxes, clock=bench.clock))
    made.cabinet.open()
    if cool:
        bench.now += 16
    return made
