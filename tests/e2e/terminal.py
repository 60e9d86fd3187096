"""A real terminal of 100 x 30 in tmux, as a new user's, and the till that runs in it.

Nothing here waits for a time: every wait ends with the text it looks for, and its deadline is for a machine
with better things to do.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from kiosk.ledger.errors import AlreadyRunning
from kiosk.ledger.instance import TillLock

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
DEADLINE_S = 90.0
LOOK_S = 0.05
CONFIG = """\
set -s escape-time 0
set -s exit-empty off # or a server that goes with its last window meets the next one half gone
set -g status off
set -g default-terminal tmux-256color
"""
NO_RIGHTS = ("setpriv", "--bounding-set", "-all", "--inh-caps", "-all")
"""A root that may do no more than anybody else; other users need none of this."""
KIOSK = (sys.executable, "-m", "kiosk")


class Terminal:
    """One tmux server with one window at a time."""

    def __init__(self, folder: Path) -> None:
        """Prepare an account: a home, a place for temporary files, no shop."""
        self.folder = folder
        self._sockets = tempfile.mkdtemp(prefix="tmux-")  # pytest's own folders are too long for a socket
        (folder / "tmux.conf").write_text(CONFIG)
        for name in ("home", "tmp"):
            (folder / name).mkdir()
        self.account = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "TMPDIR": str(folder / "tmp"),
            "TMUX_TMPDIR": self._sockets,
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "TERM": "xterm-256color",
        }
        self._never = threading.Event()

    def close(self) -> None:
        """End the server and what runs in it."""
        subprocess.run(("tmux", "kill-server"), env=self.account, capture_output=True, check=False)
        shutil.rmtree(self._sockets, ignore_errors=True)

    def open(self, *words: str, through: Sequence[str] = ()) -> None:
        """Run `kiosk` with these words in a new window, through another program if wanted."""
        line = " ".join(f"'{word}'" for word in (*through, *KIOSK, *words))
        command = f'{line}; printf "\\nEXIT=%s\\n" $?; exec cat'  # so that the window stays
        self._tmux("-f", str(self.folder / "tmux.conf"), "new-session", "-d", "-x", "100", "-y", "30",
                   "-s", "till", "-c", str(ROOT), command)  # fmt: skip

    def leave(self) -> None:
        """Close the window, with what is in it."""
        self._tmux("kill-session", "-t", "till")

    def text(self) -> str:
        """What stands in the window."""
        return self._tmux("capture-pane", "-p", "-t", "till")

    def said(self) -> str:
        """What was written, with the lines whole that the window broke."""
        return self._tmux("capture-pane", "-pJ", "-S", "-100", "-t", "till")

    def top(self) -> str:
        """The status line."""
        return next((line for line in self.text().splitlines() if line.strip()), "")

    def shows(self, *words: str) -> None:
        """Wait until all of these stand in the window at once."""
        self.until(lambda: all(word in text for text in (self.text(),) for word in words), *words)

    def until(self, true: Callable[[], T], *what: str) -> T:
        """Look until something is true; AssertionError with the window when it never is."""
        for _look in range(int(DEADLINE_S / LOOK_S)):
            if found := true():
                return found
            self._never.wait(LOOK_S)
        raise AssertionError(f"never seen: {what}\n{self.text()}")

    def press(self, key: str) -> None:
        """Press one key."""
        self._tmux("send-keys", "-t", "till", key)

    def wedge(self, code: str) -> None:
        """A scanner that is a keyboard: all of it at once, and Enter."""
        self._tmux("send-keys", "-l", "-t", "till", f"{code}\r")

    def type(self, text: str) -> None:
        """Type figures into a field, as slowly as a person: each is on the screen before the next one."""
        for end in range(1, len(text) + 1):
            self.press(text[end - 1])
            self.until(lambda end=end: re.search(rf"(?<!\d){text[:end]}▏", self.text()), text[:end])  # type: ignore[misc]

    def sign_in(self, letter: str, name: str, pin: str) -> None:
        """Choose a name and type its PIN."""
        self.shows("Who is selling?", f"▌{letter} ")
        self.press(letter)
        self.shows(name, "PIN, then Enter")
        for typed, figure in enumerate(pin, 1):
            self.press(figure)
            self.shows("●" * typed)
        self.press("Enter")
        self.shows(f"· {name}")

    def ended(self) -> int:
        """Wait until what ran in the window has ended, and return its exit code; that of a kill is 137."""
        found = self.until(lambda: re.search(r"EXIT=([0-9]+)", self.said()), "the end")
        return int(found[1]) if found else -1

    def kiosk(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run another command, as from a second terminal."""
        return subprocess.run(
            (*KIOSK, *words),
            env=self.account,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=check,
            timeout=90,
        )

    def paper(self, *shop: str) -> str:
        """What the simulated printer has printed."""
        return self.kiosk(*shop, "sim", "paper").stdout

    def readers(self, *shop: str) -> int:
        """How many tills listen to the simulated scanner."""
        status = self.kiosk(*shop, "sim", "status", "--json", check=False).stdout
        return int(json.loads(status)["scanner"]["readers"]) if status else 0

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            ("tmux", *words), env=self.account, capture_output=True, text=True, check=True, timeout=60
        )
        return done.stdout


def till_of(shop: Path) -> int:
    """The process of the till that runs on a shop."""
    return int((shop / "ledger.db.lock").read_text())


def closed(shop: Path) -> bool:
    """Whether no till runs on a shop."""
    try:
        TillLock(shop / "ledger.db").release()
    except AlreadyRunning:
        return False
    return True


def kill(process: int) -> None:
    """As the kernel does when memory runs out, or somebody pulls the plug."""
    os.kill(process, signal.SIGKILL)


def need(tool: str, package: str) -> None:
    """Skip where a real part is missing, or fail where all of them must be there."""
    if shutil.which(tool) is not None:
        return
    words = f"{tool} is not here: install the package {package}"
    if os.environ.get("BARROW_REAL_PARTS") == "required":
        pytest.fail(words)
    pytest.skip(words)
