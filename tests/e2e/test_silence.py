"""A whole till on a terminal of its own, in a folder nobody can write: nothing but the screen reaches it.

Its devices are pulled, garbled and out of paper meanwhile, and one is set up wrongly. At the end it is known
what it imported: no library of a device that it does not have.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("pseudo-terminals of Linux", allow_module_level=True)

import pyte

from hardware.simulated.stall import SimulatedStall

CHILD = Path(__file__).parent / "quiet_child.py"
UNWRITABLE = "/proc"
"""Not even root makes a file there."""
DEADLINE_S = 90.0
COLUMNS, LINES = 100, 30
MUG = "9520000000011"


class Quiet:
    """The till's process, its screen, and what it wrote besides."""

    def __init__(self, shop: Path, modules: Path) -> None:
        """Start it."""
        self.others, theirs = os.openpty()
        self._fd, screen = os.openpty()
        self.besides = b""
        self._modules = modules
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        looks = {"TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": str(LINES), "LANG": "C.UTF-8"}
        self.till = subprocess.Popen(
            (sys.executable, str(CHILD), str(shop), str(theirs), str(modules)),
            stdin=screen, stdout=screen, stderr=screen, pass_fds=(theirs,), start_new_session=True,
            cwd=UNWRITABLE, env={**os.environ, **looks},
        )  # fmt: skip
        for end in (screen, theirs):
            os.close(end)

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._fd, keys.encode())

    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self._screen.display)

    def until(self, true: Callable[[], object], *what: str) -> None:
        """Read what it writes until something is true."""
        end = time.monotonic() + DEADLINE_S
        while time.monotonic() < end:
            if true():
                return
            self._take()
        raise AssertionError(f"never seen: {what}\n{self.text()}\n{self.besides!r}")

    def shows(self, *words: str) -> None:
        """Read until all of these stand on the screen."""
        self.until(lambda: all(word in self.text() for word in words), *words)

    def end(self) -> tuple[int, set[str]]:
        """Ask it to close; its exit code and the modules it had imported."""
        self.till.terminate()
        self.until(lambda: self.till.poll() is not None, "the end")
        return self.till.wait(), set(self._modules.read_text().splitlines())

    def kill(self) -> None:
        """Leave nothing behind."""
        self.till.kill()
        self.till.wait()
        os.close(self._fd)
        os.close(self.others)

    def _take(self) -> None:
        """What it has written to either terminal within a moment."""
        for fd in select.select([self._fd, self.others], (), (), 0.05)[0]:
            try:
                came = os.read(fd, 65536)
            except OSError:  # its end of the terminal is closed
                continue
            if fd == self.others:
                self.besides += came
            else:
                self._stream.feed(came)


@pytest.fixture
def stall() -> Iterator[SimulatedStall]:
    with SimulatedStall() as running:
        yield running


@pytest.fixture
def quiet(shop: Path, stall: SimulatedStall, tmp_path: Path) -> Iterator[Quiet]:
    """A till with a printer, a scanner, a scale, a display, and a panel whose table is wrong."""
    tables = stall.devices()
    printer, scanner = tables["printer"], str(tables["scanner"]["port"]).removeprefix("socket://")
    text = f"""
[devices.printer]
kind = "tcp"
address = "{printer["host"]}:{printer["port"]}"
drawer_pin = 2
[devices.scanner]
kind = "tcp"
address = "{scanner}"
[devices.scale]
kind = "toledo8217"
address = "{tables["scale"]["address"]}"
[devices.display]
kind = "escpos"
address = "{tables["display"]["address"]}"
[devices.panel]
kind = "gpio"
pay = 99
"""
    with (shop / "shop.toml").open("a", encoding="utf-8") as settings:
        settings.write(text)
    started = Quiet(shop, tmp_path / "modules")
    yield started
    started.kill()


def listening(stall: SimulatedStall) -> bool:
    """Whether the till is connected to its scanner."""
    return bool(stall.do("status")["scanner"]["readers"])  # type: ignore[index]


def test_nothing_but_the_screen_is_written_whatever_befalls_the_devices(
    quiet: Quiet, stall: SimulatedStall
) -> None:
    quiet.shows("Who is selling?", "Mia")
    assert b"opening the stall" in quiet.besides, "the splash goes before the screen, and is heard"
    quiet.besides = b""
    quiet.press("a")
    quiet.shows("PIN, then Enter")
    for typed in range(1, 5):
        quiet.press("1")
        quiet.shows("●" * typed)
    quiet.press("\r")
    quiet.shows("· Mia", "Scan, tap or search")
    quiet.until(lambda: listening(stall), "its scanner")

    # when everything goes wrong that can
    stall.do("printer", act="garble")
    stall.do("scale", fault="garbage")
    stall.do("scan", code=MUG, half=True)
    stall.do("scan", code="\x1b[2J\x07" + MUG)
    stall.do("scan", code=MUG)
    quiet.shows("Mug, blue glaze")
    stall.do("display", act="unplug")
    stall.do("scanner", act="unplug")
    stall.do("printer", act="unplug")
    quiet.until(lambda: "no printer" in quiet.text() or "printer" in quiet.text().splitlines()[0], "a banner")

    # then the sale is made all the same
    quiet.press("\x1b[15~")  # F5
    quiet.shows("exact")
    quiet.press("a")
    quiet.shows("A-000001")
    for device in ("printer", "scanner"):
        stall.do(device, act="replug")
    stall.do("printer", act="clear")
    stall.do("display", act="replug")
    quiet.until(lambda: any("A-000001" in line for line in stall.do("paper")["lines"]), "the receipt")  # type: ignore[attr-defined]
    quiet.until(lambda: listening(stall), "the scanner again")

    # and not one byte of it went anywhere but to the screen
    assert quiet.besides == b""
    code, modules = quiet.end()
    assert code == 0
    assert "hardware.printer.printer" in modules, "it did have devices"
    assert not {"escpos", "PIL", "evdev", "gpiozero", "lgpio"} & modules
