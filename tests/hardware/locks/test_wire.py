"""A cabinet on a real serial port (a pty) with a simulated board at the other end, under its supervisor."""

from __future__ import annotations

import os
import select
import threading
import time
import tty
from collections.abc import Iterator
from queue import Empty, Queue

import pytest

from hardware.device import Event, State, StateChanged
from hardware.locks.events import BoxesSeen, Sent
from hardware.locks.factory import cu16
from hardware.locks.pulses import COOL_S
from hardware.simulated.lockboard import SimulatedLockBoard
from hardware.supervisor import Supervisor


class Line:
    """A pty with a board at its end."""

    def __init__(self) -> None:
        self.board = SimulatedLockBoard("cu16", 16)
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self._slave, self.path = slave, os.ttyname(slave)
        self._bell = os.pipe()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            ready, _, _ = select.select((self._master, self._bell[0]), (), ())
            if self._bell[0] in ready:
                return
            for part in self.board.receive(os.read(self._master, 256), time.monotonic()):
                os.write(self._master, part)

    def close(self) -> None:
        """Pull it out."""
        os.write(self._bell[1], b"x")
        self._thread.join()
        for fd in (self._master, self._slave, *self._bell):
            os.close(fd)


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.close()


def wait_for(events: Queue[Event], wanted: object) -> Event:
    """The next event that is wanted, within ten seconds."""
    while True:
        try:
            event = events.get(timeout=10)
        except Empty:
            pytest.fail("the event did not come")
        if wanted(event):  # type: ignore[operator]
            return event


def test_an_opening_over_a_real_port(line: Line) -> None:
    cabinet = cu16("locks", {"port": line.path, "boxes": 4})
    cabinet._pulses._started -= COOL_S
    events: Queue[Event] = Queue()
    supervisor = Supervisor(cabinet, events.put)
    supervisor.start()
    wait_for(events, lambda e: isinstance(e, StateChanged) and e.state is State.READY)
    wait_for(events, lambda e: isinstance(e, BoxesSeen) and e.boxes[2].door == "locked")
    assert cabinet.unlock(2, "a").result(10) == Sent()
    wait_for(events, lambda e: isinstance(e, BoxesSeen) and e.boxes[2].door == "open")
    line.board.compartments[2].shut = True
    wait_for(events, lambda e: isinstance(e, BoxesSeen) and e.boxes[2].door == "locked")
    assert supervisor.stop()
    assert len(line.board.compartments[2].pulses) == 1
    assert bytes.fromhex("02 00 37 00 32 03 6E") in line.board.orders
