"""Every printer transport on a wire of its kind: TCP, a pseudo-terminal for serial and USB, a file."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.printer.file import FileLink
from hardware.printer.profile import PROFILES
from hardware.printer.status import UNKNOWN, PrinterStatus
from hardware.printer.talk import Talk
from hardware.simulated.printer import SimulatedPrinter
from hardware.simulated.stall import SimulatedStall
from hardware.wire.tcp import TcpLink

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals exist on POSIX only")
WELL = PrinterStatus(True, "ok", "closed", "closed", "none")


class Terminal:
    """A simulated printer behind a pseudo-terminal, answering in a thread until it is unplugged."""

    def __init__(self) -> None:
        import tty

        self.printer = SimulatedPrinter()
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.path = os.ttyname(self.slave)
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                chunk = os.read(self.master, 4096)
            except OSError:
                break
            if b"unplug" in chunk:
                break
            os.write(self.master, self.printer.receive(chunk) + self.printer.work())
        os.close(self.master)

    def unplug(self) -> None:
        if self.thread.is_alive():
            os.write(self.slave, b"unplug")
            self.thread.join(1)
            os.close(self.slave)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal()
    yield made
    made.unplug()


@posix
@pytest.mark.parametrize("kind", ["serial", "usb"])
def test_serial_and_usb_answer_print_and_notice_the_unplugging(kind: str, terminal: Terminal) -> None:
    from hardware.printer.usblp import UsbLink
    from hardware.wire.serial import SerialLink

    made = SerialLink(terminal.path, 9600, flow="none") if kind == "serial" else UsbLink(terminal.path)
    made.open()
    assert made.write(b"hello\n", 1.0) == 6
    assert Talk(made, PROFILES["80mm"]).status() == WELL
    terminal.printer.faults.paper = "out"
    assert Talk(made, PROFILES["80mm"]).status().paper == "out"
    assert terminal.printer.paper.text() == ["hello"]
    terminal.unplug()
    with pytest.raises(OSError):
        for _ in range(3):
            made.read(1, 0.1)
            made.write(b"x", 0.1)
    made.close()
    made.close()
    with pytest.raises(ConnectionResetError):
        made.read(1, 0)


@posix
def test_a_serial_port_is_opened_for_us_alone(terminal: Terminal) -> None:
    from hardware.wire.serial import SerialLink

    first, second = SerialLink(terminal.path, flow="none"), SerialLink(terminal.path, flow="none")
    first.open()
    with pytest.raises(OSError, match="lock"):
        second.open()
    first.close()


@posix
def test_a_printer_that_sends_xoff_gets_nothing_until_its_xon() -> None:
    """A pseudo-terminal heeds XON and XOFF as a serial port does; it has no RTS and CTS to heed."""
    import termios
    import tty

    from hardware.wire.serial import SerialLink

    master, slave = os.openpty()
    tty.setraw(slave)
    made = SerialLink(os.ttyname(slave), 9600, flow="xonxoff")
    made.open()
    os.write(master, b"\x13")
    while made.write(b"x", 0.05):  # the line needs a moment to see it
        os.read(master, 1)
    os.write(master, b"\x11")
    while not made.write(b"on", 0.05):
        pass
    assert os.read(master, 64) == b"on"
    made.close()
    with_lines = SerialLink(os.ttyname(slave), 9600, flow="rtscts")
    with_lines.open()
    assert termios.tcgetattr(slave)[2] & termios.CRTSCTS
    with_lines.close()
    os.close(master)
    os.close(slave)


@posix
def test_a_full_terminal_says_how_many_bytes_it_took() -> None:
    import tty

    from hardware.printer.usblp import UsbLink

    master, slave = os.openpty()
    tty.setraw(slave)
    made = UsbLink(os.ttyname(slave))
    made.open()
    took = made.write(b"x" * 1_000_000, 0.1)
    arrived = 0
    os.set_blocking(master, False)
    while arrived < took:
        arrived += len(os.read(master, 65536))
    assert 0 < took == arrived
    made.close()
    os.close(master)
    os.close(slave)


def test_tcp_answers_and_prints(stall: SimulatedStall) -> None:
    printer = stall.devices()["printer"]
    made = TcpLink(str(printer["host"]), int(str(printer["port"])))
    made.open()
    assert Talk(made, PROFILES["80mm"]).status() == WELL
    made.write(b"hello\n", 1.0)
    stall.do("printer", act="cover-open")
    assert Talk(made, PROFILES["80mm"]).status().cover == "open"
    assert stall.do("paper")["lines"] == ["hello"]
    made.close()
    made.close()


def test_a_tcp_peer_that_never_reads_stalls_with_the_offset_known() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        made = TcpLink("127.0.0.1", server.getsockname()[1])
        made.open()
        peer, _ = server.accept()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        took = made.write(b"x" * 20_000_000, 0.1)
        assert 0 < took < 20_000_000
        assert made.read(1, 0.01) == b""
        peer.close()
        with pytest.raises(OSError):
            for _ in range(100):
                made.write(b"x" * 100_000, 0.1)
        made.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what was not acknowledged")
def test_tcp_knows_what_the_printer_has_not_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        made = TcpLink("127.0.0.1", server.getsockname()[1])
        made.open()
        peer, _ = server.accept()
        took = made.write(b"x" * 20_000_000, 0.1)
        left = made.pending()
        assert 0 < left <= took
        read = 0
        while read < took:
            read += len(peer.recv(1_000_000))
        while made.pending():
            assert made.read(1, 0.01) == b""
        peer.close()
        made.close()


@posix
def test_a_usb_printer_that_takes_nothing_leaves_its_last_transfer_pending() -> None:
    """A pseudo-terminal that nobody empties is not ready to be written to, as usblp is not."""
    import tty

    from hardware.printer.usblp import UsbLink

    master, slave = os.openpty()
    tty.setraw(slave)
    made = UsbLink(os.ttyname(slave))
    made.open()
    assert made.write(b"line\n", 1.0) == 5
    assert made.pending() == 0
    took = made.write(b"x" * 1_000_000, 0.1)
    assert made.pending() == took
    arrived = 0
    while arrived < took + 5:
        arrived += len(os.read(master, 65536))
    assert made.pending() == 0
    made.close()
    os.close(master)
    os.close(slave)


@posix
def test_a_pipe_that_nobody_reads_blocks_nobody(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError):
        FileLink(pipe).open()
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    made = FileLink(pipe)
    made.open()
    assert 0 < made.write(b"x" * 1_000_000, 0.05) < 1_000_000
    made.close()
    os.close(reader)


def test_a_tcp_printer_that_hangs_up_is_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        made = TcpLink("127.0.0.1", server.getsockname()[1])
        made.open()
        server.accept()[0].close()
        with pytest.raises(ConnectionError):
            made.read(1, 1.0)
        made.close()


def test_nobody_listening_is_refused_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(OSError):
        TcpLink("127.0.0.1", port).open()


def test_a_file_collects_jobs_and_knows_nothing(tmp_path: Path) -> None:
    made = FileLink(tmp_path / "jobs.bin")
    made.open()
    assert made.write(b"one", 1.0) == 3
    made.close()
    made.open()
    made.write(b"two", 1.0)
    assert Talk(made, PROFILES["80mm"]).status() == UNKNOWN
    assert made.pending() == 0
    made.close()
    assert (tmp_path / "jobs.bin").read_bytes() == b"onetwo"
    with pytest.raises(ConnectionResetError):
        made.write(b"x", 0)
    with pytest.raises(OSError):
        FileLink(tmp_path / "no" / "jobs.bin").open()
