"""A cabinet of boxes behind lock boards: polls the doors, and opens one box at a time by the rules.

An opening: the status is asked first; a door that is open gets no pulse; a board that does not answer gets
none either. Then one pulse, and from there on only the contacts count. A second pulse of the same attempt is
the caller's to ask for, after the coil has cooled; a third is refused.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from hardware.device import Report
from hardware.locks.board import OpenAnswer, Reply, Status, Verdict
from hardware.locks.boxes import BoxMap, BoxState
from hardware.locks.bus import Bus, Heard
from hardware.locks.events import (
    AlreadyOpen,
    BoardChanged,
    BoxesSeen,
    BusError,
    Cooling,
    Outcome,
    Sent,
)
from hardware.locks.pulses import Pulses, PulsesSpent
from hardware.locks.silence import Silence

IDLE_S = 2.0
"""Between two polls while nothing is expected to move."""
BUSY_S = 0.25
"""While a door is: after a pulse, and as long as one stands open."""
EXPECT_S = 5.0
"""A pulse may move a door for this long: its own length, three seconds of looking, and some."""
STATUS_S = 0.3
"""Deadline for a board's status; WKLY's sheet says 200 ms for all channels."""
OPEN_S = 2.0
"""Deadline for an answer to an order; Winnsen's comes after its pulse of 750 ms."""


@dataclass(frozen=True, slots=True)
class _Order:
    """Somebody wants a box opened."""

    box: int
    attempt: str
    answer: Future[Outcome]


