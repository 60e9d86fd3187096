"""A printer that is off for ten minutes of the till's clock: no sale waits, each is printed once it is on.

Nothing waits here: the clock moves when the supervisor or the printer would have waited.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from hardware.device import Event, State, StateChanged
from hardware.printer.encoder import RESET
from hardware.printer.printer import Printer
from hardware.printer.profile import PROFILES
from hardware.simulated.printer import SimulatedPrinter
from hardware.supervisor import Supervisor
from kiosk.checkout import printqueue
from kiosk.ledger.connection import Ledger
from kiosk.settings import Settings
from kiosk.station.events import DrawerStuck
from kiosk.station.spooler import Spooler

OFF_S = 600.0


@dataclass
class Outlet:
    """A link to a printer that is switched on when its time has come."""

    answers: bool = True
    now: float = 0.0
    tries: int = 0
    printer: SimulatedPrinter = field(default_factory=SimulatedPrinter)
    back: bytes = b""
    _plugged: bool = False

    def open(self) -> None:
        self.tries += 1
        if self.now < OFF_S:
            raise ConnectionRefusedError(111, "refused")
        self._plugged = True

    def close(self) -> None:
        self._plugged = False

    def write(self, chunk: bytes, _deadline_s: float) -> int:
        if not self._plugged:
            raise ConnectionResetError("not connected")
        self.back += self.printer.receive(chunk) + self.printer.work()
        return len(chunk)

    def read(self, most: int, _deadline_s: float) -> bytes:
        came, self.back = self.back[:most], self.back[most:]
        return came

    def pending(self) -> int:
        return 0


@pytest.fixture
def ledger(shop: Settings) -> Iterator[Ledger]:
    with Ledger.open(shop.ledger) as opened:
        yield opened


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses of a real stall, on a clock that does not wait for them."""
    monkeypatch.setattr("hardware.supervisor.FIRST_WAIT_S", 0.5)
    monkeypatch.setattr("hardware.supervisor.LONGEST_WAIT_S", 30.0)


def test_ten_minutes_without_a_printer(ledger: Ledger) -> None:
    outlet, told, on = Outlet(), list[object](), threading.Event()

    def waited(event: threading.Event, seconds: float) -> bool:
        """Let the clock move; once the printer is on, there is all the time in the world."""
        if on.is_set():
            return event.wait(seconds)
        outlet.now += seconds
        return event.is_set()

    def heard(event: Event) -> None:
        if isinstance(event, StateChanged):
            told.append(event)
            if event.state is State.READY:
                on.set()

    printer = Printer("printer", outlet, PROFILES["80mm"], clock=lambda: outlet.now, wait=waited)
    spooler = Spooler(printer, lambda _ledger, job: RESET + b"Receipt %d\n" % (job.ref or 0), told.append)

    # given a printer that is off, and three sales
    for sale in (1, 2, 3):
        with ledger.transaction():
            printqueue.enqueue(ledger, "drawer", sale)
            printqueue.enqueue(ledger, "receipt", sale)
        while spooler.step(ledger):
            pass
    assert [(job.kind, job.state) for job in printqueue.open_jobs(ledger)] == [("receipt", "QUEUED")] * 3
    assert sum(isinstance(event, DrawerStuck) for event in told) == 3

    # when it is switched on ten minutes later
    supervisor = Supervisor(printer, heard, clock=lambda: outlet.now, wait=waited, spread=lambda _a, _b: 1.0)
    supervisor.start()
    assert on.wait(30)
    assert outlet.now >= OFF_S
    assert outlet.tries < 40, "a pause of thirty seconds between two tries, at most"

    # then each receipt is printed once, in order, and no drawer opens for a sale long gone
    while spooler.step(ledger):
        pass
    assert outlet.printer.paper.text() == ["Receipt 1", "Receipt 2", "Receipt 3"]
    assert outlet.printer.pulses == 0
    assert printqueue.open_jobs(ledger) == []
    assert [event.state for event in told if isinstance(event, StateChanged)][:3] == [
        State.OPENING,
        State.ABSENT,
        State.READY,
    ]
    assert supervisor.stop()
