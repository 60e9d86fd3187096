"""One panel of buttons, lights and a buzzer: everything happens in its own thread, which sleeps in between.

The pin library's thread does nothing but append to a bounded queue, which cannot fail.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hardware.device import Event, Report, State, StateChanged
from hardware.panel.beeps import Beeps
from hardware.panel.board import Board
from hardware.panel.events import ROLES, Beep, ContactWild, Light
from hardware.panel.pins import Pins

log = logging.getLogger(__name__)

LOOK_S = 10.0
"""Between two looks at the pins themselves, in case an edge was lost: no drawer stays "open" for ever."""
MOST_LOST = 3
"""Lost edges in a row of looks that say that the library's thread is dead: everything is opened anew."""
MOST_EDGES = 4096
"""Edges that wait for this thread; a storm beyond that loses the oldest, never memory."""
LIGHTS: Mapping[Light, str] = {"ok": "light_ok", "attention": "light_attention"}


@dataclass(frozen=True, slots=True)
class Wiring:
    """What hangs on which pin, by the numbers of the chip (BCM)."""

    contacts: Mapping[str, int] = field(default_factory=dict)
    """Buttons by their role, and ``drawer``."""
    settle_s: Mapping[str, float] = field(default_factory=dict)
    """How long each of them takes to settle."""
    active_low: Mapping[str, bool] = field(default_factory=dict)
    """Whether it pulls its pin to ground when pressed, or when the drawer is open."""
    outputs: Mapping[str, int] = field(default_factory=dict)
    """``light_ok``, ``light_attention`` and ``buzzer``."""
    outputs_low: bool = False
    """Whether an output is switched on by a low level, as relay boards want it."""
    beeps: frozenset[Beep] = frozenset({"error"})
    """What the buzzer is for."""


class Panel:
    """A device for the supervisor; `light` and `beep` for whoever has something to signal."""

    def __init__(
        self,
        name: str,
        wiring: Wiring,
        pins: Callable[[], Pins],
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        """Prepare; nothing is opened, and no library imported, before `open`."""
        self._name = name
        self._wiring = wiring
        self._make_pins = pins
        self._clock = clock
        self._wait = wait
        self._pins: Pins | None = None
        self._board = Board(name, wiring.settle_s)
        self._edges: deque[tuple[str, bool, float]] = deque(maxlen=MOST_EDGES)
        self._begun: list[Event] = []
        self._light: Light = "off"
        self._beep: Beep | None = None
        self._sounding = Beeps()
        self._nudge = threading.Event()
        self._turn = threading.Lock()

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    def light(self, light: Light) -> None:
        """Show this from now on. From any thread, also while it is not open."""
        if light != self._light:
            self._light = light
            self._nudge.set()

    def beep(self, beep: Beep) -> None:
        """Sound once, where the shop wants that sound. From any thread."""
        if beep in self._wiring.beeps:
            self._beep = beep
            self._nudge.set()

    @property
    def held(self) -> tuple[str, ...]:
        """The buttons that are down now."""
        return tuple(name for name in self._wiring.contacts if name in ROLES and self._board.raw(name))

    def open(self) -> None:
        """Connect every pin, or raise ``OSError``."""
        with self._turn:
            self._pins = self._make_pins()
            self._board = Board(self._name, self._wiring.settle_s)
            self._edges.clear()
            self._begun = [event for name in self._wiring.contacts for event in self._connect(name)]
            for name, pin in self._wiring.outputs.items():
                self._pins.output(name, pin, self._wiring.outputs_low)

    def run(self, report: Report) -> None:
        """Turn edges into presses and wishes into light and sound, until closed."""
        self._tell(report, self._begun)
        look, lost = self._clock() + LOOK_S, 0
        while self._pins is not None:
            self._nudge.clear()
            now = self._clock()
            happened = [event for edge in self._drained() for event in self._board.edge(*edge)]
            if now >= look:
                look = now + LOOK_S
                found = self._look()
                lost = lost + 1 if found else 0
                if lost >= MOST_LOST:
                    raise ConnectionResetError("edges get lost: the pins are opened anew")
            happened += self._board.step(now)
            self._rewire(happened, now)
            self._tell(report, happened)
            self._signal(now)
            self._wait(self._nudge, max(0.0, min(self._due(), look) - self._clock()))

    def close(self) -> None:
        """Switch everything off and let go."""
        with self._turn:
            pins, self._pins = self._pins, None
            if pins is not None:
                pins.close()
        self._nudge.set()

    def _connect(self, name: str) -> list[Event]:
        """Listen to one contact."""
        assert self._pins is not None  # noqa: S101  only called between open and close
        pin, active_low = self._wiring.contacts[name], self._wiring.active_low.get(name, True)
        return self._board.begin(name, self._pins.listen(name, pin, active_low, self._edge))

    def _edge(self, name: str, level: bool) -> None:
        """In the library's thread: nothing that could raise."""
        self._edges.append((name, level, self._clock()))
        self._nudge.set()

    def _drained(self) -> list[tuple[str, bool, float]]:
        """The edges that have come, oldest first."""
        return [self._edges.popleft() for _ in range(len(self._edges))]

    def _look(self) -> bool:
        """Compare the pins with what their edges said; a difference is an edge that was lost."""
        lost = False
        with self._turn:
            for name in self._wiring.contacts:
                if self._pins is None or self._board.raw(name) is None or self._edges:
                    continue
                level = self._pins.level(name)
                if level != self._board.raw(name):
                    self._edge(name, level)
                    lost = True
        return lost

    def _rewire(self, happened: list[Event], now_s: float) -> None:
        """Let go of contacts that went wild, and take those up again that have rested."""
        with self._turn:
            for event in happened:
                if self._pins is not None and isinstance(event, ContactWild):
                    self._pins.drop(event.contact)
            for name in self._board.rested(now_s) if self._pins is not None else ():
                happened += self._connect(name)
                happened.append(self._state())
            if any(isinstance(event, ContactWild) for event in happened):
                happened.append(self._state())

    def _state(self) -> StateChanged:
        """How it is: some contacts may be off."""
        if not self._board.off:
            return StateChanged(self._name, State.READY)
        words = f"{', '.join(self._board.off)} went wild and is off for a minute: look at its wires"
        return StateChanged(self._name, State.DEGRADED, words)

    def _tell(self, report: Report, happened: list[Event]) -> None:
        """Tell each event. A listener that fails with one of them must not take the next button with it."""
        for event in happened:
            try:
                report(event)
            except Exception:  # logged with its trace; the panel goes on, which is the point
                log.exception("nobody could take %s", event)

    def _signal(self, now_s: float) -> None:
        """Bring lights and buzzer to what is wanted."""
        beep, self._beep = self._beep, None
        if beep is not None:
            self._sounding.play(beep, now_s)
        with self._turn:
            if self._pins is not None:
                for light, name in LIGHTS.items():
                    self._pins.set(name, light == self._light)
                self._pins.set("buzzer", self._sounding.sounds(now_s))

    def _due(self) -> float:
        """When something is to be done next, if nothing happens before."""
        times = (self._board.due, self._sounding.due)
        return min((time for time in times if time is not None), default=float("inf"))
