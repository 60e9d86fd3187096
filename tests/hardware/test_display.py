"""Pole displays: the bytes of their sheets, only what changed, the newest first, whole again after a loss."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware import registry
from hardware.device import State, StateChanged
from hardware.display.dialect import CD5220, ESCPOS, WIDTH, Dialect, fit
from hardware.display.display import LineDisplay
from hardware.display.screenfeed import MOST_VIEWERS, ScreenFeed
from hardware.options import BadOptions
from hardware.simulated.display import SimulatedDisplay
from hardware.supervisor import Supervisor
from tests.hardware.conftest import DEADLINE_S

if TYPE_CHECKING:
    from tests.hardware.conftest import Heard

DIALECTS = {"escpos": ESCPOS, "cd5220": CD5220}
both = pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)


def test_the_bytes_are_those_of_the_sheets() -> None:
    # DM-D110 specification p. 42-45: ESC @, ESC t 19 (PC858), US X 4, US C 0, CLR; US $ column row.
    assert ESCPOS.start("CP858", 4).hex(" ") == "1b 40 1b 74 13 1f 58 04 1f 43 00 0c"
    assert ESCPOS.line(1, b"12345678901234567890").hex(" ").startswith("1f 24 01 02 31 32 33")
    # CD5220 manual 7.2: ESC Q A [n]x20 CR upper, ESC Q B lower; CAN leaves the string mode; ESC * brightness.
    assert CD5220.start("ASCII", 2).hex(" ") == "18 1b 40 1b 2a 02 1b 5f 00 0c"
    assert CD5220.line(0, b"A" * WIDTH) == b"\x1bQA" + b"A" * WIDTH + b"\r"
    assert CD5220.line(1, b"A" * WIDTH)[:3] == b"\x1bQB"


def test_a_line_is_always_twenty_bytes_and_never_a_command() -> None:
    assert fit("Käse 3,50 €", "CP858") == b"K\x84se 3,50 \xd5         "
    assert fit("Käse 3,50 €", "ASCII") == b"Kase 3,50 EUR       "
    assert fit("Olives زيتون? 4.35", "CP858") == b"Olives      ? 4.35  "
    assert fit("x\x1b@y\r" + "z" * 40, "CP858") == b"x@y " + b"z" * 16


@given(st.text(), st.sampled_from(["CP858", "CP437", "CP852", "ASCII"]))
def test_no_name_gets_out_of_its_line(text: str, page: str) -> None:
    line = fit(text, page)
    assert len(line) == WIDTH
    assert min(line) >= 0x20


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Weißbrot        3.50", b"Weissbrot       3.50"),
        ("Weißwurst, grob 4.20", b"Weisswurst, gro 4.20"),
        ("Weißwurst g 1\u00a0234,50", b"Weisswurst  1 234,50"),
        ("TOTAL         € 3.50", b"TOTAL       EUR 3.50"),
        ("Щука        1,234.50", b"Shchuka     1,234.50"),
        ("Straße 7, Groß-Gerau", b"Strasse 7, Gross-Ger"),
    ],
)
def test_what_a_page_makes_longer_costs_blanks_then_the_word_and_never_the_figure(
    text: str, line: bytes
) -> None:
    assert fit(text, "ASCII") == line


class Glass:
    """A wire that ends in a simulated display; it can be cut, or take no more than so many bytes."""

    def __init__(self) -> None:
        self.display = SimulatedDisplay()
        self.lines: list[bytes] = []
        self.cut = False
        self.takes = 10_000
        self.came = threading.Event()

    def open(self) -> None:
        if self.cut:
            raise FileNotFoundError(2, "no such port")

    def write(self, chunk: bytes, deadline_s: float) -> int:
        if self.cut:
            raise ConnectionResetError("gone")
        self.lines.append(chunk)
        self.display.receive(chunk[: self.takes])
        self.came.set()
        return min(len(chunk), self.takes)

    def read(self, most: int, deadline_s: float) -> bytes:
        return b""

    def close(self) -> None:
        pass


def turns(glass: Glass, dialect: Dialect, *acts: Callable[[LineDisplay], object]) -> LineDisplay:
    """Run a display through acts, one each time it has nothing more to send."""
    left = list(acts)

    def wait(_event: threading.Event, _seconds: float) -> bool:
        act = left.pop(0) if left else LineDisplay.close
        act(made)
        return True

    made = LineDisplay("pole", glass, dialect, dialect.page, wait=wait)
    made.open()
    made.run(lambda _event: None)
    return made


@both
def test_only_a_changed_line_is_sent_and_the_newest_wins(dialect: Dialect) -> None:
    glass = Glass()

    def many(made: LineDisplay) -> None:
        for total in ("12.50", "20.50", "24.85"):
            made.show("Olives", f"TOTAL {total:>14}")

    turns(
        glass,
        dialect,
        lambda made: made.show("Olives", "TOTAL 0"),
        many,
        lambda made: made.show("Olives", "TOTAL          24.85"),
    )
    assert [len(line) > WIDTH for line in glass.lines] == [False, True, True, True, True, True, False]
    assert glass.lines[-2] == dialect.line(1, fit("TOTAL          24.85", dialect.page))
    assert glass.lines[-1] == b"\x0c"
    assert glass.display.lines == (" " * WIDTH, " " * WIDTH), "a closed till leaves it dark"
    assert glass.display.unknown == []


@both
def test_the_simulated_display_shows_the_same_however_the_bytes_are_cut(dialect: Dialect) -> None:
    whole = (
        dialect.start(dialect.page, 3)
        + dialect.line(0, fit("upper", dialect.page))
        + dialect.line(1, fit("lower", dialect.page))
    )
    for size in range(1, len(whole)):
        display = SimulatedDisplay()
        for at in range(0, len(whole), size):
            display.receive(whole[at : at + size])
        assert (display.lines, display.brightness, display.unknown) == (
            ("upper".ljust(20), "lower".ljust(20)),
            3,
            [],
        )


def test_it_comes_back_whole_after_its_cable_was_pulled(heard: Heard) -> None:
    glass = Glass()
    made = LineDisplay("pole", glass, ESCPOS, "CP858")
    supervisor = Supervisor(made, heard, wait=lambda event, _seconds: event.wait(0.01))
    made.show("Olives", "4.35")
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    glass.cut = True
    made.show("Honey", "7.90")
    heard.wait(StateChanged, lambda change: change.state in {State.ABSENT, State.FAULT})
    glass.display.lose_power()
    glass.cut = False
    supervisor.poke()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    while glass.display.lines != ("Honey".ljust(WIDTH), "7.90".ljust(WIDTH)):
        assert glass.came.wait(DEADLINE_S)
        glass.came.clear()
    assert supervisor.stop()


def test_one_that_takes_only_half_is_opened_anew() -> None:
    glass = Glass()
    glass.takes = 5
    with pytest.raises(TimeoutError):
        turns(glass, ESCPOS)


@pytest.fixture
def feed(tmp_path: Path, heard: Heard) -> Iterator[ScreenFeed]:
    made = ScreenFeed("screen", tmp_path / "customer.json")
    supervisor = Supervisor(made, heard, wait=lambda event, _seconds: event.wait(0.01))
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    yield made
    assert supervisor.stop()
    assert list(tmp_path.iterdir()) == []


def viewer(feed: ScreenFeed) -> socket.socket:
    address = json.loads(feed.path.read_text())
    return socket.create_connection((address["host"], address["port"]), 1)


def test_a_viewer_hears_the_present_state_and_then_each_new_one(feed: ScreenFeed) -> None:
    feed.put("one")
    with viewer(feed) as wire, wire.makefile("rb") as lines:
        assert lines.readline() == b"one\n"
        feed.put("two")
        assert lines.readline() == b"two\n"
        with viewer(feed) as second:
            assert second.recv(100) == b"two\n"
        feed.put("three")
        assert lines.readline() == b"three\n"


def test_a_viewer_knows_at_once_that_the_till_is_gone(feed: ScreenFeed) -> None:
    feed.put("one")
    with viewer(feed) as wire, wire.makefile("rb") as lines:
        assert lines.readline() == b"one\n"
        feed.close()
        assert lines.readline() == b""


def test_a_viewer_that_never_reads_holds_up_nobody(feed: ScreenFeed) -> None:
    with viewer(feed) as deaf, viewer(feed) as wire, wire.makefile("rb") as lines:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        for number in range(200):
            feed.put(f"{number} {'x' * 20_000}")
            while not lines.readline().startswith(f"{number} ".encode()):
                pass  # states between may be left out, but the newest always comes


def test_strangers_are_let_go_of(feed: ScreenFeed) -> None:
    feed.put("one")
    with viewer(feed) as talker:
        assert talker.recv(100) == b"one\n"
        talker.sendall(b"GET / HTTP/1.1\r\n")
        with suppress(ConnectionResetError):
            assert talker.recv(100) == b""
    with ExitStack() as crowd:
        for _ in range(MOST_VIEWERS + 5):
            last = crowd.enter_context(viewer(feed))
            assert last.recv(100) == b"one\n"
        feed.put("two")
        assert last.recv(100) == b"two\n"


def test_opening_and_closing_a_hundred_times_leaves_nothing_behind(tmp_path: Path) -> None:
    made = ScreenFeed("screen", tmp_path / "customer.json")
    folder = Path("/proc/self/fd")
    before = len(list(folder.iterdir())) if folder.is_dir() else 0
    for _ in range(100):
        made.open()
        made.put("x")
        made.close()
        made.close()
    assert (len(list(folder.iterdir())) if folder.is_dir() else 0) <= before


@pytest.mark.parametrize("port", [0, 1])
def test_a_feed_that_cannot_be_opened_is_a_fault(tmp_path: Path, heard: Heard, port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1] if port else 0
        path = tmp_path / "customer.json" if port else tmp_path / "nowhere" / "customer.json"
        supervisor = Supervisor(ScreenFeed("screen", path, number), heard)
        supervisor.start()
        change = heard.wait(StateChanged, lambda change: change.state is not State.OPENING)
        assert change.state in {State.FAULT, State.ABSENT}
        assert supervisor.stop()


@pytest.mark.parametrize(
    ("kind", "table", "words"),
    [
        ("display-escpos", {"address": "x", "page": "KOI8"}, "CP858"),
        ("display-escpos", {"address": "socket://127.0.0.1"}, "host and port"),
        ("display-cd5220", {"address": "x", "brightness": 9}, "1 to 4"),
        ("display-cd5220", {}, "address: missing"),
        ("display-screen", {}, "path: missing"),
    ],
)
def test_wrong_settings_are_named(kind: str, table: dict[str, object], words: str) -> None:
    with pytest.raises(BadOptions, match=words):
        registry.make(kind, "pole", table)


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("display-escpos", {"address": "/dev/ttyUSB1", "baud": 19200, "page": "CP852"}),
        ("display-cd5220", {"address": "socket://127.0.0.1:4000", "page": "CP437"}),
        ("display-screen", {"path": "/run/barrow/customer.json"}),
    ],
)
def test_a_display_is_made_from_its_settings(kind: str, table: dict[str, object]) -> None:
    assert registry.make(kind, "pole", table).name == "pole"
