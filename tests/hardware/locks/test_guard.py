"""Coils on header pins: whatever dies or hangs, every line is low again within 750 ms."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.locks import letgo
from hardware.locks.board import OpenAnswer, Status, Verdict
from hardware.locks.bus import Bus, Heard
from hardware.locks.coilpins import FilePins
from hardware.locks.coils import Coils, GuardWire
from hardware.locks.events import Sent
from hardware.locks.factory import gpio
from hardware.locks.guard import COOL_S, Channel, Guard, serve
from hardware.locks.letgo import LinesHeld, let_go
from hardware.locks.ontime import ENDINGS, told_to_end
from hardware.options import BadOptions

DEADLINE_S = 10.0


def until(true: Callable[[], object], what: str) -> None:
    """Wait for another process, at most ten seconds."""
    end = time.monotonic() + DEADLINE_S
    pause = threading.Event()
    while not true():
        assert time.monotonic() < end, what
        pause.wait(0.01)


def level(folder: Path, line: int) -> str:
    """An output's level now."""
    path = folder / f"out{line}"
    return path.read_text() if path.exists() else ""


def pulses(folder: Path, line: int) -> list[int]:
    """Lengths of the finished pulses of a line, in milliseconds."""
    rows = [tuple(map(int, row.split())) for row in (folder / "history").read_text().splitlines()]
    lengths, up = [], None
    for which, high, at_ms in rows:
        if which == line and high:
            up = at_ms
        elif which == line and up is not None:
            lengths.append(at_ms - up)
            up = None
    return lengths


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[GuardWire]:
    """A guard with two locks: coil 17 with a switch on 27, coil 22 without one."""
    made = GuardWire({1: Channel(17, 27), 2: Channel(22)}, pulse_ms=300, files=tmp_path)
    made.open()
    until(lambda: level(tmp_path, 22) == "0", "the guard drives its lines low at its start")
    yield made
    made.close()


# -- the rules, on a clock of the test's own -----------------------------------------------------------------


def test_a_pulse_ends_by_itself_and_is_never_longer_than_it_may_be(tmp_path: Path) -> None:
    guard = Guard(FilePins(tmp_path), {1: Channel(17)}, 60_000, now=0)
    assert guard.obey("open 1", 1.0) == "opened 1 taken"
    assert level(tmp_path, 17) == "1"
    assert guard.wait_s(1.0) == pytest.approx(0.72)  # and 30 ms in which the kernel may wake us late
    guard.expire(1.71)
    assert level(tmp_path, 17) == "1"
    guard.expire(1.73)
    assert level(tmp_path, 17) == "0"


def test_no_two_coils_at_once_and_none_that_is_warm(tmp_path: Path) -> None:
    guard = Guard(FilePins(tmp_path), {1: Channel(17), 2: Channel(22)}, 500, now=0)
    guard.obey("open 1", 1.0)
    assert guard.obey("open 2", 1.1) == "opened 2 cooling"
    guard.expire(1.5)
    assert guard.obey("open 2", 1.6) == "opened 2 taken"
    guard.expire(2.1)
    assert guard.obey("open 1", 1.0 + COOL_S - 0.1) == "opened 1 cooling"
    assert guard.obey("open 1", 1.0 + COOL_S) == "opened 1 taken"


@pytest.mark.parametrize(
    "command", ["", "open", "open 9", "open -1", "open 1 2", "hold 1", "open 0x1", "\x00", "öffne"]
)
def test_what_is_no_command_moves_nothing(command: str, tmp_path: Path) -> None:
    guard = Guard(FilePins(tmp_path), {1: Channel(17)}, 500, now=0)
    assert guard.obey(command, 1.0) == "refused"
    assert level(tmp_path, 17) == "0"


# -- the process ---------------------------------------------------------------------------------------------


def test_the_guard_is_one_more_board_on_the_bus(wire: GuardWire, tmp_path: Path) -> None:
    bus, codec = Bus(wire, Coils()), Coils()
    exchange = bus.ask(codec.questions(0, [1])[0], lambda reply: isinstance(reply, Status), 5)
    assert exchange.heard is Heard.ANSWER
    (status,) = exchange.replies
    assert isinstance(status, Status)
    assert {n: one.lock for n, one in status.levels.items()} == {1: False}
    (tmp_path / "in27").write_text("1")
    (shut,) = bus.ask(b"status\n", lambda reply: isinstance(reply, Status), 5).replies
    assert isinstance(shut, Status)
    assert shut.levels[1].lock
    answer = bus.ask(codec.open(0, 1), lambda reply: isinstance(reply, OpenAnswer), 5).replies[-1]
    assert answer == OpenAnswer(0, 1, Verdict.TAKEN)
    until(lambda: pulses(tmp_path, 17), "the pulse ends")
    assert 250 <= pulses(tmp_path, 17)[0] <= 750