class Cabinet:
    """A device for the supervisor; `unlock` may be called from any thread."""

    def __init__(
        self,
        name: str,
        bus: Bus,
        boxes: BoxMap,
        *,
        pulse_ms: int = 500,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`boxes` says which channel is which box. Nothing is opened before `open`, which pulses nothing."""
        self.name = name
        self.boxes = boxes
        self._bus = bus
        self._pulse_ms = pulse_ms
        self._clock = clock
        self._pulses = Pulses(clock())
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._seen: dict[int, BoxState] = {number: BoxState() for number in boxes.boxes}
        self._doubted: dict[int, BoxState] = {}
        self._silence = Silence(boxes)
        self._expect_until = 0.0
        self._closed = False
        self._running = False

    def open(self) -> None:
        """Open the bus and set the pulse's length where boards can be told. No coil is touched."""
        self._closed = False
        self._bus.wire.open()
        if self._bus.codec.capabilities.timed_pulse:
            for board in self.boxes.boards:
                self._bus.tell(self._bus.codec.set_up(board, self._pulse_ms))

    def close(self) -> None:
        """Make `run` return and let go of the bus; orders that still wait are answered with an error."""
        self._closed = True
        self._orders.put(None)
        self._bus.wire.close()

    @property
    def bus(self) -> Bus:
        """Its bus, for the set-up, while nobody runs it."""
        return self._bus

    def unlock(self, box: int, attempt: str) -> Future[Outcome]:
        """Have a box opened; `attempt` names the try, which gets two pulses at most. KeyError: no such box.

        An order is carried out now or not at all: while the bus is lost it is refused, never kept for later.
        """
        answer: Future[Outcome] = Future()
        self._orders.put(_Order(self.boxes.boxes[box].number, attempt, answer))
        if not self._running:
            self._refuse_waiting("the bus to the lock boards is lost")
        return answer

    def run(self, report: Report) -> None:
        """Poll and obey until closed; ``OSError`` when the bus is lost."""
        self._running = True
        try:
            while not self._closed:
                self._poll(report)
                self._obey(self._pause_s(), report)
        except OSError:
            if not self._closed:
                raise
        finally:
            self._running = False
            self._forget(report)
            self._refuse_waiting("the bus to the lock boards is lost")

    def _pause_s(self) -> float:
        """Until the next poll."""
        moving = self._clock() < self._expect_until or any(
            state.door == "open" for state in self._seen.values()
        )
        return BUSY_S if moving else IDLE_S

    def _obey(self, wait_s: float, report: Report) -> None:
        """Wait for an order and carry it out; afterwards the doors are looked at at once."""
        try:
            order = self._orders.get(timeout=wait_s)
        except queue.Empty:
            return
        if order is not None and order.answer.set_running_or_notify_cancel():
            try:
                order.answer.set_result(self._unlock(order, report))
            except OSError as error:
                order.answer.set_result(BusError(f"the bus is lost: {error}", may_have_pulsed=True))
                raise

    def _unlock(self, order: _Order, report: Report) -> Outcome:
        """Ask, check the rules, pulse once."""
        box = self.boxes.boxes[order.box]
        if cooling := self._pulses.cooling_s(order.box, self._clock()):
            return Cooling(cooling)
        if self._bus.codec.capabilities.door_sensor:
            heard = self._look(box.board, report)
            if heard is not Heard.ANSWER:
                return BusError(f"board {box.board} did not answer ({heard}); no pulse was sent")
            if self._seen[order.box].door == "open":
                return AlreadyOpen()
        time_left = self._pulses.gap_s(self._clock())
        if time_left:
            self._bus.rest(time_left)
        try:
            self._pulses.claim(order.box, order.attempt, self._clock())
        except PulsesSpent as spent:
            return BusError(str(spent))
        return self._pulse(box.board, box.channel)

    def _pulse(self, board: int, channel: int) -> Outcome:
        """Send the order. What the board says of it is heard, never believed: only a refusal counts."""
        self._expect_until = self._clock() + EXPECT_S
        codec = self._bus.codec

        def about_this(reply: Reply) -> bool:
            return isinstance(reply, OpenAnswer) and (reply.board, reply.channel) == (board, channel)

        deadline = OPEN_S if codec.capabilities.pulse_ms and codec.capabilities.door_sensor else BUSY_S
        exchange = self._bus.ask(codec.open(board, channel), about_this, deadline)
        verdicts = [reply.verdict for reply in exchange.replies if isinstance(reply, OpenAnswer)]
        if Verdict.COOLING in verdicts:
            return Cooling(self._pulses.cooling_s(self._number(board, channel), self._clock()))
        if Verdict.REFUSED in verdicts:
            return BusError(f"board {board} refused to open lock {channel}")
        return Sent()

    def _number(self, board: int, channel: int) -> int:
        """The box on a channel."""
        return next(b.number for b in self.boxes.boxes.values() if (b.board, b.channel) == (board, channel))

    def _poll(self, report: Report) -> None:
        """Ask every board once; say what changed."""
        for reply in self._bus.overheard():
            if isinstance(reply, Status):
                self._take(reply, report)
        if self._bus.codec.capabilities.door_sensor:
            for board in self.boxes.boards:
                self._look(board, report)

    def _look(self, board: int, report: Report) -> Heard:
        """Ask one board for its doors."""
        heard, told = Heard.ANSWER, set[int]()
        for question in self._bus.codec.questions(board, self.boxes.boards[board]):
            exchange = self._bus.ask(question, lambda r: isinstance(r, Status) and r.board == board, STATUS_S)
            heard = exchange.heard if exchange.heard is not Heard.ANSWER else heard
            for reply in exchange.replies:
                if isinstance(reply, Status) and reply.board == board:
                    self._take(reply, report)
                    told |= self.boxes.states(reply).keys()
        self._count(board, heard, told, report)
        return heard

    def _count(self, board: int, heard: Heard, told: set[int], report: Report) -> None:
        """Three times nothing in a row, and a board is down, or a lock it tells nothing of is unknown."""
        mine = [box.number for box in self.boxes.boxes.values() if box.board == board]
        news = self._silence.of_board(board, answered=heard is Heard.ANSWER)
        if news is not None:
            report(BoardChanged(self.name, board, answers=news, reason="" if news else str(heard)))
        if news is False:
            self._show(dict.fromkeys(mine, BoxState()), report)
        elif heard is Heard.ANSWER:
            self._show(dict.fromkeys(self._silence.of_boxes(mine, told), BoxState()), report)

    def _take(self, status: Status, report: Report) -> None:
        """Believe a change; but what was unknown is known only when two polls in a row agree."""
        found = self.boxes.states(status)
        for number, state in tuple(found.items()):
            if self._seen[number] == BoxState() and self._doubted.get(number) != state:
                self._doubted[number] = found.pop(number)
        self._show(found, report)

    def _show(self, found: dict[int, BoxState], report: Report) -> None:
        """Say what changed, all boxes at once."""
        changed = {number: state for number, state in found.items() if self._seen[number] != state}
        if not changed:
            return
        self._seen.update(changed)
        for number in changed:
            self._doubted.pop(number, None)
        report(BoxesSeen(self.name, dict(self._seen), int(self._clock() * 1000)))

    def _forget(self, report: Report) -> None:
        """The bus is gone: nothing is known any more."""
        self._show(dict.fromkeys(self._seen, BoxState()), report)

    def _refuse_waiting(self, reason: str) -> None:
        """Answer every order that nobody will carry out."""
        while True:
            try:
                order = self._orders.get_nowait()
            except queue.Empty:
                return
            if order is not None and order.answer.set_running_or_notify_cancel():
                order.answer.set_result(BusError(reason))
