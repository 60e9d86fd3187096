"""A scanner on a wire: every whole code once, through any number of unplugged cables."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hardware.device import CodeScanned, ScanLost, State, StateChanged
from hardware.registry import make
from hardware.scanner.serial import SerialScanner
from hardware.simulated.stall import SimulatedStall
from hardware.supervisor import Supervisor

if TYPE_CHECKING:
    from tests.hardware.conftest import Heard

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals exist on POSIX only")


def quick(event: threading.Event, _seconds: float) -> bool:
    """A pause of ten milliseconds instead of seconds."""
    return event.wait(0.01)


def supervise(stall: SimulatedStall, name: str, heard: Heard) -> Supervisor:
    table = stall.devices()[name]
    supervisor = Supervisor(make(str(table["kind"]), name, table), heard, wait=quick)
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    return supervisor


def test_scans_arrive_in_order(stall: SimulatedStall, heard: Heard) -> None:
    supervisor = supervise(stall, "scanner", heard)
    while stall.do("scan", code="first")["readers"] == 0:
        pass  # connected here is not yet accepted there
    assert heard.wait(CodeScanned).raw == "first"
    for code in ("4006381333931", "]C10109521234543213\x1d10AB", "Käse"):
        stall.do("scan", code=code)
        event = heard.wait(CodeScanned)
        assert (event.device, event.raw) == ("scanner", code)
    assert supervisor.stop()


def test_a_hundred_unplugged_cables_lose_no_whole_code_no_thread_and_no_descriptor(
    stall: SimulatedStall, heard: Heard
) -> None:
    supervisor = supervise(stall, "scanner", heard)
    threads, descriptors, scanned = threading.active_count(), open_descriptors(), []
    for cycle in range(100):
        while stall.do("scan", code=str(cycle))["readers"] == 0:
            pass
        scanned.append(heard.wait(CodeScanned, lambda event, code=str(cycle): event.raw == code).raw)  # type: ignore[misc]
        stall.do("scan", code="broken off", half=True)
        stall.do("scanner", act="unplug")
        heard.wait(StateChanged, lambda change: change.state is not State.READY)
        stall.do("scanner", act="replug")
        heard.wait(StateChanged, lambda change: change.state is State.READY)
    assert scanned == [str(cycle) for cycle in range(100)]
    heard.rest()
    assert len([event for event in heard.all if isinstance(event, CodeScanned)]) == 100
    assert threading.active_count() <= threads
    assert open_descriptors() <= descriptors + 1
    assert supervisor.stop()


def open_descriptors() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


@posix
def test_a_serial_port_is_read_unplugged_and_let_go(heard: Heard) -> None:
    import tty

    master, slave = os.openpty()
    tty.setraw(slave)
    supervisor = Supervisor(SerialScanner("gun", os.ttyname(slave), 9600), heard, wait=quick)
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    os.write(master, b"4006381333931\r\n963")
    assert heard.wait(CodeScanned).raw == "4006381333931"
    os.write(master, b"85074\r")
    assert heard.wait(CodeScanned).raw == "96385074"
    os.close(master)
    os.close(slave)
    assert heard.wait(StateChanged).state in {State.FAULT, State.ABSENT}
    assert supervisor.stop()


@posix
def test_half_a_code_is_told_when_its_rest_does_not_come_and_not_with_the_next_code(heard: Heard) -> None:
    import tty

    master, slave = os.openpty()
    tty.setraw(slave)
    supervisor = Supervisor(SerialScanner("gun", os.ttyname(slave)), heard)
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    os.write(master, b"40063")
    assert heard.wait(ScanLost).device == "gun"
    os.write(master, b"96385074\n")
    assert heard.wait(CodeScanned).raw == "96385074"
    assert len([event for event in heard.rest() if isinstance(event, ScanLost)]) == 1
    assert supervisor.stop()
    os.close(master)
    os.close(slave)


@posix
def test_a_port_is_opened_for_us_alone(heard: Heard) -> None:
    master, slave = os.openpty()
    first = SerialScanner("gun", os.ttyname(slave))
    first.open()
    with pytest.raises(OSError, match="exclusively lock"):
        SerialScanner("other", os.ttyname(slave)).open()
    first.close()
    second = SerialScanner("other", os.ttyname(slave))
    second.open()
    second.close()
    os.close(master)
    os.close(slave)


@posix
def test_an_idle_serial_scanner_closes_at_once(heard: Heard) -> None:
    master, slave = os.openpty()
    before = open_descriptors()
    supervisor = Supervisor(SerialScanner("gun", os.ttyname(slave)), heard)
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    assert supervisor.stop(1)
    assert open_descriptors() == before
    os.close(master)
    os.close(slave)


def test_a_code_that_broke_off_asks_for_another_scan() -> None:
    class Wire:
        def __init__(self) -> None:
            self.chunks = [(0.0, b"40063"), (2.0, b"96385074\r"), (2.0, b"")]

        def read(self, within_s: float | None = None) -> bytes:
            Wire.now, chunk = self.chunks.pop(0)
            return chunk

        def close(self) -> None:
            self.chunks.clear()

        now = 0.0

    events: list[object] = []
    scanner = SerialScanner("gun", "x", opener=lambda _url, _baud: Wire(), clock=lambda: Wire.now)
    scanner.open()
    scanner.run(events.append)
    assert [type(event) for event in events] == [ScanLost, CodeScanned]