@contextmanager
def a_till(folder: Path, then: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A till of its own that fires coil 17 and then does something; with its guard's process id."""
    script = (
        "import ctypes, sys, pathlib\n"
        "from hardware.locks.coils import GuardWire\n"
        "from hardware.locks.guard import Channel\n"
        "wire = GuardWire({1: Channel(17)}, pulse_ms=200, files=pathlib.Path(sys.argv[1]))\n"
        "wire.open()\n"
        "print(wire.process.pid, flush=True)\n"
        "wire.write(b'open 1\\n', 1)\n" + then
    )
    till = subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert till.stdin is not None and till.stdout is not None
    with till.stdin, till.stdout:
        guard = int(till.stdout.readline())
        until(lambda: level(folder, 17) == "1", "the coil is on")
        yield till, guard
        till.kill()
        till.wait(DEADLINE_S)


def test_a_till_that_hangs_for_ten_seconds_makes_no_pulse_longer(tmp_path: Path) -> None:
    """One C call holds its interpreter while the coil is on, as a bad regular expression does."""
    with a_till(tmp_path, "ctypes.PyDLL(None).sleep(10)\nprint('awake', flush=True)\n") as (till, _guard):
        until(lambda: pulses(tmp_path, 17), "the pulse ends")
        assert pulses(tmp_path, 17)[0] <= 750
        assert till.stdout is not None
        assert select.select((till.stdout,), (), (), 0)[0] == []  # and it hangs still


def test_closing_the_pipe_drops_every_line(wire: GuardWire, tmp_path: Path) -> None:
    wire.write(b"open 2\n", 1)
    until(lambda: level(tmp_path, 22) == "1", "the coil is on")
    wire.close()
    assert level(tmp_path, 22) == "0"


@pytest.mark.parametrize("number", ENDINGS)
def test_a_signal_drops_every_line(number: signal.Signals, wire: GuardWire, tmp_path: Path) -> None:
    wire.write(b"open 2\n", 1)
    until(lambda: level(tmp_path, 22) == "1", "the coil is on")
    assert wire.process is not None
    wire.process.send_signal(number)
    wire.process.wait(DEADLINE_S)
    assert level(tmp_path, 22) == "0"


def test_a_signal_that_comes_while_the_line_is_let_go_does_not_keep_it(tmp_path: Path) -> None:
    class Struck(FilePins):
        """Pins struck by a signal at every turn, as when a killed till sends one with its last word."""

        def drive(self, line: int, high: bool) -> None:
            os.kill(os.getpid(), signal.SIGTERM)
            super().drive(line, high)

    before = {number: signal.getsignal(number) for number in ENDINGS}
    source, till = os.pipe()
    try:
        ending = told_to_end()
        guard = Guard(Struck(tmp_path), {1: Channel(17)}, 750, time.monotonic())
        assert guard.obey("open 1", time.monotonic()) == "opened 1 taken"
        assert level(tmp_path, 17) == "1"
        os.close(till)
        serve(guard, source, ending, lambda _text: None)
        assert level(tmp_path, 17) == "0"
    finally:
        os.close(signal.set_wakeup_fd(-1))
        for number, handler in before.items():
            signal.signal(number, handler)
        for descriptor in (source, ending):
            os.close(descriptor)


def test_a_killed_guard_lets_go_too_is_noticed_and_the_next_one_begins_with_every_line_low(
    wire: GuardWire, tmp_path: Path
) -> None:
    wire.write(b"open 2\n", 1)
    until(lambda: level(tmp_path, 22) == "1", "the coil is on")
    assert wire.process is not None
    for child in Path(f"/proc/{wire.process.pid}/task/{wire.process.pid}/children").read_text().split():
        os.kill(int(child), signal.SIGABRT)  # as systemd does to every process of a frozen till
    wire.process.kill()
    wire.process.wait(DEADLINE_S)
    # The kernel leaves the line as it was; the second grip takes it and lets go.
    until(lambda: pulses(tmp_path, 22), "the line is let go")
    assert pulses(tmp_path, 22)[0] <= 750
    while True:
        try:
            wire.read(64, 0)
        except OSError:
            break
    wire.open()  # what the supervisor does next
    until(lambda: level(tmp_path, 22) == "0", "the new guard lets go")


def test_a_guard_that_cannot_have_its_pins_says_why() -> None:
    wire = GuardWire({1: Channel(17)}, pulse_ms=300, chip=15)
    wire.open()
    try:
        with pytest.raises(ConnectionResetError, match=r"has ended: (lgpio is|gpiochip15)"):
            while True:
                wire.read(64, DEADLINE_S)
    finally:
        wire.close()


@pytest.mark.parametrize("guard_too", [False, True], ids=["till", "till and guard"])
def test_a_killed_till_takes_the_guard_and_the_pulse_with_it(guard_too: bool, tmp_path: Path) -> None:
    with a_till(tmp_path, "sys.stdin.read()\n") as (till, guard):
        if guard_too:
            os.kill(guard, signal.SIGKILL)
        till.kill()
        till.wait(DEADLINE_S)
        until(lambda: pulses(tmp_path, 17), "somebody lets go")

    def gone() -> bool:
        try:
            os.kill(guard, 0)
        except ProcessLookupError:
            return True
        return Path(f"/proc/{guard}/stat").read_text().split(")")[1].split()[0] == "Z"

    until(gone, "the guard ends")
    assert pulses(tmp_path, 17)[0] <= 750


class Busy(FilePins):
    """Pins of which one is held by somebody else for the first turns."""

    def __init__(self, folder: Path, turns: int) -> None:
        """Held for so many turns."""
        super().__init__(folder)
        self._turns = turns

    def output(self, line: int) -> None:
        """Line 17 is busy at first."""
        if line == 17 and self._turns > 0:
            self._turns -= 1
            raise OSError("GPIO busy")
        super().output(line)


def test_a_line_that_a_dying_process_still_holds_is_let_go_a_moment_later(tmp_path: Path) -> None:
    let_go(Busy(tmp_path, 3), [17, 22])
    assert (level(tmp_path, 17), level(tmp_path, 22)) == ("0", "0")


def test_a_line_that_is_held_keeps_no_other_one_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letgo, "PAUSE_S", 0)
    with pytest.raises(LinesHeld, match="pin 17 was not let go: GPIO busy"):
        let_go(Busy(tmp_path, letgo.TRIES), [17, 22])
    assert (level(tmp_path, 17), level(tmp_path, 22)) == ("", "0")


