"""Signs of life for systemd: after the first frame, by the loop itself, and only where somebody listens."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import lifesign
from tests.tui.hands import till


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The service manager's ear."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield ear


async def test_the_screen_says_that_it_stands_and_goes_on_saying_so(
    manager: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "60000")
    async with till() as (_app, pilot):
        await pilot.pause(0.1)
        said = [manager.recv(64) for _ in range(3)]
    assert said == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]


async def test_without_a_watchdog_there_is_no_timer(manager: socket.socket) -> None:
    async with till() as (app, _pilot):
        assert manager.recv(64) == b"READY=1"
        assert "lifesign" not in {timer.name for timer in app._timers}


def test_a_watchdog_that_waits_for_another_process_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "30000000")
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid() + 1))
    assert lifesign.period_s() is None
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
    assert lifesign.period_s() == 10


@pytest.mark.parametrize("usec", ["", "0", "soon", "-5"])
def test_nonsense_is_no_watchdog(usec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", usec)
    assert lifesign.period_s() is None


def test_an_abstract_socket_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(f"\0barrow-{os.getpid()}")
        ear.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@barrow-{os.getpid()}")
        lifesign.say("READY=1")
        assert ear.recv(64) == b"READY=1"


async def test_a_manager_that_is_gone_takes_nothing_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    with pytest.raises(lifesign.NobodyListens):
        lifesign.say("READY=1")
    async with till() as (app, _pilot):
        assert app.is_running
