"""What the device tests share: rows as the shop hands over, a simulated stall, events with a deadline."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

import pytest

from hardware.device import Event
from hardware.simulated.stall import SimulatedStall
from tests.hardware.wires import Wire

E = TypeVar("E", bound=Event)

DEADLINE_S = 10.0
"""For a loaded machine; what is waited for comes within milliseconds."""


@dataclass(frozen=True)
class Row:
    """One line of paper; the same shape as the product's own row."""

    text: str = ""
    bold: bool = False
    big: bool = False
    align: Literal["left", "centre", "right"] = "left"
    qr: str | None = None
    bars: str = ""
    cut: bool = False
    feed: int = 0
    rule: bool = False
    logo: bool = False


class Heard:
    """Collects events from any thread; `wait` gives the next one that fits, before a deadline."""

    def __init__(self) -> None:
        self._events: queue.Queue[Event] = queue.Queue()
        self.all: list[Event] = []

    def __call__(self, event: Event) -> None:
        self._events.put(event)

    def wait(self, kind: type[E], fits: Callable[[E], bool] = lambda _event: True) -> E:
        while True:
            event = self._events.get(timeout=DEADLINE_S)
            self.all.append(event)
            if isinstance(event, kind) and fits(event):
                return event

    def rest(self) -> list[Event]:
        while not self._events.empty():
            self.all.append(self._events.get())
        return self.all


@pytest.fixture
def row() -> type[Row]:
    return Row


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def stall() -> Iterator[SimulatedStall]:
    with SimulatedStall() as running:
        yield running


@pytest.fixture
def wires() -> Iterator[list[Wire]]:
    made = [Wire(), Wire()]
    yield made
    for wire in made:
        wire.ours.close()
        wire.theirs.close()
