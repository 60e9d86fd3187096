"""Opening the till: what is wrong is told on the plain terminal; what is right fills it and leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from select import select
from time import monotonic

import pytest

from kiosk import demo, i18n, launch, opening
from kiosk.cli import main
from kiosk.front import ShopFront
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.ledger.instance import TillLock
from kiosk.settings import Settings
from kiosk.splash import LOGO

NOON = 1_795_431_600_000
DEADLINE_S = 20.0
"""A cold start takes one or two seconds; a loaded machine may take its time."""


@pytest.fixture
def shop(tmp_path: Path) -> Settings:
    """Return a demo shop."""
    return demo.build(tmp_path / "shop", clock=FakeClock(NOON), language="en", timezone="Europe/Berlin")


def test_without_a_terminal_it_says_what_programs_should_use(
    shop: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--shop", str(shop.folder)]) == 1
    assert "kiosk sell" in capsys.readouterr().err


def test_a_second_till_names_the_first(shop: Settings) -> None:
    with TillLock(shop.ledger), ExitStack() as held, pytest.raises(RuntimeError, match=str(os.getpid())):
        opening.open_shop(shop.folder, None, FakeClock(), held)


def test_settings_of_another_currency_open_nothing(shop: Settings) -> None:
    money = replace(shop.currency, code="CHF")
    other = replace(shop, pricing=replace(shop.pricing, currency=money))
    with Ledger.open(shop.ledger) as ledger, pytest.raises(opening.WrongLedger, match="EUR"):
        opening.check_ledger(other, ledger)


@pytest.mark.parametrize(
    ("chosen", "hour", "name"),
    [
        ("auto", 6, launch.NIGHT),
        ("auto", 7, launch.DAY),
        ("auto", 20, launch.NIGHT),
        ("night", 12, launch.NIGHT),
    ],
)
def test_the_theme_follows_the_hour_unless_it_is_chosen(chosen: str, hour: int, name: str) -> None:
    i18n.set_locale("en_GB", "UTC")
    moment = datetime(2026, 11, 23, hour, tzinfo=UTC)
    assert launch.theme(ShopFront(theme=chosen), int(moment.timestamp() * 1000)) == name


def test_the_theme_names_are_those_of_the_screen() -> None:
    from kiosk.tui.theme import DAY, NIGHT

    assert (DAY.name, NIGHT.name) == (launch.DAY, launch.NIGHT)


def test_a_demo_kept_is_gone_on_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _again in range(2):
        assert main(["demo", "--keep", str(tmp_path / "demo"), "--build-only"]) == 0
    assert "demo" in capsys.readouterr().out
    assert main(["demo", "--build-only"]) == 2


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Give a terminal of 100 x 30: our end and the program's."""
    if sys.platform == "win32":
        pytest.skip("there are no ptys")
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    yield ours, theirs
    os.close(ours)


def read_until(descriptor: int, words: str) -> str:
    """Return what the program wrote, up to the moment these words stand in it."""
    until, seen = monotonic() + DEADLINE_S, b""
    while words.encode() not in seen:
        ready, _write, _error = select([descriptor], [], [], max(0.0, until - monotonic()))
        assert ready, seen[-2000:]
        seen += os.read(descriptor, 65536)
    return seen.decode("utf-8", "replace")


def test_the_demo_opens_and_leaves_nothing_behind(tmp_path: Path, terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    own = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "BARROW_LANG": "en", "TMPDIR": str(tmp_path)}
    program = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "demo"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | own,
    )
    os.close(theirs)
    seen = read_until(ours, "Mia")
    assert seen.index(LOGO[3].strip()) < seen.index("Mia")
    assert len(list(tmp_path.glob("barrow-demo-*"))) == 1
    program.send_signal(signal.SIGTERM)
    read_until(ours, "\x1b[?25h")
    assert program.wait(DEADLINE_S) == 0
    assert list(tmp_path.glob("barrow-demo-*")) == []
