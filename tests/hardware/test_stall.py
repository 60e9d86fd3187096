"""The whole simulated stall: a till's printer on it, the door to play with it, and ``kiosk sim``."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hardware.device import State, StateChanged
from hardware.hotplug import HotPlug, is_arrival
from hardware.printer.encoder import encode
from hardware.printer.errors import PaperOut, PrinterGone
from hardware.printer.printer import Printer
from hardware.printer.status import PrinterReported
from hardware.registry import make
from hardware.simulated.commands import COMMANDS
from hardware.simulated.control import ADDRESS, NoStall, StallRefused, tell
from hardware.simulated.plugs import HOST, Plug, Wire
from hardware.simulated.stall import SimulatedStall
from hardware.supervisor import Supervisor
from kiosk.cli import main

if TYPE_CHECKING:
    from tests.hardware.conftest import Heard


@pytest.fixture
def door(tmp_path: Path) -> Iterator[tuple[SimulatedStall, Path]]:
    with SimulatedStall(tmp_path) as running:
        yield running, tmp_path


def opened(stall: SimulatedStall, heard: Heard) -> tuple[Supervisor, Printer]:
    table = stall.devices()["printer"]
    printer = make(str(table["kind"]), "printer", table)
    assert isinstance(printer, Printer)
    supervisor = Supervisor(printer, heard, wait=lambda event, _seconds: event.wait(0.01))
    supervisor.start()
    heard.wait(PrinterReported)
    return supervisor, printer


def test_a_receipt_goes_over_the_wire_and_is_confirmed(stall: SimulatedStall, heard: Heard, row: Any) -> None:
    supervisor, printer = opened(stall, heard)
    delivery = printer.send(
        encode([row("Käse 3,50 €"), row(qr="https://x.example/1"), row(cut=True)], printer.profile)
    )
    assert delivery.confirmed
    paper = stall.do("paper")
    assert paper["lines"][0] == "Käse 3,50 €"  # type: ignore[index]
    assert (paper["qr"], paper["cuts"], paper["unknown"]) == (["https://x.example/1"], 1, [])
    assert supervisor.stop()


def test_out_of_paper_then_a_new_roll(stall: SimulatedStall, heard: Heard) -> None:
    supervisor, printer = opened(stall, heard)
    stall.do("printer", act="paper-out")
    with pytest.raises(PaperOut):
        printer.send(b"receipt\n")
    assert heard.wait(PrinterReported).status.paper == "out"
    assert (
        heard.wait(StateChanged, lambda change: change.state is State.DEGRADED).reason
        == "the printer is out of paper"
    )
    assert printer.pulse().sent
    stall.do("printer", act="paper-ok")
    assert printer.send(b"receipt\n").confirmed
    assert stall.do("paper")["lines"] == ["receipt"]
    assert stall.do("paper")["pulses"] == 1
    assert supervisor.stop()


def test_a_pulled_plug_leaves_the_job_whole_and_the_printer_comes_back(
    stall: SimulatedStall, heard: Heard
) -> None:
    supervisor, printer = opened(stall, heard)
    stall.do("printer", act="unplug")
    with pytest.raises(PrinterGone) as caught:
        printer.send(b"receipt\n")
    assert caught.value.untouched
    heard.wait(StateChanged, lambda change: change.state in {State.ABSENT, State.FAULT})
    stall.do("printer", act="replug")
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    assert printer.send(b"receipt\n").confirmed
    assert stall.do("paper")["lines"] == ["receipt"]
    assert supervisor.stop()


@pytest.mark.parametrize("turns", range(5))
def test_who_was_just_let_in_when_the_plug_is_pulled_is_cut_off_too(turns: int) -> None:
    async def told() -> bytes:
        plug = Plug(Wire)
        await plug.plug()
        with socket.create_connection((HOST, plug.port)) as client:
            for _ in range(turns):  # of the loop, from not yet accepted to fully connected
                await asyncio.sleep(0)
            plug.unplug()
            client.setblocking(False)
            async with asyncio.timeout(10):
                return await asyncio.get_running_loop().sock_recv(client, 1)

    with suppress(ConnectionResetError):  # an end or a reset, as the kernel likes
        assert asyncio.run(told()) == b""


def test_a_slow_printer_is_waited_for(stall: SimulatedStall, heard: Heard) -> None:
    supervisor, printer = opened(stall, heard)
    stall.do("printer", act="slow", rate=2000)
    assert printer.send(b"a line\n" * 100).confirmed
    assert len(stall.do("paper")["lines"]) == 100  # type: ignore[arg-type]
    stall.do("printer", act="clear")
    assert supervisor.stop()


def test_the_stall_leaves_no_thread_no_descriptor_and_no_address(tmp_path: Path) -> None:
    folder, threads = Path("/proc/self/fd"), threading.active_count()
    before = len(list(folder.iterdir())) if folder.is_dir() else 0
    for _ in range(5):
        with SimulatedStall(tmp_path) as running:
            assert (tmp_path / ADDRESS).exists()
            tell(tmp_path, "status")
        running.stop()
    assert threading.active_count() <= threads
    assert (len(list(folder.iterdir())) if folder.is_dir() else 0) <= before
    assert list(tmp_path.iterdir()) == []


def test_the_door_answers_in_json(door: tuple[SimulatedStall, Path]) -> None:
    stall, folder = door
    assert tell(folder, "printer", act="paper-low")["printer"]["paper"] == "low"  # type: ignore[index]
    assert stall.do("status")["printer"]["paper"] == "low"  # type: ignore[index]
    with pytest.raises(StallRefused, match="act must be one of paper-out"):
        tell(folder, "printer", act="explode")
    with pytest.raises(StallRefused, match="no command 'dance'"):
        tell(folder, "dance")
    with pytest.raises(StallRefused, match="1 to 4096"):
        tell(folder, "scan", code="x" * 5000)
    with pytest.raises(StallRefused, match="not between"):
        tell(folder, "battery", soc=2)


@pytest.mark.skipif(sys.platform == "win32", reason="no mode bits on Windows")
def test_only_the_owner_may_read_the_address(door: tuple[SimulatedStall, Path]) -> None:
    assert stat.S_IMODE(os.stat(door[1] / ADDRESS).st_mode) == 0o600


@pytest.mark.parametrize(
    "line", [b'{"do":"status"}', b'{"do":"status","token":"x"}', b"[]", b"{", b"\xff", b"[" * 60_000]
)
def test_a_stranger_at_the_door_learns_nothing(door: tuple[SimulatedStall, Path], line: bytes) -> None:
    address = json.loads((door[1] / ADDRESS).read_text())
    with (
        socket.create_connection((address["host"], address["port"]), 1) as wire,
        wire.makefile("rb") as lines,
    ):
        wire.sendall(line + b"\n")
        answer = json.loads(lines.readline())
    assert answer["ok"] is False
    assert set(answer) == {"ok", "error"}


def test_a_line_too_long_ends_the_visit(door: tuple[SimulatedStall, Path]) -> None:
    address = json.loads((door[1] / ADDRESS).read_text())
    with socket.create_connection((address["host"], address["port"]), 1) as wire:
        wire.sendall(b"x" * 200_000)
        with suppress(ConnectionResetError):
            assert wire.recv(10) == b""
    assert tell(door[1], "status")


@pytest.mark.parametrize("text", ["", "{}", '{"host": 1, "port": "x", "token": 1}', "[1]"])
def test_no_stall_is_said_with_what_to_do(tmp_path: Path, text: str) -> None:
    with pytest.raises(NoStall, match="kiosk demo"):
        tell(tmp_path, "status")
    (tmp_path / ADDRESS).write_text(text)
    with pytest.raises(NoStall, match="kiosk demo"):
        tell(tmp_path, "status")


def sim(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", "--shop", str(folder), "sim", *words]
    environment = {**os.environ, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30, env=environment)


def test_the_command_line_plays_with_a_running_stall(
    door: tuple[SimulatedStall, Path], heard: Heard, row: Any
) -> None:
    stall, folder = door
    supervisor, printer = opened(stall, heard)
    printer.send(encode([row("Grüße")], printer.profile))
    assert sim(folder, "paper").stdout == "Grüße\n"
    assert json.loads(sim(folder, "status", "--json").stdout)["printer"]["connections"] == 1
    assert (
        json.loads(sim(folder, "battery", "--watts", "40", "--charge", "50", "--json").stdout)["soc"] == 0.5
    )
    told = sim(folder, "printer", "cover-open").stdout
    assert "cover                open\n" in told and "scanner" not in told, "of this device, and of no other"
    assert sim(folder, "scan", "123").returncode == 1
    assert supervisor.stop()


def test_the_command_line_says_when_there_is_no_stall(tmp_path: Path) -> None:
    done = sim(tmp_path, "status")
    assert done.returncode == 1
    assert "kiosk demo" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("line", [line for command in COMMANDS.values() for line, _words in command.examples])
def test_every_example_of_the_help_works(
    line: str, tmp_path: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with SimulatedStall(tmp_path) as running:
        tables = running.devices()
        listening = [
            Supervisor(make(str(table["kind"]), name, table), heard)
            for name, table in tables.items()
            if name in {"scanner", "keys", "touch", "panel"}
        ]
        for supervisor in listening:
            supervisor.start()
            heard.wait(StateChanged, lambda change: change.state is State.READY)
        code = main(["--shop", str(tmp_path), "sim", *line.split()])
        assert all(supervisor.stop() for supervisor in listening)
    assert code == 0


def test_every_command_has_an_example_and_every_field_its_words() -> None:
    for command in COMMANDS.values():
        assert command.examples and command.words and all(field.words for field in command.fields)


def test_a_plugged_in_device_is_heard_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hardware.hotplug.LOOK_S", 0.01)
    arrived = threading.Event()
    watcher = Supervisor(HotPlug(arrived.set, folders=(str(tmp_path),), uevents=False), lambda _event: None)
    watcher.start()
    while not arrived.is_set():
        (tmp_path / str(len(list(tmp_path.iterdir())))).touch()
        arrived.wait(0.02)
    assert watcher.stop()


def test_the_kernel_s_words_for_an_arrival() -> None:
    assert is_arrival(b"add@/devices/pci0000:00/usb1/1-1/1-1:1.0/ttyACM0\0ACTION=add\0")
    assert not is_arrival(b"remove@/devices/x\0ACTION=remove\0")


def test_importing_the_whole_simulated_stall_loads_no_device_library() -> None:
    demo = (
        "simulated.stall",
        "printer.factory",
        "scanner.serial",
        "scanner.keys",
        "panel.touchpanel",
        "power.lines",
        "registry",
        "hotplug",
    )
    code = "import sys, " + ", ".join(f"hardware.{module}" for module in demo)
    heavy = (
        "print(sorted({'serial', 'escpos', 'PIL', 'evdev', 'segno', 'gpiozero', 'kiosk'} & set(sys.modules)))"
    )
    done: Any = subprocess.run(
        [sys.executable, "-c", f"{code}\n{heavy}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
