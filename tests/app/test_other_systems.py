"""Windows and macOS, as far as Linux can tell: what is only POSIX's is not imported, and paths are theirs.

Nobody has run the till there yet; the README says so.
"""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import platformdirs
import pytest
from platformdirs.macos import MacOS
from platformdirs.windows import Windows

from kiosk import launch, where
from kiosk.export import media
from kiosk.ledger.errors import AlreadyRunning
from kiosk.ledger.instance import TillLock
from kiosk.tui.app import BarrowApp
from tests.tui.fakes import FakeStation

IMPORT_ALL = """
import asyncio, logging.handlers, multiprocessing, pkgutil, subprocess, sys, importlib
import serial, textual.app, textual.drivers.linux_driver  # these know for themselves where they are
for name in ("fcntl", "termios", "pty", "tty", "pwd", "grp", "resource"):
    sys.modules[name] = None  # an import of it fails from here on
import kiosk, hardware.simulated.stall
for module in pkgutil.walk_packages(kiosk.__path__, "kiosk."):
    if module.name not in {"kiosk.__main__", "kiosk.tui.driver"}:
        importlib.import_module(module.name)
"""


def test_nothing_that_only_posix_has_is_needed_to_import_the_till_and_its_demo() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize(
    ("system", "folder"),
    [
        (Windows, "C:\\Users\\Mia\\AppData\\Local/barrow/shop"),
        (MacOS, "Library/Application Support/barrow/shop"),
    ],
)
def test_a_shop_without_a_name_is_where_the_system_keeps_a_users_data(
    system: type, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BARROW_SHOP", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("LOCALAPPDATA", "C:\\Users\\Mia\\AppData\\Local")
    monkeypatch.setattr(
        "platformdirs.windows.get_win_folder", lambda _which: "C:\\Users\\Mia\\AppData\\Local"
    )
    monkeypatch.setattr(platformdirs, "PlatformDirs", system)
    assert where.default_shop().as_posix().replace("\\barrow", "/barrow").endswith(folder)


def test_sticks_on_a_mac_are_its_volumes_but_for_its_own_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "STICK").mkdir()
    (tmp_path / "Macintosh HD").symlink_to("/")
    (tmp_path / ".file").write_text("")
    monkeypatch.setattr("sys.platform", "darwin")
    assert media.mounted(tmp_path) == [tmp_path / "STICK"]


def test_windows_does_not_say_where_sticks_are_and_a_folder_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(media.NoStick, match="name a folder"):
        media.stick()


def test_on_windows_a_second_till_is_refused_by_the_lock_of_that_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []

    def locking(descriptor: int, mode: int, count: int) -> None:
        assert (mode, count) == (2, 1)
        if held:
            raise OSError(errno.EACCES, "locked")
        held.append(descriptor)

    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    monkeypatch.setattr("sys.platform", "win32")
    with TillLock(tmp_path / "ledger.db"), pytest.raises(AlreadyRunning):
        TillLock(tmp_path / "ledger.db")


def test_a_system_without_a_hang_up_signal_is_left_by_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.delattr(signal, "SIGHUP")
    try:
        launch.leave_on_signal(lambda: None)
        assert signal.getsignal(signal.SIGTERM) != before
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_the_screen_uses_the_librarys_own_driver(
    system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    app = BarrowApp(FakeStation())  # type: ignore[arg-type]
    assert app.get_driver_class().__module__.startswith("textual.")
