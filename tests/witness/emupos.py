"""emupos 0.4.0 (github.com/ahmedalrifai/emupos): receipt printers, scales and a scanner nobody here wrote.

It runs in an environment of its own (it needs Python 3.13), is told what to do over HTTP, and tells what it
saw, line by line. Nothing here sleeps: every wait ends with the line it waits for.
"""

from __future__ import annotations

import json
import os
import queue
import re
import socket
import subprocess
import threading
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

DEADLINE_S = 30.0
"""For anything it does, on a machine with better things to do; it starts within a second."""
LINE = re.compile(r"\d\d:\d\d:\d\d\.\d+\s+(?P<device>\S+)\s+(?P<kind>[a-z_.]+)\s*(?P<words>.*)")
"""One event as `emupos run` shows it: time, device, kind, words."""
PROFILE = """\
type: printer
name: Epson TM-T20III on other paper
dpi: 203
width_dots: {dots}
font_a: {{ width: 12, height: 24 }}
font_b: {{ width: 9, height: 17 }}
code_pages: {{ 0: PC437, 2: PC850, 16: WPC1252, 18: PC852, 19: PC858 }}
default_code_page: 0
drawer_sensor_open_level: high
serial: {{ baud: 9600, data_bits: 8, parity: none, stop_bits: 1 }}
"""
PRINTERS = {"front": 576, "middle": 512, "narrow": 384, "counter": 576}
"""Printers by name with their dots: 48, 42 and 32 columns on TCP, `counter` on a serial port."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of what it saw."""

    device: str
    kind: str
    """Such as `printer.job.completed`, `drawer.opened`, `connection.opened`."""
    words: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt as it came out of the printer."""

    text: str
    png: bytes
    ended_by: str
    """What made it whole: cut, connection-closed or idle-timeout."""

    @property
    def lines(self) -> list[str]:
        """The text, line by line."""
        return self.text.splitlines()


class Emupos:
    """One running simulator with the devices of `PRINTERS`, two scales and a scanner."""

    def __init__(self, program: Path, folder: Path) -> None:
        """Start it in a folder of its own, and return when it runs."""
        self.folder = folder
        self._ports = dict(zip((*PRINTERS, "api"), _free_ports(len(PRINTERS) + 1), strict=True))
        self._seen: queue.Queue[Seen] = queue.Queue()
        self._running = threading.Event()
        self._output: list[str] = []
        for dots in set(PRINTERS.values()):
            (folder / f"{dots}.yaml").write_text(PROFILE.format(dots=dots))
        (folder / "emupos.yaml").write_text(json.dumps(self._settings()))  # JSON is YAML
        self._process = subprocess.Popen(
            [program, "run"],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(folder), "COLUMNS": "500", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        assert self._running.wait(DEADLINE_S), f"emupos did not start: {self._output}"

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(DEADLINE_S)
        self._reader.join(DEADLINE_S)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def reset(self) -> None:
        """Mend everything, shut every drawer, empty the scales, and forget what was seen until then."""
        for printer in PRINTERS:
            for fault in ("paper-near-end", "paper-out", "cover-open", "offline"):
                self.mend(printer, fault)
            self._call("POST", f"{printer}/drawer/close")
        for scale in ("deli", "yard"):
            self.weigh(scale, 0)
            self._call("POST", f"{scale}/zero")
        last = tuple(PRINTERS)[-1]
        self.fault(last, "paper-near-end")  # a mark in the stream: everything before it is of earlier tests
        self.wait(last, "printer.status.changed", "faults: paper-near-end")
        self.mend(last, "paper-near-end")
        self.wait(last, "printer.status.changed", "no faults")

    # -- where the devices are -------------------------------------------------------------------------------

    def port(self, printer: str) -> int:
        """The TCP port of a printer on the network, at 127.0.0.1."""
        return self._ports[printer]

    def path(self, device: str) -> str:
        """The serial port of `counter`, `deli` (Toledo 8217), `yard` (SMA) or `lane` (a scanner)."""
        return str(self.folder / "emupos" / device)

    # -- what a person does ----------------------------------------------------------------------------------

    def fault(self, printer: str, fault: str) -> None:
        """paper-near-end, paper-out, cover-open or offline."""
        self._call("PUT", f"{printer}/faults/{fault}")

    def mend(self, printer: str, fault: str) -> None:
        """The fault is over."""
        self._call("DELETE", f"{printer}/faults/{fault}")

    def shut_drawer(self, printer: str) -> None:
        """Push the drawer in."""
        self._call("POST", f"{printer}/drawer/close")

    def drawer(self, printer: str) -> object:
        """How the printer's drawer is: open or closed."""
        state = json.loads(self._call("GET", printer))["state"]
        return state["drawer"]

    def weigh(self, scale: str, grams: int, *, stable: bool = True) -> None:
        """Put a weight on a scale; one that is not stable moves until told otherwise."""
        self._call("PUT", f"{scale}/weight", {"grams": grams, "stable": stable})

    def tare(self, scale: str) -> None:
        """Take what lies on a scale off as its tare."""
        self._call("POST", f"{scale}/tare")

    def scan(self, data: str, scanner: str = "lane") -> None:
        """Scan a code."""
        self._call("POST", f"{scanner}/scans", {"data": data, "countdown_seconds": 0})

    # -- what it saw -----------------------------------------------------------------------------------------

    def wait(self, device: str, kind: str, words: str = "") -> Seen:
        """The next line of a device and a kind that has these words; every line before it is forgotten."""
        while True:
            seen = self._seen.get(timeout=DEADLINE_S)
            if (seen.device, seen.kind) == (device, kind) and words in seen.words:
                return seen

    def receipt(self, printer: str) -> tuple[Receipt, list[Seen]]:
        """The next whole receipt of a printer, and everything seen before it."""
        before: list[Seen] = []
        while True:
            seen = self._seen.get(timeout=DEADLINE_S)
            if (seen.device, seen.kind) == (printer, "printer.job.completed"):
                break
            before.append(seen)
        ended_by, number = re.findall(r"· (\S+) → (\S+)", seen.words)[0]
        text = self._call("GET", f"{printer}/receipts/{number}/text").decode()
        return Receipt(text, self._call("GET", f"{printer}/receipts/{number}/image"), ended_by), before

    def rest(self) -> list[Seen]:
        """Everything seen and not yet asked for."""
        found = []
        while not self._seen.empty():
            found.append(self._seen.get())
        return found

    # -- inside ----------------------------------------------------------------------------------------------

    def _settings(self) -> dict[str, object]:
        """Its configuration."""
        printers = [
            {
                "id": name,
                "type": "printer",
                "profile": f"./{dots}.yaml",
                "connections": [
                    {"serial": {"pty": True}} if name == "counter" else {"tcp": {"port": self._ports[name]}}
                ],
                "job_idle_timeout_ms": 600_000,  # a receipt ends with its cut, or with its connection
            }
            for name, dots in PRINTERS.items()
        ]
        pty = {"connections": [{"serial": {"pty": True}}]}
        others: list[dict[str, object]] = [
            {"id": "deli", "type": "scale", "profile": "toledo8217-15kg", **pty},
            {"id": "yard", "type": "scale", "profile": "sma-15kg", **pty},
            {"id": "lane", "type": "scanner", "mode": "serial", **pty},
        ]
        return {"schema": 1, "api": {"port": self._ports["api"]}, "devices": printers + others}

    def _listen(self) -> None:
        """Take every line it writes, in a thread."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._output.append(line)
            if found := LINE.match(line.strip()):
                self._seen.put(Seen(**found.groupdict()))
            elif line.startswith("Showing events"):
                self._running.set()

    def _call(self, method: str, path: str, fields: dict[str, object] | None = None) -> bytes:
        """One request to its control API."""
        wire = HTTPConnection("127.0.0.1", self._ports["api"], timeout=DEADLINE_S)
        try:
            body = None if fields is None else json.dumps(fields)
            wire.request(method, f"/api/v1/devices/{path}", body, {"Content-Type": "application/json"})
            answer = wire.getresponse()
            came = answer.read()
        finally:
            wire.close()
        assert answer.status < 300, f"{method} {path}: {came.decode()}"
        return came


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listened on a moment ago; it cannot be told to choose its own."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
