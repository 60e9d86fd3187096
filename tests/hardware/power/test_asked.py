"""Sources that are asked: read through their twins, and through everything that goes wrong on a line."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from hardware.device import Event, State, StateChanged
from hardware.power.asked import Asked
from hardware.power.reading import PowerRead, Quality
from hardware.registry import make
from hardware.simulated import asked
from hardware.simulated.asked import AnsweringMachine, LineFaults
from hardware.simulated.battery import SimulatedBattery
from hardware.supervisor import Supervisor

if TYPE_CHECKING:
    from tests.hardware.conftest import Heard

MACHINES: dict[str, Callable[..., AnsweringMachine]] = {
    "solar-epever": asked.epever,
    "solar-renogy": asked.renogy,
    "battery-jbd": asked.jbd_board,
    "battery-daly": asked.daly_board,
}


class LoopWire:
    """A wire to a machine in the same thread; silence costs what the reader would have waited."""

    def __init__(self, machine: AnsweringMachine) -> None:
        self.machine = machine
        self.now = 100.0
        self.noise = b""
        self._back = b""

    def open(self) -> None:
        self._back = b""

    def write(self, chunk: bytes, deadline_s: float) -> int:
        self._back += self.machine.receive(chunk)
        return len(chunk)

    def read(self, most: int, deadline_s: float) -> bytes:
        if not self._back:
            self.now += deadline_s
        came, self._back = self._back[:7], self._back[7:]
        return came

    def close(self) -> None:
        self._back = b""


def source(kind: str, looks: int = 1, **faults: bool) -> tuple[list[Event], AnsweringMachine]:
    """The events of a source that looks a few times at a pack giving 100 W under a panel giving 60 W."""
    battery = SimulatedBattery(soc=0.8, load_w=100, clock=lambda: 0.0)
    battery.set(solar_w=60)
    machine = MACHINES[kind](battery.look)
    machine.faults = LineFaults(**faults)
    wire, events = LoopWire(machine), []
    made = make(kind, "source", {"address": "socket://127.0.0.1:1"})
    assert isinstance(made, Asked)
    made._wire = wire
    made._clock = lambda: wire.now
    left = [looks]

    def wait(_nudge: threading.Event, seconds: float) -> bool:
        wire.now += seconds
        left[0] -= 1
        if left[0] <= 0:
            made.close()
        return False

    made._wait = wait
    made.open()
    made.run(events.append)
    return events, machine


def readings(events: list[Event]) -> list[Any]:
    return [event.reading for event in events if isinstance(event, PowerRead)]


@pytest.mark.parametrize("kind", MACHINES)
def test_every_source_is_read_through_its_twin(kind: str) -> None:
    (reading,) = readings(source(kind)[0])
    assert reading.volts == pytest.approx(13.2, abs=0.1)
    assert reading.quality in {Quality.CHARGER, Quality.BMS}


def test_signs_agree_out_of_the_battery_is_positive() -> None:
    for kind in ("solar-epever", "battery-jbd", "battery-daly"):
        assert readings(source(kind)[0])[0].amps == pytest.approx(40 / 13.2, abs=0.1)
    assert readings(source("solar-renogy")[0])[0].amps == pytest.approx(-60 / 13.2, abs=0.1)


def test_several_answers_are_one_reading() -> None:
    (jbd,) = readings(source("battery-jbd")[0])
    assert jbd.min_cell_volts == pytest.approx(3.3, abs=0.05)
    assert (jbd.remaining_ah, jbd.capacity_ah, jbd.soc) == (38.4, 48.0, 0.8)
    (daly,) = readings(source("battery-daly")[0])
    assert (daly.min_cell_volts, daly.celsius) == (pytest.approx(3.3, abs=0.05), 24)
    assert daly.remaining_ah == 38.4
    (epever,) = readings(source("solar-epever")[0])
    assert (epever.solar_w, epever.state, epever.load_w, epever.soc) == (60, "boost", 0, None)


@pytest.mark.parametrize("kind", MACHINES)
def test_an_adapter_that_hears_itself_is_no_answer(kind: str) -> None:
    assert len(readings(source(kind, echo=True)[0])) == 1
    events, machine = source(kind, looks=3, echo=True, silent=True)
    assert machine.asked
    (change,) = {event for event in events if isinstance(event, StateChanged)}
    assert "echo" in change.reason
    assert readings(events) == []


@pytest.mark.parametrize("kind", MACHINES)
@pytest.mark.parametrize("fault", ["silent", "truncate", "checksum", "refuse"])
def test_a_spoilt_line_brings_no_reading_and_never_a_zero(kind: str, fault: str) -> None:
    events, _ = source(kind, looks=3, **{fault: True})
    assert readings(events) == []
    states = [event.state for event in events if isinstance(event, StateChanged)]
    assert set(states) == {State.DEGRADED}


@pytest.mark.parametrize("kind", MACHINES)
def test_half_a_minute_of_silence_ends_the_attempt(kind: str) -> None:
    with pytest.raises(TimeoutError, match="does not answer"):
        source(kind, looks=20, silent=True)


def test_a_second_question_without_an_answer_leaves_its_figures_unknown() -> None:
    battery = SimulatedBattery(clock=lambda: 0.0)
    machine = asked.jbd_board(battery.look)
    answer = machine._answer
    machine._answer = lambda question: b"" if question[2] == 4 else answer(question)
    wire, events = LoopWire(machine), []
    made = make("battery-jbd", "pack", {"address": "x"})
    assert isinstance(made, Asked)
    made._wire, made._clock = wire, lambda: wire.now
    made._wait = lambda _nudge, _seconds: made.close() or False  # type: ignore[func-returns-value]
    made.open()
    made.run(events.append)
    (reading,) = readings(events)
    assert (reading.volts is None, reading.min_cell_volts) == (False, None)


def test_a_pack_whose_current_counts_the_other_way_round() -> None:
    for flip, amps in ((False, 3.0), (True, -3.0)):
        battery = SimulatedBattery(soc=0.8, load_w=3.0 * 13.233, clock=lambda: 0.0)
        wire = LoopWire(asked.daly_board(battery.look))
        made = make("battery-daly", "pack", {"address": "x", "flip": flip})
        assert isinstance(made, Asked)
        made._wire, made._clock = wire, lambda wire=wire: wire.now
        made.open()
        assert made._look().reading.amps == amps


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals exist on POSIX only")
def test_a_serial_line_is_asked_and_let_go(heard: Heard) -> None:
    import tty

    master, slave = os.openpty()
    tty.setraw(slave)
    battery = SimulatedBattery(clock=lambda: 0.0)
    machine = asked.jbd_board(battery.look)

    def serve() -> None:
        while chunk := os.read(master, 256):
            os.write(master, machine.receive(chunk))

    thread = threading.Thread(target=lambda: _until_closed(serve), daemon=True)
    thread.start()
    supervisor = Supervisor(make("battery-jbd", "pack", {"address": os.ttyname(slave)}), heard)
    supervisor.start()
    assert heard.wait(PowerRead).reading.soc == 0.92
    assert supervisor.stop()
    os.close(slave)
    os.close(master)


def _until_closed(work: Callable[[], None]) -> None:
    """Serve until the line is closed."""
    try:
        work()
    except OSError:
        return
