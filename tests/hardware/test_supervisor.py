"""A device comes, goes and breaks; its supervisor says so once and keeps trying. Nobody waits for real."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable

import pytest

from hardware.device import CodeScanned, Event, Report, State, StateChanged
from hardware.supervisor import BackOff, Supervisor
from tests.hardware.conftest import DEADLINE_S


class Scripted:
    """A device whose openings and runs follow a script; at its end it stops its supervisor."""

    name = "thing"

    def __init__(self, *steps: Callable[[Report], None] | Exception) -> None:
        self.steps = list(steps)
        self.supervisor: Supervisor | None = None
        self.closed = 0
        self.ended = threading.Event()

    def open(self) -> None:
        if not self.steps:
            self.ended.set()
            assert self.supervisor is not None
            self.supervisor.stop()
        elif isinstance(self.steps[0], Exception):
            raise self.steps.pop(0)

    def run(self, report: Report) -> None:
        self.steps.pop(0)(report)

    def close(self) -> None:
        self.closed += 1


class Time:
    """A clock that moves when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def wait(self, event: threading.Event, seconds: float) -> bool:
        self.waits.append(seconds)
        self.now += seconds
        return event.is_set()


def drive(
    *steps: Callable[[Report], None] | Exception, time: Time | None = None
) -> tuple[list[Event], Time, Scripted]:
    """Run a script to its end; return the events, the clock and the device."""
    time, events = time or Time(), list[Event]()
    device = Scripted(*steps)
    supervisor = Supervisor(
        device, events.append, clock=lambda: time.now, wait=time.wait, spread=lambda _a, _b: 1.0
    )
    device.supervisor = supervisor
    supervisor.start()
    assert device.ended.wait(DEADLINE_S)
    assert supervisor.stop(1)
    return events, time, device


def states(events: list[Event]) -> list[State]:
    return [event.state for event in events if isinstance(event, StateChanged)]


def lose(_report: Report) -> None:
    raise OSError(errno.EIO, "Input/output error")


def test_a_device_that_is_not_there_is_said_to_be_absent_once_and_tried_ever_less_often() -> None:
    gone = FileNotFoundError(errno.ENOENT, "No such file or directory")
    events, time, _ = drive(*[gone] * 9)
    assert states(events) == [State.OPENING, State.ABSENT, State.CLOSED]
    assert time.waits == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_a_lost_device_is_closed_and_opened_again() -> None:
    events, _, device = drive(lose, lose)
    assert states(events) == [State.OPENING, State.READY, State.FAULT, State.READY, State.FAULT, State.CLOSED]
    assert events[2] == StateChanged("thing", State.FAULT, "Input/output error")
    assert device.closed >= 3


def test_a_minute_of_health_starts_the_pauses_again() -> None:
    time = Time()

    def healthy(report: Report) -> None:
        time.now += 60
        lose(report)

    _, time, _ = drive(OSError("x"), OSError("x"), healthy, lose, time=time)
    assert time.waits == [0.5, 1, 0.5, 1]


def test_a_driver_with_a_mistake_in_it_is_a_faulty_device_and_no_more() -> None:
    def mistake(_report: Report) -> None:
        raise ZeroDivisionError("division by zero")

    events, _, _ = drive(mistake, RuntimeError("half built"))
    assert [e.reason for e in events if isinstance(e, StateChanged) and e.state is State.FAULT] == [
        "division by zero",
        "half built",
    ]


def test_the_terminal_library_s_own_error_counts_as_a_loss() -> None:
    termios = pytest.importorskip("termios", reason="POSIX only")
    events, _, _ = drive(termios.error(5, "Input/output error"))
    assert State.FAULT in states(events)


def test_what_a_device_tells_passes_through_and_its_own_state_is_said_once() -> None:
    def work(report: Report) -> None:
        report(CodeScanned("thing", "123", 5))
        report(StateChanged("thing", State.DEGRADED, "paper out"))
        report(StateChanged("thing", State.DEGRADED, "paper out"))
        report(StateChanged("thing", State.READY))

    events, _, _ = drive(work)
    assert events[2:5] == [
        CodeScanned("thing", "123", 5),
        StateChanged("thing", State.DEGRADED, "paper out"),
        StateChanged("thing", State.READY),
    ]


def test_a_poke_is_followed_by_close_attempts_until_the_node_has_its_permissions() -> None:
    time = Time()

    def wait(event: threading.Event, seconds: float) -> bool:
        poked = len(time.waits) == 2
        return time.wait(event, 0 if poked else seconds) or poked

    device = Scripted(*[PermissionError(errno.EACCES, "Permission denied")] * 15)
    events: list[Event] = []
    supervisor = Supervisor(
        device, events.append, clock=lambda: time.now, wait=wait, spread=lambda _a, _b: 1.0
    )
    device.supervisor = supervisor
    supervisor.start()
    assert device.ended.wait(DEADLINE_S)
    assert supervisor.stop(1)
    assert time.waits == [0.5, 1, 0, *[0.2] * 10, 0.5, 1]
    assert states(events) == [State.OPENING, State.FAULT, State.CLOSED]


def test_poke_wakes_a_real_wait() -> None:
    opened = threading.Event()

    class Late(Scripted):
        def open(self) -> None:
            super().open()
            opened.set()

    tries = threading.Event()

    def wait(event: threading.Event, _seconds: float) -> bool:
        tries.set()
        return event.wait(6 * DEADLINE_S)

    device = Late(OSError("x"), lambda _report: None)
    supervisor = Supervisor(device, lambda _event: None, wait=wait)
    device.supervisor = supervisor
    supervisor.start()
    assert tries.wait(DEADLINE_S)
    supervisor.poke()
    assert opened.wait(DEADLINE_S)
    assert supervisor.stop(DEADLINE_S)


def test_stop_before_start_and_twice() -> None:
    supervisor = Supervisor(Scripted(), lambda _event: None)
    assert supervisor.stop()
    assert supervisor.stop()


def test_pauses_are_spread_by_a_fifth() -> None:
    pauses = [BackOff().pause() for _ in range(200)]
    assert 0.4 <= min(pauses) < max(pauses) <= 0.6
