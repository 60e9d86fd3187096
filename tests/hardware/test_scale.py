"""A scale on a wire: asked while a weight is wanted, honest about silence, back by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from hardware import registry
from hardware.device import State, StateChanged
from hardware.options import BadOptions
from hardware.scale import cas, sma, toledo8217
from hardware.scale.language import Language
from hardware.scale.scale import LOOK_S, POLL_S, REPLY_S, SILENT_LOOKS, Scale
from hardware.scale.weight import NotWeighed, Trouble, Weighed, Weight

if TYPE_CHECKING:
    from tests.hardware.conftest import Heard

TOLEDO = toledo8217.language()


@dataclass
class FakeWire:
    """Answers each question with the next reply of its script; the last one again and again."""

    replies: list[bytes]
    clock: list[float] = field(default_factory=lambda: [100.0])
    sent: list[bytes] = field(default_factory=list)
    came: bytes = b""
    late: bytes = b""
    """What lies in the buffer before the first question."""
    lost: bool = False

    def open(self) -> None:
        """Nothing to do."""

    def write(self, chunk: bytes, deadline_s: float) -> int:
        """Take a question; the reply is there at once."""
        if self.lost:
            raise ConnectionResetError("gone")
        self.sent.append(chunk)
        self.came += self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return len(chunk)

    def read(self, most: int, deadline_s: float) -> bytes:
        """What has come, three bytes at a time; silence takes until the deadline."""
        if self.late:
            late, self.late = self.late, b""
            return late
        if not self.came:
            self.clock[0] += deadline_s
            return b""
        came, self.came = self.came[:3], self.came[3:]
        return came

    def close(self) -> None:
        """Nothing to do."""


def scale(wire: FakeWire, language: Language = TOLEDO) -> Scale:
    made = Scale("scale", wire, language, clock=lambda: wire.clock[0])
    made.open()
    return made


def test_a_reply_in_pieces_is_one_answer() -> None:
    assert scale(FakeWire([b"\x0201.250\r"])).read() == Weight(1250)


def test_an_answer_that_came_too_late_is_not_taken_for_this_one() -> None:
    wire = FakeWire([b"\x0200.335\r"], late=b"\x0209.999\r")
    assert scale(wire).read() == Weight(335)


@pytest.mark.parametrize(
    ("replies", "why"),
    [
        ([b""], Trouble.SILENT),
        ([b"\x0201."], Trouble.GARBAGE),
        ([b"hello\r"], Trouble.GARBAGE),
        ([b"x" * 10_000], Trouble.GARBAGE),
        ([b"\x02?A\r"], Trouble.MOVING),
        ([b"\x02?B\r"], Trouble.OVER),
        ([b"\x02?D\r"], Trouble.UNDER),
        ([b"\x02-1.250\r"], Trouble.GARBAGE),
    ],
)
def test_what_is_no_weight_is_never_a_number(replies: list[bytes], why: Trouble) -> None:
    wire = FakeWire(replies)
    assert scale(wire).read() is why
    assert wire.clock[0] <= 100 + REPLY_S


def test_a_handshake_that_is_refused_or_stops_half_way_is_no_weight() -> None:
    block = b"\x01\x02S 001250kgy\x03\x04"
    assert scale(FakeWire([b"\x06", block]), cas.ECR).read() == Weight(1250)
    assert scale(FakeWire([b"\x15"]), cas.ECR).read() is Trouble.GARBAGE
    assert scale(FakeWire([b"\x06", b""]), cas.ECR).read() is Trouble.SILENT
    wire = FakeWire([b"\x06", block])
    scale(wire, cas.ECR).read()
    assert wire.sent == [b"\x05", b"\x11"]


def test_the_tare_is_asked_for_where_the_scale_can_tell_it() -> None:
    net, tare = b"\n 1N       0.335kg_\r", b"\n 1T       0.020kg_\r"
    wire = FakeWire([net, tare])
    assert scale(wire, sma.SMA).read() == Weight(335, net=True, tare=20)
    assert wire.sent == [b"\nW\r", b"\nM\r"]
    assert scale(FakeWire([net, b""]), sma.SMA).read() == Weight(335, net=True, tare=None)


class Turns:
    """A scale whose waits are turns: at each one something happens, after the last it is closed."""

    def __init__(self, *replies: bytes) -> None:
        self.wire = FakeWire(list(replies))
        self.scale = Scale("scale", self.wire, TOLEDO, clock=lambda: self.wire.clock[0], wait=self._wait)
        self.waited: list[float] = []
        self._acts: list[Callable[[], object]] = []

    def run(self, heard: Heard, *acts: Callable[[], object]) -> None:
        """Work until every act was done."""
        self._acts = list(acts)
        self.scale.open()
        self.scale.run(heard)

    def _wait(self, _event: threading.Event, seconds: float) -> bool:
        self.waited.append(seconds)
        act = self._acts.pop(0) if self._acts else self.scale.close
        act()
        return True


def nothing() -> None:
    """A turn in which nothing happens."""


def test_weights_are_told_only_while_one_is_wanted(heard: Heard) -> None:
    turns = Turns(b"\x0200.000\r", b"\x02?A\r", b"\x0200.335N\r", b"\x0200.335\r")
    scale = turns.scale
    turns.run(heard, lambda: scale.ask(True), nothing, lambda: scale.ask(False))
    told = [event for event in heard.rest() if isinstance(event, Weighed | NotWeighed)]
    assert told == [
        NotWeighed("scale", Trouble.MOVING, 100_000),
        Weighed("scale", 335, 100_000, net=True),
    ]
    assert turns.waited == [LOOK_S, POLL_S, POLL_S, LOOK_S]
    assert LOOK_S >= 1


def test_a_silent_scale_is_degraded_and_ready_again_when_it_speaks(heard: Heard) -> None:
    Turns(b"", b"\x0200.000\r").run(heard, nothing)
    states = [event for event in heard.rest() if isinstance(event, StateChanged)]
    assert [(event.state, event.reason) for event in states] == [
        (State.DEGRADED, "the scale does not answer"),
        (State.READY, ""),
    ]


def test_one_that_stops_answering_is_opened_anew(heard: Heard) -> None:
    turns = Turns(b"\x0200.000\r", b"")
    with pytest.raises(TimeoutError):
        turns.run(heard, *[nothing] * 10)
    assert len(turns.waited) == SILENT_LOOKS


def test_one_that_never_answered_is_left_open(heard: Heard) -> None:
    turns = Turns(b"")
    turns.run(heard, *[nothing] * 10)
    assert len(turns.waited) == 11


def test_a_pulled_cable_ends_the_work(heard: Heard) -> None:
    turns = Turns(b"\x0200.000\r")
    with pytest.raises(ConnectionResetError):
        turns.run(heard, lambda: setattr(turns.wire, "lost", True))


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("scale-toledo8217", {"address": "/dev/ttyUSB0"}),
        ("scale-toledo8217", {"address": "socket://127.0.0.1:4000", "decimals": 2, "frame": "8N1"}),
        ("scale-sma", {"address": "/dev/ttyUSB0", "dialect": "nci", "baud": 4800}),
        ("scale-cas", {"address": "/dev/ttyUSB0", "mode": "w"}),
        ("scale-generic", {"address": "/dev/ttyUSB0", "request": "W\r", "pattern": "(?P<weight>[0-9]+)\r"}),
    ],
)
def test_a_scale_is_made_from_its_settings(kind: str, table: dict[str, object]) -> None:
    assert isinstance(registry.make(kind, "scale", table), Scale)


@pytest.mark.parametrize(
    ("kind", "table", "words"),
    [
        ("scale-toledo8217", {}, "address: missing"),
        ("scale-toledo8217", {"address": "socket://127.0.0.1"}, "no host and port"),
        ("scale-cas", {"address": "x", "mode": "type 9"}, "mode: 'type 9', must be one of ecr, w"),
        ("scale-sma", {"address": "x", "frame": "9X9"}, "frame"),
        ("scale-generic", {"address": "x", "request": "W"}, "pattern"),
        ("scale-generic", {"address": "x", "request": "W", "pattern": "("}, "regular expression"),
        (
            "scale-generic",
            {"address": "x", "request": "W", "pattern": "(?P<weight>.)", "divisor": 7},
            "divisor",
        ),
    ],
)
def test_wrong_settings_are_named(kind: str, table: dict[str, object], words: str) -> None:
    with pytest.raises(BadOptions) as caught:
        registry.make(kind, "scale", table)
    assert words in str(caught.value)