# -- the cabinet on the header -------------------------------------------------------------------------------


def test_a_cabinet_of_coils_opens_a_box_and_sees_its_door(tmp_path: Path) -> None:
    (tmp_path / "in27").write_text("1")
    cabinet = gpio("locks", {"locks": "17:27,22", "files": str(tmp_path), "pulse_ms": 200})
    cabinet._pulses._started -= COOL_S
    cabinet.open()
    try:
        until(lambda: level(tmp_path, 22) == "0", "the guard is up")
        cabinet._running = True
        answer = cabinet.unlock(1, "a")
        cabinet._obey(0, lambda _event: None)
        outcome = answer.result(1)
        assert outcome == Sent()
        until(lambda: pulses(tmp_path, 17), "the coil was pulsed once")
    finally:
        cabinet.close()
    assert level(tmp_path, 17) == "0"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"locks": "4"}, "pins 9 to 27"),
        ({"locks": "17:17"}, "named twice"),
        ({"locks": "17,17"}, "named twice"),
        ({"locks": "17:22:23"}, "COIL or COIL:SWITCH"),
        ({"locks": "seventeen"}, "COIL or COIL:SWITCH"),
        ({"locks": "17", "pulse_ms": 900}, "from 50 to 750"),
        ({"locks": "17", "pin": 3}, "no such option"),
        ({}, "locks: missing"),
    ],
)
def test_settings_that_could_fire_a_coil_at_boot_or_burn_one_are_refused(
    table: dict[str, object], reason: str
) -> None:
    with pytest.raises(BadOptions, match=reason):
        gpio("locks", table)
